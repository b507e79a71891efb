"""Document: what every reader yields, whatever the format it reads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from archive.models import Precision
from archive.models.article import Doubt


@dataclass(kw_only=True, slots=True)
class Document:
    """One story as a reader understood it. What the format did not say stays empty.

    `body` need not be canonical yet; `source` is a name or a slug; `site` is the name of the site
    a page is from, which gives way to what the importer was told. `topics` are names as the file gave them: proposed,
    never filed. `row` is the position in a file of many, from 1, and `record` what stood there (bytes, or what JSON can
    hold); 0 and None where the file is the story. `left_out` says what of it was none, and left out.
    """

    headline: str = ""
    standfirst: str = ""
    dateline: str = ""
    byline: str = ""
    body: str = ""
    author_note: str = ""
    language: str = ""
    source: str = ""
    site: str = ""
    url: str = ""
    published_at: datetime | None = None
    precision: Precision = Precision.DAY
    topics: tuple[str, ...] = ()
    broken_off: bool = False
    doubts: set[Doubt] = field(default_factory=set)
    row: int = 0
    record: Any = None
    encoding: str = ""
    left_out: str = ""

    def leave_out(self, what: str) -> None:
        """Note what of it was none, and left out."""
        self.left_out = "; ".join(filter(None, (self.left_out, what)))


class UnreadableError(Exception):
    """A file or row that cannot come in. The message is the reason, for people, without the name of the file."""

    def __init__(self, reason: str, *, row: int = 0, record: Any = None) -> None:
        super().__init__(reason)
        self.row = row
        self.record = record


# What a reader yields: a story, a row that cannot be read, or one that is passed over on purpose.
@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row that is no story, such as a page or attachment of an export, and what it is."""

    reason: str
    row: int = 0


Item = Document | UnreadableError | PassedOver
Items = Iterable[Item]
