"""What stands beside a mention: a verb of speech near it, and the kind of word right before and after."""

import re
from typing import Literal

from archive.extraction.words import SPEAK, SPEAKING_NOUNS, TITLES, TOLD, is_adverb

Verb = Literal["", "next", "aside", "near"]
"""A verb of speech: none, right beside the mention, beyond an aside between commas, some words away."""

_SPACE = "[ \u00a0]"
_AFTER = re.compile(
    rf"{_SPACE}*(?:\([^()\n]{{1,60}}\){_SPACE}*)?(,|[—–-]{_SPACE})?{_SPACE}*"
    rf"([\w’']*)(?:{_SPACE}+([\w’']+))?(?:{_SPACE}+([\w’']+))?"
)
_ASIDE_END = re.compile(r"[,—–]\s*(?:[\w’']+ly )?([\w’']+)")
_SENTENCE_END = re.compile(r"[.;:!?“\"]")
_LINKS_AFTER = frozenset(("who", "of", "and", "in", "at", "for", "on", "from", "with", "to", "as"))
_KIND_BEFORE = {
    "and": "and",
    "or": "and",
    **dict.fromkeys(("but", "while", "as", "when", "that", "if", "because"), "that"),
    **dict.fromkeys(("of", "for", "in", "at", "on", "from", "about", "against", "like", "than"), "of"),
    "by": "by",
    "the": "the",
}


def after_mention(text: str, end: int, upper: int) -> tuple[str, Verb]:
    """What follows a mention that ends at `end`, looking no further than `upper`, and the verb of speech there."""
    if text[end : end + 2] in ("’s", "'s"):
        end += 2
    match = _AFTER.match(text, end, upper)
    if match is None:
        return "mark", ""
    comma, first, second, third = match.groups()
    if comma:
        return "comma", _verb_beyond_aside(text, match.end(1), min(upper, end + 220), first)
    if not first:
        rest = text[match.end()] if match.end() < upper else "-"
        return ("end" if rest in ".;!?" else "colon" if rest == ":" else "mark"), ""
    small = first.lower()
    if small in SPEAK:
        return "verb", "next"
    if is_adverb(small):
        verb = _is_verb(second) or (second and is_adverb(second.lower()) and _is_verb(third))
        return ("verb", "next") if verb else ("be", _verb_near(text, match.start(2), upper))
    kind = small if small in _LINKS_AFTER else "cap" if first[0].isupper() else "word"
    return kind, _verb_near(text, match.start(2), upper)


def before_mention(text: str, start: int, lower: int) -> tuple[str, Verb]:
    """What stands before a mention that begins at `start`, looking no further back than `lower`, and the verb there."""
    words = text[max(lower, start - 60) : start].split()
    if not words:
        return "start", ""
    if words[-1][0] in "-–—" and start - lower <= 3:
        return "dash", ""
    small = words[-1].lower()
    earlier = words[-2].lower() if len(words) > 1 else ""
    if small[-1] in '.!?;:”"' and not (small[-1] == "." and small.rstrip(".") in TITLES):
        kind, verb = "start", False
    elif small[-1] in ",—–-":
        kind, verb = "comma", False
    elif small in SPEAK:
        kind, verb = "told" if small in TOLD else "verb", True
    elif is_adverb(small):
        kind, verb = "adverb", earlier in SPEAK
    elif small == "to" and earlier == "according":
        kind, verb = "according", True
    elif small in TOLD:
        kind, verb = "told", False
    elif small in _KIND_BEFORE:
        kind, verb = _KIND_BEFORE[small], False
    else:
        return "word", _verb_back(words)
    return kind, "next" if verb else ""


def may_speak(text: str, start: int, end: int) -> bool:
    """Whether a verb of speech may stand right beside a mention: a quick look before the thorough ones above."""
    before = text[start - 12 if start > 12 else 0 : start].split()
    if before:
        small = before[-1].lower()
        if small in SPEAK or small == "to" or is_adverb(small):
            return True
    after = text[end : end + 16].split(maxsplit=1)
    if not after:
        return False
    small = after[0].rstrip('.,;:!?”"').lower()
    return small in SPEAK or small[:1] == "(" or small in ("’s", "'s") or is_adverb(small)


def _verb_beyond_aside(text: str, start: int, upper: int, first: str) -> Verb:
    """“Doug Andres, a spokesman for the House speaker, told the Post”."""
    for aside in _ASIDE_END.finditer(text, start, upper):
        if aside[1].lower() in SPEAK:
            return "aside"
    return "near" if first.lower() in SPEAK else ""


def _verb_near(text: str, start: int, upper: int) -> Verb:
    """Whether a verb of speech follows within the clause, nine words at most."""
    upper = min(upper, start + 70)
    stop = _SENTENCE_END.search(text, start, upper)
    words = text[start : stop.start() if stop else upper].lower().replace(",", " ").split()
    return "" if SPEAK.isdisjoint(words[:9]) else "near"


def _verb_back(words: list[str]) -> Verb:
    """“said White House press secretary Josh Earnest”: a verb of speech before a title in small letters."""
    for word in reversed(words[-7:]):
        if word[-1] in ',.;:!?—–”"':
            return ""
        small = word.lower()
        if small in SPEAK and small not in SPEAKING_NOUNS:
            return "near"
    return ""


def _is_verb(word: str | None) -> bool:
    return word is not None and word.lower() in SPEAK
