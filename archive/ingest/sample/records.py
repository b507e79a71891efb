"""The sample's edition, sources, people and topics. `sample/README.md` says what each key means."""

from pathlib import Path
from typing import Any

import yaml

from archive.models import Edition, Person, PersonName, Source, Topic, TopicBroader, TopicName, TopicRelation
from archive.models.address import slug_stem


class SampleError(Exception):
    """The sample archive cannot be loaded. The message says what is wrong, and in which file."""


def load_edition(folder: Path) -> None:
    """Give the archive the sample's title, tagline and notice."""
    Edition.objects.update_or_create(pk=1, defaults=_read(folder / "edition.yaml", dict))


def load_sources(folder: Path) -> None:
    """Make the publications and bodies."""
    for entry in _read(folder / "sources.yaml", list):
        Source.objects.create(**entry)


def load_people(folder: Path) -> None:
    """Make the speakers and authors with their other names."""
    for entry in _read(folder / "people.yaml", list):
        other_names = entry.pop("other_names", [])
        person = Person.objects.create(**entry)
        PersonName.objects.bulk_create(PersonName(person=person, name=name) for name in other_names)


def load_topics(folder: Path) -> None:
    """Make the vocabulary: first the topics with their names, then how they lie under and beside one another."""
    path = folder / "topics.yaml"
    entries = _read(path, list)
    above = [(entry["name"], name) for entry in entries for name in entry.pop("broader", [])]
    beside = {(entry["name"], name) for entry in entries for name in entry.pop("related", [])}
    other_names = [(entry["name"], name) for entry in entries for name in entry.pop("other_names", [])]
    # Into an empty archive each takes the slug that its name makes; two that make the same are a fault of the file.
    made = Topic.objects.bulk_create(Topic(**{"slug": slug_stem(entry["name"]), **entry}) for entry in entries)
    topics = {topic.name: topic for topic in made}
    if missing := {name for pair in (*above, *beside) for name in pair} - topics.keys():
        raise SampleError(f"{path}: there is no topic “{min(missing)}”.")
    TopicName.objects.bulk_create(
        TopicName(topic=topics[topic], **(name if isinstance(name, dict) else {"name": name}))
        for topic, name in other_names
    )
    TopicBroader.objects.bulk_create(
        TopicBroader(narrower=topics[narrower], broader=topics[broader]) for narrower, broader in above
    )
    TopicRelation.objects.bulk_create(
        TopicRelation(from_topic=topics[one], to_topic=topics[other])
        for one, other in sorted(beside | {(other, one) for one, other in beside})
    )


def _read(path: Path, kind: type[Any]) -> Any:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SampleError(f"{path}: {error}") from error
    if not isinstance(content, kind):
        raise SampleError(f"{path}: is not a {kind.__name__}.")
    return content
