"""Find who says what in texts, and write it as JSON Lines."""

import json
import stat
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from archive.extraction import find_quotations, rows_of
from archive.ingest.decoding import decode
from archive.ingest.document import UnreadableError
from archive.ingest.lines import numbered_lines

STANDARD = "-"


class Row(NamedTuple):
    """One text to read: its line in IN, its id, and the text, or why it cannot be read."""

    line: int
    name: str | int
    text: str | UnreadableError


class Command(BaseCommand):
    """`extract_quotes [--jsonl] [--transcripts] [--explain] IN [OUT]`: one row a text, `{"id", "quotes": [...]}`.

    A quote's row is one span: offsets in code points of the text once decoded, the mention and its offsets, full name,
    role, confidence, and `utterance`, the same number for the spans of one quote. Each row is written as it is done,
    in UTF-8; half a surrogate pair, which UTF-8 cannot hold, as the escape that JSON has for it.
    """

    help = "Find the quotes in a text file, or in rows of {id, text}, and write who says what as JSON Lines."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="IN", help="a text file, or - for standard input")
        parser.add_argument("target", metavar="OUT", nargs="?", default=STANDARD, help="where to write (default: -)")
        parser.add_argument("--jsonl", action="store_true", help='IN holds one {"id": …, "text": …} a line')
        parser.add_argument(
            "--transcripts", action="store_true", help="find the turns of interviews too (NAME: …, Q: … A: …)"
        )
        parser.add_argument("--explain", action="store_true", help="say on every row why that speaker was chosen")

    def handle(
        self, *, source: str, target: str, jsonl: bool, transcripts: bool, explain: bool, **_options: Any
    ) -> None:
        failures, count = 0, 0
        with ExitStack() as stack:
            file = stack.enter_context(_opened(source))
            rows = _rows(file, source) if jsonl else iter([_whole(file, source)])
            out = stack.enter_context(_created(target, source)) if target != STANDARD else None
            for row in rows:
                if isinstance(row.text, UnreadableError):
                    failures += 1
                    self.stderr.write(self.style.ERROR(f"{source}, line {row.line}: {row.text}"))
                    continue
                count += 1
                found = {"id": row.name, "quotes": _quotes(row.text, transcripts, explain)}
                self._write(json.dumps(found, ensure_ascii=False), out, target)
        if failures:
            raise CommandError(f"{failures} of {failures + count} rows could not be read; the others are written.")

    def _write(self, line: str, out: TextIO | None, target: str) -> None:
        line = line.encode("utf-8", "backslashreplace").decode("utf-8")
        try:
            if out is None:
                self.stdout.write(line)
            else:
                out.write(f"{line}\n")
                out.flush()
        except OSError as error:
            raise CommandError(f"{target}: cannot be written: {error.strerror}") from error


def _opened(source: str) -> AbstractContextManager[BinaryIO]:
    if source == STANDARD:
        return nullcontext(sys.stdin.buffer)
    try:
        kind = Path(source).stat().st_mode
        if not stat.S_ISREG(kind):
            # A pipe would be waited for, and a device may never end.
            raise CommandError(f"{source}: is neither a file nor {STANDARD} for standard input")
        return Path(source).open("rb")
    except OSError as error:
        raise CommandError(f"{source}: cannot be read: {error.strerror}") from error


def _created(target: str, source: str) -> TextIO:
    try:
        if source != STANDARD and Path(target).exists() and Path(target).samefile(source):
            raise CommandError(f"{target}: is what is read; the quotes need a file of their own")
        return Path(target).open("w", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{target}: cannot be written: {error.strerror}") from error


def _whole(file: BinaryIO, source: str) -> Row:
    """All of a file as one text, under the file's name."""
    limit: int = settings.IMPORT_MAX_BYTES
    data = file.read(limit + 1)
    if len(data) > limit:
        raise CommandError(f"{source}: is longer than {filesizeformat(limit)} (IMPORT_MAX_BYTES)")
    try:
        return Row(1, Path(source).name, decode(data).text)
    except UnreadableError as error:
        raise CommandError(f"{source}: {error}") from error


def _rows(file: BinaryIO, source: str) -> Iterator[Row]:
    """The rows of a file, read line by line; in place of the text the error, where a row cannot be used."""
    limit: int = settings.IMPORT_MAX_BYTES
    for number, line in numbered_lines(file, limit):
        if line is None:
            reason = f"is longer than {filesizeformat(limit)} (IMPORT_MAX_BYTES)"
            yield Row(number, source, UnreadableError(reason))
        else:
            yield _row(line, number, source)


def _row(line: bytes, number: int, source: str) -> Row:
    try:
        record = json.loads(decode(line).text)
    except UnreadableError as error:
        return Row(number, source, error)
    except json.JSONDecodeError as error:
        return Row(number, source, UnreadableError(f"is not JSON: {error.msg}"))
    except (ValueError, RecursionError) as error:
        return Row(number, source, UnreadableError(f"is not JSON that can be read: {error}"))
    if (
        not isinstance(record, dict)
        or not isinstance(record.get("text"), str)
        or not isinstance(record.get("id"), str | int)
    ):
        return Row(number, source, UnreadableError('is not an object with "id" and a "text" of words'))
    return Row(number, record["id"], record["text"])


def _quotes(text: str, transcripts: bool, explain: bool) -> list[dict[str, Any]]:
    quotations = find_quotations(text, transcripts=transcripts, explain=explain)
    rows = rows_of(quotations)
    if explain:
        for row in rows:
            row["why"] = list(quotations[row["utterance"]].why)
    return rows
