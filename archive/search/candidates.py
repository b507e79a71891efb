"""Which matches a search looks at, so that none is slow, whatever it asks for.

Up to `FEW` matches are found all, and their number is exact. Of more than that only the newest are looked at. There
are several ways to these: slice of time by slice through the index of words, or along the list of all that a topic,
a person or a source has, or of all there is, of which the rest of the question is then asked item by item. The way that
should have the fewest rows to read is taken, by PostgreSQL's estimate of how many match the words and by the kept
counts. Where these err, and on any way that takes too long, the search stops and says how far it came: never is
anything left out unsaid.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import prod
from typing import Generic

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Q

from archive.models import Quote
from archive.models.searched import Slices as SlicesOf
from archive.search.patience import go_on
from archive.search.slices import Slices
from archive.search.ways import Extent, Part, Rows, Sought, extent
from archive.search.words import among, holds, in_slices

FEW = 500
# Where no more are expected, all are looked for at once.
FEW_EXPECTED = 2 * FEW
# For a page of a few rows so many matches are aimed at: estimates err, and a second look costs more than a wide one.
PAGES = 100
# Of so many, spread over the candidates, it is counted what they are about where there are more than candidates hold.
SAMPLE = 250

# What is read, counted in rows that an index of words has found: one whose words are looked through, for its text lies
# apart; one of which another index is asked; an entry of one word in the index; one of which it is to be seen there
# whether another word has it, too.
TEXT, PROBED, ENTRY, COMPARED = 5, 2, 0.0005, 0.01
# A search that should cost more is made on a way that can be broken off.
TOO_MUCH = 20_000
# So many rows are read at most, but for the last slice of time.
PATIENCE = 6_000
# A later slice is to be so many times as wide as all before it, at most.
WIDER = 8
# So much wider than what was counted for is looked, for two steps cost more than a wide one.
ROOM = 1.2
# What share of rows PostgreSQL takes to hold a word of which it knows nothing (`DEFAULT_TS_MATCH_SEL` in its source),
# and a little: most such words are far rarer, and slice after slice costs more than to look for one of these at once.
UNKNOWN = 0.0055
# What share of items is taken to lack words that are only left out, before any was looked at; and the least share.
UNWANTED, LEAST = 0.5, 1e-7


@dataclass(frozen=True, slots=True)
class Candidates(Generic[Rows]):
    """What matches; the ids of all of it or, where there is `more`, of the newest `FEW`; either way newest first."""

    sought: Sought[Rows]
    known: Extent
    ids: Sequence[int]
    more: bool
    since: datetime | None = (
        None  # what is older than this has not been looked through; None: all has, as far as needed
    )

    @property
    def count(self) -> int:
        """How many are known to match."""
        return len(self.ids)

    @property
    def sample(self) -> Sequence[int]:
        """What is counted of their topics, people, sources and years: all where these are all, else a part."""
        return self.ids[:: FEW // SAMPLE] if self.more else self.ids


@dataclass(frozen=True, slots=True)
class Looked:
    """Some matches, nearest first; whether all of time was looked through; from when on, where that was too little."""

    ids: list[int]
    at_all: bool
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many matches are looked for and how many will do; from which moment on, to which side, beyond which place."""

    many: int
    enough: int
    start: datetime | None
    older: bool = True
    beyond: Q = field(default_factory=Q)


