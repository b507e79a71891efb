"""Who speaks: each piece of marked words in turn, with the speaker before it in view."""

from dataclasses import dataclass

from archive.extraction.features import Setting, candidates_for, observations
from archive.extraction.marks import Marked
from archive.extraction.mentions import Mention
from archive.extraction.ranking import Weights, chance, chances, shipped, total
from archive.extraction.speech import attribution_signs, signs
from archive.extraction.story import Story

SHORT = 2
"""Words up to which marked words need to be surely speech."""
SURE_ENOUGH = 0.5
SURE_ENOUGH_WHEN_SHORT = 0.8


@dataclass(slots=True)
class Attribution:
    """Marked words taken for speech, with the mention that most likely speaks them."""

    marked: Marked
    mention: Mention | None
    zone: str
    chance: float
    """That the mention is the speaker, among all mentions near."""
    speech: float
    """That the words are speech."""
    setting: Setting
    rivals: list[tuple[float, Mention]]
    observed: list[str]


def attribute(story: Story) -> list[Attribution]:
    """The marked words of a story that are speech, in order, each with its likeliest speaker."""
    models = shipped()
    found: list[Attribution] = []
    previous: Mention | None = None
    for index in range(len(story.marked)):
        attribution = _weigh(story, index, previous, models["speaker"], models["speech"])
        words = story.text.count(" ", attribution.marked.start, attribution.marked.end) + 1
        if attribution.speech < (SURE_ENOUGH_WHEN_SHORT if words <= SHORT else SURE_ENOUGH):
            continue
        found.append(attribution)
        if attribution.mention is not None:
            previous = attribution.mention
    return found


def _weigh(story: Story, index: int, previous: Mention | None, speaker: Weights, speech: Weights) -> Attribution:
    setting = Setting(story, index, previous)
    candidates = candidates_for(setting)
    if not candidates:
        return Attribution(setting.marked, None, "", 0.0, chance(total(speech, signs(setting))), setting, [], [])
    seen = [observations(setting, mention, order, zone) for mention, zone, order in candidates]
    totals = [total(speaker, observed) for observed in seen]
    shares = chances(totals)
    best = max(range(len(totals)), key=totals.__getitem__)
    mention, zone, _ = candidates[best]
    observed = signs(setting) + attribution_signs(zone, mention.verb_after or mention.verb_before, totals[best])
    rivals = sorted(((share, each[0]) for share, each in zip(shares, candidates, strict=True)), key=lambda r: -r[0])
    return Attribution(
        setting.marked, mention, zone, shares[best], chance(total(speech, observed)), setting, rivals[:4], seen[best]
    )
