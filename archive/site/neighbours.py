"""The articles around one: before and after it on its closest topic, and those that share most of what it is about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Func, OuterRef

from archive.models import Article, Tagging, Tally
from archive.site.asking import IsAnyOf, Question, given
from archive.site.kept_counts import Numbers, articles_of
from archive.site.paging import FILED_ARTICLES
from archive.site.rows import ArticleLink, TopicLink

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Topics of an article that are looked into, the ones with the fewest articles first.
TOPICS = 4
# On each topic, so many articles on either side of it in time.
ON_EITHER_SIDE = 12
RELATED = 4


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The article before and the one after on a topic, where there are such, and what else is related."""

    topic: TopicLink
    earlier: ArticleLink | None
    later: ArticleLink | None
    related: list[ArticleLink]


def neighbours(topics: Mapping[TopicLink, int], around: Iterable["Around"]) -> Neighbours | None:
    """The neighbours on that of the topics with the fewest articles, which says most of what this one is about.

    `topics` are those the article is filed under, with the number of articles on each; `around` is what lies around it
    on them. Related are those that share the most and the rarest of the topics; of equals, the nearest in time. None
    where it has no topic, is alone there, or has no date. One query.
    """
    shared = sorted((topic for topic, articles in topics.items() if articles > 1), key=lambda topic: topics[topic])
    if not shared:
        return None
    closest, *_ = shared = shared[:TOPICS]
    weights = {topic.pk: 1 / log(1 + topics[topic]) for topic in shared}
    near = [each for each in around if each.topic in weights]
    earlier, later = next((each.nearest for each in near if each.topic == closest.pk), (0, 0))
    related = _most_in_common(near, weights, besides={earlier, later})
    if not (earlier or later or related):
        return None
    by_id = {row.pk: row for row in _ROWS.ask(articles=[earlier, later, *related])}
    return Neighbours(closest, by_id.get(earlier), by_id.get(later), [by_id[pk] for pk in related if pk in by_id])


class Around(NamedTuple):
    """The articles on either side of one on a topic, the nearest first: its id, and the seconds between them."""

    topic: int
    earlier: list[tuple[int, int]]
    later: list[tuple[int, int]]

    @property
    def nearest(self) -> tuple[int, int]:
        """The ids of the next on either side; 0 where there is none."""
        earlier, later = (side[0][0] if side else 0 for side in (self.earlier, self.later))
        return earlier, later


def lying_around(filed: "QuerySet[Tagging]") -> "QuerySet[Any, Any]":
    """The values of an `Around` for each topic that is looked into of those an article is filed under.

    `filed` are these taggings of it. As `neighbours` has them: those with the fewest articles, of equals the first by
    name; none on which it is alone.
    """
    looked_into = (
        filed.alias(articles=articles_of(Tally.Subject.TOPIC, "topic"))
        .filter(articles__gt=1)
        .order_by("articles", "topic__name")[:TOPICS]
    )
    others = Tagging.objects.public().filter(article__isnull=False, topic=OuterRef("topic"))
    place = (OuterRef("published_at"), OuterRef("article"))
    sides = (
        FILED_ARTICLES.sorted(others.filter(FILED_ARTICLES.beyond(place, older=older)), backwards=not older)
        for older in (True, False)
    )
    told = Numbers("article_id", SecondsFrom(OuterRef("published_at"), "published_at"))
    return looked_into.values_list(
        "topic_id", *(ArraySubquery(side.values(told=told)[:ON_EITHER_SIDE]) for side in sides)
    )


class SecondsFrom(Func):
    """How many seconds lie between two moments, whichever comes first."""

    template, arg_joiner = "abs(date_part('epoch', %(expressions)s))", " - "
    output_field = BigIntegerField()


def _most_in_common(around: Sequence[Around], weights: Mapping[int, float], *, besides: set[int]) -> list[int]:
    in_common: defaultdict[int, float] = defaultdict(float)
    distances = {}
    for topic, *sides in around:
        for pk, seconds in chain(*sides):
            if pk not in besides:
                in_common[pk] += weights[topic]
                distances[pk] = seconds
    return sorted(in_common, key=lambda pk: (-in_common[pk], distances[pk], pk))[:RELATED]


def _chosen() -> "QuerySet[Any, Any]":
    rows = Article.objects.public().filter(IsAnyOf("pk", given("articles"))).order_by()
    return rows.values_list(*ArticleLink._fields)


_ROWS = Question(_chosen, ArticleLink._make)
