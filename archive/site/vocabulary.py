"""The vocabulary as readers see it first: its top, and as many levels below as a page holds."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models.expressions import RawSQL

from archive.models import Tally, Topic, TopicBroader
from archive.models.address import address
from archive.site.asking import IsAnyOf, Question, given
from archive.site.kept_counts import counted, counts_of
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

    A topic with several broader ones stands under each of them. At most `LEVELS` + 1 queries, none of which reads more
    than a page of links.
    """
    found = _TOP.ask()
    top = found[:TOPS]
    links: list[tuple[int, int]] = []
    level = [topic.pk for topic in top]
    for _ in range(LEVELS - 1):
        further = _BELOW.ask(level=level)
        if len(top) + len(links) + len(further) > MOST_SHOWN:
            break
        links += further
        level = sorted({narrower for _, narrower in further} - {broader for broader, _ in links})
    topics = {topic.pk: topic for topic in _NODES.ask(topics=[narrower for _, narrower in links])} if links else {}
    below: defaultdict[int, list[TopicNode]] = defaultdict(list)
    for broader, narrower in links:
        if narrower in topics:  # and in use
            below[broader].append(topics[narrower])
    for beside in below.values():
        beside.sort(key=lambda topic: topic.name.casefold())
    return Tree(tuple(_branch(topic, below) for topic in top), more=len(found) > TOPS)


def _branch(topic: TopicNode, below: dict[int, list[TopicNode]]) -> Branch:
    narrower = tuple(_branch(each, below) for each in below.get(topic.pk, ()))
    return Branch(topic, narrower, opens=not narrower and topic.opens)


def _nodes(topics: "QuerySet[Topic]") -> "QuerySet[Any, Any]":
    return topics.values_list("pk", "name", "slug", opens(), counts_of(Tally.Subject.TOPIC))


def _top(most: int = TOPS) -> "QuerySet[Any, Any]":
    ids = RawSQL("archive_ids_at_the_top()", [])  # which would else be looked for in the whole vocabulary
    return _nodes(Topic.objects.current().filter(IsAnyOf("pk", ids)).order_by("name"))[: most + 1]


def _below(most: int = MOST_SHOWN) -> "QuerySet[Any, Any]":
    """The links below topics given, a page of them and one more: the broader topic and the narrower one."""
    links = TopicBroader.objects.filter(IsAnyOf("broader_id", given("level")))
    # In any order: there is room for all of them or for none, and to sort them is to read them all.
    return links.order_by().values_list("broader_id", "narrower_id")[: most + 1]


_TOP = Question(_top, counted(TopicNode))
_BELOW: Question[tuple[int, int]] = Question(_below, tuple)
_NODES = Question(
    lambda: _nodes(Topic.objects.current().filter(IsAnyOf("pk", given("topics"))).order_by()), counted(TopicNode)
)