def candidates(sought: Sought[Rows], *, many: int | None = None) -> Candidates[Rows]:
    """Find the candidates of a search; of more than `FEW` matches (or `many`) so many."""
    many, known = many or FEW, extent(sought)
    looked = _look(sought, Wanted(many + 1, enough=(many + 1) // 2, start=sought.end), known)
    return Candidates(sought, known, looked.ids[:many], not looked.at_all or len(looked.ids) > many, looked.since)


def newest_by_words(sought: Sought[Rows], found: Candidates[Rows], many: int) -> Sequence[int]:
    """The ids of so many of the newest matches, or of fewer; none where the index of words is not the way to them.

    `found` is a search that asks for no more than this one, which cannot find more than it does.
    """
    wanted = Wanted(many, enough=many // 2, start=sought.end)
    at_most = None if found.more else found.count
    return _look(sought, wanted, found.known, by_words=True, at_most=at_most).ids


def nearest(found: Candidates[Rows], beyond: Q, *, start: datetime, older: bool, many: int) -> Looked:
    """The `many` matches of a search next to a place in the order of dates.

    `beyond` is the condition of lying on the wanted side of it, `start` the date from which on anything does: after a
    search that came as far as `since`, the moment before, or the same month is looked through for ever.
    """
    sought = found.sought
    if older and sought.end:
        start = min(start, sought.end)
    if not older and sought.begin:
        start = max(start, sought.begin)
    return _look(sought, Wanted(many, enough=many, start=start, older=older, beyond=beyond), found.known)


def _look(
    sought: Sought[Rows], wanted: Wanted, known: Extent, *, by_words: bool = False, at_most: int | None = None
) -> Looked:
    """The newest matches or the oldest: as many as are wanted, or at least enough if there are, with no gap.

    `at_most` is how many there can be, where that is known.
    """
    few = min(FEW_EXPECTED, 2 * max(wanted.many, PAGES))
    if at_most is not None:
        expected, few = at_most, max(few, at_most)
    else:
        expected = rows_expected(sought.worded) if sought.worded is not None else 0
    likely_few = max(few, UNKNOWN * known.items if len(sought.words) == 1 and not by_words else 0)
    while True:
        worded = expected / max(known.items, expected, 1)
        if sought.worded is None:
            worded = UNWANTED if sought.words else 1.0
        part = _way(sought, wanted, known, worded)
        if part is not None and by_words:
            return Looked([], at_all=False)
        if part is not None:
            return _along(sought, wanted, known, worded, part)
        if expected > likely_few:
            return _by_slices(sought, wanted, known, worded)
        ids = _in_order(sought.rows.filter(wanted.beyond), wanted, most=few + 1)
        if len(ids) <= few:
            return Looked(ids[: wanted.many], at_all=len(ids) <= wanted.many)
        expected, likely_few = max(expected, WIDER * len(ids)), few


def _way(sought: Sought[Rows], wanted: Wanted, known: Extent, worded: float) -> Part[Rows] | None:
    """The part to walk along, or None for the index of words: that always where nothing has been counted."""
    if sought.worded is not None and not known.per_year:
        return None
    best, least, patience = None, float("inf"), float("inf")
    if sought.worded is not None:
        read = min(worded * known.items, wanted.many / max(prod(map(known.share, sought.parts)), LEAST))
        least = read * (TEXT if sought.in_text else 1) + _in_index(sought, wanted, known, worded)
        if least > TOO_MUCH:
            patience = PATIENCE
    for part in sought.parts:
        if part.lists:
            read = min(known.share(part) * known.items, wanted.many / _share_on(part, sought, known, worded))
            cost = min(read * _unit(sought, part), patience)
            if cost < least:
                best, least = part, cost
    return best


def _in_index(sought: Sought[Rows], wanted: Wanted, known: Extent, worded: float) -> float:
    """What it costs to have the index of words compare the entries of all words, before any row is read."""
    words = len(sought.words)
    decoded = (words + 2) * known.items * ENTRY
    if sought.alternatives:
        return decoded + words * worded * known.items * COMPARED
    # From each entry of a slice on, the next is looked for that all of the words have, among those of the rarest.
    passed = wanted.many / max(worded**2 * prod(map(known.share, sought.parts)), LEAST)
    compared = (words - 1) * min(known.items, passed) * COMPARED
    if words > 1 and decoded + compared > TOO_MUCH:
        compared = (words - 1) * min(_rarest(sought), passed) * COMPARED
    return decoded + compared


def _rarest(sought: Sought[Rows]) -> int:
    """How many rows PostgreSQL expects to hold the rarest of the words."""
    holding = [sought.rows.model.objects.filter(holds(sought.column, word)) for word in sought.words]
    plans = holding[0].order_by().values("pk").union(*(rows.order_by().values("pk") for rows in holding[1:]), all=True)
    [plan] = json.loads(plans.explain(format="json") or "[{}]")
    return min(int(each["Plan Rows"]) for each in plan["Plan"]["Plans"])


def _share_on(part: Part[Rows], sought: Sought[Rows], known: Extent, worded: float) -> float:
    """What share of a part should meet the rest of the question."""
    return max(worded * prod(known.share(other) for other in sought.parts if other is not part), LEAST)


def _unit(sought: Sought[Rows], part: Part[Rows]) -> int:
    """What it costs to read a row on a walk."""
    if part.rest is None:
        return 1
    return TEXT if sought.words else PROBED


def _by_slices(sought: Sought[Rows], wanted: Wanted, known: Extent, worded: float) -> Looked:
    """Slice of time by slice through the index of words, which holds the months: what lies elsewhere is not read."""
    many = wanted.many
    begin, end = (
        (sought.begin, wanted.start or sought.end) if wanted.older else (wanted.start or sought.begin, sought.end)
    )
    time = Slices(known.per_year, latest=known.latest, begin=begin, end=end, older=wanted.older)
    rows = sought.rows.filter(wanted.beyond)
    named = SlicesOf("published_at") if sought.of_quotes else SlicesOf("published_at", "language")
    share = max(worded * prod(map(known.share, sought.parts)), LEAST)
    unit = TEXT if sought.in_text else PROBED if len(sought.parts) > 1 else 1
    patience = PATIENCE / unit / worded  # in items of the archive
    ids: list[int] = []
    passed, width = 0.0, patience
    if not time:  # nothing is counted, as after a restore of some tables: all is looked through
        ids = _in_order(rows, wanted)
    while time:
        part = time.take(min(max(many - len(ids), PAGES) / share, patience - passed, width))
        most = 4 * max(many, PAGES) if len(part.months) > 1 else None
        found = _in_order(rows.filter(in_slices(named, part.names)), wanted, most=most)
        if len(found) == most:  # far more than expected, and these need not be the nearest
            time.give_back(part)
            width = part.items / WIDER
            continue
        ids += found
        passed += part.items
        if time and len(ids) >= wanted.enough:
            return Looked(ids[:many], at_all=False)
        if time and passed >= patience:
            return Looked(ids[:many], at_all=False, since=part.reaches)
        share, width = max(len(ids), 1) / (passed or 1), WIDER * passed or patience
    return Looked(ids[:many], at_all=len(ids) <= many)


def _along(sought: Sought[Rows], wanted: Wanted, known: Extent, worded: float, part: Part[Rows]) -> Looked:
    """Along a part's lists, asking the rest of the question of what they hold."""
    many, start = wanted.many, wanted.start
    rest: Rows | None = None
    if part.rest or wanted.beyond or sought.of_quotes:
        rest = (part.rest() if part.rest else sought.rows).filter(wanted.beyond)
    share = _share_on(part, sought, known, worded)
    patience = PATIENCE // _unit(sought, part)
    ids: list[int] = []
    read = 0
    while True:
        go_on()
        length = int(min(max(many - len(ids), PAGES) / share * ROOM, max(patience - read, PAGES)))
        step = part.step(start, older=wanted.older, many=length)
        ids += step.items if rest is None else _in_order(rest.filter(among(step.items)), wanted)
        read += length
        if step.edge is None:
            return Looked(ids[:many], at_all=len(ids) <= many)
        if len(ids) >= wanted.enough:
            return Looked(ids[:many], at_all=False)
        if read >= patience:
            return Looked(ids[:many], at_all=False, since=step.edge + datetime.resolution)
        start, share = step.edge, max(len(ids), 1) / read


def rows_expected(rows: Rows) -> int:
    """How many rows PostgreSQL expects, by its statistics: a plan is made and not carried out."""
    plan = rows.order_by().values("pk").explain(format="json")
    return int(json.loads(plan)[0]["Plan"]["Plan Rows"]) if plan else 0


def _in_order(rows: Rows, wanted: Wanted, *, most: int | None = None) -> list[int]:
    """The ids of some rows, newest first or oldest first; of more than `most` any so many.

    They are sorted after they are found: no index of dates is walked for it, which looks into each text it passes.
    """
    of_quotes = rows.model is Quote
    places = ("published_at", "article_id", "position", "id") if of_quotes else ("published_at", "id")
    found = rows.order_by().values_list(*places)[:most]
    try:
        sql, given = found.query.get_compiler(found.db).as_sql()
    except EmptyResultSet:
        return []
    falling, rising = ("DESC", "ASC") if wanted.older else ("ASC", "DESC")
    directions = (falling, falling, rising, rising) if of_quotes else (falling, falling)
    order = ", ".join(f"{place} {direction}" for place, direction in zip(places, directions, strict=True))
    go_on()
    with connections[found.db].cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({sql}) AS found ({', '.join(places)}) ORDER BY {order}", given)  # noqa: S608
        return [id_ for (id_,) in cursor.fetchall()]
