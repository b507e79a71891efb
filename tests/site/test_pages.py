"""Every page of the site: what it costs, what it may not show, and that it is the same for every reader."""

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from archive.models import Edition, Quote, TopicName, TopicRelation
from tests.factories import TopicFactory
from tests.site.conftest import addresses

pytestmark = pytest.mark.django_db


# The version, with what the edition says of itself, costs one query on every page.
QUERIES = {
    "front": 6,
    "articles": 3,
    "articles-of-year": 3,
    "articles-of-month": 3,
    "quotes": 2,
    "quote": 4,
    "quote-card": 2,
    "quote-citation": 3,
    "oembed": 2,
    "topics": 5,
    "topic": 4,
    "topic-quotes": 3,
    "topic-timeline": 6,
    "people": 2,
    "person": 3,
    "person-on-topic": 4,
    "source": 3,
    "sources": 2,
    "search": 1,
    "search with everything": 18,
    "feed": 2,
    "topic-feed": 3,
    "json-feed": 2,
    "topic-json-feed": 3,
    "person-feed": 3,
    "source-feed": 3,
    "opensearch": 1,
    "robots": 1,
    "about": 5,
}
PAGES = [*QUERIES, "article"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", QUERIES)
def test_a_page_costs_the_same_queries_with_one_row_and_with_three(
    page, rows, publish, reader, django_assert_num_queries
):
    articles = [publish(day + 1) for day in range(rows)]
    address = addresses(articles[0])[page]
    with django_assert_num_queries(QUERIES[page]):
        response = reader.get(address)
    assert response.status_code == 200


@pytest.mark.parametrize("neighbours", [1, 3])
def test_an_article_costs_the_same_queries_however_many_share_its_topic(
    neighbours, publish, reader, django_assert_num_queries
):
    article = publish(2)
    for day in range(neighbours):
        publish(day + 3)
    with django_assert_num_queries(4):
        assert reader.get(article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same_for_every_reader(page, article, reader):
    response = reader.get(addresses(article)[page])
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=60, s-maxage=300, stale-while-revalidate=600"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_has_not_changed_is_not_sent_again(page, article, reader):
    address = addresses(article)[page]
    etag = reader.get(address).headers["ETag"]
    assert reader.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("page", PAGES)
def test_a_page_weighs_less_than_thirty_kilobytes_with_all_it_needs(page, publish, reader):
    articles = [publish(day) for day in range(1, 24)]
    address = addresses(articles[0])[page]
    sent = reader.get(address, headers={"Accept-Encoding": "gzip"}).content
    named = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', reader.get(address).text))
    files = [gzip.compress(Path(finders.find(name)).read_bytes()) for name in named]
    assert len(sent) + sum(map(len, files)) < 30_000


@pytest.mark.parametrize("page", PAGES)
def test_a_page_cannot_be_written_to(page, article):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(addresses(article)[page]).status_code == 405


def test_the_icon_is_found_at_the_root(reader):
    response = reader.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (301, "/static/site/favicon.ico")
    assert response.headers["Cache-Control"] == "public, max-age=60, s-maxage=300, stale-while-revalidate=600"


HIDDEN = {
    "a draft": {"published": False},
    "an article under embargo": {"embargo_until": datetime(2999, 1, 1, tzinfo=UTC)},
    "a withdrawn article": {"published": False, "withdrawn": True},
}


@pytest.mark.parametrize("kind", HIDDEN)
@pytest.mark.parametrize("page", [page for page in QUERIES if page != "quote"])
def test_a_list_does_not_give_away(kind, page, publish, article, reader):
    hidden = publish(2, headline="Secret plans for Venus", **HIDDEN[kind])
    assert Quote.objects.filter(article=hidden).count() == 2
    response = reader.get(addresses(article)[page])
    assert response.status_code == 200
    assert "Secret plans" not in response.text
    assert hidden.get_absolute_url() not in response.text


def test_a_topic_leads_up_down_and_across_the_vocabulary(planets, venus, article, reader):
    TopicFactory(name="Clouds of Venus", under=venus)
    TopicFactory(name="Old clouds", under=venus, replaced_by=venus)
    TopicRelation.objects.create(from_topic=venus, to_topic=TopicFactory(name="Aerobots"))
    TopicName.objects.create(topic=venus, name="Morning star")
    page = reader.get(venus.get_absolute_url())
    places = [
        [str(each) for each in getattr(page.context["topic"], kind)]
        for kind in ("broader", "narrower", "related", "other_names")
    ]
    assert places == [["Planets"], ["Clouds of Venus"], ["Aerobots"], ["Morning star"]]
    assert "1 article, 2 quotes, narrower topics included." in " ".join(page.text.split())


def test_an_empty_topic_says_once_that_nothing_is_filed(venus, reader):
    page = reader.get(venus.get_absolute_url()).text
    assert (page.count("Nothing"), page.count('id="articles"')) == (1, 0)
    assert reader.get(f"{venus.get_absolute_url()}quotes/").text.count("Nothing") == 1


def test_the_way_to_a_topic_is_told_from_the_topics_of_an_article(planets, venus, article, reader):
    way = reader.get(venus.get_absolute_url()).text.split('aria-label="Breadcrumbs">')[1].split("</nav>")[0]
    assert re.findall(r">(\w+)</a>", way) == ["Topics", "Planets"]
    assert "Breadcrumbs" not in reader.get(article.get_absolute_url()).text


def test_a_browser_is_told_how_to_search_here_whatever_the_archive_is_called(reader, db):
    Edition.objects.update_or_create(pk=1, defaults={"title": "Orbit\x1f & <Ledger>", "tagline": ""})
    told = ET.fromstring(reader.get("/opensearch.xml").content)  # noqa: S314 (our own)
    assert [told.findtext(f"{{*}}{name}") for name in ("ShortName", "Description")] == ["Orbit & <Ledger>"] * 2
