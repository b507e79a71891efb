"""Are marked words speech at all? Titles of works, nicknames and scare quotes stand between marks too."""

import re

from archive.extraction.features import Setting
from archive.extraction.words import INSCRIPTIONS, NAMES_A_WORK, NEVER_NAMES, SPEAK

_BROADCASTERS = frozenset(("nbc", "cbs", "abc", "cnn", "fox", "msnbc", "pbs", "npr", "bbc", "c-span", "news"))
_SMALL_WORDS = frozenset(("a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "with", "by", "from", "or"))
_VOICE = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|my|[Oo]ur|me|us|\w+[n’']t|[Ii]t[’']s|[Hh]e|[Ss]he|[Tt]hey)\b")
"""Words of somebody who speaks: pronouns and short forms."""
_WHOLE_CLAUSE = re.compile(
    r"(?:[n’'](?:t|s|re|ve|ll|d|m)|\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|should"
    r"|may|might|must|get|got|go|going|want|need|know|think|make|see|come|say|said|let|take))\b",
    re.IGNORECASE,
)
"""Commonest verbs, which titles and scare quotes seldom hold."""
_WORD = re.compile(r"[\w’'-]+")

LONGEST_LOOK = 300
"""Characters of marked words that are looked at; titles and scare quotes are shorter."""
LONGEST_CUE = 60
"""Characters on either side of marked words in which single words are looked at."""


def signs(setting: Setting) -> list[str]:
    """What is seen of marked words that tells speech from other marked words."""
    text, marked = setting.story.text, setting.marked
    ends = min(marked.end, marked.start + LONGEST_LOOK)
    words = text[marked.start : ends].split()
    length = min(len(words), 12) if len(words) < 8 else 8 + (len(words) > 14)
    titled = _titled(words)
    lead = setting.lead[-LONGEST_CUE * 2 :].split()
    cue = _cue(lead[-1]) if lead else ""
    following = setting.tail_text[:LONGEST_CUE].split(maxsplit=1)
    after = (
        "none"
        if not following
        else "mark"
        if not following[0][0].isalnum()
        else "lower"
        if following[0][0].islower()
        else "upper"
    )
    last = text[marked.end - 1]
    return [
        "bias",
        f"words:{length}",
        f"words:{length},{titled}",
        f"capitals:{titled},{setting.tail}",
        f"link:{setting.link},words:{min(length, 5)}",
        f"link:{setting.link},{setting.begins}",
        f"tail:{setting.tail},{setting.follow}",
        f"last:{last if not last.isalnum() else 'word'},after:{after}",
        f"begins:{setting.begins},{setting.tail},{min(length, 4)}",
        f"cue:{cue},{titled}",
        f"cue:{cue},{after},{min(length, 4)}",
        f"cue:{cue},{titled},{setting.link}",
        f"continues:{setting.continues},{setting.continued},{marked.closed}",
        f"closed:{marked.closed},{setting.link}",
        f"closed:{marked.closed},{setting.tail}",
        f"voice:{bool(_VOICE.search(text, marked.start, ends))},words:{min(length, 5)}",
        f"place:{min(setting.place, 2)},{setting.link}",
        f"signed:{setting.signed_by is not None}",
        f"in-brackets:{'(' in setting.lead[-2:]}",
        f"clause:{bool(_WHOLE_CLAUSE.search(text, marked.start, ends))},words:{length}",
        *_words_beside(setting, lead, titled, length),
    ]


def _words_beside(setting: Setting, lead: list[str], titled: str, length: int) -> list[str]:
    """The very words on either side: “titled” and “reads” announce other things than “says”."""
    before = _WORD.findall(setting.lead[-LONGEST_CUE:])
    after = _WORD.findall(setting.tail_text[:LONGEST_CUE])
    last, earlier = _plain(before[-1:]), _plain(before[-2:-1])
    first, second = after[:1], after[1:2]
    said_after = not SPEAK.isdisjoint([word.lower() for word in first + second])
    recent = [word.lower().strip(",:()") for word in lead[-5:]]
    announced = any(word in NAMES_A_WORK or word.removesuffix("s") in NAMES_A_WORK for word in recent[-3:])
    said_before = not SPEAK.isdisjoint(recent[-4:])
    opens = _WORD.search(setting.story.text, setting.marked.start, setting.marked.end)
    small = opens[0].lower() if opens else ""
    return [
        f"beside:before:{last}",
        f"beside:two-before:{earlier} {last}",
        f"beside:after:{_plain(first)}",
        f"beside:first:{small if small in NEVER_NAMES else 'other'}",
        f"announced:{announced},{titled},{setting.lead.rstrip()[-1:] == ','}",
        f"inscribed:{not INSCRIPTIONS.isdisjoint(recent)}",
        f"said-before:{said_before},words:{length}",
        f"said-before:{said_before},after:{said_after}",
        f"said-before:{said_before},after:{said_after},{titled}",
    ]


def _plain(words: list[str]) -> str:
    """A word in small letters as it is, a name without saying whose."""
    return "" if not words else words[0] if words[0].islower() else "Name"


def _titled(words: list[str]) -> str:
    """Whether words are capitalised as in a title: all of them (but for small ones), most or few."""
    weighty = [word for word in words if word.lower() not in _SMALL_WORDS] or words
    capitals = sum(not word[:1].islower() for word in weighty)
    return "all" if capitals == len(weighty) else "most" if capitals * 2 > len(weighty) else "few"


def _cue(word: str) -> str:
    """What the word before the marks says of them."""
    small = word.lower().strip(",:")
    if small in NAMES_A_WORK or small.rstrip("s’'") in _BROADCASTERS:
        return "work"
    if small in ("the", "a", "an", "his", "her", "their", "its", "this", "that"):
        return "article"
    return "owner" if small.endswith(("’s", "'s")) else "name" if word[0].isupper() else ""


def attribution_signs(zone: str, verb: str, best_total: float) -> list[str]:
    """What the likeliest speaker says about it: marked words that nobody near could have spoken are no speech."""
    return [f"speaker:{zone},{verb}", f"total:{max(-4, min(8, round(best_total)))}"]
