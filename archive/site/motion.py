"""Topics in motion: those under which more is filed lately than before."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from django.db.models import Count, Q

from archive.models import Article, Tagging, Tally, Topic

# Lately is the newest articles: as many as this, but never more than a quarter of the archive.
LATELY = 100
# Fewer say nothing: what moves among five articles is chance.
TOO_FEW = 8
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Moving:
    """A topic: under it, articles among the newest, and how many among as many articles there were before."""

    topic: Topic
    lately: int
    before: float

    @property
    def excess(self) -> float:
        """How far beyond chance it moved: by how many standard deviations, as if what is filed were rare events."""
        return (self.lately - self.before) / sqrt(self.before + 1)


@dataclass(frozen=True, slots=True)
class Lately:
    """The newest articles of the archive: how many they are, and how many of them are filed under which topic."""

    articles: int
    topics: Mapping[Topic, int]


def lately(in_all: int) -> Lately:
    """What the newest of so many articles are filed under; one query of a bounded window, however old the archive.

    Topics that only imply others are left out: what moves is what somebody filed.
    """
    window = min(LATELY, in_all // 4)
    if window < TOO_FEW:
        return Lately(0, {})
    newest = Article.objects.public().newest_first().values("pk")[:window]
    filed = Tagging.objects.public().filter(article__in=newest).values("topic", "topic__name", "topic__slug")
    counts = filed.annotate(all=Count("pk"), made=Count("pk", filter=Q(implied=False))).filter(made__gt=1)
    topics = {
        Topic(pk=row["topic"], name=row["topic__name"], slug=row["topic__slug"]): row["all"]
        for row in counts.order_by()
    }
    return Lately(window, topics)


def in_motion(newest: Lately, in_all: int, tallies: Mapping[int, Tally]) -> list[Moving]:
    """The topics that moved most, by the kept counts of each (`tallies`, all years) and of the archive (`in_all`)."""
    if in_all <= newest.articles:
        return []
    share = newest.articles / (in_all - newest.articles)
    moving = [
        Moving(topic, count, before=(tallies[topic.pk].articles - count) * share)
        for topic, count in newest.topics.items()
        if topic.pk in tallies
    ]
    risen = [each for each in moving if each.lately > 1.5 * each.before]
    return sorted(risen, key=lambda each: (-each.excess, each.topic.name))[:SHOWN]
