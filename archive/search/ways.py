"""What a search looks for, and the ways that lead there: the index of words, and lists along an index of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from archive.models import Quote, Tally
from archive.models.article import ArticleQuerySet
from archive.models.quote import QuoteQuerySet
from archive.models.searched import WordsOfQuote
from archive.models.tally import ALL_YEARS
from archive.planned import answer
from archive.search.words import listed

Rows = TypeVar("Rows", ArticleQuerySet, QuoteQuerySet)


# The archive year by year, each with when the newest item of all appeared, and the totals of its parts.
_COUNTS = f"""
    SELECT subject, subject_id, year, articles, quotes, (
        SELECT published_at FROM {{items}} WHERE visible_from <= statement_timestamp()
        ORDER BY published_at DESC LIMIT 1
    )
    FROM archive_tally WHERE subject = '{Tally.Subject.ARCHIVE}' AND subject_id = 0
    UNION ALL
    SELECT subject, subject_id, year, articles, quotes, NULL
    FROM unnest(%(subjects)s::text[], %(ids)s::bigint[]) AS part (subject, subject_id)
    JOIN archive_tally USING (subject, subject_id) WHERE year = {ALL_YEARS} AND subject <> '{Tally.Subject.ARCHIVE}'
"""  # noqa: S608 (the parts are our own)


@dataclass(frozen=True, slots=True)
class Step:
    """Some items of a walk, and the moment that the next step begins with; None where there is nothing more."""

    items: list[int]
    edge: datetime | None


@dataclass(frozen=True, slots=True)
class Part(Generic[Rows]):
    """What one field of a search leaves of the archive.

    `lists` hold it between them, each with the column that names the item, and each along an index by date; there are
    none where no index gives them. `rest` gives the rows that meet all else that is asked; None where nothing else is.
    """

    subject: Tally.Subject
    subject_id: int
    counted: str
    lists: Sequence[tuple[QuerySet[Any], str]]
    rest: Callable[[], Rows] | None

    def step(self, start: datetime | None, *, older: bool, many: int) -> Step:
        """Go along `many` rows of each list, from a moment (that one included) to the past, or to the present."""
        direction, side = ("-", "lte") if older else ("", "gte")
        rows: list[tuple[datetime, int]] = []
        edges = []
        for items, column in self.lists:
            beyond = items.filter(**{f"published_at__{side}": start}) if start else items
            got = list(beyond.order_by(f"{direction}published_at").values_list("published_at", column)[:many])
            rows += got
            if len(got) == many:
                if got[0][0] == got[-1][0]:  # all of one moment: no way past it but as a whole
                    return self.step(start, older=older, many=4 * many)
                edges.append(got[-1][0])
        edge = (max(edges) if older else min(edges)) if edges else None
        rows.sort(reverse=older)
        within = (item for at, item in rows if edge is None or (at > edge if older else at < edge))
        return Step(list(dict.fromkeys(within)), edge)


@dataclass(frozen=True, slots=True)
class Sought(Generic[Rows]):
    """What a search asks for.

    `rows` are all that match; `worded` those that hold the words, whatever else is asked, None where no word is looked
    for. `parts` are what the other fields leave, of which one with lists is all of the archive. `begin` and `end` are
    the moments between which readers look. `words` are those that an index is asked for, `alternatives` says that not
    all of them need be met, and `in_text` that the index cannot tell a match for sure, as of words side by side.
    """

    rows: Rows
    worded: Rows | None = None
    parts: Sequence[Part[Rows]] = ()
    begin: datetime | None = None
    end: datetime | None = None
    words: Sequence[str] = ()
    alternatives: bool = False
    in_text: bool = False

    @property
    def column(self) -> Any:
        """What of a row the index of words holds."""
        return WordsOfQuote("words") if self.of_quotes else "words"

    @property
    def of_quotes(self) -> bool:
        """Whether quotes are looked for, and not articles."""
        return self.rows.model is Quote


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is, by the kept counts: items of the whole archive by year, and what share of them a part is.

    `latest` is when the newest appeared.
    """

    per_year: dict[int, int]
    latest: datetime | None = None
    shares: dict[tuple[Tally.Subject, int], float] = field(default_factory=dict)

    @property
    def items(self) -> int:
        """All years together; at least one."""
        return sum(self.per_year.values()) or 1

    def share(self, part: Part[Any]) -> float:
        """What share of the items a part is, between 0 and 1."""
        return self.shares.get((part.subject, part.subject_id), 0.0)


def extent(sought: Sought[Any]) -> Extent:
    """Read the kept counts of a search. One query."""
    kind = "quotes" if sought.of_quotes else "articles"
    tallies = answer(
        _COUNTS.format(items="archive_quote" if sought.of_quotes else "archive_article"),
        subjects=[str(part.subject) for part in sought.parts],
        ids=listed(part.subject_id for part in sought.parts),
    )
    kept = {
        (subject, subject_id, year): {"articles": articles, "quotes": quotes}
        for subject, subject_id, year, articles, quotes, _ in tallies
    }
    latest = tallies[0][-1] if tallies else None
    per_year = {year: counts[kind] for (_, _, year), counts in kept.items() if year}
    shares = {}
    nothing = {"articles": 0, "quotes": 0}
    whole = kept.get((Tally.Subject.ARCHIVE, 0, ALL_YEARS), nothing)
    for part in sought.parts:
        # Of somebody's articles nothing is kept but how many quotes they have, which are no fewer.
        of_whole = whole[part.counted if sought.of_quotes else "articles"]
        of_part = kept.get((part.subject, part.subject_id, ALL_YEARS), nothing)[part.counted]
        shares[part.subject, part.subject_id] = min(1.0, of_part / of_whole) if of_whole else 1.0
    # Years without anything are passed through all the same: what an embargo has just let go is not counted yet.
    years = range(min(per_year), max(per_year) + 1) if per_year else ()
    return Extent({year: per_year.get(year, 0) for year in years}, latest, shares)
