"""The maps of the site that search engines follow."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from archive.models import Person, Source, Topic
from archive.site import sitemaps
from tests.factories import PersonFactory

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


def test_the_index_names_a_map_for_each_thousand_ids_of_a_kind(publish, reader, monkeypatch):
    monkeypatch.setattr(sitemaps, "IDS", 1)
    articles = [publish(day) for day in (1, 2)]
    places_of = {"articles": articles[1].pk, "topics": Topic.objects.latest("pk").pk, "people": Person.objects.get().pk}
    assert places(reader, "/sitemap.xml") == [
        f"/sitemaps/{kind}-{number}.xml" for kind, last in places_of.items() for number in range(1, last + 1)
    ]
    assert places(reader, f"/sitemaps/articles-{articles[0].pk}.xml") == [articles[0].get_absolute_url()]


def test_there_is_no_map_beyond_the_last_but_one_of_what_nobody_may_see_is_empty(publish, reader, monkeypatch):
    monkeypatch.setattr(sitemaps, "IDS", 1)
    hidden, last = publish(1, published=False), publish(2)
    assert places(reader, f"/sitemaps/articles-{hidden.pk}.xml") == []
    beyond = reader.get(f"/sitemaps/articles-{last.pk + 1}.xml")
    assert (beyond.status_code, reader.get("/sitemaps/people-999999999999.xml").status_code) == (404, 404)


def test_what_xml_has_no_way_to_write_is_left_out(publish, reader, ledger):
    Source.objects.update(name="The \x08Ledger")
    publish(1, published_at=datetime.now(UTC), headline="Agency \x0bvotes")
    told = ET.fromstring(reader.get("/sitemaps/news.xml").content)  # noqa: S314 (our own)
    assert [told.findtext(f".//n:{part}", namespaces=NAMES) for part in ("name", "title")] == [
        "The Ledger",
        "Agency votes",
    ]


def in_maps(reader, kind):
    """What all maps of a kind hold."""
    maps = [address for address in places(reader, "/sitemap.xml") if address.startswith(f"/sitemaps/{kind}-")]
    return [place for address in maps for place in places(reader, address)]


def test_maps_have_what_is_public_and_nothing_else(publish, reader):
    public = [publish(1), publish(2)]
    publish(3, published=False)
    publish(4, published=False, withdrawn=True)
    public.append(publish(5, published_at=public[0].published_at.replace(year=1957)))
    assert in_maps(reader, "articles") == [article.get_absolute_url() for article in public]


def test_topics_and_people_are_mapped(article, reader):
    PersonFactory()
    assert in_maps(reader, "topics") == ["/topics/planets/", "/topics/venus/"]
    assert in_maps(reader, "people") == ["/people/mira-sandoval/"]


@pytest.mark.parametrize("former", ["articles-2017-01", "topics", "people"])
def test_a_map_of_former_times_leads_to_the_index(former, reader):
    response = reader.get(f"/sitemaps/{former}.xml")
    assert (response.status_code, response.headers["Location"]) == (301, "/sitemap.xml")


@pytest.mark.parametrize("absent", ["sources-1", "articles-0"])
def test_there_is_no_map_of_what_is_not_mapped(absent, reader):
    assert reader.get(f"/sitemaps/{absent}.xml").status_code == 404


def test_robots_are_told_where_the_index_is(reader):
    assert "Sitemap: https://archive.example/sitemap.xml\n" in reader.get("/robots.txt").text


def test_a_map_costs_two_queries_however_many_it_lists(publish, reader, django_assert_num_queries):
    number = -(-publish(1).pk // sitemaps.IDS)
    count = sum(-(-publish(day).pk // sitemaps.IDS) == number for day in (2, 3)) + 1
    with django_assert_num_queries(2):
        assert len(places(reader, f"/sitemaps/articles-{number}.xml")) == count


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
