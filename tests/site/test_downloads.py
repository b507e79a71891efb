"""What a search found, as a file and as a feed."""

import csv
import io
import json
from datetime import UTC, datetime

import feedparser
import pytest

from archive.search import candidates as of_candidates
from archive.site import downloads

pytestmark = pytest.mark.django_db


def rows(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def test_found_articles_are_a_table(publish, reader, settings):
    settings.SITE_URL = "https://archive.example"
    for day in (1, 2):
        publish(day, standfirst="A vote.")
    response = reader.get("/search/found.csv?q=talks&from=2017")
    assert response.headers["Content-Disposition"] == 'attachment; filename="search.csv"'
    first, second = rows(response)
    assert first == {
        "address": "https://archive.example/articles/2017/agency-votes-for-venus-day-2/",
        "published": "2017-01-02T00:00:00+00:00",
        "precision": "day",
        "headline": "Agency votes for Venus, day 2",
        "summary": "A vote.",
        "source": "The Orbital Ledger",
        "language": "en",
    }
    assert second["headline"] == "Agency votes for Venus, day 1"


def test_found_quotes_are_lines_of_json(article, reader):
    response = reader.get("/search/found.jsonl?q=willing+in:quotes")
    [quote] = map(json.loads, response.getvalue().decode().splitlines())
    assert (quote["speaker"], quote["role"]) == ("Mira Sandoval", "head of the agency")
    assert quote["words"] == "If they choose to, … they will find us willing."


@pytest.mark.parametrize("few", [1, 2, 1_000])
def test_a_file_goes_on_beyond_what_a_page_looks_at(few, publish, reader, monkeypatch):
    for day in range(1, 8):
        publish(day)
    monkeypatch.setattr(of_candidates, "FEW", few)
    monkeypatch.setattr(of_candidates, "SAMPLE", 1)
    monkeypatch.setattr(downloads, "AT_ONCE", 2)
    found = [row["published"][:10] for row in rows(reader.get("/search/found.csv?q=talks"))]
    assert found == [f"2017-01-0{day}" for day in range(7, 0, -1)]


def test_a_file_passes_months_that_hold_less_than_was_expected(publish, reader, monkeypatch):
    for year in (2017, 2016):
        publish(published_at=datetime(year, 3, 1, tzinfo=UTC))
    monkeypatch.setattr(of_candidates, "rows_expected", lambda matching: 1_000_000)
    monkeypatch.setattr(downloads, "AT_ONCE", 2)
    found = [row["published"][:10] for row in rows(reader.get("/search/found.csv?q=talks"))]
    assert found == ["2017-03-01", "2016-03-01"]


def test_a_file_has_no_more_rows_than_is_said(publish, reader, monkeypatch):
    for day in (1, 2, 3):
        publish(day)
    monkeypatch.setattr(downloads, "ROWS", 2)
    assert len(rows(reader.get("/search/found.csv?q=talks"))) == 2


@pytest.mark.parametrize("address", ["found.csv", "found.jsonl", "feed/", "feed.json"])
@pytest.mark.parametrize("query", ["", "q=+", "q=talks&topic=nosuch"])
def test_what_cannot_be_looked_for_is_no_file(address, query, article, reader):
    assert reader.get(f"/search/{address}?{query}").status_code == 404


def test_a_search_is_a_feed(publish, reader, settings):
    settings.SITE_URL = "https://archive.example"
    for day in (1, 2):
        publish(day)
    feed = feedparser.parse(reader.get("/search/feed/?q=talks+topic:venus").content)
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert [entry.title for entry in feed.entries] == ["Agency votes for Venus, day 2", "Agency votes for Venus, day 1"]
    assert feed.feed.title.startswith("talks topic:venus – ")
    assert {link.rel: link.href for link in feed.feed.links} == {
        "alternate": "https://archive.example/search/?q=talks&topic=venus",
        "self": "https://archive.example/search/feed/?q=talks&topic=venus",
    }
    quotes = reader.get("/search/feed.json?q=willing&in=quotes").json()["items"]
    assert [quote["authors"] for quote in quotes] == [[{"name": "Mira Sandoval"}]] * 2


def test_what_has_only_some_of_the_words_is_no_file_and_no_feed(article, reader):
    assert "Nothing has all of these words" in reader.get("/search/?q=talks+nosuchword").text
    assert rows(reader.get("/search/found.csv?q=talks+nosuchword")) == []
    assert reader.get("/search/feed.json?q=talks+nosuchword").json()["items"] == []


def test_the_page_leads_to_file_and_feed(article, reader):
    page = reader.get("/search/?q=talks+topic:venus&order=date").text
    for address in ("feed/", "feed.json", "found.csv", "found.jsonl"):
        assert f'href="/search/{address}?q=talks&amp;topic=venus"' in page
    assert "<code>talks topic:venus order:date</code>" in page
