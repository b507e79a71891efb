"""Are marked words speech at all? Titles of works, nicknames and scare quotes stand between marks too."""

from archive.extraction.features import Setting
from archive.extraction.ranking import chance, shipped, total
from archive.extraction.words import NAMES_A_WORK


def signs(setting: Setting) -> list[str]:
    """What is seen of marked words that tells speech from other marked words."""
    text, marked = setting.story.text, setting.marked
    words = text[marked.start : marked.end].split()
    length = min(len(words), 12) if len(words) < 8 else 8 + (len(words) > 14)
    capitals = sum(word[:1].isupper() for word in words)
    titled = "all" if capitals == len(words) else "most" if capitals * 2 > len(words) else "few"
    lead = setting.lead.split()
    before = lead[-1].lower().strip(",:") if lead else ""
    cue = "work" if before in NAMES_A_WORK else "article" if before in ("the", "a", "an", "his", "her", "their") else ""
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
        f"closed:{marked.closed},{setting.link}",
        f"closed:{marked.closed},{setting.tail}",
        f"place:{min(setting.place, 2)},{setting.link}",
    ]


def attribution_signs(zone: str, verb: str, best_total: float) -> list[str]:
    """What the likeliest speaker says about it: marked words that nobody near could have spoken are no speech."""
    return [f"speaker:{zone},{verb}", f"total:{max(-4, min(8, round(best_total)))}"]


def chance_of_speech(observed: list[str]) -> float:
    """From 0 to 1."""
    return chance(total(shipped()["speech"], observed))
