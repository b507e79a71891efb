"""Dates in a reader's words, no more exact than they are known."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from archive.site.dating import for_machines, in_words

AT = datetime(2017, 1, 31, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "words", "machines"),
    [
        ("time", "31 January 2017, 14:05 UTC", "2017-01-31T14:05Z"),
        ("day", "31 January 2017", "2017-01-31"),
        ("month", "January 2017", "2017-01"),
        ("year", "2017", "2017"),
    ],
)
def test_a_date_says_what_is_known_of_it(precision, words, machines):
    assert (in_words(AT, precision), for_machines(AT, precision)) == (words, machines)


def test_a_moment_elsewhere_is_shown_in_utc():
    elsewhere = datetime(2017, 2, 1, 1, 5, tzinfo=timezone(timedelta(hours=11)))
    assert in_words(elsewhere, "time") == "31 January 2017, 14:05 UTC"
