"""Time what a large vocabulary is for: suggestions, the admin's tree and autocomplete, the readers' pages, a merge."""

import statistics
import time
from collections.abc import Callable, Iterator

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.editing.at_length import merge_at_length, undo_at_length
from archive.models import VocabularyChange
from archive.suggestion.topic_names import Vocabulary, names_in_use
from bench.topics.invented import LARGE, OTHER, Stories, make_model

STORIES = 200

Row = tuple[str, str, str]
"""What was done, its milliseconds (or seconds), its queries."""


def suggestions() -> Iterator[Row]:
    """Suggesting for stories of 450 words by name, and by what was learned."""
    given = list(names_in_use())
    by_topic: dict[int, list[str]] = {}
    for topic, name, _ in given:
        by_topic.setdefault(topic, []).append(name)
    stories = Stories([name for _, name, _ in given]).make(STORIES)
    vocabulary = Vocabulary(given)
    found = [list(vocabulary.occurrences(story.text)) for story in stories]
    named = f"{sum(map(len, found)) / len(stories):.0f} found"
    yield (
        f"names of {len(by_topic):,} topics ({len(given):,}) in a story",
        _processor(stories, lambda story: list(vocabulary.occurrences(story.text))),
        named,
    )
    model = make_model(list(by_topic.values()))
    yield (
        f"learned topics, {len(model.topics):,}, for a story",
        _processor(stories, lambda story: model.suggest([story])),
        "",
    )


def _processor(stories: list, ask: Callable) -> str:  # type: ignore[type-arg]
    """Milliseconds on a processor for one story: the median."""
    spent = []
    for story in stories:
        begun = time.process_time()
        ask(story)
        spent.append((time.process_time() - begun) * 1000)
    return f"{statistics.median(spent):.1f} ms"


def pages() -> Iterator[Row]:
    """The pages that show the vocabulary, for readers and in the admin."""
    archivist, _ = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    desk, reader = Client(), Client()
    desk.force_login(archivist)
    autocomplete = reverse("admin:autocomplete") + "?app_label=archive&model_name=topicbroader&field_name=broader&term="
    for name, client, address in [
        ("readers: the tree", reader, reverse("topics")),
        ("readers: names from M", reader, reverse("topics") + "?from=m"),
        ("readers: found by “mar”", reader, reverse("topics") + "?q=mar"),
        ("readers: the large topic", reader, reverse("topic", args=[f"topic-{LARGE}"])),
        ("readers: … in one year", reader, reverse("topic", args=[f"topic-{LARGE}"]) + "?from=1990&to=1990"),
        ("admin: the tree", desk, reverse("admin:archive_topic_tree")),
        ("admin: one branch", desk, reverse("admin:archive_topic_tree") + "?at=21"),
        ("admin: the list", desk, reverse("admin:archive_topic_changelist")),
        ("admin: autocomplete “mar”", desk, autocomplete + "mar"),
        ("admin: autocomplete “belcor l”", desk, autocomplete + "belcor%20l"),
    ]:
        client.get(address, headers={"Host": "localhost"})
        times = []
        for _ in range(5):
            with CaptureQueriesContext(connection) as queries:
                begun = time.perf_counter()
                response = client.get(address, headers={"Host": "localhost"})
                times.append((time.perf_counter() - begun) * 1000)
        assert response.status_code == 200, (address, response.status_code)  # noqa: S101
        yield name, f"{statistics.median(times):.0f} ms", str(len(queries))


def merge() -> Iterator[Row]:
    """Merge the large topic into one that lies elsewhere, and undo it."""
    for name, background, given in [
        ("merge", merge_at_length, {"topic": LARGE, "into": OTHER}),
        ("undo it", undo_at_length, {}),
    ]:
        arguments = given or {"change": VocabularyChange.objects.first().pk}  # type: ignore[union-attr]
        job = background.ask(by=None, title=name, **arguments)
        begun = time.perf_counter()
        background(job, **arguments)
        spent = time.perf_counter() - begun
        job.end(outcome="Measured.")
        yield f"{name}: {job.done:,} items", f"{spent:.0f} s", ""
