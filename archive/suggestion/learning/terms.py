"""Terms: the words and pairs of words of a story, weighed by how often they stand there and how rare they are.

Three parts of a story are weighed each for itself (TF-IDF with logarithmic counts, as in Salton and Buckley, 1988), so
that a word in the headline is another term than the same word in the text, and counts beside it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from archive.suggestion.learning.stories import Story

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
ANY_NUMBER = "0"
_LEAD = 350  # characters: about the first paragraph
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
    """The terms known from the stories learned from, in a fixed order, and the rarity of each."""

    def __init__(self, weighers: Sequence[TfidfVectorizer]) -> None:
        self._weighers = weighers
        self._names: list[tuple[str, str]] | None = None

    @classmethod
    def learned_from(cls, stories: Sequence[Story]) -> tuple["Terms", sparse.csr_matrix]:
        """The terms of these stories, and their weights in each of them (stories by terms)."""
        weighers = [_weigher(min_df=min(_IN_TWO_STORIES, len(stories))) for _ in PARTS]
        weights = [
            weigher.fit_transform(map(part.text, stories)) * part.weight
            for part, weigher in zip(PARTS, weighers, strict=True)
        ]
        return cls(weighers), sparse.hstack(weights, format="csr", dtype=np.float32)

    def weights(self, stories: Sequence[Story]) -> sparse.csr_matrix:
        """How much each term weighs in each of these stories (stories by terms)."""
        return sparse.hstack(
            [
                weigher.transform(map(part.text, stories)) * part.weight
                for part, weigher in zip(PARTS, self._weighers, strict=True)
            ],
            format="csr",
            dtype=np.float32,
        )

    def told(self, term: int) -> tuple[str, str]:
        """A term as its words, and as it is told to people, by its place in the order."""
        if self._names is None:
            self._names = [
                (name, part.told.format(name))
                for part, weigher in zip(PARTS, self._weighers, strict=True)
                for name in weigher.get_feature_names_out()
            ]
        return self._names[term]

    def to_arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """All that has to be kept, as arrays without objects."""
        kept = {}
        for number, weigher in enumerate(self._weighers):
            names = "\n".join(weigher.get_feature_names_out())
            kept[f"terms_{number}"] = np.frombuffer(names.encode(), dtype=np.uint8)
            kept[f"rarity_{number}"] = weigher.idf_
        return kept

    @classmethod
    def from_arrays(cls, kept: Any) -> "Terms":
        """The terms that `to_arrays` gave."""
        weighers = []
        for number in range(len(PARTS)):
            names = kept[f"terms_{number}"].tobytes().decode().split("\n")
            weigher = _weigher(vocabulary={name: place for place, name in enumerate(names)})
            weigher.idf_ = kept[f"rarity_{number}"]
            weighers.append(weigher)
        return cls(weighers)


def _weigher(**options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=terms_of, sublinear_tf=True, dtype=np.float32, **options)
