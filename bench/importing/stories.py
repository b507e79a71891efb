"""Invented stories that read like news to a program: English words in English order, quotes with speakers, topics.

The words follow one another as they do in the sample archive (a chain over pairs of words), so that a story has as many
different words, and as many names of topics, as a written one. Names of people and places are drawn from syllables, as
many as a large archive would have, so that the index of words grows as it would there.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from bench.scale.generate import DAYS, FIRST_DAY, SYLLABLES

WORDS_OF_A_STORY = 450
ROLES = [
    "director of the programme",
    "a lawyer",
    "the minister for research",
    "an engineer",
    "who chairs the committee",
]
SAMPLE = Path(__file__).parents[2] / "sample" / "stories"


class Stories:
    """Draws stories; the same seed draws the same."""

    def __init__(self, seed: int = 0) -> None:
        self.dice = random.Random(seed)
        self.after: dict[str, list[str]] = defaultdict(list)
        self.first: list[str] = []
        for path in sorted(SAMPLE.glob("*.md")):
            self._learn(path.read_text(encoding="utf-8").split("---", 2)[2])

    def _learn(self, text: str) -> None:
        words = text.replace("“", "").replace("”", "").split()
        ended = True
        for word, following in pairwise(words):
            if ended and word[0].isupper():
                self.first.append(word)
            ended = word[-1] in ".?!"
            if not ended:
                self.after[word].append(following)

    def write(self, number: int) -> dict[str, str]:
        """The story of this number as a record of an export."""
        day = FIRST_DAY + timedelta(days=int(DAYS * self.dice.random() ** 0.43), seconds=self.dice.randrange(86400))
        return {
            "title": f"{self._sentence()[:80].rsplit(' ', 1)[0]} {self._name()}",
            "body": self._body(),
            "published": day.isoformat(),
            "author": f"{self._name()} {self._name()}",
            "source": f"Source {int(40 * self.dice.random() ** 3)}",
            "url": f"https://archive.example/{day.year}/{number}",
        }

    def _body(self) -> str:
        paragraphs: list[list[str]] = [[]]
        written = 0
        while written < WORDS_OF_A_STORY:
            sentence = self._quote() if len(paragraphs[-1]) == 1 and self.dice.random() < 0.35 else self._sentence()
            if len(paragraphs[-1]) == 3:
                paragraphs.append([])
            paragraphs[-1].append(sentence)
            written += sentence.count(" ") + 1
        return "\n\n".join(map(" ".join, paragraphs))

    def _quote(self) -> str:
        said = self._sentence().rstrip(".?!")
        return f"“{said},” said {self._name()} {self._name()}, {self.dice.choice(ROLES)}."

    def _sentence(self) -> str:
        words = [self.dice.choice(self.first)]
        while len(words) < 40 and (following := self.after.get(words[-1])):
            words.append(self.dice.choice(following) if self.dice.random() > 0.03 else self._name())
        return " ".join(words).rstrip(",;:") + ("" if words[-1][-1] in ".?!" else ".")

    def _name(self) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=3)).capitalize()


def write_stories(path: Path, number: int) -> None:
    """Write so many stories as JSON Lines, unless the file is there already."""
    if path.exists():
        return
    stories = Stories()
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(_lines(stories, number))
    unfinished.rename(path)


def _lines(stories: Stories, number: int) -> Iterator[str]:
    for n in range(number):
        yield json.dumps(stories.write(n), ensure_ascii=False) + "\n"
