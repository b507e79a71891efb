"""Who speaks: each piece of marked words in turn, with the speaker before it in view."""

from dataclasses import dataclass

from archive.extraction.features import Seen, Setting, candidates_for, observations
from archive.extraction.marks import Marked
from archive.extraction.mentions import Mention
from archive.extraction.ranking import Models, chances, total
from archive.extraction.speech import attribution_signs, signs
from archive.extraction.story import Story

ENOUGH = ((2, 2.0), (4, 0.5))
ENOUGH_WHEN_LONG = 0.0
"""Log odds of being speech from which marked words are proposed: up to 2 words, up to 4, and more."""


MANY = 5
"""Words from which marked words count as long."""
_AFTER_A_SENTENCE = frozenset(("start", "joined", ".", "?", "!"))


@dataclass(slots=True)
class Attribution:
    """Marked words taken for speech, with the mention that most likely speaks them."""

    marked: Marked
    mention: Mention | None
    zone: str
    chance: float
    """That the mention is the speaker, among all mentions near."""
    speech: float
    """Log odds that the words are speech."""
    setting: Setting
    seen: Seen | None
    """What was seen of the mention."""


def attribute(story: Story, models: Models) -> list[Attribution]:
    """The marked words of a story that are speech, in order, each with its likeliest speaker."""
    found: list[Attribution] = []
    previous: Mention | None = None
    for index in range(len(story.marked)):
        attribution = _weigh(Setting(story, index, previous), models)
        words = story.text.count(" ", attribution.marked.start, attribution.marked.end) + 1
        if not spoken_enough(attribution.speech, MANY if _plainly_said(attribution) else words):
            continue
        found.append(attribution)
        if attribution.mention is not None:
            previous = attribution.mention
    return found


def spoken_enough(speech: float, words: int) -> bool:
    """Whether marked words of so many words are proposed at these log odds of being speech."""
    return speech >= next((enough for most, enough in ENOUGH if words <= most), ENOUGH_WHEN_LONG)


def _plainly_said(attribution: Attribution) -> bool:
    """Whether words make a sentence of their own with “she said” right after them, however short: “Never,” she said."""
    mention, setting = attribution.mention, attribution.setting
    return (
        mention is not None
        and attribution.zone == "after0"
        and setting.begins == "upper"
        and setting.tail in ",?"
        and setting.link in _AFTER_A_SENTENCE
        and mention.has_verb_next
    )


def _weigh(setting: Setting, models: Models) -> Attribution:
    candidates = candidates_for(setting)
    if not candidates:
        return Attribution(setting.marked, None, "", 0.0, total(models.speech, signs(setting)), setting, None)
    totals = [models.weigh_speaker(seen, observations) for _, seen in candidates]
    best = totals.index(max(totals))
    mention, seen = candidates[best]
    speech = total(models.speech, signs(setting) + attribution_signs(seen.zone, mention.verb, totals[best]))
    return Attribution(setting.marked, mention, seen.zone, chances(totals)[best], speech, setting, seen)
