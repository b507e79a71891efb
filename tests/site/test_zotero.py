"""Zotero's rules for meta tags, applied to the page of an article: what it would make of it.

The rules are those of its translator “Embedded Metadata”, in our own words: Highwire's tags by their names; authors
parted at semicolons, and at commas where there are several words on both sides of the first.
"""

import re
from urllib.parse import parse_qs

import html5lib
import pytest

from archive.models import Authorship
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

XHTML = "{http://www.w3.org/1999/xhtml}"
FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_language": "language",
    "citation_public_url": "url",
}


def item_of(text):
    """The fields and creators (family name, given name) that Zotero reads in a page."""
    tags = [(tag.get("name"), tag.get("content")) for tag in html5lib.parse(text).iter(f"{XHTML}meta")]
    item = {FIELDS[name]: " ".join(content.split()) for name, content in tags if name in FIELDS}
    item["creators"] = [
        creator(name) for tag, content in tags if tag == "citation_author" for name in names_in(content)
    ]
    return item


def names_in(content):
    names = re.split(r"\s*;\s*", content)
    if len(names) == 1:
        by_comma = re.split(r"\s*,\s*", content)
        if len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
            return by_comma
    return names


def creator(name):
    if "," in name:
        family, given = re.split(r"\s*,\s*", name, maxsplit=1)
        return family, given
    given, _, family = name.rpartition(" ")
    return family, given


def test_title_date_publication_and_authors_are_found(publish, reader, settings):
    settings.SITE_URL = "https://archive.example"
    article = publish(headline="Two men on the Moon, & a question", language="fr")
    for position, name in enumerate(["Mira T. Sandoval", "Zoë van der Meer", "Jan Pieter van Dijk"]):
        Authorship.objects.create(article=article, person=PersonFactory(name=name), position=position)
    assert item_of(reader.get(article.get_absolute_url()).text) == {
        "title": "Two men on the Moon, & a question",
        "date": "2017/01/01",
        "publicationTitle": "The Orbital Ledger",
        "language": "fr",
        "url": f"https://archive.example{article.get_absolute_url()}",
        "creators": [("Sandoval", "Mira T."), ("van der Meer", "Zoë"), ("Dijk", "Jan Pieter van")],
    }


@pytest.mark.parametrize(
    ("precision", "date"), [("time", "2017/01/01"), ("day", "2017/01/01"), ("month", "2017/01"), ("year", "2017")]
)
def test_a_date_is_no_more_exact_than_it_is_known(precision, date, publish, reader):
    assert item_of(reader.get(publish(precision=precision).get_absolute_url()).text)["date"] == date


@pytest.mark.parametrize(
    ("byline", "creators"),
    [
        ("Ada Brandvold", [("Brandvold", "Ada")]),
        ("Ada Brandvold, Bo Ek", [("Brandvold", "Ada"), ("Ek", "Bo")]),
        ("", []),
    ],
)
def test_the_byline_stands_in_for_people_who_are_not_known(byline, creators, publish, reader):
    assert item_of(reader.get(publish(byline=byline).get_absolute_url()).text)["creators"] == creators


def test_the_span_of_coins_says_the_same(article, reader):
    [span] = [
        element
        for element in html5lib.parse(reader.get(article.get_absolute_url()).text).iter(f"{XHTML}span")
        if element.get("class") == "Z3988"
    ]
    said = parse_qs(span.get("title"))
    assert [said[name] for name in ("rft.atitle", "rft.jtitle", "rft.date", "rft.au")] == [
        ["Agency votes for Venus, day 1"],
        ["The Orbital Ledger"],
        ["2017-01-01"],
        ["Ada Brandvold"],
    ]
