"""Concepts as a table (CSV, UTF-8): a row a topic, several values in a cell parted by " | ".

Topics are named by their names. A star before a name says that it counts in its own case only, as in "*ISS".
"""

import csv
import io
import json
import re
from collections.abc import Iterable

from archive.editing.exchange.concepts import Concept, VocabularyFile, VocabularyFileError

COLUMNS = [
    "name",
    "other_names",
    "scope_note",
    "broader",
    "related",
    "replaced_by",
    "identifiers",
    "slug",
    "statements",
]
_PARTED = re.compile(r"(?<!\\)\|")


def read_table(content: bytes) -> VocabularyFile:
    """The concepts of a table. Raises VocabularyFileError with the line of the first row that is none."""
    try:
        text = content.decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if "name" not in (rows.fieldnames or ()):
            raise VocabularyFileError('The first line has no column "name".')
        if unknown := [column for column in rows.fieldnames or () if column not in COLUMNS]:
            raise VocabularyFileError(f"Unknown columns: {', '.join(map(str, unknown))}. Known: {', '.join(COLUMNS)}.")
        return VocabularyFile([_concept(row, rows.line_num) for row in rows])
    except UnicodeDecodeError as error:
        raise VocabularyFileError(f"The file is not UTF-8 text (byte {error.start}).") from error
    except csv.Error as error:
        raise VocabularyFileError(f"Line {rows.line_num}: {error}.") from error


def write_table(file: VocabularyFile) -> bytes:
    """The concepts as a table, which a spreadsheet opens."""
    names = {concept.key: concept.name for concept in file.concepts}
    out = io.StringIO(newline="")
    rows = csv.DictWriter(out, COLUMNS)
    rows.writeheader()
    for concept in file.concepts:
        rows.writerow(
            {
                "name": _starred(concept.name, concept.match_case),
                "other_names": _joined(_starred(*name) for name in concept.other_names),
                "scope_note": concept.scope_note,
                "broader": _joined(names[key] for key in concept.broader),
                "related": _joined(names[key] for key in concept.related),
                "replaced_by": names.get(concept.replaced_by, ""),
                "identifiers": json.dumps(concept.identifiers, ensure_ascii=False) if concept.identifiers else "",
                "slug": concept.slug,
                "statements": _statements_told(concept),
            }
        )
    return out.getvalue().encode()


def _concept(row: dict[str, str | None], line: int) -> Concept:
    if None in row:
        raise VocabularyFileError(f"Line {line}: more cells than there are columns.")
    cells = {column: (value or "").strip() for column, value in row.items()}
    name, match_case = _unstarred(cells["name"])
    if not name:
        raise VocabularyFileError(f"Line {line}: a topic without a name.")
    try:
        identifiers = json.loads(cells.get("identifiers") or "{}")
        kept = json.loads(cells.get("statements") or "{}")
        statements = [(predicate, value, kind) for predicate, value, kind in kept.get("statements", [])]
    except (ValueError, AttributeError, TypeError) as error:
        raise VocabularyFileError(
            f"Line {line}: identifiers or statements are not what was exported: {error}."
        ) from error
    return Concept(
        key=name,
        name=name,
        match_case=match_case,
        slug=cells.get("slug", ""),
        other_names=[_unstarred(other) for other in _parts(cells.get("other_names", ""))],
        scope_note=cells.get("scope_note", ""),
        broader=_parts(cells.get("broader", "")),
        related=_parts(cells.get("related", "")),
        replaced_by=cells.get("replaced_by", ""),
        identifiers=identifiers,
        language=kept.get("language", ""),
        nameless=kept.get("nameless", False),
        statements=statements,
    )


def _statements_told(concept: Concept) -> str:
    told = {"language": concept.language, "nameless": concept.nameless, "statements": concept.statements}
    return (
        json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False)
        if any(told.values())
        else ""
    )


def _starred(name: str, match_case: bool) -> str:
    if match_case:
        return f"*{name}"
    return f"\\{name}" if name.startswith("*") else name


def _unstarred(cell: str) -> tuple[str, bool]:
    if cell.startswith("*"):
        return cell[1:], True
    return cell.removeprefix("\\") if cell.startswith("\\*") else cell, False


def _joined(values: Iterable[str]) -> str:
    return " | ".join(value.replace("|", "\\|") for value in values)


def _parts(cell: str) -> list[str]:
    return [part.strip().replace("\\|", "|") for part in _PARTED.split(cell) if part.strip()]
