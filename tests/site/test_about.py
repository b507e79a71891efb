"""About the archive: its figures and plots, from the kept counts."""

from datetime import UTC, datetime

import pytest

from archive.models import Source, Topic
from archive.site.bars import bars
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


def test_the_figures_are_those_of_what_readers_see(publish, reader):
    publish(1, published_at=datetime(1957, 10, 4, tzinfo=UTC))
    for day in (1, 2, 3):
        publish(day)
    publish(4, published=False)
    publish(5, source=SourceFactory(name="Another"))
    page = reader.get("/about/")
    said = " ".join(page.text.split())
    assert "5 articles from 2 sources, first published from 1957 to 2017, and 10 quotes, each held" in said
    assert [(bar.year, bar.holds) for bar in page.context["articles_by_year"].bars] == [(1957, 1), (2017, 4)]
    assert [(bar.year, bar.holds) for bar in page.context["quotes_by_year"].bars] == [(1957, 2), (2017, 8)]
    assert [(str(bar.item), bar.count, bar.length) for bar in page.context["of_topics"]] == [("Planets", 5, 100)]
    assert [(str(bar.item), bar.count, bar.length) for bar in page.context["of_sources"]] == [
        ("The Orbital Ledger", 4, 100),
        ("Another", 1, 25),
    ]


def test_an_empty_archive_has_a_page_without_plots(reader):
    page = reader.get("/about/").text
    assert (page.count("<svg"), "0 articles from 0 sources, and 0 quotes" in " ".join(page.split())) == (0, True)


def test_bars_are_ordered_by_length_and_then_by_name_and_none_is_too_short_to_see():
    counted = [(Topic(name="B"), 1), (Topic(name="A"), 1), (Source(name="C"), 1000), (Topic(name="D"), 0)]
    assert [(str(bar.item), bar.length) for bar in bars(counted)] == [("C", 100), ("A", 1), ("B", 1)]


def test_the_keys_that_are_documented_are_there(reader):
    page = reader.get("/about/").text
    assert [page.count(f'accesskey="{key}"') for key in "s140"] == [1, 1, 1, 1]
    assert [page.count(f"<kbd>{key}</kbd>") for key in "S140"] == [1, 1, 1, 1]
