"""A body with its quotes marked, those that are proposed, and the words of notes, for the screens of the admin."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from archive.models import Article, Note, Quote, Suggestion
from archive.prose import Mark, blocks

NAMED = 20


def named_at(name: str, body: str) -> list[list[int]]:
    """Where a body has a name as whole words, whatever their case; the first twenty places."""
    places = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", body, re.IGNORECASE)
    return [[place.start(), place.end()] for place in islice(places, NAMED)]


@dataclass(frozen=True)
class ShownRun:
    """A stretch of text: its classes for the style sheet ("" where nothing is marked), and the notes that begin."""

    text: str
    start: int
    classes: str
    keys: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ShownBlock:
    """A paragraph or a subheading."""

    is_subheading: bool
    runs: tuple[ShownRun, ...]


def marked_body(
    article: Article, quotes: Iterable[Quote], proposals: Iterable[Suggestion], notes: Iterable[Note] = ()
) -> list[ShownBlock]:
    """The body in paragraphs.

    Quotes bear the key `quote-1`, proposed ones `proposal-1`, proposed topics `topic-1`, words with a note `note-1`.
    """
    marks = [Mark(f"quote-{quote.pk}", quote.spans) for quote in quotes]
    marks += [Mark(f"note-{note.pk}", note.span) for note in notes]
    for one in proposals:
        if one.topic is None:
            marks.append(Mark(f"proposal-{one.pk}", one.proposal.get("spans", [])))
        else:
            marks.append(Mark(f"topic-{one.pk}", named_at(one.topic.name, article.body)))
    return [
        ShownBlock(
            block.is_subheading,
            tuple(
                ShownRun(
                    run.text,
                    run.start,
                    " ".join(dict.fromkeys(f"is-{str(key).partition('-')[0]}" for key in run.keys)),
                    " ".join(map(str, run.keys)),
                    tuple(key for key in map(str, run.opens) if key.startswith("note-")),
                )
                for run in block.runs
            ),
        )
        for block in blocks(article.body, marks)
    ]
