"""Load an invented archive by COPY, with what triggers would derive derived in one go."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from psycopg import Cursor
from tqdm import tqdm

from bench.scale import desk
from bench.scale.generate import Plan

RELEASED = datetime(2026, 1, 1, tzinfo=UTC)
TALLIES = """
    INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)
    SELECT subject, subject_id, span.year, sum(articles), sum(quotes)
    FROM (
        SELECT 'archive' AS subject, 0 AS subject_id, published_at, 1 AS articles, 0 AS quotes FROM archive_article
        WHERE counted
        UNION ALL SELECT 'archive', 0, published_at, 0, 1 FROM archive_quote
        UNION ALL SELECT 'source', source_id, published_at, 1, 0 FROM archive_article WHERE counted
        UNION ALL SELECT 'person', speaker_id, published_at, 0, 1 FROM archive_quote
        UNION ALL SELECT 'topic', topic_id, published_at, (article_id IS NOT NULL)::int, (quote_id IS NOT NULL)::int
                  FROM archive_tagging
    ) AS one
    CROSS JOIN LATERAL
        (VALUES (EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint), (0::smallint)) AS span (year)
    GROUP BY subject, subject_id, span.year
"""
DUE_DIGESTS = """
    INSERT INTO archive_duedigest (subject, subject_id)
    SELECT 'articles', id FROM archive_topic
    UNION ALL SELECT 'quotes', id FROM archive_topic
    UNION ALL SELECT 'person', id FROM archive_person
"""
TABLES = ("topic", "topicbroader", "person", "source", "article", "quote", "tagging", *desk.TABLES)
LARGE = ("article", "quote", "tagging", "suggestion", "original", "articleevent", "quoteevent")
# Those that no constraint rests on. An index built at once costs a fraction of one kept while its table grows.
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY (%s::regclass[])
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def load(plan: Plan) -> None:
    """Fill an empty, migrated database.

    Triggers are off meanwhile: a million articles filed one by one would move the same counts a million times.
    """
    with transaction.atomic(), connection.cursor() as django_cursor:
        cursor: Cursor[Any] = django_cursor.cursor
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        _load_vocabulary(cursor, plan)
        with _without_indexes(cursor):
            _load_articles(cursor, plan)
            desk.load_desk(cursor, plan, RELEASED)
        cursor.execute(TALLIES)
        cursor.execute(DUE_DIGESTS)
        for table in ("auth_user", *(f"archive_{each}" for each in TABLES)):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _without_indexes(cursor: Cursor[Any]) -> Iterator[None]:
    """Drop the indexes of the large tables, and build them again afterwards."""
    cursor.execute(INDEXES, [[f"archive_{table}" for table in LARGE]])
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, definition in tqdm(indexes, unit=" indexes"):
        cursor.execute(definition)


def _load_vocabulary(cursor: Cursor[Any], plan: Plan) -> None:
    topics = range(plan.topics)
    copy = _Copy(cursor)
    copy("topic", "id name match_case slug scope_note identifiers statements",
         ((n + 1, f"Topic {n + 1}", False, f"topic-{n + 1}", "", "{}", "{}") for n in topics))  # fmt: skip
    copy("topicbroader", "narrower_id broader_id",
         ((n + 1, above + 1) for n in topics if (above := plan.broader[n]) is not None))  # fmt: skip
    copy("person", "id name family_name slug description identifiers",
         ((n, f"Person {n}", str(n), f"person-{n}", "", "{}") for n in range(1, plan.people + 1)))  # fmt: skip
    copy("source", "id name slug kind place language homepage visibility rights",
         ((n, f"Source {n}", f"source-{n}", "", "", "en", "", "full", "")
          for n in range(1, plan.sources + 1)))  # fmt: skip


def _load_articles(cursor: Cursor[Any], plan: Plan) -> None:
    """Article by article into files beside each other, for three tables cannot be copied into at the same time."""
    copy = _Copy(cursor)
    quote_id = 0
    batch = 5_000
    articles = tqdm(plan.generate(), total=plan.everything, unit=" articles", smoothing=0)
    rows: dict[str, list[tuple[Any, ...]]] = {"article": [], "quote": [], "tagging": [], "suggestion": []}

    def flush() -> None:
        copy("article", "id headline slug standfirst dateline byline body author_note language source_id publisher_url "
             "published_at precision broken_off doubts status released_at withdrawal_reason body_sha256 created_at "
             "changed_at batch_id original_id", rows["article"])  # fmt: skip
        copy("quote", "id article_id spans position words speaker_id speaker_mention role partial created_at "
             "changed_at published_at visible_from counted", rows["quote"])  # fmt: skip
        copy("tagging", "topic_id article_id quote_id implied tagged_at published_at visible_from counted",
             rows["tagging"])  # fmt: skip
        copy("suggestion", "kind article_id key topic_id proposal confidence made_at why made_by answer",
             ((*row, "{}", "bench", "pending") for row in rows["suggestion"]))  # fmt: skip
        for table in rows.values():
            table.clear()

    for article in articles:
        at, is_draft = article.published_at, article.id > plan.articles
        rows["article"].append(
            (article.id, article.headline, f"story-{article.id}", "", "", "", article.body, "", "en", article.source,
             "", at, "day", False, [], *(("draft", None) if is_draft else ("published", RELEASED)), "", "", at, at,
             1 + (article.id - 1) // desk.ARTICLES_OF_A_BATCH, article.id)
        )  # fmt: skip
        if is_draft:
            rows["suggestion"] += desk.proposals(article, article.topics, at)
            continue
        rows["tagging"] += _taggings(plan, article.topics, (article.id, None), at)
        for start, end, person, topic in article.quotes:
            quote_id += 1
            rows["quote"].append(
                (quote_id, article.id, [[start, end]], start, article.body[start:end], person, "", "Speaker", False, at,
                 at, at, RELEASED, True)
            )  # fmt: skip
            rows["tagging"] += _taggings(plan, [topic], (None, quote_id), at)
        if article.id % batch == 0:
            flush()
    flush()


def _taggings(
    plan: Plan, topics: list[int], item: tuple[int | None, int | None], at: datetime
) -> Iterable[tuple[Any, ...]]:
    implied = {above + 1 for topic in topics for above in plan.with_broader(topic - 1)} - set(topics)
    for topic, is_implied in [*((topic, False) for topic in topics), *((topic, True) for topic in implied)]:
        yield topic, *item, is_implied, at, at, RELEASED, True


class _Copy:
    """Copies rows into a table of ours."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self.cursor = cursor

    def __call__(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self.cursor.copy(f"COPY archive_{table} ({', '.join(columns.split())}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
