"""The model: what was learned, kept in a file, and asked for the topics of stories."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from scipy import sparse

from archive.suggestion.learning.evidence import Named, Numbers, company, named_in, pairs_of
from archive.suggestion.learning.judge import Judge
from archive.suggestion.learning.stories import Story
from archive.suggestion.learning.terms import ANY_NUMBER, Terms
from archive.suggestion.topic_names import Vocabulary

FORMAT = 1
_REASONS = 5
_AT_ONCE = 1000  # stories, so that a large import does not need the memory of all of them
_ASSIGNED = 0.5

Name = tuple[str, bool]
"""A name of a topic, and whether only its own case counts."""


class ModelError(Exception):
    """The file of a model cannot be used. The message says why."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A topic suggested for a story. From a confidence of 0.5 it is worth filing, by what was learned about it."""

    topic: str
    confidence: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Weights:
    """How a story's terms speak for each topic: the margins of one support vector machine a topic."""

    weight: sparse.csr_matrix
    bias: Numbers

    @cached_property
    def by_topic(self) -> sparse.csr_matrix:
        """The same weights, topics by terms."""
        return self.weight.T.tocsr()

    def margins(self, terms: sparse.csr_matrix) -> Numbers:
        """How far each story lies on each topic's side (stories by topics)."""
        margins: Numbers = (terms @ self.weight).toarray() + self.bias
        return margins

    def of_topic(self, topic: int) -> Numbers:
        """The weight of each term for one topic."""
        weight: Numbers = self.by_topic[[topic]].toarray().ravel()
        return weight


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Learned topics. `thresholds` are the likelihoods from which each is worth filing."""

    topics: tuple[str, ...]
    names: tuple[tuple[Name, ...], ...]
    terms: Terms
    weights: Weights
    stories_held: Numbers
    together: Numbers
    alone: Judge
    in_company: Judge
    thresholds: Numbers
    vocabulary: Vocabulary

    def suggest(self, stories: Sequence[Story], *, least: float = 0.0, most: int = 10) -> list[list[Suggested]]:
        """The topics of each story, the surest first, with the reasons: `most` of them, from the confidence `least`."""
        answers: list[list[Suggested]] = []
        for start in range(0, len(stories), _AT_ONCE):
            answers += self._suggest(stories[start : start + _AT_ONCE], least, most)
        return answers

    def _suggest(self, stories: Sequence[Story], least: float, most: int) -> list[list[Suggested]]:
        terms = self.terms.weights(stories)
        named = named_in(stories, self.vocabulary, len(self.topics))
        pairs = pairs_of(self.weights.margins(terms), named, self.stories_held)
        pairs = pairs.beside(company(pairs, self.alone.confidence(pairs.evidence), self.together))
        confidence = around_threshold(self.in_company.confidence(pairs.evidence), self.thresholds[pairs.topic])
        answers: list[list[Suggested]] = [[] for _ in stories]
        for place in np.argsort(-confidence, kind="stable"):
            if confidence[place] < least:
                break
            story, topic = int(pairs.story[place]), int(pairs.topic[place])
            if len(answers[story]) == most:
                continue
            why = self._why(terms[story], topic, named[story])
            answers[story].append(Suggested(self.topics[topic], round(float(confidence[place]), 4), why))
        return answers

    def _why(self, terms: sparse.csr_matrix, topic: int, named: Named) -> tuple[str, ...]:
        """Whether the story names the topic, and the terms that weighed most, each word once."""
        reasons = ["named in the headline"] if named.headline[0, topic] else []
        if times := int(named.text[0, topic]):
            reasons.append(f"named in the text{f', {times} times' if times > 1 else ''}")
        said = terms.data * self.weights.of_topic(topic)[terms.indices]
        told: dict[str, str] = {}
        for place in np.argsort(-said)[: 3 * _REASONS]:
            if said[place] <= 0 or len(told) == _REASONS:
                break
            words, as_told = self.terms.told(int(terms.indices[place]))
            if ANY_NUMBER not in words.split():
                told.setdefault(words, as_told)
        return (*reasons, *told.values())

    def save(self, file: BinaryIO) -> None:
        """Write the model as NumPy arrays, without any code in them."""
        about = json.dumps({"format": FORMAT, "topics": self.topics, "names": self.names})
        arrays: dict[str, Any] = {
            **_judge_arrays("alone", self.alone),
            **_judge_arrays("in_company", self.in_company),
            **self.terms.to_arrays(),
        }
        np.savez_compressed(
            file,
            about=np.frombuffer(about.encode(), dtype=np.uint8),
            weight_values=self.weights.weight.data,
            weight_places=self.weights.weight.indices,
            weight_starts=self.weights.weight.indptr,
            bias=self.weights.bias,
            stories_held=self.stories_held,
            together=self.together,
            thresholds=self.thresholds,
            **arrays,
        )

    @classmethod
    def load(cls, path: Path) -> "TopicModel":
        """The model in a file. Raises ModelError where the file holds none of this format."""
        try:
            with np.load(path, allow_pickle=False) as kept:
                about = json.loads(kept["about"].tobytes())
                if about["format"] != FORMAT:
                    raise ModelError(f"{path} is of format {about['format']}, not {FORMAT}: train again.")
                starts, topics = kept["weight_starts"], tuple(about["topics"])
                parts = (kept["weight_values"], kept["weight_places"], starts)
                weight = sparse.csr_matrix(parts, shape=(len(starts) - 1, len(topics)))
                names = tuple(tuple((name, exact) for name, exact in each) for each in about["names"])
                return cls(
                    topics=topics,
                    names=names,
                    terms=Terms.from_arrays(kept),
                    weights=Weights(weight, kept["bias"]),
                    stories_held=kept["stories_held"],
                    together=kept["together"],
                    alone=_judge(kept, "alone"),
                    in_company=_judge(kept, "in_company"),
                    thresholds=kept["thresholds"],
                    vocabulary=vocabulary_of(names),
                )
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise ModelError(f"{path} holds no model: {error}") from error


def around_threshold(likely: Numbers, thresholds: Numbers) -> Numbers:
    """Likelihoods told so that each topic's threshold is 0.5, nothing 0 and certainty 1."""
    above = _ASSIGNED + _ASSIGNED * (likely - thresholds) / (1 - thresholds)
    told: Numbers = np.where(likely < thresholds, _ASSIGNED * likely / thresholds, above)
    return told


def vocabulary_of(names: Sequence[Sequence[Name]]) -> Vocabulary:
    """The names of the topics, to be looked for; each carries its topic's number."""
    return Vocabulary((number, name, exact) for number, each in enumerate(names) for name, exact in each)


def _judge_arrays(name: str, judge: Judge) -> dict[str, Any]:
    return {f"{name}_mean": judge.mean, f"{name}_spread": judge.spread, f"{name}_weight": judge.weight}


def _judge(kept: Any, name: str) -> Judge:
    return Judge(kept[f"{name}_mean"], kept[f"{name}_spread"], kept[f"{name}_weight"])
