"""Tally: how many articles and quotes a topic, person or source has, kept by triggers and never counted on request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import pgtrigger
from django.db import models

from archive.models.statements import statement_triggers

ALL_YEARS = 0


class TallyQuerySet(models.QuerySet["Tally"]):
    """Questions asked of the kept counts."""

    def of(self, subject: "Tally.Subject", *subject_ids: int) -> Self:
        """The rows of these topics, people or sources."""
        return self.filter(subject=subject, subject_id__in=subject_ids)

    def with_something(self, subject: "Tally.Subject") -> Self:
        """The totals of those topics, people or sources of which readers find something."""
        return self.totals().filter(models.Q(articles__gt=0) | models.Q(quotes__gt=0), subject=subject)

    def totals(self) -> Self:
        """All years together."""
        return self.filter(year=ALL_YEARS)

    def totals_of(self, subject: "Tally.Subject", subject_ids: Iterable[int]) -> "dict[int, Tally]":
        """All years together of these topics, people or sources, by id, where anything was counted. One query."""
        return {tally.subject_id: tally for tally in self.of(subject, *subject_ids).totals()}

    def by_year(self) -> Self:
        """One row a year, earliest first."""
        return self.exclude(year=ALL_YEARS).order_by("year")


class Tally(models.Model):
    """The public articles and quotes of one subject in one year; year 0 is all years together.

    What is under embargo counts once that has ended and the worker has lifted it (`archive.editing.publication`).
    """

    class Subject(models.TextChoices):
        ARCHIVE = "archive"
        TOPIC = "topic"
        PERSON = "person"
        SOURCE = "source"

    subject = models.CharField(max_length=8, choices=Subject)
    subject_id = models.BigIntegerField(help_text="Id of the topic, person or source; 0 for the whole archive.")
    year = models.SmallIntegerField(default=ALL_YEARS)
    articles = models.BigIntegerField(default=0)
    quotes = models.BigIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            # With the counts: the years of a topic, which lie each on a page of its own, are read from the index alone.
            models.UniqueConstraint(
                fields=["subject", "subject_id", "year"], include=["articles", "quotes"], name="one_tally_of_a_year"
            )
        ]
        indexes = [
            # The totals close together: a page of names asks for hundreds, which else lie each on a page of its own.
            models.Index(
                fields=["subject", "subject_id"],
                include=["articles", "quotes"],
                name="tally_totals",
                condition=models.Q(year=ALL_YEARS),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}, {self.year or 'all years'}: {self.articles}, {self.quotes}"


@dataclass(frozen=True)
class CountedIn:
    """What a row adds to: the tally of `subject`, found in column `id_column`, by SQL for articles and quotes."""

    subject: str
    id_column: str
    articles: str
    quotes: str


def counted_in(subject: str, id_column: str, *, articles: str = "0", quotes: str = "0") -> CountedIn:
    """Say which tally a table's rows add to; `id_column`, `articles` and `quotes` are SQL over one row."""
    return CountedIn(subject, id_column, articles, quotes)


def counts(rows: str, counted: Iterable[CountedIn], sign: str = "+") -> list[str]:
    """SQL for what each of some rows adds to the tallies, or with "-" takes from them."""
    return [
        f"""SELECT '{one.subject}' AS subject, {one.id_column}::bigint AS subject_id,
                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,
                       {sign}({one.articles}) AS articles, {sign}({one.quotes}) AS quotes
                FROM {rows} WHERE counted AND {one.id_column} IS NOT NULL"""  # noqa: S608
        for one in counted
    ]


def tally_triggers(*counted: CountedIn) -> list[pgtrigger.Trigger]:
    """Triggers that keep the tallies of a table which has `published_at` and `counted`.

    One pass a statement, not one a row: publishing a hundred thousand articles at once touches each tally once.
    Rows are taken in the order of their key, so that two transactions cannot wait for each other.
    """

    def body(old: str | None, new: str | None) -> str:
        changes = [*(counts(new, counted, "+") if new else []), *(counts(old, counted, "-") if old else [])]
        return f"""
                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)
                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)
                FROM ({" UNION ALL ".join(changes)}) AS change
                CROSS JOIN LATERAL (VALUES (change.year), ({ALL_YEARS}::smallint)) AS span (year)
                GROUP BY subject, subject_id, span.year
                HAVING sum(articles) <> 0 OR sum(quotes) <> 0
                ORDER BY subject, subject_id, span.year
                ON CONFLICT (subject, subject_id, year) DO UPDATE
                SET articles = archive_tally.articles + EXCLUDED.articles,
                    quotes = archive_tally.quotes + EXCLUDED.quotes;
                RETURN NULL;
            """  # noqa: S608

    return statement_triggers("tally", body)
