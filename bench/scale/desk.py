"""What editors find beside what is published: imports, originals, drafts with their proposals, former versions."""

import json
from datetime import datetime
from typing import Any

from psycopg import Cursor

from bench.scale.generate import Article, Plan

EDITORS = 20
ARTICLES_OF_A_BATCH = 1_000
FAILURES_OF_A_BATCH = 2
CHANGED_ONE_IN = 20  # of articles and quotes, so many have a former version
COPIED_ONE_IN = 50
TABLES = ("batch", "original", "suggestion", "failure")

STATEMENTS = (
    """
    INSERT INTO auth_user
        (id, username, password, is_superuser, first_name, last_name, email, is_staff, is_active, date_joined)
    SELECT n, 'editor-' || n, '!', false, 'Editor', n::text, '', true, true, %(now)s
    FROM generate_series(1, %(editors)s) AS n
    """,
    "SELECT setval(pg_get_serial_sequence('auth_user', 'id'), %(editors)s)",
    """
    INSERT INTO archive_batch (id, started_at, ended_at, started_by_id, origin, told, imported, skipped, failed)
    SELECT n, %(now)s - (%(batches)s - n) * interval '1 hour', %(now)s - (%(batches)s - n) * interval '1 hour',
           1 + n %% %(editors)s, 'stories-' || n || '.jsonl', '{}', %(of_a_batch)s, 0, %(failures)s
    FROM generate_series(1, %(batches)s) AS n
    """,
    """
    INSERT INTO archive_failure (batch_id, origin, row, reason, filename, failed_at, settled_at)
    SELECT n, 'stories-' || n || '.jsonl', k, 'The text is empty.', 'stories-' || n || '.jsonl',
           %(now)s - (%(batches)s - n) * interval '1 hour', CASE WHEN k = 1 THEN %(now)s END
    FROM generate_series(1, %(batches)s) AS n, generate_series(1, %(failures)s) AS k
    """,
    """
    INSERT INTO archive_original (id, sha256, size, media_type, filename, origin, encoding, content, received_at)
    SELECT n, sha256, 2000, 'text/plain', 'story-' || n || '.txt', 'stories.zip', 'utf-8',
           left(sha256, 2) || '/' || sha256, %(now)s - (%(originals)s - n) * interval '1 second'
    FROM generate_series(1, %(originals)s) AS n, encode(sha256(n::text::bytea), 'hex') AS sha256
    """,
    """
    INSERT INTO archive_suggestion
        (kind, article_id, key, quote_id, proposal, confidence, why, made_by, made_at, answer, answered_by_id,
         answered_at)
    SELECT 'quote', article_id, 'quote ' || id, id, jsonb_build_object('spans', spans, 'words', words), 0.9, '{}',
           'extraction', created_at, 'accepted', 1 + id %% %(editors)s, created_at
    FROM archive_quote WHERE id %% 3 = 0
    """,
    """
    INSERT INTO archive_suggestion
        (kind, article_id, key, topic_id, proposal, confidence, why, made_by, made_at, answer, answered_by_id,
         answered_at)
    SELECT 'topic', article_id, 'topic ' || topic_id, topic_id, '{}', 0.8, '{}', 'names', tagged_at, 'accepted',
           1 + article_id %% %(editors)s, tagged_at
    FROM archive_tagging WHERE article_id IS NOT NULL AND NOT implied AND id %% 3 = 0
    """,
    """
    INSERT INTO archive_resemblance (article_id, other_id, likeness, found_at)
    SELECT n, n - 1, 0.9, %(now)s FROM generate_series(%(copied_one_in)s, %(originals)s, %(copied_one_in)s) AS n
    """,
    """
    INSERT INTO pghistory_context (id, created_at, updated_at, metadata)
    SELECT md5(n::text)::uuid, %(now)s, %(now)s, jsonb_build_object('user', 1 + n %% %(editors)s)
    FROM generate_series(0, %(batches)s) AS n
    """,
)
# A former version, as a change at some moment of the last days left it.
FORMER_VERSIONS = """
    INSERT INTO {table}event (pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, {columns})
    SELECT %(now)s - (%(originals)s - id %% %(originals)s) * interval '1 second', 'update', id,
           md5((id %% %(batches)s)::text)::uuid, {columns}
    FROM {table} WHERE id %% %(changed_one_in)s = 0
"""


def proposals(article: Article, topics: list[int], at: datetime) -> list[tuple[Any, ...]]:
    """Rows of suggestions for a draft: each quote that its text holds, and each of its topics."""
    quotes = [
        ("quote", article.id, f"quote {start}", None, _proposal(article, start, end, person), 0.9, at)
        for start, end, person, _ in article.quotes
    ]
    return quotes + [("topic", article.id, f"topic {topic}", topic, "{}", 0.8, at) for topic in topics]


def load_desk(cursor: Cursor[Any], plan: Plan, now: datetime) -> None:
    """Fill what lies beside the articles, quotes and taggings that are there already; triggers are off."""
    given = {
        "now": now,
        "editors": EDITORS,
        "batches": plan.everything // ARTICLES_OF_A_BATCH + 1,
        "of_a_batch": ARTICLES_OF_A_BATCH,
        "failures": FAILURES_OF_A_BATCH,
        "originals": plan.everything,
        "copied_one_in": COPIED_ONE_IN,
        "changed_one_in": CHANGED_ONE_IN,
    }
    for statement in STATEMENTS:
        cursor.execute(statement, given)
    for table in ("archive_article", "archive_quote"):
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
            " WHERE table_name = %s AND column_name NOT LIKE 'pgh%%'",
            [f"{table}event"],
        )
        (columns,) = cursor.fetchone() or ("",)
        cursor.execute(FORMER_VERSIONS.format(table=table, columns=columns), given)  # type: ignore[arg-type]


def _proposal(article: Article, start: int, end: int, person: int) -> str:
    words = article.body[start:end]
    said = {"spans": [[start, end]], "words": words, "mention": "", "name": f"Person {person}", "role": "Speaker"}
    return json.dumps(said | {"partial": False, "candidates": []})
