"""The search page: what it shows of what it finds, and how it helps where it finds nothing."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.urls import reverse

from archive.models import Visibility, Word
from archive.models.word import shortened
from archive.search import candidates, patience
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


def count(page):
    """The heading over the results."""
    return " ".join(re.search(r'<h2 id="results">(.*?)</h2>', page, re.DOTALL)[1].split())


def links(page, label):
    """Where the links of a label lead, their query strings taken apart."""
    found = re.findall(rf'<a href="\?([^"]*)">\s*(?:<span[^>]*>[^<]*</span>)?\s*{label}', page)
    return [QueryDict(unescape(query)).dict() for query in found]


def test_results_show_the_words_in_their_place(article, reader):
    page = reader.get("/search/?q=talks").text
    assert count(page) == "1 article"
    assert "The <mark>talks</mark> go on in spring" in page


def test_results_are_paged_and_keep_what_was_asked(publish, reader):
    for day in range(1, 23):
        publish(day)
    page = reader.get("/search/?q=talks&from=2017&order=date").text
    assert count(page) == "22 articles"
    assert page.count('class="entry"') == 20
    assert 'href="?q=talks&amp;from=2017&amp;order=date&amp;older=2017-01-03T00%3A00%3A00_' in page


def test_older_leads_on_past_months_that_hold_less_than_was_expected(publish, reader, monkeypatch):
    for year in (2017, 2016):
        publish(published_at=datetime(year, 3, 1, tzinfo=UTC))
    monkeypatch.setattr(candidates, "rows_expected", lambda worded: 1_000_000)
    following, found, pages = ["q=talks&amp;order=date"], [], 0
    while following and pages < 30:
        page = reader.get(f"/search/?{unescape(following[0])}").text
        found += re.findall(r'class="entry".*?<a href="/articles/(\d{4})/', page, re.DOTALL)
        following = re.findall(r'rel="next" href="\?([^"]*)"', page)
        pages += 1
    assert (found, following) == (["2017", "2016"], [])


def test_words_are_not_shown_from_a_text_that_may_not_be(publish, reader):
    publish(source=SourceFactory(visibility=Visibility.REFERENCE))
    page = reader.get("/search/?q=talks").text
    assert count(page) == "1 article"
    assert "<mark>" not in page
    assert "go on in spring" not in page


def test_an_empty_result_helps_onward(article, reader):
    page = reader.get("/search/?q=nosuchword").text
    assert count(page) == "0 articles"
    assert "You could:" in page


def test_a_mistaken_field_says_what_is_wrong_and_finds_nothing(article, reader):
    page = reader.get("/search/?q=talks&topic=nosuch").text
    assert "The archive knows no topic called “nosuch”." in page
    assert 'class="entry"' not in page


def test_without_a_question_the_page_explains_how_to_ask(article, reader):
    assert "How to ask" in reader.get("/search/?q=+&topic=").text


@pytest.mark.parametrize(
    "asked", ["q=%00", "q=%27%27%22%22%29%28", "q=-", "q=%C3%28", "from=9999", "to=1000", "q=" + "a+" * 400]
)
def test_no_question_breaks_it(asked, article, reader):
    assert reader.get(f"/search/?{asked}").status_code == 200


def test_quotes_are_searched_by_their_own_words(article, reader):
    page = reader.get("/search/?q=willing&in=quotes").text
    assert count(page) == "1 quote"
    assert "they will find us <mark>willing</mark>." in page
    assert count(reader.get("/search/?q=spring&in=quotes").text) == "0 quotes"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("in=quotes&topic=venus", "2 quotes"),
        ("in=quotes&person=mira-sandoval&from=2017&to=2017", "2 quotes"),
        ("in=quotes&source=the-orbital-ledger&q=next", "1 quote"),
        ("in=quotes&to=2016", "0 quotes"),
        ("q=speaker:mira-sandoval+willing+in:quotes", "1 quote"),
        ("q=topic:planets", "1 article"),
        ("q=venus+-spring", "0 articles"),
    ],
)
def test_quotes_and_articles_are_narrowed_by_the_same_fields(asked, found, article, reader):
    assert count(reader.get(f"/search/?{asked}").text) == found


def test_a_result_can_be_narrowed_and_widened_again(article, reader):
    page = reader.get("/search/?q=talks&topic=planets&older=2020-01-01T00:00:00_1").text
    assert links(page, "Mira Sandoval") == [{"q": "talks", "topic": "planets", "person": "mira-sandoval"}]
    assert links(page, "2017") == [{"q": "talks", "topic": "planets", "from": "2017", "to": "2017"}]
    assert links(page, "topic: planets") == [{"q": "talks"}]
    assert links(page, "Venus") == []


def test_a_topic_of_that_name_is_pointed_out(article, venus, reader):
    page = " ".join(reader.get("/search/?q=VENUS").text.split())
    assert f'The archive has a page on <a href="{venus.get_absolute_url()}">Venus</a>' in page


def test_a_word_that_finds_nothing_is_taken_for_a_name_like_it(article, reader):
    page = reader.get("/search/?q=Vennus").text
    assert 'Did you mean <a href="/search/?q=Venus">Venus</a>?' in " ".join(page.split())


def test_a_misspelt_word_is_offered_as_the_archive_spells_it_with_the_fields_kept(article, reader):
    Word.objects.create(word="satellite", articles=3, shortened=shortened("satellite"))
    page = " ".join(reader.get("/search/?q=satelite&from=1990").text.split())
    assert 'Did you mean <a href="/search/?q=satellite&amp;from=1990">satellite</a>?' in page


def test_fields_among_the_words_are_shown_in_the_form(article, reader):
    page = reader.get("/search/?q=talks+topic:venus").text
    assert re.search(r'name="q"[^>]*value="talks"', page)
    assert 'name="topic" value="venus"' in page


@pytest.mark.parametrize(
    ("asked", "is_open"),
    [("", False), ("q=talks", False), ("q=talks&topic=venus", True), ("q=talks+from:2017", True), ("in=quotes", True)],
)
def test_the_fields_that_narrow_are_open_where_any_is_used(asked, is_open, article, reader):
    page = reader.get(f"/search/?{asked}").text
    assert re.findall(r"<details (open)?>", page) == ["open" if is_open else ""]


@pytest.mark.parametrize(
    ("words", "unknown"),
    [("foo:bar -baz:x foo:y", ["foo", "baz"]), ("moon year:1985 topic:venus", []), ("https://example.org/moon", [])],
)
def test_a_field_that_there_is_not_is_told(words, unknown, db, reader):
    page = reader.get("/search/", {"q": words})
    assert page.context["search"].unknown == unknown
    assert [f"<q>{name}:</q>" in page.text for name in ("foo", "baz")] == [bool(unknown)] * 2
    assert ("<code>speaker:</code>" in page.text) == bool(unknown)


@pytest.fixture
def slow(monkeypatch):
    """A search of which a query takes longer than any may."""

    def sleep(*given):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(10)")

    monkeypatch.setattr(patience, "SECONDS", 0.05)
    monkeypatch.setattr("archive.site.searching.candidates", sleep)


def test_a_search_that_takes_too_long_is_broken_off_and_keeps_what_was_typed(article, reader, slow):
    answer = reader.get("/search/?q=talks&topic=")
    assert answer.status_code == 503
    assert "took too long" in answer.text
    assert 'value="talks"' in answer.text
    assert reader.get("/search/").status_code == 200


def test_a_feed_of_a_search_that_takes_too_long_says_so(article, reader, slow):
    answer = reader.get(reverse("search-feed"), {"q": "talks"})
    assert answer.status_code == 503
    assert "takes too long" in answer.text


def test_a_page_that_is_missing_offers_nothing_where_that_takes_too_long(article, reader, slow):
    assert reader.get("/articles/2017/talks-go-on/").status_code == 404
