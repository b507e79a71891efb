"""A body with its quotes marked, and those that are proposed, for the screens of the admin."""

from dataclasses import dataclass

from archive.models import Article, Quote, Suggestion
from archive.prose import Mark, blocks


@dataclass(frozen=True)
class ShownRun:
    """A stretch of text: its classes for the style sheet ("" where nothing is marked), and the anchors that open."""

    text: str
    start: int
    classes: str
    keys: str
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class ShownBlock:
    """A paragraph or a subheading."""

    is_subheading: bool
    runs: tuple[ShownRun, ...]


def marked_body(article: Article, quotes: list[Quote], proposals: list[Suggestion]) -> list[ShownBlock]:
    """The body in paragraphs. Accepted quotes bear the key `quote-1`, pending proposals `proposal-1`."""
    marks = [Mark(f"quote-{quote.pk}", quote.spans) for quote in quotes]
    marks += [Mark(f"proposal-{one.pk}", one.proposal.get("spans", [])) for one in proposals if one.proposal]
    return [
        ShownBlock(
            block.is_subheading,
            tuple(
                ShownRun(
                    run.text,
                    run.start,
                    " ".join(dict.fromkeys(f"is-{str(key).partition('-')[0]}" for key in run.keys)),
                    " ".join(map(str, run.keys)),
                    tuple(map(str, run.opens)),
                )
                for run in block.runs
            ),
        )
        for block in blocks(article.body, marks)
    ]
