"""Rows as a file to keep: CSV for spreadsheets, JSON Lines for programs.

Written while the rows are being read, so that a file of a million rows takes no more memory than one of ten.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.http import StreamingHttpResponse

Cell = str | int | Sequence[str]
Record = Mapping[str, Cell]
Writer = Callable[[Iterable[Record], Sequence[str], str], StreamingHttpResponse]


def as_csv(records: Iterable[Record], columns: Sequence[str], name: str) -> StreamingHttpResponse:
    """A table with a line of names (RFC 4180), in which no cell is a formula to a spreadsheet; as `name`.csv."""

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield writer.writerow(columns)
        for record in records:
            yield writer.writerow([harmless(_in_one(record[column])) for column in columns])

    return _attached(lines(), "text/csv; charset=utf-8; header=present", f"{name}.csv")


def as_json_lines(records: Iterable[Record], columns: Sequence[str], name: str) -> StreamingHttpResponse:
    """One JSON object a line (https://jsonlines.org), as `name`.jsonl."""
    lines = (
        json.dumps({column: record[column] for column in columns}, ensure_ascii=False) + "\n" for record in records
    )
    return _attached(lines, "application/jsonl; charset=utf-8", f"{name}.jsonl")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for text: what begins like a formula gets an apostrophe before it (OWASP)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


WRITERS: Mapping[str, Writer] = {"csv": as_csv, "jsonl": as_json_lines}
"""By the ending of the file's name."""


def _in_one(cell: Cell) -> str:
    return str(cell) if isinstance(cell, str | int) else "; ".join(cell)


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, line: str) -> str:
        return line


def _attached(lines: Iterator[str], media_type: str, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
