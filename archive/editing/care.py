"""The vocabulary looked after: its tree with what stands under each topic, and what wants an archivist's eye.

A page reads what it shows and no more, however large the vocabulary is. Only names that are nearly the same take a look
at all of them: once, until a name changes.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from archive.models import Tagging, Tally, Topic, TopicBroader, TopicName
from archive.prose import without_accents
from archive.suggestion.topic_names import state_of_names

MOST_SHOWN = 500  # topics on one page of the tree
MOST_LISTED = 200  # topics of one concern on the page of all concerns
_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Concern:
    """What wants a look about a topic, and the deed that mends it: with which other topic, where there is one."""

    told: str
    deed: str
    other: int | None = None


@dataclass(slots=True)
class Branch:
    """A topic in the tree: its kept counts, what is worth a look about it, and what lies under it."""

    topic: Topic
    articles: int = 0
    quotes: int = 0
    concerns: list[Concern] = field(default_factory=list)
    narrower: "list[Branch]" = field(default_factory=list)
    hidden: int = 0
    """How many topics lie directly under it that the page leaves out."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The branches on a page; `more` where further ones stand beside the first of them than it takes."""

    branches: list[Branch]
    more: bool


def _first_from(rows: "QuerySet[Any]", column: str) -> Coalesce:
    """The topic itself where rows name it in this column, or else the next topic that they name, or 0.

    One step in an index, always. Asked whether a topic is named at all, PostgreSQL may read the whole table for one
    that is not, because it takes the rows of any topic for easily found.
    """
    from_it_on = rows.filter(**{f"{column}__gte": OuterRef("pk")}).order_by(f"{column}_id")
    return Coalesce(Subquery(from_it_on.values(f"{column}_id")[:1]), 0, output_field=BigIntegerField())


_USED = {
    "above": _first_from(TopicBroader.objects.all(), "narrower"),
    "below": _first_from(TopicBroader.objects.all(), "broader"),
    "filed": _first_from(Tagging.objects.all(), "topic"),
}


def tree_under(top: Topic | None) -> Tree:
    """The branches under a topic, or all of the tree, level by level until the page is full."""
    current = _by_name(Topic.objects.current())
    found = list((current.filter(broader=top) if top else current.filter(~_has_broader()))[: MOST_SHOWN + 1])
    first = level = [Branch(topic) for topic in found[:MOST_SHOWN]]
    shown = list(first)
    while level:
        under = _counted_under(level)
        opened = []
        room = MOST_SHOWN - len(shown)
        for branch in level:
            count = under.get(branch.topic.pk, 0)
            if count <= room:
                opened.append(branch)
                room -= count
            else:
                branch.hidden = count
        level = _open(opened)
        shown += level
    _describe(shown)
    return Tree(first, more=len(found) > MOST_SHOWN)


def wanting() -> dict[str, list[Branch]]:
    """The topics of the whole vocabulary that want a look, by what it is about them; so many of each as fit a page."""
    current: Any = _by_name(Topic.objects.current())
    found = {
        "Names that are nearly the same": current.filter(pk__in=list(lookalikes())),
        "Neither broader nor narrower": current.alias(**_USED).exclude(above=F("pk")).exclude(below=F("pk")),
        "Nothing filed": current.alias(**_USED).exclude(filed=F("pk")),
    }
    listed = {title: [Branch(topic) for topic in topics[:MOST_LISTED]] for title, topics in found.items()}
    _describe([branch for branches in listed.values() for branch in branches])
    return {title: branches for title, branches in listed.items() if branches}


def concerns(topics: Sequence[Topic]) -> dict[int, list[Concern]]:
    """What wants a look about each of these topics in use. Two queries, where no name has changed since the last."""
    alike = lookalikes()
    asked: Any = Topic.objects.filter(pk__in=[topic.pk for topic in topics]).order_by()
    told = {}
    for pk, *links, filed in asked.annotate(**_USED).values_list("pk", "above", "below", "filed"):
        told[pk] = [Concern(f"much like “{name}”", "merge", other) for other, name in alike.get(pk, ())]
        if filed != pk:
            told[pk].append(Concern("nothing filed", "merge"))
        if pk not in links:
            told[pk].append(Concern("neither broader nor narrower", "move"))
    return told


def lookalikes() -> Mapping[int, tuple[tuple[int, str], ...]]:
    """By topic in use, the others (id and name) that have a name nearly the same as one of its own."""
    return _lookalikes(state_of_names())


def _by_name(topics: "QuerySet[Topic]") -> "QuerySet[Topic]":
    return topics.only("name", "slug").order_by(Lower("name"))


def _has_broader() -> Exists:
    return Exists(TopicBroader.objects.filter(narrower=OuterRef("pk"), broader__replaced_by__isnull=True))


def _counted_under(level: Sequence[Branch]) -> dict[int, int]:
    """How many topics lie directly under each of these branches that has some."""
    links = TopicBroader.objects.filter(broader__in=_ids(level), narrower__replaced_by__isnull=True)
    return dict(links.order_by().values_list("broader").annotate(count=Count("pk")))


def _open(level: Sequence[Branch]) -> list[Branch]:
    """Put what lies directly under some branches under them; all of what was put there."""
    links = TopicBroader.objects.filter(broader__in=_ids(level), narrower__replaced_by__isnull=True)
    below: defaultdict[int, list[Topic]] = defaultdict(list)
    for link in links.select_related("narrower").order_by(Lower("narrower__name")):
        below[link.broader_id].append(link.narrower)
    for branch in level:
        branch.narrower = [Branch(topic) for topic in below[branch.topic.pk]]
    return [narrower for branch in level for narrower in branch.narrower]


def _describe(branches: Sequence[Branch]) -> None:
    tallies = Tally.objects.totals_of(Tally.Subject.TOPIC, _ids(branches))
    told = concerns([branch.topic for branch in branches])
    for branch in branches:
        branch.concerns = told.get(branch.topic.pk, [])
        if tally := tallies.get(branch.topic.pk):
            branch.articles, branch.quotes = tally.articles, tally.quotes


def _ids(branches: Sequence[Branch]) -> set[int]:
    return {branch.topic.pk for branch in branches}


@lru_cache(maxsize=1)
def _lookalikes(state: str) -> dict[int, tuple[tuple[int, str], ...]]:
    """Topics with nearly the same name: the same but for case, accents, signs, the order of words and plurals."""
    del state  # what the cache goes by
    names = dict(Topic.objects.current().values_list("pk", "name"))
    others = TopicName.objects.filter(topic__replaced_by__isnull=True).values_list("topic", "name")
    having: defaultdict[str, set[int]] = defaultdict(set)
    for topic, name in (*names.items(), *others.iterator()):
        having[_bare(name)].add(topic)
    alike: defaultdict[int, set[int]] = defaultdict(set)
    for topics in having.values():
        for topic in topics if len(topics) > 1 else ():
            alike[topic] |= topics - {topic}
    return {
        topic: tuple(sorted(((other, names[other]) for other in found), key=lambda pair: pair[1]))
        for topic, found in alike.items()
    }


def _bare(name: str) -> str:
    plain = without_accents(name).casefold().replace(".", "")
    return " ".join(sorted(word.removesuffix("s") or word for word in _SIGNS.split(plain) if word))
