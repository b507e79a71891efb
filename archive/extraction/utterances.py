"""From marked words with speakers to utterances: which spans are one quote, who is meant in full, how sure it is."""

from typing import TYPE_CHECKING

from archive.extraction.confidence import circumstances, confidence
from archive.extraction.features import observations
from archive.extraction.identity import UNKNOWN, Identity, identify
from archive.extraction.quotation import Quotation
from archive.extraction.ranking import Models, Weights
from archive.extraction.speakers import Attribution, attribute
from archive.extraction.story import Story

if TYPE_CHECKING:
    from archive.extraction.mentions import Mention
    from archive.extraction.names import Person

DOUBT_ALLOWED = 0.45
"""How unsure the person behind a pronoun may be before the proposal is held for less sure."""


_PLACES = {"a": "after", "b": "before", "u": "above", "n": "below", "s": "above"}
"""Where a speaker stands, by the first letter of their zone."""


def utterances_of(story: Story, models: Models, *, explain: bool = False) -> list[Quotation]:
    """The quotations of a story, in order."""
    quotations = []
    last_speaker: Person | None = None
    identities: dict[Mention, Identity] = {}
    for group in _grouped(attribute(story, models)):
        mention, identity = group[0].mention, UNKNOWN
        if mention is not None:
            if mention not in identities:
                identities[mention] = identify(story, mention, last_speaker, models.antecedent)
            identity = identities[mention]
        person = identity.person
        if person is not None:
            last_speaker = person
        sure = min(_confidence_of(each, models.confidence) for each in group)
        quotations.append(
            Quotation(
                spans=tuple((each.marked.start, each.marked.end) for each in group),
                mention=story.given[mention.start : mention.end] if mention else "",
                mention_start=mention.start if mention else None,
                mention_end=mention.end if mention else None,
                name=identity.name,
                role=story.role(person) if person is not None else "",
                partial=all(is_partial(each) for each in group),
                confidence=round(sure * min(1.0, identity.chance + DOUBT_ALLOWED), 3),
                candidates=identity.others,
                why=(*_why(story, group[0], models.speaker if explain else None), *identity.why),
            )
        )
    return quotations


def is_partial(attribution: Attribution) -> bool:
    """A few words inside somebody else's sentence (“bizarre,” he called it), not a sentence of the speaker's own."""
    setting = attribution.setting
    if setting.link in ("start", "joined", ":", "v,", ".", "?", "!") and setting.begins == "upper":
        return False
    if setting.begins == "upper" and setting.length > 40:
        return False
    return setting.link in ("word", "verb", "that", ",", "start") and not (
        setting.link == "," and attribution.zone.startswith("before-other")
    )


def _grouped(attributions: list[Attribution]) -> list[list[Attribution]]:
    """Spans side by side that one mention speaks are one quote, also where a paragraph ends without a closing mark."""
    groups: list[list[Attribution]] = []
    for attribution in attributions:
        if groups and _goes_on(groups[-1][-1], attribution):
            groups[-1].append(attribution)
        else:
            groups.append([attribution])
    return groups


def _goes_on(earlier: Attribution, later: Attribution) -> bool:
    """Whether the later span goes on with the utterance of the earlier one."""
    if later.mention is None or later.mention is not earlier.mention:
        return False
    if later.marked.paragraph != earlier.marked.paragraph and not later.setting.continued:
        return False
    broken = earlier.setting.tail == "," and later.setting.link in (",", "v,") and not is_partial(earlier)
    return broken or is_partial(earlier) == is_partial(later)


def _confidence_of(attribution: Attribution, weights: Weights) -> float:
    mention = attribution.mention
    seen = circumstances(attribution.setting, mention, attribution.zone) if mention is not None else []
    return confidence(attribution.chance, attribution.speech, seen, weights)


def _why(story: Story, attribution: Attribution, weights: Weights | None) -> list[str]:
    mention = attribution.mention
    if mention is None:
        return ["nobody is named near these words"]
    words = story.text[mention.start : mention.end]
    zone = attribution.zone
    place = "below" if zone == "signature" else _PLACES[zone[0]]
    why = [f"“{words}” stands {place} the words"]
    if mention.verb:
        why.append("a verb of speech stands beside it")
    if weights is not None and attribution.seen is not None:
        seen = sorted(((weights.get(each, 0.0), each) for each in observations(attribution.seen)), reverse=True)
        why += [f"{weight:+.2f} {each}" for weight, each in seen if abs(weight) >= 0.2]
    return why
