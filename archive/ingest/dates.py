"""Dates of publication as texts write them, with how much of each is known.

Parsed by dateutil. What a date leaves out is found by completing it twice, from two days that differ in everything:
the parts that come out different were not said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from dateutil import parser

from archive.models import Precision
from archive.models.article import EARLIEST_YEAR, LATEST_YEAR

# Seconds, or thousandths of them, since 1970, as programs write a moment.
_SECONDS = re.compile(r"(\d{9,10})(?:\d{3}|\.\d+)?")
_YEAR = re.compile(r"\d{4}")
_YEAR_AND_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_COMPLETED_FROM = (datetime(2001, 1, 1, 1), datetime(2006, 2, 2, 2))  # noqa: DTZ001 (the text may name a zone)
_DAY_OR_MONTH_FIRST = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b")
# dateutil asks for the offset of the zones that it does not know: those of American newsrooms, in seconds.
_ZONES: Mapping[str, int] = {
    name: hours * 3600
    for name, hours in {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}.items()
}


class UncertainDateError(ValueError):
    """A date that does not say its year, or could be two days. The message quotes it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment in UTC, and how much of it is known; the rest is the first of its kind (day 1, midnight)."""

    at: datetime
    precision: Precision


def read_date(given: Any) -> Dated:
    """Read a date from a text, a number of a year, a `date` or a `datetime` (UTC unless it says otherwise).

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
        return Dated(given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC), Precision.TIME)
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


def _parsed(text: str) -> Dated:
    one, other = (parser.parse(text, default=default, tzinfos=_ZONES) for default in _COMPLETED_FROM)
    if one.year != other.year:
        raise UncertainDateError(f"“{text[:80]}” does not say its year")
    match = _DAY_OR_MONTH_FIRST.match(text)
    if match and match[1] != match[2] and max(int(match[1]), int(match[2])) <= 12:
        raise UncertainDateError(f"“{text[:80]}” could be two days: write it as 2017-01-31")
    if one.month != other.month:
        return Dated(datetime(one.year, 1, 1, tzinfo=UTC), Precision.YEAR)
    if one.day != other.day:
        return Dated(datetime(one.year, one.month, 1, tzinfo=UTC), Precision.MONTH)
    if one.hour != other.hour:
        return Dated(datetime(one.year, one.month, one.day, tzinfo=UTC), Precision.DAY)
    moment = one.replace(tzinfo=UTC) if one.tzinfo is None else one.astimezone(UTC)
    return Dated(moment, Precision.TIME)
