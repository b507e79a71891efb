"""An invented vocabulary and its archive, made by the database itself; and an invented model of learned topics."""

import random
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection, transaction
from scipy import sparse

from archive.suggestion.learning.judge import Judge
from archive.suggestion.learning.model import TopicModel, Weights, vocabulary_of
from archive.suggestion.learning.stories import Story
from archive.suggestion.learning.terms import PARTS, Terms

_SYLLABLES = ["al", "an", "bel", "cor", "del", "en", "for", "gal", "im", "jor", "ka", "lan", "mar", "nor", "pel", "ran"]
_TREE = """
    INSERT INTO archive_topic (id, name, match_case, slug, scope_note, identifiers, statements)
    SELECT n, initcap(word[1 + n % size] || ' ' || word[1 + n * 7 % size]) || ' ' || n, false, 'topic-' || n,
        '', '{}', '{}'
    FROM generate_series(1, %(topics)s) AS n, words;
    INSERT INTO archive_topicname (topic_id, name, match_case)
    SELECT 1 + n % %(topics)s, concat_ws(' ', word[1 + n * 11 % size], word[1 + n * 13 % size], word[1 + n * 3 % size]),
        false
    FROM generate_series(1, 2 * %(topics)s) AS n, words ON CONFLICT DO NOTHING;
    INSERT INTO archive_topicbroader (narrower_id, broader_id)
    SELECT n, CASE WHEN n <= 420 THEN 1 + n % 20 ELSE 21 + n % 400 END FROM generate_series(21, %(topics)s) AS n;
"""
_ITEMS = """
    INSERT INTO archive_source (id, name, slug, kind, place, language, homepage, visibility, rights)
    VALUES (1, 'The Ledger', 'the-ledger', '', '', 'en', '', 'full', '');
    INSERT INTO archive_article (id, headline, slug, standfirst, dateline, byline, body, author_note, language,
        source_id, publisher_url, published_at, precision, broken_off, doubts, status, released_at, withdrawal_reason,
        body_sha256, created_at, changed_at)
    SELECT n, 'Report ' || n, 'report-' || n, '', '', '', 'The report of the day, the ' || n || 'th.', '', 'en', 1, '',
        timestamp '1957-10-04' + n * interval '6 hours', 'day', false, '{}', 'published', now(), '', '', now(), now()
    FROM generate_series(1, %(items)s) AS n;
    INSERT INTO archive_tagging (topic_id, article_id, implied, tagged_at, published_at, visible_from, counted)
    SELECT topic, n, topic <> 500, now(), timestamp '1957-10-04' + n * interval '6 hours', now(), true
    FROM generate_series(1, %(items)s) AS n, unnest(ARRAY[500, 121, 2]) AS topic;
    INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)
    SELECT 'topic', topic_id, span.year, count(*), 0 FROM archive_tagging CROSS JOIN LATERAL
        (VALUES (EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint), (0::smallint)) AS span (year)
    GROUP BY 1, 2, 3;
"""
LARGE = 500  # the topic that all items are filed under; 121 and 2 lie above it
OTHER = 501  # lies elsewhere: 122 and 3 are above it


def words(count: int = 6_000) -> list[str]:
    """Invented words."""
    dice = random.Random(count)
    return ["".join(dice.choices(_SYLLABLES, k=dice.choice((2, 3)))) for _ in range(count)]


def make_archive(topics: int, items: int) -> None:
    """Fill an empty, migrated database: topics on three levels, two other names each, items under one of them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "CREATE TEMPORARY TABLE words ON COMMIT DROP AS SELECT %s::text[] AS word, %s AS size",
            [words(), len(words())],
        )
        for statement in f"{_TREE};{_ITEMS}".split(";\n"):
            if statement.strip(" ;\n"):
                cursor.execute(statement.replace("%(topics)s", str(topics)).replace("%(items)s", str(items)))
        for table in ("topic", "topicname", "topicbroader", "source", "article", "tagging"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('archive_{table}', 'id'), (SELECT max(id) FROM archive_{table}))"  # noqa: S608
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@dataclass(frozen=True)
class Stories:
    """Invented stories of so many words, some of which are names of topics."""

    names: list[str]
    length: int = 450

    def make(self, count: int) -> list[Story]:
        """So many of them."""
        dice = random.Random(count)
        known = words()
        weights = [1 / rank for rank in range(1, len(known) + 1)]
        stories = []
        for number in range(count):
            text = dice.choices(known, weights, k=self.length - 30) + dice.sample(self.names, 10)
            dice.shuffle(text)
            stories.append(Story(str(number), " ".join(text[:8]), " ".join(text)))
        return stories


def make_model(names: list[list[str]], heaviest: int = 500) -> TopicModel:
    """A model with as many topics as there are lists of names, each with its heaviest weights; learned from nothing."""
    topics, dice, known = len(names), np.random.default_rng(1), words()
    pairs = [f"{one} {other}" for one in known[:300] for other in known[:300]]
    terms = sorted({*known, *pairs})
    every = Terms([terms] * len(PARTS), np.ones(len(PARTS) * len(terms), np.float32))
    size = len(PARTS) * len(terms)
    places = np.concatenate([np.sort(dice.choice(size, heaviest, replace=False)) for _ in range(topics)])
    starts = np.arange(topics + 1) * heaviest
    values = dice.normal(0, 0.5, len(places)).astype(np.float32)
    weight = sparse.csc_matrix((values, places, starts), shape=(size, topics)).tocsr()
    called = tuple(tuple((name, False) for name in each) for each in names)
    together = sparse.random(topics, topics, 20 / topics, format="csr", dtype=np.float32, random_state=1)
    together.sort_indices()
    return TopicModel(
        topics=tuple(map(str, range(topics))),
        names=called,
        terms=every,
        weights=Weights(weight, np.full(topics, -1, np.float32)),
        stories_held=np.full(topics, 20, np.float32),
        together=together,
        alone=_judge(6),
        in_company=_judge(10),
        thresholds=np.full(topics, 0.4),
        vocabulary=vocabulary_of(called),
    )


def _judge(columns: int) -> Judge:
    weight: np.ndarray[Any, Any] = np.full(columns + columns * (columns + 1) // 2 + 1, 0.1)
    return Judge(np.zeros(columns), np.ones(columns), weight)
