"""Dates as texts write them, with how much of each is known."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from archive.ingest.dates import Dated, UncertainDateError, read_date
from archive.models import Precision


@pytest.mark.parametrize(
    ("given", "at", "precision"),
    [
        ("2017-01-31", (2017, 1, 31), Precision.DAY),
        ("20170131", (2017, 1, 31), Precision.DAY),
        ("Jan. 31, 2017", (2017, 1, 31), Precision.DAY),
        ("31 January 2017", (2017, 1, 31), Precision.DAY),
        ("13/04/2017", (2017, 4, 13), Precision.DAY),
        ("2017-01", (2017, 1, 1), Precision.MONTH),
        ("January 2017", (2017, 1, 1), Precision.MONTH),
        ("2017", (2017, 1, 1), Precision.YEAR),
        (2017, (2017, 1, 1), Precision.YEAR),
        ("1485856800", (2017, 1, 31, 10), Precision.TIME),
        (1485856800000, (2017, 1, 31, 10), Precision.TIME),
        ("2017-01-31T10:00:00Z", (2017, 1, 31, 10), Precision.TIME),
        ("Tue, 31 Jan 2017 10:00:00 EST", (2017, 1, 31, 15), Precision.TIME),
        ("31 janvier 2017", (2017, 1, 31), Precision.DAY),
        ("1er mars 2017", (2017, 3, 1), Precision.DAY),
        ("Dienstag, 31. März 2015", (2015, 3, 31), Precision.DAY),
        ("3 de mayo de 2017", (2017, 5, 3), Precision.DAY),
        ("31 января 2017 г.", (2017, 1, 31), Precision.DAY),
        ("2017年1月31日", (2017, 1, 31), Precision.DAY),
        ("janvier 2017", (2017, 1, 1), Precision.MONTH),
        ("31 Jan 17", (2017, 1, 31), Precision.DAY),
        (date(1957, 10, 6), (1957, 10, 6), Precision.DAY),
        (datetime(1969, 7, 21, tzinfo=timezone(timedelta(hours=2))), (1969, 7, 20, 22), Precision.TIME),
    ],
)
def test_a_date_is_read_with_its_precision(given, at, precision):
    assert read_date(given) == Dated(datetime(*at, tzinfo=UTC), precision)


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ("31 January 2017 5pm", (2017, 1, 31, 17)),
        ("2017-01-31T23:30:00", (2017, 1, 31, 23, 30)),
        ("2017-01-31 10:00", (2017, 1, 31, 10)),
        ("Tue, 31 Jan 2017 10:00:00 XST", (2017, 1, 31, 10)),
        ("mardi 31 janvier 2017 à 10h30", (2017, 1, 31, 10, 30)),
        (datetime(1969, 7, 21, 5, 30), (1969, 7, 21, 5, 30)),  # noqa: DTZ001
    ],
)
def test_an_hour_without_a_zone_is_taken_for_utc_and_marked(given, at):
    assert read_date(given) == Dated(datetime(*at, tzinfo=UTC), Precision.TIME, zoned=False)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("Jan. 31", "“Jan. 31” does not say its year"),
        ("Tuesday", "“Tuesday” does not say its year"),
        ("03/04/2017", "“03/04/2017” could be two days: write it as 2017-01-31"),
        ("1 2 2017", "“1 2 2017” could be two days: write it as 2017-01-31"),
        ("Tuesday 3/4/17", "“Tuesday 3/4/17” could be two days: write it as 2017-01-31"),
        ("17-01-31", "“17-01-31” could begin with the day or with the year: write it as 2017-01-31"),
        ("31-01-17", "“31-01-17” could begin with the day or with the year: write it as 2017-01-31"),
        ("4 Oct 57", "“4 Oct 57” does not say its century"),
        ("31 janvier", "“31 janvier” is not a date"),
        ("Q3 2017", "“Q3 2017” is not a date"),
        ("circa 1957", "“circa 1957” is not a date"),
        ("two hours ago", "“two hours ago” is not a date"),
        ("0000-00-00 00:00:00", "“0000-00-00 00:00:00” is not a date"),
        ("2017-02-31", "“2017-02-31” is not a date"),
        ("soon", "“soon” is not a date"),
        ("", "“” is not a date"),
        ("0001", "“0001” is not a date of any publication"),
        ("9" * 30, f"“{'9' * 30}” is not a date"),
    ],
)
def test_an_uncertain_date_is_refused_in_its_own_words(given, reason):
    with pytest.raises(UncertainDateError) as refusal:
        read_date(given)
    assert str(refusal.value) == reason
