"""Topics in motion: those under which more is filed lately than before."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q

from archive.models import Article, Tagging, Tally, Topic
from archive.models.address import address
from archive.site.asking import IsAnyOf, Question, given
from archive.site.kept_counts import articles_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Lately is the newest articles: as many as this, but never more than a quarter of the archive.
LATELY = 100
# Fewer say nothing: what moves among five articles is chance.
TOO_FEW = 8
SHOWN = 6


class TopicLately(NamedTuple):
    """A topic: under it, articles among the newest, and in all."""

    name: str
    slug: str
    lately: int
    in_all: int

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("topic", self.slug)


@dataclass(frozen=True, slots=True)
class Moving:
    """A topic: under it, articles among the newest, and how many among as many articles there were before."""

    topic: TopicLately
    before: float

    @property
    def lately(self) -> int:
        """How many of the newest."""
        return self.topic.lately

    @property
    def excess(self) -> float:
        """How far beyond chance it moved: by how many standard deviations, as if what is filed were rare events."""
        return (self.lately - self.before) / sqrt(self.before + 1)


@dataclass(frozen=True, slots=True)
class Lately:
    """The newest articles of the archive: how many they are, and what they are filed under."""

    articles: int
    topics: Sequence[TopicLately]


def lately(in_all: int) -> Lately:
    """What the newest of so many articles are filed under; two queries of a bounded window, however old the archive.

    Topics that only imply others are left out: what moves is what somebody filed.
    """
    window = min(LATELY, in_all // 4)
    if window < TOO_FEW:
        return Lately(0, [])
    filed = dict(_filed_among(window).ask())
    topics = [TopicLately(name, slug, filed[pk], held) for pk, name, slug, held in _NAMED.ask(topics=list(filed))]
    return Lately(window, topics)


@cache
def _filed_among(window: int) -> Question[tuple[int, int]]:
    """The question after topics, and how many of so many newest articles are filed under each."""

    def written() -> "QuerySet[Any, Any]":
        newest = Article.objects.public().newest_first().values("pk")[:window]
        filed = Tagging.objects.public().filter(article__in=newest).order_by().values("topic_id")
        counted = filed.annotate(lately=Count("pk"), made=Count("pk", filter=Q(implied=False))).filter(made__gt=1)
        return counted.values_list("topic_id", "lately")

    return Question(written, tuple)


def _named() -> "QuerySet[Any, Any]":
    topics = Topic.objects.filter(IsAnyOf("pk", given("topics"))).order_by()
    return topics.values_list("pk", "name", "slug", articles_of(Tally.Subject.TOPIC))


_NAMED: Question[tuple[int, str, str, int]] = Question(_named, tuple)


def in_motion(newest: Lately, in_all: int) -> list[Moving]:
    """The topics that moved most, by the kept counts of each and of the archive (`in_all`)."""
    if in_all <= newest.articles:
        return []
    share = newest.articles / (in_all - newest.articles)
    moving = [Moving(topic, before=(topic.in_all - topic.lately) * share) for topic in newest.topics if topic.in_all]
    risen = [each for each in moving if each.lately > 1.5 * each.before]
    return sorted(risen, key=lambda each: (-each.excess, each.topic.name))[:SHOWN]
