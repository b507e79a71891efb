"""The maps of the site that search engines follow."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

pytestmark = pytest.mark.django_db

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.fixture(autouse=True)
def _one_name(settings):
    settings.SITE_URL = "https://archive.example"


def places(reader, address):
    response = reader.get(address)
    assert response.headers["Content-Type"] == "application/xml"
    root = ET.fromstring(b"".join(response.streaming_content))  # noqa: S314 (our own)
    return [element.text.removeprefix("https://archive.example") for element in root.iterfind(".//s:loc", NAMES)]


def test_the_index_names_a_map_for_each_month_of_the_years_with_articles(publish, reader):
    publish(1)
    publish(2, published_at=publish(3).published_at.replace(year=1957))
    assert places(reader, "/sitemap.xml") == [
        "/sitemaps/topics.xml",
        "/sitemaps/people.xml",
        *(f"/sitemaps/articles-{year}-{month:02d}.xml" for year in (1957, 2017) for month in range(1, 13)),
    ]


def test_a_map_has_what_is_public_and_nothing_else(publish, reader):
    public = [publish(1), publish(2)]
    publish(3, published=False)
    publish(4, published=False, withdrawn=True)
    publish(5, published_at=public[0].published_at.replace(year=2018))
    publish(6, published_at=public[0].published_at.replace(month=2))
    assert places(reader, "/sitemaps/articles-2017-01.xml") == [article.get_absolute_url() for article in public[::-1]]


def test_topics_and_people_are_mapped(article, reader):
    assert places(reader, "/sitemaps/topics.xml") == ["/topics/planets/", "/topics/venus/"]
    assert places(reader, "/sitemaps/people.xml") == ["/people/mira-sandoval/"]


def test_robots_are_told_where_the_index_is(reader):
    assert "Sitemap: https://archive.example/sitemap.xml\n" in reader.get("/robots.txt").text


def test_a_map_costs_two_queries_however_many_it_lists(publish, reader, django_assert_num_queries):
    for day in (1, 2, 3):
        publish(day)
    with django_assert_num_queries(2):
        assert len(places(reader, "/sitemaps/articles-2017-01.xml")) == 3


def test_the_map_of_news_has_the_last_two_days_as_search_engines_ask_for_it(publish, reader):
    now = datetime.now(UTC)
    fresh = publish(1, headline="Venus & more", published_at=now - timedelta(hours=1), precision="time", language="fr")
    publish(2, published_at=now - timedelta(days=3))
    publish(3, published_at=now - timedelta(hours=2), published=False)
    root = ET.fromstring(reader.get("/sitemaps/news.xml").content)  # noqa: S314 (our own)
    [news] = root.iterfind(".//n:news", NAMES)
    assert [element.text for element in root.iterfind(".//s:loc", NAMES)] == [
        f"https://archive.example{fresh.get_absolute_url()}"
    ]
    assert [element.text for element in news.iter() if element.text] == [
        "The Orbital Ledger",
        "fr",
        f"{fresh.published_at:%Y-%m-%dT%H:%MZ}",
        "Venus & more",
    ]


def test_robots_are_told_of_the_news(reader):
    assert "Sitemap: https://archive.example/sitemaps/news.xml\n" in reader.get("/robots.txt").text
