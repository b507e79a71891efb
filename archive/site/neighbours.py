"""The articles around one: before and after it on its closest topic, and those that share most of what it is about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import log
from typing import TYPE_CHECKING, Any

from archive.models import Article, Tagging, Tally, Topic
from archive.site.asking import Question, given
from archive.site.paging import FILED_ARTICLES

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Topics of an article that are looked into, the ones with the fewest articles first.
TOPICS = 4
# On each topic, so many articles on either side of it in time.
ON_EITHER_SIDE = 12
RELATED = 4

_SHOWN = ("headline", "slug", "language", "published_at", "precision", "source")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The article before and the one after on a topic, where there are such, and what else is related."""

    topic: Topic
    earlier: Article | None
    later: Article | None
    related: list[Article]


def neighbours(article: Article, topics: Sequence[Topic]) -> Neighbours | None:
    """The neighbours on that of the topics with the fewest articles, which says most of what this one is about.

    Related are those that share the most and the rarest of the topics; of equals, the nearest in time. None where it
    has no topic, or is alone there. Three queries: the second is two short steps in an index for each topic.
    """
    tallies = Tally.objects.totals_of(Tally.Subject.TOPIC, (topic.pk for topic in topics))
    counts = {pk: tally.articles for pk, tally in tallies.items()}
    shared = sorted((topic for topic in topics if counts.get(topic.pk, 0) > 1), key=lambda topic: counts[topic.pk])
    if not shared or article.published_at is None:
        return None
    closest, *_ = shared = shared[:TOPICS]
    filed = _filed_around(article, article.published_at, shared)
    place = (article.published_at, article.pk)
    on_closest = [(at, pk) for topic, at, pk in filed if topic == closest.pk]
    _, earlier = max((each for each in on_closest if each < place), default=(None, 0))
    _, later = min((each for each in on_closest if each > place), default=(None, 0))
    weights = {topic.pk: 1 / log(1 + counts[topic.pk]) for topic in shared}
    related = _most_in_common(article.published_at, filed, weights, besides={earlier, later})
    rows = Article.objects.public().filter(pk__in={earlier, later, *related}).select_related("source")
    by_id = {row.pk: row for row in rows.only(*_SHOWN, "source__name")}
    return Neighbours(closest, by_id.get(earlier), by_id.get(later), [by_id[pk] for pk in related if pk in by_id])


def _filed_around(article: Article, at: datetime, topics: Sequence[Topic]) -> list[tuple[int, datetime, int]]:
    """Topic, date and id of the articles on either side of one, on each topic."""
    found = _around(len(topics)).ask(
        at=at, article=article.pk, **{f"topic_{number}": topic.pk for number, topic in enumerate(topics)}
    )
    return [(topic, at, pk) for topic, at, pk in found if at and pk]


@cache
def _around(topics: int) -> Question[tuple[int, datetime, int]]:
    """The question after what lies on either side of an article, on so many topics."""

    def written() -> "QuerySet[Any, Any]":
        public = Tagging.objects.public().filter(article__isnull=False)
        place = (given("at"), given("article"))
        sides = [
            FILED_ARTICLES.sorted(
                public.filter(FILED_ARTICLES.beyond(place, older=older), topic=given(f"topic_{number}")),
                backwards=not older,
            ).values_list("topic_id", "published_at", "article_id")[:ON_EITHER_SIDE]
            for number in range(topics)
            for older in (True, False)
        ]
        return sides[0].union(*sides[1:], all=True)

    return Question(written, tuple)


def _most_in_common(
    at: datetime, filed: Sequence[tuple[int, datetime, int]], weights: Mapping[int, float], *, besides: set[int]
) -> list[int]:
    in_common: defaultdict[int, float] = defaultdict(float)
    distances = {}
    for topic, published_at, pk in filed:
        if pk not in besides:
            in_common[pk] += weights[topic]
            distances[pk] = abs(published_at - at)
    return sorted(in_common, key=lambda pk: (-in_common[pk], distances[pk], pk))[:RELATED]
