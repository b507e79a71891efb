"""Dates of publication as texts write them, with how much of each is known.

Parsed by dateutil, and by dateparser where months are not English. What a date leaves out is found by completing it
twice, from two days that differ in everything: the parts that come out different were not said.
"""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from dateutil import parser

from archive.models import Precision
from archive.models.article import EARLIEST_YEAR, LATEST_YEAR

# Seconds, or thousandths of them, since 1970, as programs write a moment.
_SECONDS = re.compile(r"(\d{9,10})(?:\d{3}|\.\d+)?")
_YEAR = re.compile(r"\d{4}")
_YEAR_AND_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_COMPLETED_FROM = (datetime(2001, 1, 1, 1), datetime(2006, 2, 2, 2))  # noqa: DTZ001 (the text may name a zone)
_DAY_OR_MONTH_FIRST = re.compile(r"(?:\D*\s)?(\d{1,2})[/.\s-](\d{1,2})[/.\s-]\d{2,4}\b")
_SHORT_YEAR = re.compile(r"(?:\D*\s)?(\d{2})[/.-](\d{1,2})[/.-]\d{2}\b")  # 17-01-31, and 31-01-17
_FULL_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WORD = re.compile(r"[^\W\d_]{2}|[年月日]")
# dateutil asks for the offset of the zones that it does not know: those of American newsrooms, in seconds.
_ZONES: Mapping[str, int] = {
    name: hours * 3600
    for name, hours in {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}.items()
}


# Where months are not English: the languages that news is read in here, and then those of its neighbours.
_LANGUAGES = [
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "ru",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "uk",
    "tr",
    "ja",
    "zh",
    "en",
]
LONGEST = 80  # characters of a date in words
_PRECISIONS = {"time": Precision.TIME, "day": Precision.DAY, "month": Precision.MONTH}


class UncertainDateError(ValueError):
    """A date that does not say its year, or could be two days. The message quotes it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment in UTC, and how much of it is known; the rest is the first of its kind (day 1, midnight).

    `zoned` is False for an hour that came without a time zone: it is taken for UTC, and may be half a day off.
    """

    at: datetime
    precision: Precision
    zoned: bool = True


def read_date(given: Any) -> Dated:
    """Read a date from a text in any of many languages, a number of a year, a `date` or a `datetime`.

    Raises UncertainDateError where the text names no year, could be read as two days, or is no date at all.
    """
    text = str(given).strip()
    try:
        dated = _read(given, text)
    except UncertainDateError:
        raise
    except (ValueError, OverflowError) as error:
        raise UncertainDateError(f"“{text[:80]}” is not a date") from error
    if not EARLIEST_YEAR <= dated.at.year <= LATEST_YEAR:
        raise UncertainDateError(f"“{text[:80]}” is not a date of any publication")
    return dated


def _read(given: Any, text: str) -> Dated:
    if isinstance(given, datetime):
        return _moment(given)
    if isinstance(given, date):
        return Dated(datetime.combine(given, time(), UTC), Precision.DAY)
    if match := _SECONDS.fullmatch(text):
        return Dated(datetime.fromtimestamp(int(match[1]), UTC), Precision.TIME)
    if _YEAR.fullmatch(text):
        return Dated(datetime(int(text), 1, 1, tzinfo=UTC), Precision.YEAR)
    if match := _YEAR_AND_MONTH.fullmatch(text):
        year, month = map(int, match.groups())
        return Dated(datetime(year, month, 1, tzinfo=UTC), Precision.MONTH)
    return _iso(text) or _parsed(text)


def _iso(text: str) -> Dated | None:
    """A day or moment as ISO 8601 writes it, which most exports do."""
    try:
        if len(text) <= len("2017-01-31"):
            return _read(date.fromisoformat(text), text)
        return _read(datetime.fromisoformat(text), text)
    except ValueError:
        return None


def _moment(at: datetime) -> Dated:
    return Dated(
        at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC), Precision.TIME, zoned=at.tzinfo is not None
    )


def _parsed(text: str) -> Dated:
    try:
        with warnings.catch_warnings(action="ignore", category=parser.UnknownTimezoneWarning):
            one, other = (parser.parse(text, default=default, tzinfos=_ZONES) for default in _COMPLETED_FROM)
    except (ValueError, OverflowError):
        if dated := _in_other_words(text):
            return dated
        raise
    if one.year != other.year:
        raise UncertainDateError(f"“{text[:80]}” does not say its year")
    match = _DAY_OR_MONTH_FIRST.match(text)
    if match and match[1] != match[2] and max(int(match[1]), int(match[2])) <= 12:
        raise UncertainDateError(f"“{text[:80]}” could be two days: write it as 2017-01-31")
    if (match := _SHORT_YEAR.match(text)) and int(match[1]) > 12:
        raise UncertainDateError(f"“{text[:80]}” could begin with the day or with the year: write it as 2017-01-31")
    if one.year > date.today().year and str(one.year) not in text:  # noqa: DTZ011 (a year's worth of doubt)
        raise UncertainDateError(f"“{text[:80]}” does not say its century")
    if one.month != other.month:
        return Dated(datetime(one.year, 1, 1, tzinfo=UTC), Precision.YEAR)
    if one.day != other.day:
        return Dated(datetime(one.year, one.month, 1, tzinfo=UTC), Precision.MONTH)
    if one.hour != other.hour:
        return Dated(datetime(one.year, one.month, one.day, tzinfo=UTC), Precision.DAY)
    return _moment(one)


def _in_other_words(text: str) -> Dated | None:
    """A date with a month named in another language, or with the signs of Chinese and Japanese; its year in full."""
    if len(text) > LONGEST or not _FULL_YEAR.search(text) or not _WORD.search(text):
        return None
    found = _other_parser().get_date_data(text)
    precision = _PRECISIONS.get(found.period or "")
    if found.date_obj is None or precision is None:
        return None
    if precision == Precision.TIME:
        return _moment(found.date_obj)
    return Dated(datetime.combine(found.date_obj.date(), time(), UTC), precision)


@lru_cache(maxsize=1)
def _other_parser() -> Any:
    """Loaded by the first date that asks: it takes a second."""
    from dateparser.date import DateDataParser

    settings = {
        "PARSERS": ["absolute-time"],  # “two hours ago” says when it was written to nobody
        "REQUIRE_PARTS": ["year", "month"],
        "RETURN_TIME_AS_PERIOD": True,
        "PREFER_DAY_OF_MONTH": "first",
    }
    return DateDataParser(languages=_LANGUAGES, settings=settings)
