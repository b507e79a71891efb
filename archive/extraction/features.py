"""What is seen of a mention beside some marked words: the observations that the ranking weighs.

Each observation is a short text such as `zone:after,verb:next`; the ranking holds one weight for each it has learned,
and `--explain` shows them as they are.
"""

import re
from bisect import bisect_left
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from archive.extraction.mentions import Mention
from archive.extraction.story import Story
from archive.extraction.words import SPEAK, TOLD, is_adverb

_BREAK = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[^\s\W_a-z])|[.!?…][”\"]$")
_WORD = re.compile(r"[\w’'-]+")
_LAST_WORD = re.compile(r"([\w’']+)[^\w]*$")

LONGEST_GAP = 120
LONGEST_LEAD = 400
"""Characters before marked words that are looked at for what leads to them."""

_SIGNATURE = re.compile(r"(?P<dash>[-–—~][ \u00a0]*)?[^“”\"\n:!?]{3,90}(?P<mark>[”\"])?$")
"""A line below marked words that says whose they are: after a dash, or before the mark that closes them."""

_SAME_SENTENCE = frozenset(("after0", "before0"))


class Setting:
    """What is seen of the marked words alone, whoever spoke them."""

    def __init__(self, story: Story, index: int, previous: Mention | None) -> None:
        self.story = story
        marked = story.marked[index]
        text = story.text
        self.marked = marked
        self.previous = previous
        paragraph = story.paragraphs[marked.paragraph]
        siblings = story.marked_of[marked.paragraph]
        self.place = bisect_left(siblings, marked.start, key=lambda sibling: sibling.start)
        self.siblings = siblings
        before = siblings[self.place - 1] if self.place else None
        after = siblings[self.place + 1] if self.place + 1 < len(siblings) else None
        self.lead = text[before.closed_at if before else paragraph.start : marked.opened_at]
        self.tail_text = text[marked.closed_at : after.opened_at if after else paragraph.end]
        last = text[marked.end - 1]
        outside = text[marked.closed_at : marked.closed_at + 1]
        self.tail = (
            "," if "," in (last, outside) else "." if last in ".…" or outside == "." else "?" if last in "?!" else "-"
        )
        lead = self.lead[-LONGEST_LEAD:].rstrip()
        if not lead:
            self.link = "start" if before is None else "joined"
        elif lead[-1] in ":,.?!":
            self.link = lead[-1]
            if lead[-1] == ",":
                word = _LAST_WORD.search(lead)
                if word and word[1].lower() in SPEAK:
                    self.link = "v,"
        else:
            word = _LAST_WORD.search(lead)
            small = word[1].lower() if word else ""
            self.link = "verb" if small in SPEAK else "that" if small == "that" else "word"
        follow = self.tail_text.strip()
        self.follow = (
            "none"
            if len(follow) < 2
            else "lower"
            if follow[0].islower()
            else "upper"
            if follow[0].isupper()
            else "other"
        )
        first = text[marked.start]
        self.begins = "lower" if first.islower() else "upper"
        self.length = marked.end - marked.start
        self.sentence = self.begins == "upper" and self.length > 20
        up = story.marked_of[marked.paragraph - 1] if marked.paragraph else []
        self.continued = bool(
            self.place == 0
            and self.link == "start"
            and up
            and not up[-1].closed
            and up[-1].closed_at == story.paragraphs[marked.paragraph - 1].end
        )
        down = story.marked_of[marked.paragraph + 1] if marked.paragraph + 1 < len(story.paragraphs) else []
        self.continues = bool(
            not marked.closed
            and marked.closed_at == paragraph.end
            and down
            and down[0].opened_at <= story.paragraphs[marked.paragraph + 1].start + 1
        )

    @cached_property
    def signed_by(self) -> Mention | None:
        """Whom the line below names, where the words fill their paragraph and that line is a signature."""
        story, below = self.story, self.marked.paragraph + 1
        if self.lead.strip() or self.follow != "none" or below >= len(story.paragraphs):
            return None
        line = story.paragraphs[below]
        match = _SIGNATURE.match(story.text, line.start, line.end)
        if match is None or not (match["dash"] or (match["mark"] and not self.marked.closed)):
            return None
        return next((mention for mention in story.mentions(below) if mention.kind != "pronoun"), None)

    @cached_property
    def parted(self) -> bool:
        """Whether a sentence ends between the marked words before and these."""
        closest = self.siblings[self.place - 1]
        return _BREAK.search(self.story.text[closest.end - 1 : self.marked.opened_at]) is not None


def zone_of(setting: Setting, mention: Mention) -> str:
    """Where a mention stands as seen from the marked words: after or before, same sentence or not, other paragraph."""
    marked, text = setting.marked, setting.story.text
    away = mention.paragraph - marked.paragraph
    if away:
        return "next" if away > 0 else f"up{min(-away, 4)}"
    if mention.start >= marked.closed_at:
        following = setting.siblings[setting.place + 1 : setting.place + 2]
        if following and following[0].opened_at < mention.start:
            return "after-other"
        breaks = _breaks(text, marked.closed_at, mention.start)
        if (setting.tail in ".?" and text[marked.closed_at : mention.start].lstrip()[:1].isupper()) or (
            setting.tail in ".?"
            and mention.start - marked.closed_at <= 2
            and text[mention.start].isupper()
            and setting.tail == "."
        ):
            breaks += 1
        return f"after{min(breaks, 2)}"
    earlier = setting.siblings[max(setting.place - 2, 0) : setting.place]
    between = sum(sibling.opened_at >= mention.end for sibling in earlier)
    if between:
        return f"before-other{between}{'.' if setting.parted or setting.link == 'joined' else ''}"
    return f"before{_breaks(text, mention.end, marked.opened_at)}"


