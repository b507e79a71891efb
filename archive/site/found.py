"""A page of what a search found: by relevance or by date, always from a bounded number of ids."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict

from archive.search.candidates import Candidates, nearest
from archive.site.paging import ROWS, NewestFirst, Page, older_than, page_by

Item = TypeVar("Item", bound=Model)


def page_by_date(found: Candidates[Any], listed: QuerySet[Item], order: NewestFirst, given: QueryDict) -> Page[Item]:
    """The page of a list in the order of dates that a query string asks for.

    `listed` are all public rows of the kind, made ready for a list. Beyond the candidates the matches nearest to the
    place are looked for anew, so that the last page costs what the first does.
    """
    since = found.since

    def fetch(place: tuple[Any, ...] | None, *, older: bool, limit: int) -> list[Item]:
        nonlocal since
        if place is None:
            rows = listed.filter(pk__in=found.ids[:limit])
        elif not found.more:
            rows = listed.filter(order.beyond(place, older=older), pk__in=found.ids)
        else:
            beyond, start = order.beyond(place, older=older), order.looks_from(place, older=older)
            near = nearest(found, beyond, start=start, older=older, many=limit)
            since = near.since if older else None
            rows = listed.filter(pk__in=near.ids)
        return list(order.sorted(rows, backwards=not older)[:limit])

    page = page_by(fetch, order, given)
    return page if page.older or since is None else replace(page, older=older_than(order, since, given))


def page_by_rank(ids: Sequence[int], listed: "QuerySet[Item]", given: QueryDict) -> Page[Item]:
    """The page that follows the item `after` among ids in the order of relevance; the first where it is not there."""
    after = given.get("after", "")
    if after and not (after.isascii() and after.isdigit() and len(after) < 19):
        raise Http404(f"No page begins after {after!r}")
    begin = ids.index(int(after)) + 1 if after and int(after) in ids else 0
    shown = ids[begin : begin + ROWS]
    rows = listed.in_bulk(shown)

    def link(to: int) -> str:
        query = given.copy()
        query.pop("after", None)
        if to > 0:
            query["after"] = str(ids[to - 1])
        return query.urlencode()

    return Page(
        items=[rows[id_] for id_ in shown if id_ in rows],
        newer=link(begin - ROWS) if begin else "",
        older=link(begin + ROWS) if begin + ROWS < len(ids) else "",
        is_first=not begin,
    )
