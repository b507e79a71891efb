"""Dateline: the place a report was sent from, at the head of its first paragraph.

`WASHINGTON — `, `CAPE CANAVERAL, Fla. (AP) — `, `MOSCOW, Jan. 31 (Interfax) - `, `Paris (AFP) – `.
"""

import re

_PLACE = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'/-]+(?: (?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]+|DE|OF|and)){0,4}"
_MIXED_PLACE = r"[A-ZÀ-ÖØ-Þ][a-zß-ÿ.’'-]+(?: [A-ZÀ-ÖØ-Þ][a-zß-ÿ.’'-]+){0,3}"
_REGION = r"(?:, (?!\w+ \d)(?:[A-Z][a-zß-ÿ]*\.?(?:[A-Z]\.)*)(?: [A-Z][\w.]*){0,2}){0,2}"
_DATE = r",? (?:on )?\(?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?\)?"
_AGENCY = r" \((?:[A-Z][\w./& -]{1,30})\)"
_DASH = r"(?: ?[—―] ?| –{1,2} | --? |-- )"
_DATELINE = re.compile(
    rf"(?P<dateline>{_PLACE}{_REGION}(?:{_DATE})?(?:{_AGENCY})?"
    rf"|{_MIXED_PLACE}{_REGION}(?:{_DATE})?{_AGENCY}|{_MIXED_PLACE}{_REGION}{_DATE}){_DASH}(?=[“\"‘'(\[$€£]?[A-ZÀ-Þ\d])"
)
# Names that stand in capitals before a dash without being places.
_NOT_PLACES = frozenset(
    {"NASA", "ESA", "JAXA", "ISRO", "NOAA", "ISS", "UPDATE", "CORRECTION", "NOTE", "EDITOR", "NEWS"}
)


def split_dateline(paragraph: str) -> tuple[str, str]:
    """The dateline as printed, without its dash, and the rest; an empty one and all where there is none."""
    match = _DATELINE.match(paragraph)
    if match is None or match["dateline"] in _NOT_PLACES or len(match["dateline"]) > 100:
        return "", paragraph
    return match["dateline"], paragraph[match.end() :]
