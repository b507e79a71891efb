"""Edit the stories of a folder as wires and newspapers do, and count how many copies are linked to their story.

The index is a dictionary that answers as `archive.ingest.resembling` asks the database: the first holders of each of a
text's marks, those that share most of them compared run by run.
"""

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.ingest.resembling import ALIKE, COMPARED, HOLDERS_ASKED
from archive.ingest.shingles import Runs, likeness, marks_of, runs_of

EDITS = {
    "a fifth of the sentences dropped": {"drop"},
    "one word in fifty changed": {"change"},
    "the last 40 % cut": {"cut"},
    "another headline": {"headline"},
    "the second half cut": {"halve"},
    "a fifth dropped, words changed": {"drop", "change"},
    "those, and the last 40 % cut": {"drop", "change", "cut"},
    "those, half cut, another headline": {"drop", "change", "halve", "headline"},
}
ONE_STORY = 0.7  # two originals this alike are one story: a copy may be linked to either
PARAGRAPH_END = "\n\n"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_INSTEAD = ["about", "nearly", "officials", "reported", "its"]


@dataclass(frozen=True, slots=True)
class Found:
    """A story that another resembles, by its place among them, and how much."""

    place: int
    likeness: float


class Looked:
    """Stories in the order they came in, each looked for among the earlier ones."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take all of them in; `pairs` are those that the rule links, with the one that was here before second."""
        self.runs: list[Runs] = []
        self.pairs: list[tuple[int, Found]] = []
        self._holders: dict[int, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            runs = runs_of(text)
            if found := self.find(runs):
                self.pairs.append((place, found))
            self.runs.append(runs)
            for mark in marks_of(runs):
                self._holders[mark].append(place)

    def find(self, runs: Runs) -> Found | None:
        """The story that a text would be linked to, if any."""
        shared = Counter(place for mark in marks_of(runs) for place in self._holders[mark][:HOLDERS_ASKED])
        most = sorted(shared, key=lambda place: (-shared[place], place))[:COMPARED]
        found = [Found(place, likeness(runs, self.runs[place])) for place in most]
        nearest = max(found, key=lambda one: (one.likeness, -one.place), default=None)
        return nearest if nearest and nearest.likeness >= ALIKE else None


def shares_linked(looked: Looked, texts: Sequence[str], copies: int, seed: int = 1) -> Iterator[tuple[str, int, float]]:
    """For each edit, its name, how many copies were long enough to be compared, and the share of them linked."""
    dice = random.Random(seed)
    long_enough = [place for place, runs in enumerate(looked.runs) if marks_of(runs)]
    chosen = dice.sample(long_enough, min(copies, len(long_enough)))
    for name, what in EDITS.items():
        compared = linked = 0
        for place in chosen:
            runs = runs_of(_edited(texts[place], what, dice))
            if not marks_of(runs):
                continue
            compared += 1
            found = looked.find(runs)
            linked += found is not None and (
                found.place == place or likeness(looked.runs[found.place], looked.runs[place]) > ONE_STORY
            )
        yield name, compared, linked / (compared or 1)


def stories_of(place: Path) -> list[tuple[str, str]]:
    """Name and text of each file of a folder, or of each row of JSON Lines, also gzipped (its `body` or `text`)."""
    if place.is_dir():
        files = sorted(path for path in place.iterdir() if path.is_file())
        return [(path.name, path.read_text(encoding="utf-8", errors="replace")) for path in files]
    with gzip.open(place, "rt", encoding="utf-8") if place.suffix == ".gz" else place.open(encoding="utf-8") as rows:
        records = [json.loads(row) for row in rows]
    return [(str(each.get("id", n)), each.get("body") or each.get("text") or "") for n, each in enumerate(records, 1)]


def _edited(text: str, what: set[str], dice: random.Random) -> str:
    sentences = _SENTENCE_END.split(text)
    if "drop" in what:
        sentences = [sentence for sentence in sentences if dice.random() > 0.2]
    if what & {"cut", "halve"}:
        sentences = sentences[: max(3, int(len(sentences) * (0.6 if "cut" in what else 0.5)))]
    edited = " ".join(sentences)
    if "change" in what:
        edited = " ".join(dice.choice(_INSTEAD) if dice.random() < 0.02 else word for word in edited.split(" "))
    if "headline" in what:
        edited = f"Another headline entirely\n\n{edited.split(PARAGRAPH_END, 1)[-1]}"
    return edited
