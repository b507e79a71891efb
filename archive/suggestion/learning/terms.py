"""Terms: the words and pairs of words of a story, weighed by how often they stand there and how rare they are.

Three parts of a story are weighed each for itself (TF-IDF with logarithmic counts, as in Salton and Buckley, 1988), so
that a word in the headline is another term than the same word in the text, and counts beside it.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from archive.suggestion.learning.stories import Story

Numbers = np.ndarray[Any, Any]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
ANY_NUMBER = "0"
_LEAD = 350  # characters: about the first paragraph
_NOTHING = 1e-9
_IN_TWO_STORIES = 2  # a term that stands in one story alone says nothing of another


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a story: how to get it, how much it weighs beside the others, and how its terms are told."""

    text: Callable[[Story], str]
    weight: float
    told: str


PARTS = (
    Part(lambda story: f"{story.headline}\n{story.text}", 1.0, "“{}”"),
    Part(lambda story: story.headline, 0.7, "“{}” in the headline"),
    Part(lambda story: story.text[:_LEAD], 0.5, "“{}” at the beginning"),
)


def terms_of(text: str) -> list[str]:
    """The words of a text in lower case, and its pairs of neighbouring words; all numbers are one word, "0"."""
    words = [ANY_NUMBER if word[0].isdigit() else word for word in _WORD.findall(text.lower())]
    return words + [f"{first} {second}" for first, second in pairwise(words)]


class Terms:
    """The terms known from the stories learned from, in a fixed order, and the rarity of each.

    Counted here, not by scikit-learn: its vectorizers take several milliseconds before they look at a single story.
    """

    def __init__(self, names: Sequence[Sequence[str]], rarity: Numbers) -> None:
        """Take the terms of each part in order, and the rarity (inverse document frequency) of all of them."""
        self._names = names
        self._rarity = rarity
        starts = np.cumsum([0, *(len(part) for part in names)])
        self._places = [
            {name: place for place, name in enumerate(part, int(start))}
            for part, start in zip(names, starts, strict=False)
        ]
        self._starts = starts

    @classmethod
    def learned_from(cls, stories: Sequence[Story]) -> "Terms":
        """The terms that stand in at least two of these stories."""
        names, rarity = [], []
        for part in PARTS:
            stories_with = Counter(term for story in stories for term in set(terms_of(part.text(story))))
            known = sorted(term for term, count in stories_with.items() if count >= _IN_TWO_STORIES)
            names.append(known)
            rarity += [1 + math.log((1 + len(stories)) / (1 + stories_with[term])) for term in known]
        return cls(names, np.array(rarity, dtype=np.float32))

    def weights(self, stories: Sequence[Story]) -> sparse.csr_matrix:
        """How much each term weighs in each of these stories (stories by terms)."""
        values, places, starts = [], [], [0]
        for story in stories:
            for part, known in zip(PARTS, self._places, strict=True):
                counts = Counter(map(known.get, terms_of(part.text(story))))
                counts.pop(None, None)
                here = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
                weight = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self._rarity[here]
                values.append(part.weight * weight / (np.linalg.norm(weight) + _NOTHING))
                places.append(here)
            starts.append(starts[-1] + sum(map(len, places[-len(PARTS) :])))
        if not stories:
            return sparse.csr_matrix((0, len(self._rarity)), dtype=np.float32)
        shape = (len(stories), len(self._rarity))
        return sparse.csr_matrix((np.concatenate(values), np.concatenate(places), starts), shape=shape)

    def told(self, term: int) -> tuple[str, str]:
        """A term as its words, and as it is told to people, by its place in the order."""
        part = int(np.searchsorted(self._starts, term, side="right")) - 1
        words = self._names[part][term - int(self._starts[part])]
        return words, PARTS[part].told.format(words)

    def to_arrays(self) -> dict[str, Numbers]:
        """All that has to be kept, as arrays without objects."""
        names = {
            f"terms_{number}": np.frombuffer("\n".join(part).encode(), dtype=np.uint8)
            for number, part in enumerate(self._names)
        }
        return {**names, "rarity": self._rarity}

    @classmethod
    def from_arrays(cls, kept: Any) -> "Terms":
        """The terms that `to_arrays` gave."""
        lines = [kept[f"terms_{number}"].tobytes().decode() for number in range(len(PARTS))]
        return cls([part.split("\n") if part else [] for part in lines], kept["rarity"])
