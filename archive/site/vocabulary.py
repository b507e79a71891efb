"""The vocabulary as readers see it first: its top, and as many levels below as a page holds."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models.expressions import RawSQL

from archive.models import Tally, Topic
from archive.models.address import address
from archive.site.asking import IsAnyOf, Question, given
from archive.site.kept_counts import counts_of
from archive.site.listing import opens

if TYPE_CHECKING:
    from django.db.models import QuerySet

LEVELS = 3
MOST_SHOWN = 600  # topics on the page, whatever the size of the vocabulary
TOPS = 100


class TopicNode(NamedTuple):
    """A topic in its place in the vocabulary; `opens` where others lie under it."""

    pk: int
    name: str
    slug: str
    opens: bool
    articles: int
    quotes: int

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("topic", self.slug)


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic and the branches below it; `opens` where some lie below that the page leaves out."""

    topic: TopicNode
    narrower: "tuple[Branch, ...]"
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """The topics that lie under no other, by name; `more` where there are more of them than the page takes."""

    branches: tuple[Branch, ...]
    more: bool


def at_the_top() -> list[TopicNode]:
    """The topics in use that lie under no other, by name, no more than the page of topics has. One query."""
    return _TOP.ask()[:TOPS]


def tree() -> Tree:
    """The top of the vocabulary, each topic with what lies below it, level by level until the page is full.

    A topic with several broader ones stands under each of them. At most `LEVELS` queries, none of which reads more than
    a page of links.
    """
    found = _TOP.ask()
    top = found[:TOPS]
    below: defaultdict[int, list[TopicNode]] = defaultdict(list)
    shown, level = len(top), {topic.pk for topic in top}
    for _ in range(LEVELS - 1):
        links = _BELOW.ask(level=list(level))
        if shown + len(links) > MOST_SHOWN:
            break
        for broader, topic in sorted(links, key=lambda link: link[1].name.casefold()):
            below[broader].append(topic)
        shown += len(links)
        level = {topic.pk for _, topic in links} - below.keys()
    return Tree(tuple(_branch(topic, below) for topic in top), more=len(found) > TOPS)


def _branch(topic: TopicNode, below: dict[int, list[TopicNode]]) -> Branch:
    narrower = tuple(_branch(each, below) for each in below.get(topic.pk, ()))
    return Branch(topic, narrower, opens=not narrower and topic.opens)


def _nodes(topics: "QuerySet[Topic]", *before: str) -> "QuerySet[Any, Any]":
    return topics.values_list(*before, "pk", "name", "slug", opens(), *counts_of(Tally.Subject.TOPIC).values())


def _below(most: int = MOST_SHOWN) -> "QuerySet[Any, Any]":
    """What lies directly below topics given: a page of it, and one more where there is."""
    links = Topic.objects.current().filter(IsAnyOf("broader_links__broader_id", given("level")))
    return _nodes(links.order_by("broader_links__pk"), "broader_links__broader_id")[: most + 1]


def _link(broader: int, *topic: Any) -> tuple[int, TopicNode]:
    return broader, TopicNode._make(topic)


def _top(most: int = TOPS) -> "QuerySet[Any, Any]":
    ids = RawSQL("archive_ids_at_the_top()", [])  # which would else be looked for in the whole vocabulary
    return _nodes(Topic.objects.current().filter(IsAnyOf("pk", ids)).order_by("name"))[: most + 1]


_TOP = Question(_top, TopicNode._make)
_BELOW: Question[tuple[int, TopicNode]] = Question(_below, lambda row: _link(*row))
