"""The judge: how likely a topic is right, given the evidence. One logistic regression for all topics together."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads evidence, columns of numbers, with the squares and products of them."""

    mean: Numbers
    spread: Numbers
    weight: Numbers

    @classmethod
    def taught(cls, evidence: Numbers, right: Numbers) -> "Judge":
        """A judge who has seen this evidence, and whether it was right to follow it."""
        from sklearn.linear_model import LogisticRegression  # a second to load, and only to teach

        mean, spread = evidence.mean(axis=0), evidence.std(axis=0) + 1e-9
        terms = _terms((evidence - mean) / spread)
        scale = terms.std(axis=0) + 1e-9
        fitted = LogisticRegression(C=0.3, max_iter=500).fit(terms / scale, right)
        return cls(mean, spread, np.append(fitted.coef_[0] / scale, fitted.intercept_))

    def confidence(self, evidence: Numbers) -> Numbers:
        """How likely each row of evidence speaks for the right topic, from 0 to 1."""
        *weight, bias = self.weight
        score = _terms((evidence - self.mean) / self.spread) @ np.array(weight) + bias
        likely: Numbers = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
        return likely


def _terms(columns: Numbers) -> Numbers:
    """The columns, and the product of each two of them."""
    first, second = np.triu_indices(columns.shape[1])
    return np.hstack([columns, columns[:, first] * columns[:, second]])
