"""The vocabulary as readers see it first: its top, and two levels below."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import Topic, TopicBroader

LEVELS = 3


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic and the branches below it."""

    topic: Topic
    narrower: "tuple[Branch, ...]"


def tree() -> tuple[Branch, ...]:
    """The topics that lie under no other, each with what lies below it, `LEVELS` deep; one query a level.

    A topic with several broader ones stands under each of them.
    """
    top = list(Topic.objects.current().filter(broader_links__isnull=True).order_by("name"))
    below: defaultdict[int, list[Topic]] = defaultdict(list)
    level = {topic.pk for topic in top}
    for _ in range(LEVELS - 1):
        links = TopicBroader.objects.filter(broader__in=level, narrower__replaced_by__isnull=True)
        reached = set()
        for link in links.select_related("narrower").order_by("narrower__name"):
            below[link.broader_id].append(link.narrower)
            reached.add(link.narrower_id)
        level = reached - below.keys()
    return tuple(_branch(topic, below, LEVELS) for topic in top)


def _branch(topic: Topic, below: dict[int, list[Topic]], levels: int) -> Branch:
    narrower = below.get(topic.pk, []) if levels > 1 else []
    return Branch(topic, tuple(_branch(each, below, levels - 1) for each in narrower))


def ids_in(branches: Iterable[Branch]) -> list[int]:
    """The ids of all topics in some branches."""
    return [pk for branch in branches for pk in (branch.topic.pk, *ids_in(branch.narrower))]
