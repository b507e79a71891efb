"""The sample archive as its files tell it: every value is text, as it is written."""

from pathlib import Path
from typing import Any

import yaml

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
# The opening and the closing quotation mark of each language.
MARKS = {"en": "“”", "de": "„“", "fr": "«»"}


def strings(text: str) -> Any:
    """YAML with every value as it is written: dates too stay text."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (this loader makes nothing but strings)


def listed(name: str) -> dict[str, dict[str, Any]]:
    """The entries of a file by their names, of which there may not be two alike."""
    entries = strings((SAMPLE / name).read_text(encoding="utf-8"))
    by_name = {entry["name"]: entry for entry in entries}
    assert len(by_name) == len(entries), f"{name} has two entries of one name"
    return by_name


def read_story(path: Path) -> tuple[dict[str, Any], str]:
    _, fields, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return strings(fields), body.strip()


TOPICS = listed("topics.yaml")
SOURCES = listed("sources.yaml")
PEOPLE = listed("people.yaml")
STORIES = {path.stem: read_story(path) for path in sorted((SAMPLE / "stories").glob("*.md"))}
FIELDS = {name: fields for name, (fields, _) in STORIES.items()}
BODIES = {name: body for name, (_, body) in STORIES.items()}
