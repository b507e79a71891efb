"""Annotated stories: JSON Lines of id, text and quotes, with the `score.py` that lies beside them."""

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any


@dataclass
class Corpus:
    """Stories from several files, and the published scorer for them."""

    stories: list[dict[str, Any]]
    files: list[str]
    """The file that each story came from."""
    scorer: ModuleType

    def of_file(self, name: str) -> dict[str, dict[str, Any]]:
        """The stories of one file, by id."""
        return {story["id"]: story for story, file in zip(self.stories, self.files, strict=True) if file == name}


def read_corpus(folder: Path) -> Corpus:
    """All `*.jsonl` of a folder, and its `score.py`."""
    stories: list[dict[str, Any]] = []
    files: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        stories += rows
        files += [path.stem] * len(rows)
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return Corpus(stories, files, scorer)
