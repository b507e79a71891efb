"""The feeds, as a feed reader reads them."""

from datetime import UTC, datetime

import feedparser
import pytest
from django.urls import reverse

from archive.models import Version, Visibility
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


def read(reader, address):
    feed = feedparser.parse(reader.get(address).content)
    assert (feed.bozo, feed.version) == (False, "atom10")
    return feed


def test_the_feed_of_the_archive_has_its_articles_newest_first(publish, reader, settings):
    settings.SITE_URL = "https://archive.example"
    articles = [publish(day, standfirst=f"Standfirst {day}.") for day in (1, 2)]
    feed = read(reader, reverse("feed"))
    newest = feed.entries[0]
    assert [entry.title for entry in feed.entries] == [article.headline for article in articles[::-1]]
    assert newest.link == f"https://archive.example{articles[1].get_absolute_url()}"
    assert newest.id == f"tag:archive.example,{articles[1].created_at.year}:articles/{articles[1].pk}"
    assert newest.published == "2017-01-02T00:00:00+00:00"
    assert newest.summary == "Standfirst 2."
    assert newest.author == "Ada Brandvold"
    assert [tag.term for tag in newest.tags] == ["Venus"]
    assert newest.rights == "Quote it with a link."


def test_an_entry_keeps_its_id_when_its_address_changes(article, reader):
    before = read(reader, reverse("feed")).entries[0]
    article.slug = "another"
    article.save()
    after = read(reader, reverse("feed")).entries[0]
    assert (before.id, before.link != after.link) == (after.id, True)


def test_the_feed_of_a_topic_has_what_is_filed_under_its_narrower_ones(article, publish, planets, reader):
    assert [entry.title for entry in read(reader, reverse("topic-feed", args=["planets"])).entries] == [
        article.headline
    ]


def test_the_feed_of_a_person_has_their_words_quote_by_quote(article, reader):
    feed = read(reader, reverse("person-feed", args=["mira-sandoval"]))
    assert [(entry.title, entry.author) for entry in feed.entries] == [
        ("“Venus is next,”", "Mira Sandoval"),
        ("“If they choose to, … they will find us willing.”", "Mira Sandoval"),
    ]


def test_the_feed_of_a_source_has_its_articles_alone(article, publish, reader):
    publish(2, source=SourceFactory(name="Another"))
    feed = read(reader, reverse("source-feed", args=["the-orbital-ledger"]))
    assert [entry.title for entry in feed.entries] == [article.headline]


def test_the_json_feed_says_the_same_as_the_atom_feed(publish, reader, settings):
    settings.SITE_URL = "https://archive.example"
    article = publish(2, standfirst="A vote.")
    response = reader.get(reverse("json-feed"))
    assert response.headers["Content-Type"] == "application/feed+json"
    feed = response.json()
    assert (feed["version"], feed["feed_url"]) == (
        "https://jsonfeed.org/version/1.1",
        "https://archive.example/feed.json",
    )
    assert feed["items"] == [
        {
            "id": f"tag:archive.example,{article.created_at.year}:articles/{article.pk}",
            "url": f"https://archive.example{article.get_absolute_url()}",
            "title": article.headline,
            "content_text": "A vote.",
            "date_published": "2017-01-02T00:00:00+00:00",
            "date_modified": article.changed_at.isoformat(),
            "authors": [{"name": "Ada Brandvold"}],
            "tags": ["Venus"],
            "language": "en",
        }
    ]


def test_an_empty_json_feed_has_an_empty_list(db, reader):
    assert reader.get(reverse("json-feed")).json()["items"] == []


def test_a_feed_says_no_more_than_the_source_allows(publish, reader):
    publish(source=SourceFactory(visibility=Visibility.REFERENCE), standfirst="Theirs.")
    assert [entry.summary for entry in read(reader, reverse("feed")).entries] == [""]


def test_an_empty_feed_is_a_feed(db, reader):
    assert read(reader, reverse("feed")).entries == []


def test_a_feed_answers_when_the_archive_last_changed(article, reader):
    response = reader.get(reverse("feed"))
    when = response.headers["Last-Modified"]
    assert when == Version.objects.get().moved_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert reader.get(reverse("feed"), headers={"If-Modified-Since": when}).status_code == 304
    earlier = datetime(2001, 1, 1, tzinfo=UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert reader.get(reverse("feed"), headers={"If-Modified-Since": earlier}).status_code == 200


@pytest.mark.parametrize("query", ["q=moon%01", "q=moon%1B", "q=moon&in=%01", "q=moon&order=%0C", "q=moon%EF%BF%BF"])
def test_a_feed_of_a_search_leaves_out_what_xml_cannot_say(query, db, reader):
    response = reader.get(f"/search/feed/?{query}")
    assert (response.status_code, feedparser.parse(response.content).bozo) == (200, False)


def test_a_feed_leaves_out_what_xml_cannot_say_in_a_story(publish, reader):
    publish(1, headline="A second\x01 moon")
    assert feedparser.parse(reader.get("/feed/").content).entries[0].title == "A second moon"


@pytest.mark.parametrize("name", ["", "feed/", "feed.json", "found.csv", "found.jsonl"])
@pytest.mark.parametrize(
    "words", ["-" * 40 + " moon", "- " * 80 + "moon", "-(" * 80 + "moon", '-"-' * 60, "moon " + "-" * 40]
)
def test_a_search_of_many_minus_signs_answers(name, words, db, reader):
    assert reader.get(f"/search/{name}", {"q": words}).status_code == 200
