"""Weighing what is seen: linear models with one weight for each observation, shipped as plain numbers.

`model.json` is made by `script/train-extraction`. The models `speaker` and `antecedent` are conditional logits
(McFadden 1974): the chance that a rival is the right one is the exponential of its summed weights over the same sum
for all.
`speech` and `confidence` are logistic regressions.
"""

import json
import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

Weights = dict[str, float]
Sight = TypeVar("Sight", bound=Hashable)

MOST_REMEMBERED = 1 << 17


@dataclass
class Models:
    """The models by which extraction decides; each holds a weight for each observation it knows."""

    speaker: Weights
    """Which mention speaks."""
    speech: Weights
    """Whether marked words are speech."""
    antecedent: Weights
    """Whom a pronoun means."""
    confidence: Weights
    """How sure to be."""
    _remembered: dict[Hashable, float] = field(default_factory=dict, repr=False)

    def weigh_speaker(self, seen: Sight, observations: Callable[[Sight], Iterable[str]]) -> float:
        """The summed weights of a mention. News says things in few ways, so what was weighed once is remembered."""
        weight = self._remembered.get(seen)
        if weight is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            weight = self._remembered[seen] = total(self.speaker, observations(seen))
        return weight


@cache
def shipped() -> Models:
    """The models that come with the software."""
    return Models(**json.loads(Path(__file__).with_name("model.json").read_text(encoding="utf-8")))


def total(weights: Weights, observed: Iterable[str]) -> float:
    """The summed weights of what is seen; what the model does not know weighs nothing."""
    get = weights.get
    return sum([get(observation, 0.0) for observation in observed])


def chances(totals: Sequence[float]) -> list[float]:
    """The chance of each of several rivals, summing to 1."""
    highest = max(totals)
    powers = [math.exp(value - highest) for value in totals]
    whole = sum(powers)
    return [power / whole for power in powers]


def chance(value: float) -> float:
    """The chance of a yes, from its logit."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def log_odds(share: float) -> float:
    """The logit of a chance, kept within ±6.9."""
    share = min(max(share, 0.001), 0.999)
    return math.log(share / (1 - share))
