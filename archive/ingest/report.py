"""Report: what became of each file and row, and the counts of it."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What became of one file or row. Every one that came in has exactly one of these."""

    IMPORTED = "imported"
    SKIPPED = "skipped"
    FAILED = "failed"


def on_one_line(text: str) -> str:
    r"""A text for a report of lines: what would begin another line, or move the cursor, is written as `\n`, `\x1b`."""
    shown = (one if one.isprintable() or one == "\u00a0" else repr(one)[1:-1] for one in text)
    return "".join(shown)


@dataclass(frozen=True, slots=True)
class Result:
    """One file (`row` 0), or one row of it: its outcome, the article it is or already was, and why not otherwise.

    Of what came in: what is left to the editor (`doubts`), and the article it `resembles`, with the share of words.
    """

    origin: str
    outcome: Outcome
    row: int = 0
    article: int | None = None
    reason: str = ""
    doubts: tuple[str, ...] = ()
    resembles: int | None = None
    likeness: float | None = None

    @property
    def remarks(self) -> str:
        """The reason, and what else an editor should know, in one line."""
        near = f"resembles article {self.resembles} ({self.likeness:.0%} of its words)" if self.resembles else ""
        open_ = f"to check: {', '.join(self.doubts)}" if self.doubts else ""
        return on_one_line("; ".join(filter(None, (self.reason, near, open_))))

    @property
    def place(self) -> str:
        """The file, and the row where it has several."""
        return on_one_line(f"{self.origin}, row {self.row}" if self.row else self.origin)

    def as_json(self) -> dict[str, Any]:
        """The row of a report for programs."""
        return {
            "file": self.origin,
            "row": self.row or None,
            "outcome": self.outcome.value,
            "article": self.article,
            "reason": self.reason or None,
            "doubts": list(self.doubts),
            "resembles": self.resembles,
            "likeness": self.likeness and round(self.likeness, 3),
        }


@dataclass
class Counts:
    """How many came in and what became of them: rows in are always the sum of the outcomes."""

    by_outcome: Counter[Outcome] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count one more."""
        self.by_outcome[result.outcome] += 1

    @property
    def failed(self) -> int:
        """How many could not come in."""
        return self.by_outcome[Outcome.FAILED]

    def as_json(self) -> dict[str, int]:
        """The counts for programs."""
        return {outcome.value: self.by_outcome[outcome] for outcome in Outcome}

    def __str__(self) -> str:
        return ", ".join(f"{self.by_outcome[outcome]:,} {outcome}" for outcome in Outcome)
