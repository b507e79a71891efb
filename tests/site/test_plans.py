"""Each list is answered by one walk along an index, from its first row or from any other."""

import json

import pytest
from django.db import connection

from archive.models import Digest
from archive.site import listing, person_place, sitemaps, story, topic_place, vocabulary

ARTICLES = 4_000
FILL = f"""
    -- What other tests have filled and taken back still lies in the files, and would count in the plans.
    TRUNCATE archive_article, archive_quote, archive_tagging, archive_source, archive_person, archive_topic CASCADE;
    SET LOCAL session_replication_role = replica;
    INSERT INTO archive_source (id, name, slug, kind, place, language, homepage, visibility, rights)
    SELECT n, 'Source ' || n, 'source-' || n, '', '', 'en', '', 'full', '' FROM generate_series(1, 40) AS n;
    INSERT INTO archive_article (id, headline, slug, standfirst, dateline, byline, body, author_note, language,
        source_id, publisher_url, published_at, precision, broken_off, doubts, status, released_at, withdrawal_reason,
        body_sha256, created_at, changed_at)
    SELECT n, 'Story ' || n, 'story-' || n, '', '', '', repeat('Something was said. ', 40), '', 'en', 1 + n % 40, '',
        timestamptz '1957-10-04' + n * interval '6 days', 'day', false, '{{}}', 'published', now(), '', '', now(), now()
    FROM generate_series(1, {ARTICLES}) AS n;
    INSERT INTO archive_quote (id, article_id, spans, position, words, speaker_id, speaker_mention, role, partial,
        created_at, changed_at, published_at, visible_from, counted)
    SELECT id, id, '{{{{0,9}}}}', 0, 'Something', 1 + id % 50, '', '', false, now(), now(), published_at, now(), true
    FROM archive_article;
    INSERT INTO archive_tagging (topic_id, article_id, quote_id, implied, tagged_at, published_at, visible_from,
        counted)
    SELECT 1 + id % 7, id, NULL, false, now(), published_at, now(), true FROM archive_article
    UNION ALL SELECT 1 + id % 7, NULL, id, false, now(), published_at, now(), true FROM archive_quote;
    INSERT INTO archive_person (id, name, family_name, slug, description, identifiers)
    SELECT n, 'Person ' || n, '', 'person-' || n, '', '{{}}' FROM generate_series(1, 50) AS n;
    INSERT INTO archive_topic (id, name, match_case, slug, scope_note, identifiers, statements)
    SELECT n, 'Topic ' || n, false, 'topic-' || n, '', '{{}}', '{{}}' FROM generate_series(1, 7) AS n;
    ANALYZE archive_article, archive_quote, archive_tagging, archive_source, archive_person, archive_topic;
"""  # noqa: S608 (a number of our own)
NAMES = """
    SET LOCAL session_replication_role = replica;
    INSERT INTO archive_person (id, name, family_name, slug, description, identifiers)
    SELECT n, 'Person ' || n, '', 'person-' || n, '', '{}' FROM generate_series(51, 6000) AS n;
    INSERT INTO archive_topic (id, name, match_case, slug, scope_note, identifiers, statements)
    SELECT n, 'Topic ' || n, false, 'topic-' || n, '', '{}', '{}' FROM generate_series(8, 6000) AS n;
    INSERT INTO archive_topicbroader (narrower_id, broader_id) SELECT n, n / 20 FROM generate_series(20, 6000) AS n;
    INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)
    SELECT subject, n, year, 1, 1
    FROM generate_series(1, 6000, 2) AS n, unnest(ARRAY['person', 'topic']) AS subject, unnest(ARRAY[0, 2017]) AS year;
    INSERT INTO archive_authorship (article_id, person_id, position) SELECT n, n, 0 FROM generate_series(1, 4000) AS n;
    ANALYZE archive_person, archive_tally, archive_topic, archive_topicbroader, archive_authorship;
"""
GIVEN = {
    "topic": "topic-1", "person": "person-1", "source": 1, "begin": "1960-01-01", "end": "2010-01-01",
    "place_0": "1980-06-01", "place_1": 1_000, "place_2": 0, "place_3": 1_000,
}  # fmt: skip
LISTS = {
    "all articles": (listing.all_articles, {"article_public_newest", "article_newest"}),
    "articles of a year": (listing.articles_of_span, {"article_public_newest", "article_newest"}),
    "articles of a source": (listing.articles_of_source, {"article_public_of_source"}),
    "articles on a topic": (listing.articles_on_topic, {"tagging_public_articles"}),
    "all quotes": (listing.all_quotes, {"quote_public_newest"}),
    "quotes of a person": (listing.quotes_of, {"quote_public_of_speaker"}),
    "quotes on a topic": (listing.quotes_on_topic, {"tagging_public_quotes"}),
}


def plan_of(rows, *, begun: bool, older: bool = True) -> list[dict]:
    """The steps of the plan of a page, and how many rows each gave."""
    sql, gaps = rows._write(begun, older, 21)._written
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", [GIVEN[gap.name] for gap in gaps])
        return steps_of(cursor)


def kept_plan_of(rows, *, begun: bool, older: bool = True) -> list[dict]:
    """The steps of the plan that a connection keeps, made without knowing what will be asked for."""
    return kept_steps(rows._write(begun, older, 21))


def kept_steps(question) -> list[dict]:
    sql, gaps = question._written
    with connection.cursor() as cursor:
        numbered = sql % tuple(f"${number}" for number, _ in enumerate(gaps, start=1))
        cursor.execute(f"SET LOCAL plan_cache_mode = force_generic_plan; PREPARE kept AS {numbered}")
        values = f"({', '.join('NULL' for _ in gaps)})" if gaps else ""
        cursor.execute(f"EXPLAIN (FORMAT JSON) EXECUTE kept {values}")
        steps = steps_of(cursor)
        cursor.execute("DEALLOCATE kept")
        return steps


