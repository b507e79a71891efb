"""What editors wait for, one at a time in an archive of that size: an article published, filed, a story imported."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.contrib.auth.models import User

from archive.editing.filing import file_under, take_out_of
from archive.editing.publication import publish_article
from archive.ingest.drafting import Told
from archive.ingest.incoming import incoming
from archive.ingest.pipeline import Import
from archive.ingest.report import Outcome
from archive.ingest.undoing import undo_batch
from archive.models import Article, Batch, Quote, Source, Topic
from bench.importing.stories import Stories
from bench.scale.figures import Measured
from bench.scale.measure import measured, queries_of

BODY = "“The first of all,” she said. “The second,” he said. “The third and last,” said both."
SPOKEN = ("The first of all,", "The second,", "The third and last,")
WARM_UP = 10  # the driver has a query planned for good after five

Calls = list[Callable[[], object]]


def measure_writing(rounds: int, processor_time: Callable[[], float], *, only: str = "") -> Iterator[Measured]:
    """Each deed that has `only` in its name, so many times; then the archive is as it was, but for its history.

    `processor_time` tells the milliseconds that this process and the database have used so far.
    """
    editor = User.objects.create(username=f"bench-{time.time_ns()}", is_superuser=True)
    try:
        for deeds in (_of_articles, _of_imports):
            for name, calls in deeds(rounds + WARM_UP + 1, editor):
                if only in name:
                    yield measured(name, calls[1:], queries_of(calls[0]), processor_time, WARM_UP)
    finally:
        editor.delete()


def _of_articles(number: int, editor: User) -> Iterator[tuple[str, Calls]]:
    source, topic = Source.objects.earliest("pk"), Topic.objects.get(slug="topic-1")
    drafts = [_draft(source, each) for each in range(number)]
    deeds: dict[str, Callable[[Article], object]] = {
        "publish an article with three quotes": lambda one: publish_article(one, by=editor),
        "file it under the largest topic": lambda one: file_under(topic, articles=[one], by=editor),
        "take it out again": lambda one: take_out_of(topic, articles=[one], by=editor),
    }
    try:
        for name, deed in deeds.items():
            yield name, [partial(deed, draft) for draft in drafts]
    finally:
        Article.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()


def _draft(source: Source, number: int) -> Article:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    draft = Article.objects.create(
        headline=f"Measured {time.time_ns()} {number}", body=BODY, source=source, published_at=at
    )
    for words in SPOKEN:
        start = BODY.index(words)
        Quote.objects.create(article=draft, words=words, spans=[[start, start + len(words)]])
    return draft


def _of_imports(number: int, editor: User) -> Iterator[tuple[str, Calls]]:
    """A file of one story each, as `import_articles` brings it in: read, its quotes and topics proposed, saved."""
    told, source = Told(by=editor), {"source": Source.objects.earliest("pk").name}
    stories = Stories(seed=time.time_ns())
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{each}.jsonl" for each in range(number)]
        for each, file in enumerate(files):
            file.write_text(json.dumps(stories.write(each) | source), encoding="utf-8")
        try:
            yield "import a story", [partial(_bring_in, str(file), told) for file in files]
        finally:
            brought_in = Batch.objects.filter(started_by=editor)
            for batch in brought_in:
                undo_batch(batch, by=editor)
            brought_in.delete()


def _bring_in(path: str, told: Told) -> None:
    for result in Import(told).run(incoming([path]), origin=path):
        if result.outcome != Outcome.IMPORTED:
            raise ValueError(f"{result.place}: {result.outcome}, {result.reason}")
