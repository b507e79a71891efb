"""Weighing what is seen: linear models with one weight for each observation, shipped as plain numbers.

`model.json` is made by `script/train-extraction`. The ranking is a conditional logit (McFadden 1974): the chance that a
mention is the speaker is the exponential of its summed weights over the same sum for all mentions. The other models
are logistic regressions over the same kind of observation.
"""

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

Weights = dict[str, float]
Models = dict[str, Weights]


@cache
def shipped() -> Models:
    """The models that come with the software, by name."""
    models: Models = json.loads(Path(__file__).with_name("model.json").read_text(encoding="utf-8"))
    return models


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
