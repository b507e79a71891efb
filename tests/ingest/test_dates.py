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
        ("31 January 2017 5pm", (2017, 1, 31, 17), Precision.TIME),
        (date(1957, 10, 6), (1957, 10, 6), Precision.DAY),
        (datetime(1969, 7, 21, 5, 30), (1969, 7, 21, 5, 30), Precision.TIME),  # noqa: DTZ001
        (datetime(1969, 7, 21, tzinfo=timezone(timedelta(hours=2))), (1969, 7, 20, 22), Precision.TIME),
    ],
)
def test_a_date_is_read_with_its_precision(given, at, precision):
    assert read_date(given) == Dated(datetime(*at, tzinfo=UTC), precision)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("Jan. 31", "“Jan. 31” does not say its year"),
        ("Tuesday", "“Tuesday” does not say its year"),
        ("03/04/2017", "“03/04/2017” could be two days: write it as 2017-01-31"),
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
