"""A small archive that readers may see, and one of each thing that they may not."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from archive.models import Quote
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    QuoteFactory,
    SourceFactory,
    TaggingFactory,
    TopicFactory,
)

BODY = (
    "“Venus is next,” said Mira Sandoval, the head of the agency. “If they choose to,” she added, "
    "“they will find us willing.”\n\n## After the vote\n\nThe talks go on in spring."
)

# Of the addresses below, those of what is no page of HTML.
NOT_PAGES = {
    *("feed", "topic-feed", "json-feed", "topic-json-feed", "person-feed", "source-feed"),
    *("opensearch", "robots", "quote-citation", "oembed"),
}


def quote_of(article, *parts: str, **fields) -> Quote:
    """A quote of these words in the body of an article."""
    spans = [[article.body.index(part), article.body.index(part) + len(part)] for part in parts]
    return QuoteFactory(article=article, spans=spans, **fields)


@pytest.fixture
def ledger(db):
    return SourceFactory(name="The Orbital Ledger", kind="weekly", place="Lisbon", rights="Quote it with a link.")


@pytest.fixture
def mira(db):
    return PersonFactory(name="Mira Sandoval", description="Headed the agency.")


@pytest.fixture
def planets(db):
    return TopicFactory(name="Planets", scope_note="The planets, and missions to them.")


@pytest.fixture
def venus(planets):
    return TopicFactory(name="Venus", under=planets, scope_note="The planet and missions to it.")


@pytest.fixture
def publish(ledger, mira, venus):
    """Publish one more article with two quotes of the same speaker, all of it filed under Venus."""

    def one_more(day: int = 1, **fields):
        given = {
            "headline": f"Agency votes for Venus, day {day}",
            "source": ledger,
            "body": BODY,
            "published_at": datetime(2017, 1, day, tzinfo=UTC),
        }
        article = ArticleFactory(**{"published": True, **given, **fields})
        TaggingFactory(article=article, topic=venus)
        for parts in (["Venus is next,"], ["If they choose to,", "they will find us willing."]):
            quote = quote_of(article, *parts, speaker=mira, role="head of the agency")
            TaggingFactory(quote=quote, topic=venus)
        return article

    return one_more


@pytest.fixture
def article(publish):
    return publish(1)


def addresses(article):
    """One address of each kind, as they are for a published article and what hangs on it."""
    quote = Quote.objects.filter(article=article).first()
    return {
        "front": reverse("front"),
        "articles": reverse("articles"),
        "articles-of-year": reverse("articles-of-year", args=[2017]),
        "articles-of-month": reverse("articles-of-month", args=[2017, 1]),
        "article": article.get_absolute_url(),
        "quotes": reverse("quotes"),
        "quote": quote.get_absolute_url(),
        "quote-card": reverse("quote-card", args=[quote.pk]),
        "quote-citation": reverse("quote-citation", args=[quote.pk, "txt"]),
        "oembed": reverse("oembed") + f"?url=http://localhost:8000{quote.get_absolute_url()}",
        "topics": reverse("topics"),
        "topic": reverse("topic", args=["venus"]),
        "topic-quotes": reverse("topic-quotes", args=["venus"]),
        "topic-timeline": reverse("topic-timeline", args=["venus"]),
        "people": reverse("people"),
        "person": reverse("person", args=["mira-sandoval"]),
        "person-on-topic": reverse("person-on-topic", args=["mira-sandoval", "venus"]),
        "sources": reverse("sources"),
        "source": reverse("source", args=["the-orbital-ledger"]),
        "search": reverse("search"),
        "search with everything": reverse("search")
        + "?q=venus&topic=venus&person=mira-sandoval&source=the-orbital-ledger&from=2017&to=2017",
        "feed": reverse("feed"),
        "topic-feed": reverse("topic-feed", args=["venus"]),
        "json-feed": reverse("json-feed"),
        "topic-json-feed": reverse("topic-json-feed", args=["venus"]),
        "person-feed": reverse("person-feed", args=["mira-sandoval"]),
        "source-feed": reverse("source-feed", args=["the-orbital-ledger"]),
        "opensearch": reverse("opensearch"),
        "robots": reverse("robots"),
        "about": reverse("about"),
    }
