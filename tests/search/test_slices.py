"""Stretches of time: how wide they are, and what they are called."""

from datetime import UTC, datetime

import pytest

from archive.search.slices import ALL_OF_TIME, Slice, widening


@pytest.mark.parametrize(
    ("per_year", "expected", "given", "slices"),
    [
        ({}, 100, {}, [ALL_OF_TIME]),
        ({2020: 120}, 0, {}, [ALL_OF_TIME]),
        # Ten match each month: two months for twenty, and then four times as many.
        ({2020: 120}, 120, {}, [Slice(("2020-12", "2020-11")), Slice(tuple(f"2020-{n:02}" for n in range(12, 4, -1)))]),
        ({2019: 60, 2020: 10}, 70, {}, [Slice(("2020", "2019-12", "2019-11"))]),
        ({2019: 12, 2020: 12}, 24, {}, [Slice(("2020", *(f"2019-{n:02}" for n in range(12, 4, -1))))]),
        ({1969: 240}, 240, {"start": datetime(1969, 7, 20, tzinfo=UTC)}, [Slice(("1969-07",))]),
        ({1969: 240}, 240, {"start": datetime(1969, 7, 20, tzinfo=UTC), "older": False}, [Slice(("1969-07",))]),
        ({1969: 120, 1971: 240}, 360, {"start": datetime(1970, 1, 1, tzinfo=UTC)}, [Slice(("1969-12", "1969-11"))]),
    ],
)
def test_slices_are_as_wide_as_enough_matches_take(per_year, expected, given, slices):
    found = list(widening(per_year, expected, wanted=20, **given))
    assert [part.names for part in found[: len(slices)]] == [part.names for part in slices]
    assert found[-1] == ALL_OF_TIME


def test_a_slice_says_how_far_it_reaches():
    [first, *_] = widening({2020: 120}, 120, wanted=20)
    assert first.reaches == datetime(2020, 11, 1, tzinfo=UTC)


def test_patience_ends_where_far_fewer_turned_up_than_expected():
    found = list(widening({2020: 1200, 2019: 1200}, 2400, wanted=20))
    assert [len(part.names) for part in found] == [1, 2]
    assert found[-1].reaches == datetime(2020, 11, 1, tzinfo=UTC)