def steps_of(cursor) -> list[dict]:
    [(found,)] = cursor.fetchall()
    steps, waiting = [], [(found if isinstance(found, list) else json.loads(found))[0]["Plan"]]
    while waiting:
        step = waiting.pop()
        steps.append(step)
        waiting += step.get("Plans", [])
    return steps


@pytest.fixture
def filled(db):
    with connection.cursor() as cursor:
        cursor.execute(FILL)


def test_a_page_of_a_list_is_one_walk_along_an_index_wherever_it_begins(filled):
    for name, (rows, indexes) in LISTS.items():
        for begun, older in ((False, True), (True, True), (True, False)):
            steps = plan_of(rows, begun=begun, older=older)
            # The few sources may be read in any way: that does not grow with the archive.
            kinds = {step["Node Type"] for step in steps if step.get("Relation Name") != "archive_source"}
            assert indexes & {step.get("Index Name") for step in steps}, (name, begun, older)
            assert not kinds & {"Sort", "Bitmap Heap Scan"}, (name, begun, older)
            read = max(step["Actual Rows"] * step["Actual Loops"] for step in steps if "Index Name" in step)
            assert read <= 21 * 5, (name, begun, older, read)  # the sources may be read whole


def test_the_plans_that_connections_keep_are_such_walks_too(filled):
    # Of a span that it does not know the planner expects one row in two hundred: here fewer than make a page.
    lists = {name: given for name, given in LISTS.items() if name != "articles of a year"}
    for name, (rows, indexes) in lists.items():
        for begun, older in ((False, True), (True, True), (True, False)):
            steps = kept_plan_of(rows, begun=begun, older=older)
            kinds = {(step["Node Type"], step.get("Relation Name")) for step in steps}
            assert indexes & {step.get("Index Name") for step in steps}, (name, begun, older)
            # The few sources and people of this archive may be read in any way.
            assert not {"Sort", "Bitmap Heap Scan"} & {kind for kind, table in kinds if table != "archive_source"}, name
            assert not {("Seq Scan", f"archive_{table}") for table in ("article", "quote", "tagging")} & kinds, name


def test_the_kept_plan_of_an_article_finds_everything_by_an_index(filled):
    kinds = {
        step.get("Relation Name"): step["Node Type"] for step in kept_steps(story._PUBLIC) if "Relation Name" in step
    }
    grown = ("archive_article", "archive_quote", "archive_tagging")
    assert {kinds[each] for each in grown} == {"Index Scan"}


def test_a_page_reads_as_many_rows_at_the_end_of_the_archive_as_at_its_beginning(filled, monkeypatch):
    for rows, _ in LISTS.values():
        first = plan_of(rows, begun=False)
        monkeypatch.setitem(GIVEN, "place_0", "1958-06-01")
        late = plan_of(rows, begun=True)
        assert max(step.get("Rows Removed by Filter", 0) for step in [*first, *late]) <= 50  # the sources, the people
        monkeypatch.undo()


@pytest.mark.parametrize(
    ("names", "index"),
    [
        (listing.people_by_name, "person_listed"),
        (listing.topics_by_name, "archive_topic_slug_key"),
    ],
)
def test_a_page_of_names_is_a_walk_as_long_as_the_page(names, index, filled):
    """Of those that a walk passes by, each is looked up on its own: nothing is read of all who speak or write."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
    steps = kept_steps(names._write(101))
    kinds = {step["Node Type"] for step in steps}
    assert index in {step.get("Index Name") for step in steps}
    assert not kinds & {"Sort", "Seq Scan", "Hash Join", "Bitmap Heap Scan"}, kinds


def test_topics_of_a_page_are_found_without_the_rest_of_the_vocabulary(filled):
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
    for question in (vocabulary._TOP, vocabulary._NODES):
        kinds = {step["Node Type"] for step in kept_steps(question)}
        assert not kinds & {"Seq Scan", "Hash Join"}, kinds


def test_neighbours_and_years_are_read_from_indexes_alone(filled):
    """Each of their rows lies on a page of its own: in a large archive, each would have to come from disk."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
    asked = (story._AROUND_PUBLIC, "archive_tagging", 2), (topic_place._question(None), "archive_tally", 2)
    for question, table, walks in asked:
        kinds = [step["Node Type"] for step in kept_steps(question) if step.get("Relation Name") == table]
        assert kinds.count("Index Only Scan") == walks
        assert set(kinds) <= {"Index Only Scan", "Index Scan"}  # the second for what the article itself is filed under


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (topic_place._question(Digest.Subject.ARTICLES), "tagging_under_embargo"),
        (topic_place._question(Digest.Subject.QUOTES), "tagging_under_embargo"),
        (person_place._PLACE, "quote_under_embargo"),
    ],
)
def test_what_stands_beside_a_list_is_looked_up_by_its_ids(question, index, filled):
    """Nothing is read of the rest of the vocabulary, nor of items that no embargo held back."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
    steps = kept_steps(question)
    grown = {"archive_topic", "archive_person", "archive_tagging", "archive_quote"}
    assert "Seq Scan" not in {step["Node Type"] for step in steps if step.get("Relation Name") in grown}
    assert index in {step.get("Index Name") for step in steps}


def test_a_sitemap_is_a_range_of_ids(filled):
    _, question = sitemaps.KINDS["articles"]
    steps = kept_steps(question)
    assert {step["Index Name"] for step in steps if "Index Name" in step} == {"archive_article_pkey"}
    assert "Seq Scan" not in {step["Node Type"] for step in steps}