def _breaks(text: str, start: int, end: int) -> int:
    """The ends of sentences between two offsets, counted to two."""
    return sum(1 for _ in islice(_BREAK.finditer(text, start, end), 2))


def gap_of(setting: Setting, mention: Mention) -> str:
    """The words between a mention and the marks in its sentence: what each of up to three is, or about how many."""
    marked = setting.marked
    if mention.start >= marked.closed_at:
        start, end = marked.closed_at, mention.start
    else:
        start, end = mention.end, marked.opened_at
    words = _WORD.findall(setting.story.text, start, min(end, start + LONGEST_GAP))
    if len(words) > 3:
        return "some" if len(words) < 6 else "many"
    return " ".join([_kind_of_word(word) for word in words])


def _kind_of_word(word: str) -> str:
    small = word.lower()
    if small in SPEAK:
        return "speaks"
    if small in TOLD:
        return "told"
    return "adverb" if is_adverb(small) else "Name" if word[0].isupper() else "word"


class Seen(NamedTuple):
    """What is seen of one mention beside some marked words."""

    zone: str
    order: int
    """Its place among the mentions of its zone, the nearest 0; 3 stands for all further."""
    verb_order: int
    """The same, counting only mentions with a verb of speech beside them, to 2."""
    kind: str
    before: str
    verb_before: str
    after: str
    verb_after: str
    possessive: bool
    is_previous: bool
    """Whether it spoke the marked words before these."""
    link: str
    tail: str
    follow: str
    begins: str
    continued: bool
    gap: str
    """What stands between it and the marks, in one sentence (see `gap_of`)."""


def observations(seen: Seen) -> list[str]:
    """What is seen, as the observations that the model `speaker` weighs."""
    zone, verb = seen.zone, f"{seen.verb_before}<{seen.verb_after}"
    key = f"{seen.link},{seen.tail},{seen.follow}"
    return [
        f"kind:{seen.kind},{verb}",
        f"kind:{seen.kind},{seen.begins},{zone}",
        f"zone:{zone},{verb},{seen.tail}",
        f"zone:{zone},{seen.link},{verb}",
        f"zone:{zone},{seen.link},{seen.kind}",
        f"zone:{zone},{seen.order}",
        f"zone:{zone},nth-with-verb:{seen.verb_order},{verb}",
        f"zone:{zone},{key}",
        f"zone:{zone},{seen.order},before:{seen.before}",
        f"zone:{zone},after:{seen.after}",
        f"possessive:{seen.possessive},{zone}",
        f"previous:{seen.is_previous},{key}",
        f"previous:{seen.is_previous},{zone}",
        f"previous:{seen.is_previous},continued:{seen.continued}",
        f"gap:{seen.gap},{zone},{seen.kind}",
        f"gap:{seen.gap},{zone},{verb}",
        f"gap:{seen.gap},{zone},{seen.link},{seen.tail}",
    ]


def candidates_for(setting: Setting) -> list[tuple[Mention, Seen]]:
    """The mentions that may be the speaker, each with what is seen of it."""
    previous = setting.previous
    start = setting.marked.start
    zoned = _zoned(setting)
    zoned.sort(key=lambda each: abs(each[0].start - start))
    orders: dict[str, int] = {}
    verb_orders: dict[str, int] = {}
    found = []
    for mention, zone in zoned:
        order = orders.get(zone, 0)
        orders[zone] = order + 1
        verb_order = verb_orders.get(zone, 0)
        before, verb_before, after, verb_after = mention.beside
        if verb_before == "next" or verb_after == "next":
            verb_orders[zone] = verb_order + 1
        seen = Seen(
            zone,
            min(3, order),
            min(2, verb_order),
            mention.sort,
            before,
            verb_before,
            after,
            verb_after,
            mention.possessive,
            mention is previous,
            setting.link,
            setting.tail,
            setting.follow,
            setting.begins,
            setting.continued,
            gap_of(setting, mention) if zone in _SAME_SENTENCE else "",
        )
        found.append((mention, seen))
    return found


def _zoned(setting: Setting) -> list[tuple[Mention, str]]:
    """The mentions that may be the speaker with their zones.

    Where somebody in the very sentence has a verb of speech beside them, nobody outside the paragraph is asked.
    """
    story, number = setting.story, setting.marked.paragraph
    author = story.author_of_statement
    if author is not None and not setting.lead.strip() and setting.follow == "none":
        return [(author, "statement")]
    if setting.signed_by is not None:
        return [(setting.signed_by, "signature")]
    zoned = [(mention, zone_of(setting, mention)) for mention in story.mentions_near(number, setting.marked.start)]
    if not any(zone in _SAME_SENTENCE and mention.has_verb_next for mention, zone in zoned):
        further = story.mentions(number + 1)[:3]
        for up, most in ((1, 6), (2, 4), (3, 2)):
            further = further + story.mentions(number - up)[-most:]
        zoned += [(mention, zone_of(setting, mention)) for mention in further]
    previous = setting.previous
    if previous is not None and all(mention is not previous for mention, _ in zoned):
        zoned.append((previous, zone_of(setting, previous)))
    return zoned
