"""The vocabulary as readers see it first: its top, and as many levels below as a page holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from archive.models import Topic, TopicBroader

LEVELS = 3
MOST_SHOWN = 600  # topics on the page, whatever the size of the vocabulary
TOPS = 100


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic and the branches below it; `opens` where some lie below that the page leaves out."""

    topic: Topic
    narrower: "tuple[Branch, ...]"
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """The topics that lie under no other, by name; `more` where there are more of them than the page takes."""

    branches: tuple[Branch, ...]
    more: bool


def at_the_top() -> "QuerySet[Topic]":
    """The topics in use that lie under no other, by name."""
    return Topic.objects.current().filter(broader_links__isnull=True).order_by("name")


def tree() -> Tree:
    """The top of the vocabulary, each topic with what lies below it, level by level until the page is full.

    A topic with several broader ones stands under each of them. At most `LEVELS` + 1 queries, none of which reads more
    than a page of links.
    """
    found = list(at_the_top()[: TOPS + 1])
    top = found[:TOPS]
    below: defaultdict[int, list[Topic]] = defaultdict(list)
    shown, level = len(top), {topic.pk for topic in top}
    for _ in range(LEVELS - 1):
        links = _links_below(level)[: MOST_SHOWN - shown + 1]
        if shown + len(links) > MOST_SHOWN:
            break
        for link in sorted(links, key=lambda link: link.narrower.name.casefold()):
            below[link.broader_id].append(link.narrower)
        shown += len(links)
        level = {link.narrower_id for link in links} - below.keys()
    opening = with_narrower(Topic.objects.filter(pk__in=level))
    return Tree(tuple(_branch(topic, below, opening) for topic in top), more=len(found) > TOPS)


def with_narrower(topics: "QuerySet[Topic]") -> set[int]:
    """The ids of those of some topics that others lie under."""
    links = TopicBroader.objects.filter(broader=OuterRef("pk"), narrower__replaced_by__isnull=True)
    return set(topics.filter(Exists(links)).values_list("pk", flat=True))


def _links_below(level: Iterable[int]) -> "QuerySet[TopicBroader]":
    links = TopicBroader.objects.filter(broader__in=level, narrower__replaced_by__isnull=True)
    return links.select_related("narrower").order_by("pk")


def _branch(topic: Topic, below: dict[int, list[Topic]], opening: set[int]) -> Branch:
    narrower = tuple(_branch(each, below, opening) for each in below.get(topic.pk, ()))
    return Branch(topic, narrower, opens=not narrower and topic.pk in opening)


def ids_in(branches: Sequence[Branch]) -> list[int]:
    """The ids of all topics in some branches."""
    return [pk for branch in branches for pk in (branch.topic.pk, *ids_in(branch.narrower))]
