"""The vocabulary on its way out."""

from collections import defaultdict
from pathlib import PurePath

from django.conf import settings
from django.db.models import Prefetch

from archive.editing.exchange.concepts import Concept, VocabularyFile, VocabularyFileError
from archive.editing.exchange.table import write_table
from archive.models import Scheme, Topic, TopicBroader, TopicName
from archive.models.topic import TopicRelation

SUFFIXES = (".ttl", ".rdf", ".jsonld", ".csv")


def export_vocabulary(suffix: str) -> bytes:
    """All topics, in the format of this suffix. Raises VocabularyFileError where there is none."""
    if suffix == ".csv":
        return write_table(vocabulary_file())
    from archive.editing.exchange.skos import FORMATS, write_skos  # rdflib takes half a second to load

    if suffix not in FORMATS:
        raise VocabularyFileError(f"“{suffix}” is no format of vocabularies. Known: {', '.join(SUFFIXES)}.")
    return write_skos(vocabulary_file(), suffix, language=settings.LANGUAGE_CODE)


def vocabulary_file() -> VocabularyFile:
    """All topics as concepts, by name; those that others replaced are among them, with who did."""
    names = Prefetch("other_names", TopicName.objects.order_by("name"))
    topics = Topic.objects.order_by("name", "pk").prefetch_related(names)
    keys = {topic.pk: key_of(topic) for topic in topics}
    broader, related = defaultdict(list), defaultdict(list)
    for narrower, above in TopicBroader.objects.order_by("pk").values_list("narrower", "broader"):
        broader[narrower].append(keys[above])
    for one, other in TopicRelation.objects.order_by("pk").values_list("from_topic", "to_topic"):
        related[one].append(keys[other])
    concepts = [_concept(topic, keys, sorted(broader[topic.pk]), sorted(related[topic.pk])) for topic in topics]
    schemes = list(Scheme.objects.order_by("pk"))
    others = [tuple(statement) for scheme in schemes for statement in scheme.statements]
    return VocabularyFile(concepts, schemes[0].iri if schemes else "", others)


def key_of(topic: Topic) -> str:
    """What identifies a topic anywhere: the identifier that it came with, or its address here."""
    return str(topic.identifiers.get("uri") or own_key(topic.slug))


def own_key(slug: str) -> str:
    """The address of a topic here, by its slug."""
    return f"{settings.SITE_URL}/topics/{slug}/"


def suffix_of(name: str) -> str:
    """The suffix of a file's name, in lower case."""
    return PurePath(name).suffix.lower()


def _concept(topic: Topic, keys: dict[int, str], broader: list[str], related: list[str]) -> Concept:
    kept = topic.statements
    # The name that was given to tell it from another goes out as it came, unless somebody renamed the topic since.
    as_it_came = kept.get("named") == topic.name
    return Concept(
        key=keys[topic.pk],
        name=kept["label"] if as_it_came and kept.get("label") else topic.name,
        match_case=topic.match_case,
        slug=topic.slug,
        other_names=[(other.name, other.match_case) for other in topic.other_names.all()],
        scope_note=topic.scope_note,
        broader=broader,
        related=related,
        replaced_by=keys[topic.replaced_by_id] if topic.replaced_by_id else "",
        identifiers={scheme: value for scheme, value in topic.identifiers.items() if scheme != "uri"},
        language=kept.get("language", ""),
        nameless=as_it_came and bool(kept.get("nameless")),
        statements=[tuple(statement) for statement in kept.get("statements", [])],
    )
