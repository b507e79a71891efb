"""No search reads much more than it shows, whatever it asks for: of some thousands of articles a few hundred rows."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.search import candidates, ranking
from tests.site.test_plans import ARTICLES, FILL

pytestmark = pytest.mark.django_db

# What a search may look at here, of the thousands that each of these questions would lead through.
FEW, PATIENCE = 50, 400
MOST = ARTICLES * 3 // 10
# What is read one by one, and so is what costs.
LARGE = {"archive_article", "archive_quote", "archive_tagging"}


@pytest.fixture(scope="module")
def _thousands(django_db_setup, django_db_blocker):
    """Thousands of articles that all say much the same, made once for all questions and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(FILL)
        call_command("check_tallies", repair=True, stdout=io.StringIO())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE archive_tally")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reading(_thousands, monkeypatch):
    """Asks for a page, by a search that looks at few of them; gives the most rows that a step of any query reads."""
    for module, name, value in (
        (candidates, "FEW", FEW),
        (candidates, "FEW_EXPECTED", 2 * FEW),
        (candidates, "SAMPLE", FEW),
        (candidates, "PAGES", 10),
        (candidates, "PATIENCE", PATIENCE),
        (ranking, "FEW", FEW),
        (ranking, "RANKED", FEW),
    ):
        monkeypatch.setattr(module, name, value)

    def ask(address):
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        queries = [each["sql"] or "" for each in asked.captured_queries]
        return max(read_by(sql) for sql in queries if sql.startswith(("SELECT", "WITH", "(")))

    return ask


def read_by(sql):
    """The most rows that one step of a query's plan reads of a large table or its index, and what that step is."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        [(found,)] = cursor.fetchall()
    steps, waiting = [], [(found if isinstance(found, list) else json.loads(found))[0]["Plan"]]
    while waiting:
        step = waiting.pop()
        waiting += step.get("Plans", [])
        if step.get("Relation Name") in LARGE:
            read = step["Actual Rows"] + step.get("Rows Removed by Filter", 0)
            steps.append((read * step["Actual Loops"], step["Node Type"], step.get("Index Name", ""), sql))
    return max(steps, default=(0, "", "", sql))


@pytest.mark.parametrize(
    "query",
    [
        "q=something",
        "q=something+said",
        "q=something&in=quotes",
        "q=something+-nothing",
        "q=-something",
        "q=-nothing",
        "q=-something&in=quotes",
        "q=moon+OR+(-something)",
        'q="said+something"',
        'q="said+something"&in=quotes',
        "q=something&topic=topic-1",
        "q=something&person=person-1",
        "q=something&topic=topic-1&person=person-1&source=source-1",
        "q=something&from=1960&to=2020",
        "q=something&to=1960",
        "q=something&order=date&year=1980",
        "q=something&in=quotes&order=date&year=1980",
        "person=person-1",
        "person=person-1&topic=topic-2",
        "topic=topic-1&in=quotes",
        "source=source-1&in=quotes",
        "from=1960&to=2020",
        "q=nosuchword",
        "q=something+nosuchword",
    ],
)
def test_a_search_reads_a_bounded_number_of_rows(query, reading):
    read, *step = reading(f"/search/?{query}")
    assert read <= MOST, step


@pytest.mark.parametrize("typed", ["story", "zz", "person", "topic+1"])
def test_suggestions_read_a_bounded_number_of_rows(typed, reading):
    read, *step = reading(f"/search/begun.json?q={typed}")
    assert read <= MOST, step
