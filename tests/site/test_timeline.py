"""The timeline of a topic."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from django.urls import reverse

from archive.models import Tagging
from archive.site import timeline as module
from archive.site.timeline import timeline_of
from tests.factories import ArticleFactory, TaggingFactory
from tests.site.conftest import quote_of

pytestmark = pytest.mark.django_db


def told(timeline):
    return [(entry.article, entry.is_filed, [quote.words[:5] for quote in entry.quotes]) for entry in timeline.entries]


def test_articles_stand_newest_first_with_their_quotes_in_order(publish, venus):
    first, second = publish(1), publish(2)
    quotes = ["Venus", "If th"]
    assert told(timeline_of(venus, QueryDict())) == [(second, True, quotes), (first, True, quotes)]


def test_a_quote_filed_alone_stands_where_its_article_would(publish, venus, mira):
    first, last = publish(1), publish(9)
    alone = ArticleFactory(
        published=True, published_at=datetime(2017, 1, 5, tzinfo=UTC), body="“Back to it,” she said."
    )
    TaggingFactory(topic=venus, quote=quote_of(alone, "Back to it,", speaker=mira))
    assert [(entry.article, entry.is_filed) for entry in timeline_of(venus, QueryDict()).entries] == [
        (last, True),
        (alone, False),
        (first, True),
    ]


def test_each_page_has_its_own_stretch_of_time(publish, venus):
    articles = [publish(day) for day in range(1, 24)]
    first = timeline_of(venus, QueryDict())
    second = timeline_of(venus, QueryDict(first.page.older))
    assert [entry.article for page in (first, second) for entry in page.entries] == articles[::-1]
    assert [len(entry.quotes) for page in (first, second) for entry in page.entries] == [2] * 23


def test_what_is_not_shown_is_said(publish, venus, monkeypatch, reader):
    monkeypatch.setattr(module, "QUOTES_AT_MOST", 3)
    monkeypatch.setattr(module, "OF_ONE_ARTICLE", 1)
    for day in (1, 2):
        publish(day)
    page = " ".join(reader.get(reverse("topic-timeline", args=["venus"])).text.split())
    assert page.count("1 more quote on Venus in this article") == 1
    assert page.count("More was said in this time than is shown here") == 1


def test_a_topic_with_quotes_alone_has_a_timeline(publish, venus):
    article = publish(1)
    Tagging.objects.filter(article=article).delete()
    assert told(timeline_of(venus, QueryDict())) == [(article, False, ["Venus", "If th"])]


def test_an_article_of_an_uncertain_month_stands_under_its_year_alone(publish, reader):
    publish(1, precision="year", published_at=datetime(1957, 1, 1, tzinfo=UTC))
    publish(2, precision="month")
    page = reader.get(reverse("topic-timeline", args=["venus"])).text
    assert [page.count(f'<h2 class="year">{year}</h2>') for year in (1957, 2017)] == [1, 1]
    assert page.count('<p class="month">January</p>') == 1


def test_the_topic_leads_to_its_timeline(article, venus, reader):
    assert f'href="{reverse("topic-timeline", args=["venus"])}"' in reader.get(venus.get_absolute_url()).text
