"""A vocabulary on its way in: topics made or completed, nothing that is there taken away."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from slugify import slugify

from archive.editing.exchange.concepts import Concept, VocabularyFile, VocabularyFileError
from archive.editing.exchange.exporting import key_of, own_key
from archive.editing.exchange.table import read_table
from archive.editing.rights import Actor, require
from archive.models import FormerSlug, Scheme, Topic, TopicBroader, TopicName
from archive.models.address import SLUG_LENGTH
from archive.models.topic import TopicRelation

LONGEST_NAME = 200


@dataclass
class Imported:
    """What an import did: counts of topics, of names and links made, and remarks on what is not as the file has it."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    names: int = 0
    links: int = 0
    remarks: list[str] = field(default_factory=list)


def read_vocabulary(content: bytes, suffix: str, *, language: str | None = None) -> VocabularyFile:
    """The concepts of a file in the format of its suffix; names in `language`, or the archive's own where it has them.

    Raises VocabularyFileError where it cannot be read.
    """
    if suffix == ".csv":
        return read_table(content)
    from archive.editing.exchange.skos import FORMATS, read_skos  # rdflib takes half a second to load

    if suffix not in FORMATS:
        known = ", ".join([".csv", *FORMATS])
        raise VocabularyFileError(f"“{suffix}” is no format of vocabularies. Known: {known}.")
    return read_skos(content, suffix, language=language or settings.LANGUAGE_CODE)


def import_vocabulary(file: VocabularyFile, *, by: Actor, rehearse: bool = False) -> Imported:
    """Make or complete a topic for each concept. Run again it changes nothing. `rehearse` only says what would be done.

    A topic is known by its identifier, or by its name. Links that would close a circle are kept as statements, and
    remarked on.
    """
    require(by, "add_topic")
    require(by, "change_topic")
    report = Imported()
    with transaction.atomic():
        topics = _topics(file.concepts, report)
        _names(file.concepts, topics, report)
        _links(file.concepts, topics, report)
        if file.others:
            statements = [list(statement) for statement in file.others]
            Scheme.objects.update_or_create(iri=file.iri[:500], defaults={"statements": statements})
        transaction.set_rollback(rehearse)
    return report


def _topics(concepts: list[Concept], report: Imported) -> dict[str, Topic]:
    """The topic of each concept, by its key."""
    there = list(Topic.objects.all())
    by_key = {key_of(topic): topic for topic in there}
    by_slug = {own_key(topic.slug): topic for topic in there}
    by_name = {topic.name.casefold(): topic for topic in there}
    slugs = _Slugs(topic.slug for topic in there)
    topics: dict[str, Topic] = {}
    new, changed = [], []
    for concept in concepts:
        topic = by_key.get(concept.key) or by_slug.get(concept.key)
        namesake = by_name.get(concept.name[:LONGEST_NAME].casefold())
        if topic is None and namesake is not None and _may_be(namesake, concept) and namesake not in topics.values():
            topic = namesake
        name = concept.name[:LONGEST_NAME]
        if namesake is not None and namesake is not topic:
            name = _distinct(concept, by_name)
            report.remarks.append(f"“{concept.name}” is the name of another topic: this one is called “{name}”.")
        if topic is None:
            topic = Topic(name=name, slug=slugs.free(concept.slug or name))
            new.append(topic)
        before = _state(topic)
        _fill(topic, concept, name)
        if topic.pk and _state(topic) != before:
            changed.append(topic)
        topics[concept.key] = topic
        by_name[name.casefold()] = topic
    Topic.objects.bulk_create(new, batch_size=1000)
    Topic.objects.bulk_update(
        changed, ["name", "match_case", "scope_note", "identifiers", "statements"], batch_size=500
    )
    report.created, report.changed = len(new), len(changed)
    report.unchanged = len(topics) - len(new) - len(changed)
    return topics


def _may_be(namesake: Topic, concept: Concept) -> bool:
    """Whether a topic of the same name is the same: not where each has an identifier of its own."""
    return "uri" not in namesake.identifiers or concept.key == concept.name


def _fill(topic: Topic, concept: Concept, name: str) -> None:
    topic.name = name
    topic.match_case = concept.match_case
    topic.scope_note = concept.scope_note or topic.scope_note
    identifiers = {**topic.identifiers, **concept.identifiers}
    from_elsewhere = concept.key != concept.name and not concept.key.startswith(own_key("").rstrip("/"))
    if from_elsewhere:
        identifiers["uri"] = concept.key
    topic.identifiers = identifiers
    kept: dict[str, Any] = {
        "language": concept.language if concept.language != settings.LANGUAGE_CODE else "",
        "nameless": concept.nameless,
        "statements": [list(statement) for statement in concept.statements],
    }
    if name != concept.name:
        kept["label"] = concept.name
    if name != concept.name or concept.nameless:
        kept["named"] = name
    topic.statements = {**topic.statements, **kept} if any(kept.values()) else topic.statements
    topic.statements = {key: value for key, value in topic.statements.items() if value}


