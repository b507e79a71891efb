"""A list costs what it shows: its page and its count read a bounded number of rows, whatever is filtered and sorted."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Suggestion
from tests.admin.conftest import admin_url
from tests.site.test_plans import ARTICLES, filled  # noqa: F401 (a fixture)

# Of rows as few as these, older servers prefer to read a whole table: the plans are those of the server that we ship.
pytestmark = pytest.mark.embedded

FILL_DESK = f"""
    SET LOCAL session_replication_role = replica;
    INSERT INTO archive_person (id, name, family_name, slug, description, identifiers)
    SELECT n, 'Person ' || n, n, 'person-' || n, '', '{{}}' FROM generate_series(51, {ARTICLES}) AS n;
    INSERT INTO archive_topic (id, name, match_case, slug, scope_note, identifiers, statements)
    SELECT n, 'Topic ' || n, false, 'topic-' || n, '', '{{}}', '{{}}' FROM generate_series(8, {ARTICLES}) AS n;
    UPDATE archive_article SET status = 'draft', released_at = NULL WHERE id % 20 = 0;
    INSERT INTO archive_suggestion (kind, article_id, key, topic_id, proposal, confidence, why, made_by, made_at,
        answer, answered_at)
    SELECT CASE id % 2 WHEN 0 THEN 'quote' ELSE 'topic' END, id, 'k', 1 + id % 7, '{{}}', 0.9, '{{}}', 'names', now(),
        CASE (id / 2) % 20 WHEN 0 THEN 'pending' ELSE 'accepted' END, CASE (id / 2) % 20 WHEN 0 THEN NULL ELSE now() END
    FROM archive_article;
    INSERT INTO archive_original (id, sha256, size, media_type, filename, origin, encoding, content, received_at)
    SELECT n, encode(sha256(n::text::bytea), 'hex'), 1, CASE n % 3 WHEN 0 THEN 'text/html' ELSE 'text/plain' END,
        'Story-' || n || '.txt', '', '', '', now() - n * interval '1 minute' FROM generate_series(1, {ARTICLES}) AS n;
    ANALYZE archive_article, archive_person, archive_topic, archive_suggestion, archive_original;
"""  # noqa: S608 (numbers of our own)
# Half of what was ever filed was taken out again.
GONE = """
    INSERT INTO archive_taggingevent (id, pgh_obj_id, pgh_label, pgh_created_at, topic_id, article_id, quote_id,
        implied, tagged_at)
    SELECT id, id, 'delete', now() - id * interval '1 minute', topic_id, article_id, quote_id, implied, tagged_at
    FROM archive_tagging WHERE id % 2 = 0;
    ANALYZE archive_taggingevent;
"""
LARGE = {
    f"archive_{name}" for name in ("article", "quote", "tagging", "taggingevent", "suggestion", "original", "person")
}
BOUND = 60  # up to which rows are counted here
READ = 600  # at most, by any query: of a few hundred rows a part is not worth another plan
LISTS = {
    "articles": ("article", {}),
    "articles, a late page": ("article", {"p": 2}),
    "drafts": ("article", {"status__exact": "draft"}),
    "withdrawn articles": ("article", {"status__exact": "withdrawn"}),
    "articles of a source": ("article", {"source__exact": 3}),
    "articles on a topic": ("article", {"taggings__topic__exact": 3}),
    "articles without a source": ("article", {"without": "source"}),
    "articles without a date": ("article", {"without": "date"}),
    "articles by date": ("article", {"o": "3"}),
    "articles by date, backwards": ("article", {"o": "-3"}),
    "quotes": ("quote", {}),
    "quotes of a speaker": ("quote", {"speaker__exact": 3}),
    "quotes on a topic": ("quote", {"taggings__topic__exact": 3}),
    "quotes without a speaker": ("quote", {"named": "no"}),
    "proposals that wait": ("suggestion", {}),
    "quotes proposed": ("suggestion", {"kind__exact": "quote"}),
    "proposals accepted": ("suggestion", {"answer": "accepted"}),
    "proposals declined": ("suggestion", {"answer": "declined"}),
    "taggings": ("tagging", {}),
    "originals": ("original", {}),
    "originals of a type": ("original", {"type": "text/html"}),
    "originals of a name": ("original", {"q": "story-1234"}),
    "an original by its sum": ("original", {"q": "6b86b273ff34fce1"}),
    "people": ("person", {}),
    "people of a name": ("person", {"q": "1234"}),
}


@pytest.fixture
def desk(filled):  # noqa: F811
    with connection.cursor() as cursor:
        cursor.execute(FILL_DESK)


def rows_read(sql):
    """How many rows of the large tables a query reads, in the table or in an index."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        [(found,)] = cursor.fetchall()
    read, waiting = 0, [(found if isinstance(found, list) else json.loads(found))[0]["Plan"]]
    while waiting:
        step = waiting.pop()
        waiting += step.get("Plans", [])
        if step.get("Relation Name") in LARGE or "Bitmap Index" in step["Node Type"]:
            dropped = step.get("Rows Removed by Filter", 0) + step.get("Rows Removed by Index Recheck", 0)
            read += (step["Actual Rows"] + dropped) * step["Actual Loops"]
    return read


def require_bounded(client, name, url, query):
    """Fail where a query of this page reads more rows of the large tables than a page needs."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url, query)
    assert response.status_code == 200, name
    for one in asked.captured_queries:
        if one["sql"].startswith("SELECT") and any(table in one["sql"] for table in LARGE):
            read = rows_read(one["sql"])
            assert read <= READ, (name, read, one["sql"])


def test_a_list_reads_as_much_as_it_shows_and_counts_to_its_bound(desk, archivist, sign_in, monkeypatch):
    monkeypatch.setattr("archive.admin.records.COUNTED", BOUND)
    client = sign_in(archivist)
    for name, (model, query) in LISTS.items():
        require_bounded(client, name, admin_url(f"{model}_changelist"), query or {"all": ""})


def test_the_history_of_a_topic_reads_what_it_shows_however_much_came_and_went(desk, archivist, sign_in):
    with connection.cursor() as cursor:
        cursor.execute(GONE)
    require_bounded(sign_in(archivist), "history of a topic", admin_url("topic_history", 3), {})


def test_an_answer_at_the_review_desk_reads_what_hangs_on_its_story(desk, archivist, sign_in):
    article, suggestion = Suggestion.objects.pending().topics().values_list("article_id", "pk")[0]
    client = sign_in(archivist)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(reverse("admin:review-answer", args=[article, suggestion]), {"verb": "decline"})
    assert answer.status_code == 302
    for one in asked.captured_queries:
        if one["sql"].startswith("SELECT") and any(table in one["sql"] for table in LARGE):
            assert rows_read(one["sql"]) <= 20, one["sql"]
