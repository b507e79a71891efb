"""The model: what was learned, kept in a file, and asked for the topics of stories."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from zipfile import BadZipFile

import numpy as np
from scipy import sparse

from archive.suggestion.learning.evidence import Numbers, company, named_in, pairs_of
from archive.suggestion.learning.judge import Judge
from archive.suggestion.learning.stories import Story
from archive.suggestion.learning.terms import ANY_NUMBER, Terms
from archive.suggestion.learning.versions import ModelError, OtherFormatError
from archive.suggestion.topic_names import Vocabulary

FORMAT = 2
_REASONS = 5
_AT_ONCE = 1000  # stories, so that a large import does not need the memory of all of them
_ASSIGNED = 0.5

Name = tuple[str, bool]
"""A name of a topic, and whether only its own case counts."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A topic suggested for a story. From a confidence of 0.5 it is worth filing, by what was learned about it."""

    topic: str
    confidence: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """How a story's terms speak for each topic: the margins of one support vector machine a topic (terms by topics)."""

    weight: sparse.csr_matrix
    bias: Numbers

    def spoken(self, terms: Numbers, values: Numbers) -> "Spoken":
        """What a story's terms, weighing so much in it, say for the topics."""
        weight = self.weight
        starts, lengths = weight.indptr[terms], np.diff(weight.indptr)[terms]
        # The places of all these rows, one after the other: each row's own, moved to where it begins.
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
        said = weight.data[places] * np.repeat(values, lengths)
        return Spoken(np.repeat(terms, lengths), weight.indices[places], said)

    def margins(self, terms: sparse.csr_matrix) -> Numbers:
        """How far each story lies on each topic's side (stories by topics)."""
        margins = np.empty((terms.shape[0], len(self.bias)), dtype=np.float32)
        for row in range(terms.shape[0]):
            margins[row] = self.spoken(*_row(terms, row)).margins(len(self.bias)) + self.bias
        return margins


@dataclass(frozen=True, slots=True)
class Spoken:
    """What terms say for topics: which term, for which topic, how much. Only where it says something."""

    term: Numbers
    topic: Numbers
    said: Numbers

    def margins(self, topics: int) -> Numbers:
        """All that is said for each topic together."""
        return np.bincount(self.topic, weights=self.said, minlength=topics)

    def most_for(self, topic: int, most: int) -> list[int]:
        """The terms that say most for a topic, and nothing against it."""
        of_topic = np.flatnonzero((self.topic == topic) & (self.said > 0))
        heaviest = of_topic[np.argsort(-self.said[of_topic], kind="stable")[:most]]
        return [int(term) for term in self.term[heaviest]]