def _state(topic: Topic) -> tuple[Any, ...]:
    return topic.name, topic.match_case, topic.scope_note, topic.identifiers, topic.statements


def _distinct(concept: Concept, by_name: dict[str, Topic]) -> str:
    """A name that no other topic has: with its notation or the last part of its key behind it, or a number."""
    mark = concept.notation or concept.key.rstrip("/").rpartition("/")[2] or "2"
    name, number = f"{concept.name[: LONGEST_NAME - 60]} ({mark[:50]})", 2
    while name.casefold() in by_name and key_of(by_name[name.casefold()]) != concept.key:
        name, number = f"{concept.name[: LONGEST_NAME - 60]} ({number})", number + 1
    return name


def _names(concepts: list[Concept], topics: dict[str, Topic], report: Imported) -> None:
    there = set(TopicName.objects.values_list("topic", "name"))
    new = [
        TopicName(topic=topics[concept.key], name=name, match_case=match_case)
        for concept in concepts
        for name, match_case in dict(concept.other_names).items()
        if (topics[concept.key].pk, name) not in there
    ]
    TopicName.objects.bulk_create(new, batch_size=2000)
    report.names = len(new)


def _links(concepts: list[Concept], topics: dict[str, Topic], report: Imported) -> None:
    """The tree, the relations and the replacements, among topics of the file or of the archive."""
    by_name = {topic.name: topic for topic in Topic.objects.all()}
    ends: dict[str, list[tuple[Topic, Topic]]] = {"broader": [], "related": [], "replaced_by": []}
    for concept in concepts:
        for relation, pairs in ends.items():
            named = getattr(concept, relation)
            for key in [named] if isinstance(named, str) and named else named:
                other = topics.get(key) or by_name.get(key)
                if other is None:
                    report.remarks.append(f"“{concept.name}” refers to “{key}”, which is no topic.")
                elif other != topics[concept.key]:
                    pairs.append((topics[concept.key], other))
    report.links = _put_under(ends["broader"], report) + _relate(ends["related"])
    for topic, other in ends["replaced_by"]:
        topic.replaced_by = other
    Topic.objects.bulk_update([topic for topic, _ in ends["replaced_by"]], ["replaced_by"], batch_size=500)


def _put_under(pairs: list[tuple[Topic, Topic]], report: Imported) -> int:
    """Put topics under others, but for what would close a circle. Returns how many links are new."""
    above: defaultdict[int, set[int]] = defaultdict(set)
    for narrower, broader in TopicBroader.objects.values_list("narrower", "broader"):
        above[narrower].add(broader)
    new = []
    for topic, other in pairs:
        if other.pk in above[topic.pk]:
            continue
        if _reaches(above, other.pk, topic.pk):
            report.remarks.append(f"“{topic}” under “{other}” would close a circle: left out of the tree.")
            continue
        above[topic.pk].add(other.pk)
        new.append(TopicBroader(narrower=topic, broader=other))
    TopicBroader.objects.bulk_create(new, batch_size=1000)
    return len(new)


def _relate(pairs: list[tuple[Topic, Topic]]) -> int:
    """Relate topics, in both directions. Returns how many links are new."""
    there = set(TopicRelation.objects.values_list("from_topic", "to_topic"))
    both = {(one.pk, two.pk): (one, two) for pair in pairs for one, two in (pair, pair[::-1])}
    new = [TopicRelation(from_topic=one, to_topic=two) for ids, (one, two) in both.items() if ids not in there]
    TopicRelation.objects.bulk_create(new, batch_size=2000)
    return len(new)


def _reaches(above: dict[int, set[int]], start: int, goal: int) -> bool:
    """Whether the goal is the start or lies above it."""
    waiting, seen = [start], {start}
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        waiting += above.get(here, set()) - seen
        seen |= above.get(here, set())
    return False


class _Slugs:
    """Free slugs for many topics, by one look at those that are taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        former = FormerSlug.objects.filter(kind=FormerSlug.Kind.TOPIC).values_list("slug", flat=True)
        self._taken = {*taken, *former}

    def free(self, text: str) -> str:
        """As `free_slug` makes them."""
        stem = slugify(text, max_length=SLUG_LENGTH - 8, word_boundary=True) or "untitled"
        slug, number = stem, 2
        while slug in self._taken:
            slug, number = f"{stem}-{number}", number + 1
        self._taken.add(slug)
        return slug
