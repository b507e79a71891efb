"""Training: a model from stories and the topics they are filed under."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC

from archive.suggestion.learning.evidence import Named, Numbers, Pairs, company, filed_together, named_in, pairs_of
from archive.suggestion.learning.judge import Judge
from archive.suggestion.learning.model import Name, TopicModel, Weights, vocabulary_of
from archive.suggestion.learning.stories import Story
from archive.suggestion.learning.terms import Terms

FOLDS = 3
LEAST_STORIES = 20
_LIKELIHOODS = np.arange(0.1, 0.8, 0.02)
_STORIES_TO_TRUST = 30  # a topic of so many stories counts for half of its own threshold, all topics for the other
_HEAVIEST = 500  # weights that a topic keeps: the many faint ones make a model large and slow, and no better


class TrainingError(Exception):
    """There is too little to learn from. The message says what is missing."""


@dataclass(frozen=True, slots=True)
class _Filed:
    """The stories, and which of the topics each is filed under (stories by topics, true or false)."""

    stories: Sequence[Story]
    under: Numbers
    named: Named

    def __getitem__(self, rows: Numbers) -> "_Filed":
        return _Filed([self.stories[row] for row in rows], self.under[rows], self.named[rows.tolist()])


def train(stories: Sequence[Story], names: Mapping[str, Iterable[Name]] | None = None) -> TopicModel:
    """Learn from stories which topics others like them have. `names` are those of each topic; else its key is its name.

    Raises TrainingError where there are fewer than twenty stories, or where no topic is told from the others.
    """
    topics = sorted({topic for story in stories for topic in story.topics})
    if len(stories) < LEAST_STORIES or not topics:
        raise TrainingError(f"{len(stories)} stories with {len(topics)} topics are too few: it takes {LEAST_STORIES}.")
    names_of = tuple(tuple(names.get(topic, ()) if names is not None else written(topic)) for topic in topics)
    vocabulary = vocabulary_of(names_of)
    number = {topic: place for place, topic in enumerate(topics)}
    under = np.zeros((len(stories), len(topics)), dtype=bool)
    for row, story in enumerate(stories):
        under[row, [number[topic] for topic in story.topics]] = True
    filed = _Filed(stories, under, named_in(stories, vocabulary))

    together = filed_together(under)
    pairs = _unseen_pairs(filed)
    right = under[pairs.story, pairs.topic]
    if right.all() or not right.any():
        raise TrainingError("No topic can be told from the others: each has too few stories, or all of them.")
    pairs_in_company = pairs.beside(company(pairs, _unseen_confidence(pairs, right), together))
    likely = _unseen_confidence(pairs_in_company, right)
    terms, weights, stories_held = _learned(filed)
    return TopicModel(
        topics=tuple(topics),
        names=names_of,
        terms=terms,
        weights=weights,
        stories_held=stories_held,
        together=together,
        alone=Judge.taught(pairs.evidence, right),
        in_company=Judge.taught(pairs_in_company.evidence, right),
        thresholds=_thresholds(pairs, likely, under),
        vocabulary=vocabulary,
    )


def written(topic: str) -> list[Name]:
    """The ways to write a topic whose label is all that is known: “soy-oil” is also written “soyoil”."""
    return [(name, False) for name in dict.fromkeys([topic, topic.replace("-", "").replace("_", "")])]


def _learned(filed: _Filed) -> tuple[Terms, Weights, Numbers]:
    """The terms of the stories, how they speak for each topic, and how many stories each topic has.

    A topic that no story has, or every story, gets no weights.
    """
    terms = Terms.learned_from(filed.stories)
    weights = terms.weights(filed.stories)
    held = filed.under.sum(axis=0)
    columns, bias = [], np.full(len(held), -1.0, dtype=np.float32)
    for topic, stories in enumerate(held):
        if not 0 < stories < len(filed.stories):
            columns.append(sparse.csc_matrix((weights.shape[1], 1), dtype=np.float32))
            continue
        machine = LinearSVC(tol=1e-3, random_state=0).fit(weights, filed.under[:, topic])
        columns.append(sparse.csc_matrix(_heaviest(machine.coef_[0].astype(np.float32))[:, None]))
        bias[topic] = machine.intercept_[0]
    return terms, Weights(sparse.hstack(columns, format="csr"), bias), held.astype(np.float32)


def _heaviest(weight: Numbers) -> Numbers:
    """The weights with all but the heaviest of them left out."""
    if len(weight) > _HEAVIEST:
        size = np.abs(weight)
        weight[size < np.partition(size, -_HEAVIEST)[-_HEAVIEST]] = 0
    return weight


def _unseen_pairs(filed: _Filed) -> Pairs:
    """The evidence for each story, from what was learned without it."""
    folds: list[tuple[Numbers, Pairs]] = []
    for seen, unseen in KFold(FOLDS, shuffle=True, random_state=0).split(filed.under):
        terms, weights, held = _learned(filed[seen])
        rest = filed[unseen]
        folds.append((unseen, pairs_of(weights.margins(terms.weights(rest.stories)), rest.named, held)))
    story = np.concatenate([rows[pairs.story] for rows, pairs in folds])
    order = np.argsort(story, kind="stable")
    topic = np.concatenate([pairs.topic for _, pairs in folds])
    evidence = np.vstack([pairs.evidence for _, pairs in folds])
    return Pairs(story[order], topic[order], evidence[order])


def _unseen_confidence(pairs: Pairs, right: Numbers) -> Numbers:
    """The confidence in each pair of a judge who was taught by the other half of the stories."""
    confidence = np.zeros(len(right))
    half = pairs.story % 2 == 0
    for taught, judged in ((half, ~half), (~half, half)):
        seen: Any = right[taught]
        if seen.any() and not seen.all():
            confidence[judged] = Judge.taught(pairs.evidence[taught], seen).confidence(pairs.evidence[judged])
    return confidence


def _thresholds(pairs: Pairs, likely: Numbers, under: Numbers) -> Numbers:
    """The likelihood from which each topic is worth filing: the one with the best F1, drawn towards that of all."""
    right = under[pairs.story, pairs.topic]
    common = _best_likelihood(likely, right, int(under.sum()))
    own = np.full(under.shape[1], common)
    for topic, stories in enumerate(under.sum(axis=0)):
        of_topic = pairs.topic == topic
        if stories:
            best = _best_likelihood(likely[of_topic], right[of_topic], int(stories))
            own[topic] = (stories * best + _STORIES_TO_TRUST * common) / (stories + _STORIES_TO_TRUST)
    return own


def _best_likelihood(likely: Numbers, right: Numbers, wanted: int) -> float:
    """The likelihood at which to begin, for the best F1 over these pairs, `wanted` of which there should be."""
    assigned = likely[:, None] >= _LIKELIHOODS
    hits = (assigned & right[:, None]).sum(axis=0)
    f1 = 2 * hits / (assigned.sum(axis=0) + wanted)
    return float(np.median(_LIKELIHOODS[f1 == f1.max()]))
