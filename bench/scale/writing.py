"""What an editor waits for: one article published, one filed, in an archive of that size."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from django.contrib.auth.models import User

from archive.editing.filing import file_under, take_out_of
from archive.editing.publication import publish_article
from archive.models import Article, Quote, Source, Topic

BODY = "“The first of all,” she said. “The second,” he said. “The third and last,” said both."
SPOKEN = ("The first of all,", "The second,", "The third and last,")


def measure_writing(rounds: int) -> Iterator[tuple[str, float, float]]:
    """What is done, and the median and 95th percentile of the milliseconds it took. Leaves the archive as it was."""
    editor = User.objects.create(username=f"bench-{time.time_ns()}", is_superuser=True)
    source, topic = Source.objects.earliest("pk"), Topic.objects.get(slug="topic-1")
    drafts = [_draft(source, number) for number in range(rounds)]
    try:
        yield "publish one article with three quotes", *_timed(lambda one: publish_article(one, by=editor), drafts)
        yield (
            "file it under the largest topic",
            *_timed(lambda one: file_under(topic, articles=[one], by=editor), drafts),
        )
        yield "take it out again", *_timed(lambda one: take_out_of(topic, articles=[one], by=editor), drafts)
    finally:
        Article.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
        editor.delete()


def _draft(source: Source, number: int) -> Article:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    draft = Article.objects.create(
        headline=f"Measured {time.time_ns()} {number}", body=BODY, source=source, published_at=at
    )
    for words in SPOKEN:
        start = BODY.index(words)
        Quote.objects.create(article=draft, words=words, spans=[[start, start + len(words)]])
    return draft


def _timed(deed: Callable[[Article], object], articles: list[Article]) -> tuple[float, float]:
    taken = []
    for article in articles:
        began = time.perf_counter()
        deed(article)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]