def _row(terms: sparse.csr_matrix, row: int) -> tuple[Numbers, Numbers]:
    """The terms of one story, and how much each weighs in it."""
    start, end = terms.indptr[row], terms.indptr[row + 1]
    return terms.indices[start:end], terms.data[start:end]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Learned topics. `thresholds` are the likelihoods from which each is worth filing."""

    topics: tuple[str, ...]
    names: tuple[tuple[Name, ...], ...]
    terms: Terms
    weights: Weights
    stories_held: Numbers
    together: sparse.csr_matrix
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
        spoken = [self.weights.spoken(*_row(terms, row)) for row in range(len(stories))]
        margins = np.array([each.margins(len(self.topics)) + self.weights.bias for each in spoken])
        named = named_in(stories, self.vocabulary)
        pairs = pairs_of(margins, named, self.stories_held)
        pairs = pairs.beside(company(pairs, self.alone.confidence(pairs.evidence), self.together))
        confidence = around_threshold(self.in_company.confidence(pairs.evidence), self.thresholds[pairs.topic])
        answers: list[list[Suggested]] = [[] for _ in stories]
        for place in np.argsort(-confidence, kind="stable"):
            if confidence[place] < least:
                break
            story, topic = int(pairs.story[place]), int(pairs.topic[place])
            if len(answers[story]) == most:
                continue
            why = (*_named(topic, named.headline[story], named.text[story]), *self._weighed(spoken[story], topic))
            answers[story].append(Suggested(self.topics[topic], round(float(confidence[place]), 4), why))
        return answers

    def _weighed(self, spoken: Spoken, topic: int) -> list[str]:
        """The terms that weighed most, each word once."""
        told: dict[str, str] = {}
        for term in spoken.most_for(topic, 3 * _REASONS):
            words, as_told = self.terms.told(term)
            if ANY_NUMBER not in words.split():
                told.setdefault(words, as_told)
            if len(told) == _REASONS:
                break
        return list(told.values())

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
            **_sparse_arrays("weight", self.weights.weight),
            **_sparse_arrays("together", self.together),
            bias=self.weights.bias,
            stories_held=self.stories_held,
            thresholds=self.thresholds,
            **arrays,
        )

    @classmethod
    def load(cls, file: BinaryIO, name: str) -> "TopicModel":
        """The model in a file, called so in messages. Raises ModelError where it holds none of this format."""
        try:
            with np.load(file, allow_pickle=False) as kept:
                about = json.loads(kept["about"].tobytes())
                if about["format"] != FORMAT:
                    raise OtherFormatError(f"{name} is of format {about['format']}, not {FORMAT}: train again.")
                topics = tuple(about["topics"])
                names = tuple(tuple((name, exact) for name, exact in each) for each in about["names"])
                return cls(
                    topics=topics,
                    names=names,
                    terms=Terms.from_arrays(kept),
                    weights=Weights(_sparse(kept, "weight", len(topics)), kept["bias"]),
                    stories_held=kept["stories_held"],
                    together=_sparse(kept, "together", len(topics)),
                    alone=_judge(kept, "alone"),
                    in_company=_judge(kept, "in_company"),
                    thresholds=kept["thresholds"],
                    vocabulary=vocabulary_of(names),
                )
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise ModelError(f"{name} holds no model: {error}") from error


def _named(topic: int, headline: Mapping[int, int], text: Mapping[int, int]) -> list[str]:
    """Whether and how often a story names a topic."""
    reasons = ["named in the headline"] if topic in headline else []
    if times := text.get(topic, 0):
        reasons.append(f"named in the text{f', {times} times' if times > 1 else ''}")
    return reasons


def around_threshold(likely: Numbers, thresholds: Numbers) -> Numbers:
    """Likelihoods told so that each topic's threshold is 0.5, nothing 0 and certainty 1."""
    above = _ASSIGNED + _ASSIGNED * (likely - thresholds) / (1 - thresholds)
    told: Numbers = np.where(likely < thresholds, _ASSIGNED * likely / thresholds, above)
    return told


def vocabulary_of(names: Sequence[Sequence[Name]]) -> Vocabulary:
    """The names of the topics, to be looked for; each carries its topic's number."""
    return Vocabulary((number, name, exact) for number, each in enumerate(names) for name, exact in each)


def _sparse_arrays(name: str, matrix: sparse.csr_matrix) -> dict[str, Any]:
    return {f"{name}_values": matrix.data, f"{name}_places": matrix.indices, f"{name}_starts": matrix.indptr}


def _sparse(kept: Any, name: str, columns: int) -> sparse.csr_matrix:
    starts = kept[f"{name}_starts"]
    return sparse.csr_matrix((kept[f"{name}_values"], kept[f"{name}_places"], starts), (len(starts) - 1, columns))


def _judge_arrays(name: str, judge: Judge) -> dict[str, Any]:
    return {f"{name}_mean": judge.mean, f"{name}_spread": judge.spread, f"{name}_weight": judge.weight}


def _judge(kept: Any, name: str) -> Judge:
    return Judge(kept[f"{name}_mean"], kept[f"{name}_spread"], kept[f"{name}_weight"])
