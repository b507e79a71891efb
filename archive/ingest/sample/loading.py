"""Loading the sample archive, whole or not at all."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from archive.ingest.sample.records import SampleError, load_edition, load_people, load_sources, load_topics
from archive.ingest.sample.stories import load_stories
from archive.models import Article, Edition, Person, Source, Topic, Word

__all__ = ["Loaded", "SampleError", "load_sample"]


@dataclass(frozen=True)
class Loaded:
    """How many records the sample brought."""

    sources: int
    people: int
    topics: int
    stories: int

    def __str__(self) -> str:
        counted = [("stories", "story", self.stories), ("topics", "topic", self.topics)]
        counted += [("people", "person", self.people), ("sources", "source", self.sources)]
        return ", ".join(f"{number} {one if number == 1 else several}" for several, one, number in counted)


def load_sample(folder: Path) -> Loaded | None:
    """Load the sample archive into an empty one. None where it, or its beginning by another process, is here already.

    Raises SampleError where the archive holds something else, or a file of the sample is wrong; nothing is loaded then.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:  # two servers that start at once load it once
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('archive: sample'))")
        if Edition.objects.filter(pk=1).exists():
            return None
        for model in (Article, Topic, Person, Source):
            if model.objects.exists():
                raise SampleError(
                    f"The archive has a {model.__name__.lower()} of its own: only an empty one takes the sample."
                )
        load_edition(folder)
        load_sources(folder)
        load_people(folder)
        load_topics(folder)
        stories = load_stories(folder)
        deque(Word.objects.count_anew(), maxlen=0)
        return Loaded(Source.objects.count(), Person.objects.count(), Topic.objects.count(), stories)
