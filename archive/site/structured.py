"""What pages tell programs of what they show: schema.org's words as JSON-LD, one function for each kind of page."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from archive.models import Article, Edition, Person, Quote, Source, Topic, Visibility
from archive.models.address import address
from archive.site import dating, reading
from archive.site.page import absolute
from archive.site.person_place import PersonPlace
from archive.site.rows import AuthorRow, SpeakerRow, SpokenRow, TopicLink
from archive.site.source_place import SourcePlace
from archive.site.topic_place import TopicPlace

Thing = dict[str, Any]

CONTEXT = "https://schema.org"
WIKIDATA = "https://www.wikidata.org/entity/"
# What could end a script element, or begin another, is written as JavaScript writes it.
_IN_A_SCRIPT = {sign: f"\\u{ord(sign):04X}" for sign in "<>&"}


def of_site(edition: Edition) -> Thing:
    """The archive as a web site that can be searched."""
    search = absolute(address("search"))
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": edition.title,
        "description": edition.tagline,
        "url": absolute(address("front")),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{words}}"},
            "query-input": "required name=words",
        },
    }


def of_article(
    article: Article, authors: Sequence[AuthorRow], topics: Iterable[TopicLink], quotes: Iterable[SpokenRow]
) -> Thing:
    """A news article: never more of its text than the page shows, which is its summary."""
    named: list[Thing] = [_named(person) for person in authors]
    if not named and article.byline:
        named = [{"@type": "Person", "name": article.byline}]
    return {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        **_reference(article),
        "description": reading.summary(article) or None,
        "dateModified": article.changed_at.isoformat(timespec="seconds"),
        "inLanguage": article.language,
        "author": named,
        "publisher": _publisher(article.source),
        "dateline": article.dateline or None,
        "sameAs": article.publisher_url or None,
        "isAccessibleForFree": article.source is not None and article.source.visibility == Visibility.FULL,
        "about": [_term(topic) for topic in topics],
        "hasPart": [_said(quote) for quote in quotes],
    }


def of_quote(quote: Quote, topics: Iterable[Topic]) -> Thing:
    """A quotation, the article it stands in, and what it is about."""
    return {
        "@context": CONTEXT,
        **_said(quote),
        "datePublished": _date(quote.article),
        "inLanguage": quote.article.language,
        "about": [_term(topic) for topic in topics],
        "isPartOf": {
            "@type": "NewsArticle",
            **_reference(quote.article),
            "publisher": _publisher(quote.article.source),
        },
    }


def of_person(person: PersonPlace, other_names: Iterable[str], roles: Iterable[str]) -> Thing:
    """A person, under all their names and in all the roles they spoke in."""
    return {
        "@context": CONTEXT,
        **_named(person),
        "alternateName": list(other_names),
        "description": person.description or None,
        "jobTitle": list(roles),
        "sameAs": _elsewhere(person.identifiers),
    }


def of_topic(topic: TopicPlace) -> Thing:
    """A page that collects what is filed under a term of the vocabulary."""
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": topic.name,
        "url": absolute(topic.get_absolute_url()),
        "about": {
            **_term(topic),
            "alternateName": list(topic.other_names),
            "description": topic.scope_note or None,
            "inDefinedTermSet": absolute(address("topics")),
            "sameAs": _elsewhere(topic.identifiers),
        },
    }


def of_source(source: SourcePlace) -> Thing:
    """The publication or body that articles come from."""
    return {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": source.name,
        "url": absolute(source.get_absolute_url()),
        "sameAs": source.homepage or None,
    }


def of_person_on_topic(person: Person, topic: Topic, quotes: Iterable[Quote]) -> Thing:
    """A page that collects what somebody said on a topic."""
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": f"{person} on {topic}",
        "url": absolute(address("person-on-topic", person.slug, topic.slug)),
        "about": [_named(person), _term(topic)],
        "hasPart": [_said(quote) for quote in quotes],
    }


def of_timeline(topic: TopicPlace) -> Thing:
    """A page that collects what was published and said on a topic, by date."""
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": f"Timeline of {topic}",
        "url": absolute(address("topic-timeline", topic.slug)),
        "about": _term(topic),
    }


def of_vocabulary() -> Thing:
    """The page of the topics, which are a set of terms."""
    page = of_list("Topics", address("topics"))
    return {**page, "mainEntity": {"@type": "DefinedTermSet", "name": "Topics", "url": page["url"]}}


def of_list(name: str, path: str, *, kind: str = "CollectionPage") -> Thing:
    """A page that lists what the archive has of one sort."""
    return {"@context": CONTEXT, "@type": kind, "name": name, "url": absolute(path), "isPartOf": _site()}


def _site() -> Thing:
    return {"@type": "WebSite", "url": absolute(address("front"))}


def _reference(article: Article) -> Thing:
    return {
        "headline": article.headline,
        "url": absolute(article.get_absolute_url()),
        "datePublished": _date(article),
    }


def _date(article: Article) -> str | None:
    return dating.for_machines(article.published_at, article.precision) if article.published_at else None


def _publisher(source: Source | None) -> Thing | None:
    return {"@type": "Organization", "name": source.name} if source else None


def _named(person: Person | PersonPlace | AuthorRow | SpeakerRow) -> Thing:
    return {"@type": "Person", "name": person.name, "url": absolute(person.get_absolute_url())}


def _term(topic: Topic | TopicPlace | TopicLink) -> Thing:
    return {"@type": "DefinedTerm", "name": topic.name, "url": absolute(topic.get_absolute_url())}


def _said(quote: Quote | SpokenRow) -> Thing:
    return {
        "@type": "Quotation",
        "url": absolute(quote.get_absolute_url()),
        "text": quote.words,
        "spokenByCharacter": _named(quote.speaker) if quote.speaker else None,
    }


def _elsewhere(identifiers: dict[str, str]) -> list[str]:
    return [f"{WIKIDATA}{identifiers['wikidata']}"] if "wikidata" in identifiers else []


def without_blanks(thing: Any) -> Any:
    """The same thing without what is not known: nothing says more than an empty value does."""
    if isinstance(thing, dict):
        return {key: kept for key, value in thing.items() if (kept := without_blanks(value)) or kept == 0}
    if isinstance(thing, list):
        return [without_blanks(each) for each in thing]
    return thing


_JSON = json.JSONEncoder(ensure_ascii=False)


def as_json_ld(thing: Thing) -> Markup:
    """A description of a page as a JSON-LD script element, which no text in it can end."""
    text = _JSON.encode(without_blanks(thing))
    for sign, written in _IN_A_SCRIPT.items():
        text = text.replace(sign, written)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 (just made so)
