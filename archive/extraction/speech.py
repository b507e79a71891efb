"""Are marked words speech at all? Titles of works, nicknames and scare quotes stand between marks too."""

import re

from archive.extraction.features import Setting
from archive.extraction.words import NAMES_A_WORK

_BROADCASTERS = frozenset(("nbc", "cbs", "abc", "cnn", "fox", "msnbc", "pbs", "npr", "bbc", "c-span", "news"))
_SMALL_WORDS = frozenset(("a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "with", "by", "from", "or"))
_VOICE = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|my|[Oo]ur|me|us|\w+[n’']t|[Ii]t[’']s|[Hh]e|[Ss]he|[Tt]hey)\b")
"""Words of somebody who speaks: pronouns and short forms."""


def signs(setting: Setting) -> list[str]:
    """What is seen of marked words that tells speech from other marked words."""
    text, marked = setting.story.text, setting.marked
    words = text[marked.start : marked.end].split()
    length = min(len(words), 12) if len(words) < 8 else 8 + (len(words) > 14)
    titled = _titled(words)
    lead = setting.lead.split()
    cue = _cue(lead[-1]) if lead else ""
    following = setting.tail_text.split()
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
        f"voice:{bool(_VOICE.search(text, marked.start, marked.end))},words:{min(length, 5)}",
        f"place:{min(setting.place, 2)},{setting.link}",
    ]


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
