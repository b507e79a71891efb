"""Figures: how well suggested topics agree with those that stories are filed under."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.suggestion.learning.model import Name, Suggested
from archive.suggestion.learning.stories import Story
from archive.suggestion.learning.training import train

_ASSIGNED = 0.5


@dataclass(frozen=True, slots=True)
class Figures:
    """Agreement over stories: micro (each filing counts the same) and macro (each topic does); all from 0 to 1."""

    stories: int
    topics: int
    precision: float
    recall: float
    micro_f1: float
    macro_f1: float
    by_topic: dict[str, tuple[float, int]]
    """F1 of each topic, and how many stories have it."""

    def worst(self, most: int) -> list[tuple[str, float, int]]:
        """The topics with the lowest F1, and the number of their stories; the larger first among equals."""
        ranked = sorted(self.by_topic.items(), key=lambda item: (item[1][0], -item[1][1], item[0]))
        return [(topic, f1, stories) for topic, (f1, stories) in ranked[:most]]

    def __str__(self) -> str:
        return (
            f"micro P {self.precision:.3f} R {self.recall:.3f} F1 {self.micro_f1:.3f}, "
            f"macro F1 {self.macro_f1:.3f} over {self.topics} topics in {self.stories} stories"
        )


def figures(stories: Sequence[Story], suggested: Iterable[Sequence[Suggested]]) -> Figures:
    """Compare what was suggested with a confidence of at least 0.5 with the stories' own topics, in the same order."""
    hits: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for story, offered in zip(stories, suggested, strict=True):
        assigned = {one.topic for one in offered if one.confidence >= _ASSIGNED}
        hits.update(assigned & story.topics)
        wrong.update(assigned - story.topics)
        missed.update(story.topics - assigned)
    right, too_many, too_few = hits.total(), wrong.total(), missed.total()
    by_topic = {
        topic: (_f1(hits[topic], wrong[topic], missed[topic]), hits[topic] + missed[topic])
        for topic in {*hits, *missed}
    }
    return Figures(
        stories=len(stories),
        topics=len(by_topic),
        precision=right / (right + too_many or 1),
        recall=right / (right + too_few or 1),
        micro_f1=_f1(right, too_many, too_few),
        macro_f1=sum(f1 for f1, _ in by_topic.values()) / (len(by_topic) or 1),
        by_topic=by_topic,
    )


def cross_validated(
    stories: Sequence[Story], names: Mapping[str, Iterable[Name]] | None = None, *, folds: int
) -> Figures:
    """Figures for stories none of which was learned from: each part is suggested for by what the other parts teach.

    Raises TrainingError where the others are too few.
    """
    suggested: list[Sequence[Suggested]] = [()] * len(stories)
    for part in range(folds):
        others = [story for place, story in enumerate(stories) if place % folds != part]
        suggested[part::folds] = train(others, names).suggest(stories[part::folds])
    return figures(stories, suggested)


def _f1(hits: int, wrong: int, missed: int) -> float:
    return 2 * hits / (2 * hits + wrong + missed) if hits else 0.0
