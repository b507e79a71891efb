"""Resembling: new stories that are near copies of others found and linked to them, never dropped.

Each story keeps eight marks of its text (`shingles`) in an indexed table. Whose marks are among a new story's is asked
of the index, which takes as long in an archive of a million as in one of a hundred; the few that share most are then
compared run by run.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import connection

from archive.ingest.shingles import Runs, likeness, marks_of, runs_of
from archive.models import Article, Resemblance

ALIKE = 0.6  # of the shorter text's runs; below, on real news, lie reports of one routine on different days
HOLDERS_ASKED = 20  # of one mark: a phrase of the trade has thousands
COMPARED = 2  # of those who share marks with a story, the ones who share most

_CANDIDATES = """
    SELECT mine.article_id, theirs.article_id
    FROM archive_textmark AS mine
    CROSS JOIN LATERAL (
        SELECT article_id FROM archive_textmark
        WHERE mark = mine.mark AND article_id < mine.article_id
        ORDER BY article_id LIMIT %s
    ) AS theirs
    WHERE mine.article_id = ANY (%s)
    GROUP BY 1, 2
    ORDER BY 1, count(*) DESC, 2
"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of which article a new one is a near copy, and how near: from 0 to 1."""

    other: int
    likeness: float


def link_near_copies(articles: Sequence[Article], known: Mapping[str, Runs]) -> dict[int, Likeness]:
    """Keep the marks of these new articles, link those that resemble an earlier one to it, and say which they are.

    `known` are the runs of bodies, by the body, where they are known already.
    """
    runs = {article.pk: known[article.body] if article.body in known else runs_of(article.body) for article in articles}
    _keep_marks((pk, marks_of(one)) for pk, one in runs.items())
    candidates = _candidates(list(runs))
    asked = {pk for others in candidates.values() for pk in others} - runs.keys()
    if asked:
        earlier = Article.objects.filter(pk__in=asked).values_list("pk", "body")
        runs |= {pk: runs_of(body) for pk, body in earlier}
    found = {}
    for pk, others in candidates.items():
        nearest = max((Likeness(other, likeness(runs[pk], runs[other])) for other in others), key=_nearness)
        if nearest.likeness >= ALIKE:
            found[pk] = nearest
    Resemblance.objects.bulk_create(
        Resemblance(article_id=pk, other_id=one.other, likeness=one.likeness) for pk, one in found.items()
    )
    return found


def _nearness(one: Likeness) -> tuple[float, int]:
    """The most alike first, of equals the earliest."""
    return one.likeness, -one.other


def _keep_marks(marks: Iterable[tuple[int, Sequence[int]]]) -> None:
    with connection.cursor() as cursor, cursor.copy("COPY archive_textmark (mark, article_id) FROM STDIN") as copy:
        for article, of_article in marks:
            for mark in of_article:
                copy.write_row((mark, article))


def _candidates(articles: list[int]) -> dict[int, list[int]]:
    """By article, the earlier ones that share most marks with it."""
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [HOLDERS_ASKED, articles])
        rows = cursor.fetchall()
    return {pk: [other for _, other in shared][:COMPARED] for pk, shared in groupby(rows, key=lambda row: row[0])}
