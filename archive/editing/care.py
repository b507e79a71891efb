"""The vocabulary looked after: its tree with what stands under each topic, and what wants an archivist's eye."""

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from archive.models import Tagging, Tally, Topic, TopicBroader, TopicName

MOST_SHOWN = 500  # topics on one page of the tree
_SIGNS = re.compile(r"[^\w]+")


@dataclass(slots=True)
class Branch:
    """A topic in the tree: its kept counts, what is worth a look about it, and what lies under it."""

    topic: Topic
    articles: int = 0
    quotes: int = 0
    warnings: list[str] = field(default_factory=list)
    narrower: "list[Branch]" = field(default_factory=list)
    hidden: int = 0
    """How many topics lie directly under it that the page leaves out."""


@dataclass(frozen=True, slots=True)
class Concerns:
    """What wants a look: ids of topics that nothing is filed under, of those that lie nowhere, and of lookalikes."""

    unused: frozenset[int]
    orphans: frozenset[int]
    alike: Mapping[int, tuple[str, ...]]
    """By topic, the names of others that are nearly the same."""

    def told(self, topic: int) -> list[str]:
        """What to say of one topic."""
        said = [f"much like “{name}”" for name in self.alike.get(topic, ())]
        if topic in self.unused:
            said.append("nothing filed")
        if topic in self.orphans:
            said.append("neither broader nor narrower")
        return said


def tree_under(top: Topic | None) -> list[Branch]:
    """The branches under a topic, or all of the tree, level by level until the page is full."""
    topics = {topic.pk: topic for topic in Topic.objects.current().only("name", "slug")}
    below: defaultdict[int, list[int]] = defaultdict(list)
    placed = set()
    for narrower, broader in TopicBroader.objects.values_list("narrower", "broader"):
        if narrower in topics and broader in topics:
            below[broader].append(narrower)
            placed.add(narrower)
    tallies = {tally.subject_id: tally for tally in Tally.objects.filter(subject=Tally.Subject.TOPIC).totals()}
    told = concerns(list(topics.values()))

    def branches(ids: Sequence[int]) -> list[Branch]:
        made = []
        for pk in sorted(ids, key=lambda pk: topics[pk].name.casefold()):
            tally = tallies.get(pk)
            counts = (tally.articles, tally.quotes) if tally else (0, 0)
            made.append(Branch(topics[pk], *counts, warnings=told.told(pk)))
        return made

    first = branches(below[top.pk] if top else [pk for pk in topics if pk not in placed])
    waiting, shown = deque(first), len(first)
    while waiting:
        branch = waiting.popleft()
        ids = below[branch.topic.pk]
        if shown + len(ids) > MOST_SHOWN:
            branch.hidden = len(ids)
            continue
        shown += len(ids)
        branch.narrower = branches(ids)
        waiting += branch.narrower
    return first


def concerns(topics: Sequence[Topic]) -> Concerns:
    """What wants a look among these topics in use; each question is asked once for all of them."""
    linked = {pk for link in TopicBroader.objects.values_list("narrower", "broader") for pk in link}
    unused = Topic.objects.current().filter(~Exists(Tagging.objects.filter(topic=OuterRef("pk"))))
    names = {topic.pk: topic.name for topic in topics}
    return Concerns(
        unused=frozenset(unused.values_list("pk", flat=True)),
        orphans=frozenset(names.keys() - linked),
        alike=_alike(names),
    )


def _alike(names: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """Topics with nearly the same name: the same but for case, accents, signs, the order of words and plurals."""
    having: defaultdict[str, set[int]] = defaultdict(set)
    others = TopicName.objects.filter(topic__replaced_by__isnull=True).values_list("topic", "name")
    for topic, name in (*names.items(), *others.iterator()):
        having[_bare(name)].add(topic)
    alike: defaultdict[int, set[str]] = defaultdict(set)
    for topics in having.values():
        for topic in topics if len(topics) > 1 else ():
            alike[topic] |= {names[other] for other in topics if other != topic and other in names}
    return {topic: tuple(sorted(others)) for topic, others in alike.items()}


def _bare(name: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(
        sorted(word.removesuffix("s") or word for word in _SIGNS.split(plain.casefold().replace(".", "")) if word)
    )
