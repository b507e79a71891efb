"""Every file that registers a model. Imported once the site object exists, which they register with."""

from archive.admin import (
    article,
    batch,
    colleague,
    edition,
    failure,
    job,
    original,
    person,
    quote,
    source,
    suggestion,
    tagging,
    topic,
)

__all__ = [
    "article",
    "batch",
    "colleague",
    "edition",
    "failure",
    "job",
    "original",
    "person",
    "quote",
    "source",
    "suggestion",
    "tagging",
    "topic",
]
