"""Stretches of time: how wide they are, and what they are called."""

from datetime import UTC, datetime

import pytest

from archive.search.slices import Slice, Slices


@pytest.mark.parametrize(
    ("per_year", "items", "given", "names"),
    [
        ({2020: 120}, 20, {}, ["2020-12", "2020-11"]),
        ({2020: 120}, 1, {}, ["2020-12"]),
        ({2020: 120}, 500, {}, ["2020"]),
        ({2019: 60, 2020: 10}, 20, {}, ["2020", "2019-12", "2019-11"]),
        ({2019: 0, 2020: 0}, 20, {}, ["2020", "2019"]),
        ({1969: 240}, 20, {"end": datetime(1969, 7, 20, tzinfo=UTC)}, ["1969-07"]),
        ({1969: 240}, 20, {"begin": datetime(1969, 7, 20, tzinfo=UTC), "older": False}, ["1969-07"]),
        ({1969: 240}, 999, {"begin": datetime(1969, 11, 9, tzinfo=UTC)}, ["1969-12", "1969-11"]),
        # The last year has come as far as November: its 44 lie in eleven months.
        ({2026: 44}, 5, {"latest": datetime(2026, 11, 9, tzinfo=UTC)}, ["2026-12", "2026-11", "2026-10"]),
        ({1969: 120, 1971: 240}, 20, {"end": datetime(1970, 1, 1, tzinfo=UTC)}, ["1969-12", "1969-11"]),
    ],
)
def test_a_slice_is_as_wide_as_so_many_items_take(per_year, items, given, names):
    assert Slices(per_year, **given).take(items).names == names


def test_slices_lie_beside_each_other_until_no_time_is_left():
    time, found = Slices({2019: 120, 2020: 120}), []
    while time:
        found.append(time.take(100))
    assert [part.items for part in found] == [100, 100, 40]
    assert found[1].names == ["2020-02", "2020-01", *(f"2019-{month:02}" for month in range(12, 4, -1))]


def test_a_slice_says_how_far_it_reaches():
    assert Slices({2020: 120}).take(20).reaches == datetime(2020, 11, 1, tzinfo=UTC)


def test_a_slice_that_was_too_wide_is_given_back():
    time = Slices({2020: 120})
    time.give_back(time.take(50))
    assert time.take(10).names == ["2020-12"]


@pytest.mark.parametrize(
    ("per_year", "latest"),
    [
        ({2026: 900}, datetime(2026, 3, 20, tzinfo=UTC)),  # months to come, then one that holds all
        ({2025: 12_000, 2026: 1}, datetime(2026, 1, 2, tzinfo=UTC)),  # next to nothing, then a full month
    ],
)
def test_a_slice_that_is_always_too_wide_comes_down_to_a_month(per_year, latest):
    time, lengths = Slices(per_year, latest=latest), []
    while len(part := time.take(100).months) > 1:
        lengths.append(len(part))
        time.give_back(part=Slice(part, items=0))
        assert len(lengths) < 10
    assert lengths == sorted(set(lengths), reverse=True)


def test_where_nothing_is_counted_there_is_no_time():
    assert not Slices({})
