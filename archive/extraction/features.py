"""What is seen of a mention beside some marked words: the observations that the ranking weighs.

Each observation is a short text such as `zone:after,verb:next`; the ranking holds one weight for each it has learned,
and `--explain` shows them as they are.
"""

import re

from archive.extraction.mentions import Mention
from archive.extraction.story import Story
from archive.extraction.words import SPEAK

_BREAK = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[^\s\W_a-z])|[.!?…][”\"]$")
_LAST_WORD = re.compile(r"([\w’']+)[^\w]*$")


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
        self.place = siblings.index(marked)
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
        lead = self.lead.rstrip()
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
        self.key = f"{self.link},{self.tail},{self.follow}"


def zone_of(setting: Setting, mention: Mention) -> str:
    """Where a mention stands as seen from the marked words: after or before, same sentence or not, other paragraph."""
    marked, text = setting.marked, setting.story.text
    away = mention.paragraph - marked.paragraph
    if away:
        return "next" if away > 0 else f"up{min(-away, 4)}"
    if mention.start >= marked.closed_at:
        between = 0
        for later in setting.siblings[setting.place + 1 :]:
            if later.opened_at < mention.start:
                between += 1
        if between:
            return "after-other"
        breaks = len(_BREAK.findall(text, marked.closed_at, mention.start))
        if (setting.tail in ".?" and text[marked.closed_at : mention.start].lstrip()[:1].isupper()) or (
            setting.tail in ".?"
            and mention.start - marked.closed_at <= 2
            and text[mention.start].isupper()
            and setting.tail == "."
        ):
            breaks += 1
        return f"after{min(breaks, 2)}"
    between = 0
    for earlier in setting.siblings[: setting.place]:
        if earlier.opened_at >= mention.end:
            between += 1
    if between:
        closest = setting.siblings[setting.place - 1]
        breaks = len(_BREAK.findall(text[closest.end - 1 : marked.opened_at]))
        return f"before-other{min(between, 2)}{'.' if breaks or setting.link == 'joined' else ''}"
    breaks = len(_BREAK.findall(text, mention.end, marked.opened_at))
    return f"before{min(breaks, 2)}"


def observations(setting: Setting, mention: Mention, order: int, zone: str) -> list[str]:
    """What is seen of one mention. `order` counts from the nearest mention of its zone, 0 first."""
    kind = mention.kind if mention.kind != "pronoun" else mention.word
    if mention.kind == "name":
        kind = mention.word
    verb = f"{mention.verb_before}<{mention.verb_after}"
    is_previous = mention is setting.previous
    same_person = (
        setting.previous is not None and mention.person is not None and mention.person is setting.previous.person
    )
    near = min(order, 3)
    person = mention.person
    count = 0 if person is None else min(len(person.mentions), 12) // 3
    return [
        f"zone:{zone},{verb},{setting.tail}",
        f"zone:{zone},{setting.link},{verb}",
        f"zone:{zone},{kind}",
        f"zone:{zone},{near}",
        f"zone:{zone},{setting.key}",
        f"zone:{zone},before:{mention.before}",
        f"zone:{zone},after:{mention.after}",
        f"beside:{mention.before}<{mention.after},{setting.link if zone.startswith('before') else setting.tail}",
        f"kind:{kind},{verb}",
        f"kind:{kind},before:{mention.before}",
        f"kind:{kind},after:{mention.after}",
        f"kind:{kind},{setting.begins},{zone[:6]}",
        f"possessive:{mention.possessive},{zone}",
        f"inside:{mention.inside_noun},{mention.after}",
        f"previous:{is_previous},{setting.link},{setting.tail},{setting.follow}",
        f"previous:{is_previous},{zone}",
        f"previous:{is_previous},continued:{setting.continued}",
        f"sameperson:{same_person},{zone}",
        f"named:{count},{kind}",
        f"person:{person is not None},{zone[:5]}",
    ]


def candidates_for(setting: Setting) -> list[tuple[Mention, str, int]]:
    """The mentions that may be the speaker, each with its zone and its order in it."""
    story, number = setting.story, setting.marked.paragraph
    found = list(story.mentions(number))
    for up, most in ((1, 8), (2, 5), (3, 3)):
        found += story.mentions(number - up)[-most:]
    found += story.mentions(number + 1)[:3]
    if setting.previous is not None and setting.previous not in found:
        found.append(setting.previous)
    zoned = [(mention, zone_of(setting, mention)) for mention in found]
    start = setting.marked.start
    zoned.sort(key=lambda each: abs(each[0].start - start))
    seen: dict[str, int] = {}
    result = []
    for mention, zone in zoned:
        order = seen.get(zone, 0)
        seen[zone] = order + 1
        result.append((mention, zone, order))
    return result
