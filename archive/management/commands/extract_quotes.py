"""Find who says what in texts, and write it as JSON Lines."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.extraction import find_quotations, rows_of

STANDARD = "-"


class Command(BaseCommand):
    """`extract_quotes [--jsonl] [--transcripts] [--explain] IN [OUT]`: one row a text, `{"id", "quotes": [...]}`.

    A quote's row is one span: offsets in code points of the text as given, the mention and its offsets, full name,
    role, confidence, and `utterance`, the same number for the spans of one quote.
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
        content = _read(source)
        texts = _rows(content, source) if jsonl else iter([(1, Path(source).name, content)])
        failures, count = 0, 0
        lines = []
        for number, name, text in texts:
            if isinstance(text, Exception):
                failures += 1
                self.stderr.write(self.style.ERROR(f"{source}, line {number}: {text}"))
                continue
            count += 1
            lines.append(json.dumps({"id": name, "quotes": _quotes(text, transcripts, explain)}, ensure_ascii=False))
        self._write(target, lines)
        if failures:
            raise CommandError(f"{failures} of {failures + count} rows could not be read; the others are written.")

    def _write(self, target: str, lines: list[str]) -> None:
        content = "".join(f"{line}\n" for line in lines)
        if target == STANDARD:
            self.stdout.write(content, ending="")
            return
        try:
            Path(target).write_text(content, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{target}: cannot be written: {error.strerror}") from error


def _read(source: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if source == STANDARD else Path(source).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{source}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{source}: is not UTF-8 text (byte {error.start})") from error


def _rows(content: str, source: str) -> Iterator[tuple[int, str, str | ValueError]]:
    """Line number, id and text of each row; in place of the text the error, where the row cannot be used."""
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            yield number, source, ValueError(f"is not JSON: {error.msg}")
            continue
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
            yield number, source, ValueError('is not an object with "id" and a "text" of words')
            continue
        yield number, row["id"], row["text"]


def _quotes(text: str, transcripts: bool, explain: bool) -> list[dict[str, Any]]:
    quotations = find_quotations(text, transcripts=transcripts, explain=explain)
    rows = rows_of(quotations)
    if explain:
        for row in rows:
            row["why"] = list(quotations[row["utterance"]].why)
    return rows
