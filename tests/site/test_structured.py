"""What programs are told of a page."""

import json
import re

import pytest
from django.urls import reverse

from archive.models import Authorship, Edition, PersonName
from archive.site.citing import citation, coins, highwire
from tests.factories import ArticleFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_name(settings):
    settings.SITE_URL = "https://archive.example"


def described(reader, address):
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', reader.get(address).text, re.DOTALL)
    return json.loads(text)


def test_an_article_is_described_with_its_authors_topics_and_quotes(publish, mira, reader):
    article = publish(standfirst="A vote.", dateline="LISBON", precision="month")
    Authorship.objects.create(article=article, person=mira)
    quotes = article.quotes.order_by("position")
    sandoval = {"@type": "Person", "name": "Mira Sandoval", "url": "https://archive.example/people/mira-sandoval/"}
    assert described(reader, article.get_absolute_url()) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Agency votes for Venus, day 1",
        "url": f"https://archive.example{article.get_absolute_url()}",
        "datePublished": "2017-01",
        "description": "A vote.",
        "dateModified": article.changed_at.isoformat(timespec="seconds"),
        "inLanguage": "en",
        "author": [sandoval],
        "publisher": {"@type": "Organization", "name": "The Orbital Ledger"},
        "dateline": "LISBON",
        "isAccessibleForFree": True,
        "about": [{"@type": "DefinedTerm", "name": "Venus", "url": "https://archive.example/topics/venus/"}],
        "hasPart": [
            {
                "@type": "Quotation",
                "url": f"https://archive.example/quotes/{quote.pk}/",
                "text": quote.words,
                "spokenByCharacter": sandoval,
            }
            for quote in quotes
        ],
    }


@pytest.mark.parametrize(
    ("page", "arguments", "kind"),
    [
        ("front", [], "WebSite"),
        ("articles", [], "CollectionPage"),
        ("articles-of-year", [2017], "CollectionPage"),
        ("articles-of-month", [2017, 1], "CollectionPage"),
        ("quotes", [], "CollectionPage"),
        ("topics", [], "CollectionPage"),
        ("topic", ["venus"], "CollectionPage"),
        ("topic-quotes", ["venus"], "CollectionPage"),
        ("topic-timeline", ["venus"], "CollectionPage"),
        ("people", [], "CollectionPage"),
        ("person-on-topic", ["mira-sandoval", "venus"], "CollectionPage"),
        ("sources", [], "CollectionPage"),
        ("about", [], "AboutPage"),
        ("person", ["mira-sandoval"], "Person"),
        ("source", ["the-orbital-ledger"], "Organization"),
    ],
)
def test_each_kind_of_page_says_what_it_is(page, arguments, kind, article, reader):
    assert described(reader, reverse(page, args=arguments))["@type"] == kind


def test_the_vocabulary_is_a_set_of_terms(article, reader):
    assert described(reader, "/topics/")["mainEntity"]["@type"] == "DefinedTermSet"


def test_what_somebody_said_on_a_topic_is_described_as_both_with_the_words(article, reader):
    said = described(reader, "/people/mira-sandoval/on/venus/")
    assert [each["@type"] for each in said["about"]] == ["Person", "DefinedTerm"]
    assert [each["text"] for each in said["hasPart"]] == [quote.words for quote in article.quotes.order_by("position")]


def test_a_person_is_described_by_other_names_and_roles(article, mira, reader):
    PersonName.objects.create(person=mira, name="M. Sandoval")
    said = described(reader, mira.get_absolute_url())
    assert (said["alternateName"], said["jobTitle"]) == (["M. Sandoval"], ["head of the agency"])


def test_no_text_ends_the_description(publish, reader):
    article = publish(headline="</script><script>alert(1)</script> & more")
    assert "<script>alert" not in reader.get(article.get_absolute_url()).text
    assert described(reader, article.get_absolute_url())["headline"] == article.headline


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/quotes/", "/quotes/"),
        ("/quotes/?utm_source=x", "/quotes/"),
        ("/quotes/?utm_source=x&year=2017", "/quotes/?year=2017"),
    ],
)
def test_a_page_names_its_one_address(asked, address, article, reader):
    assert f'<link rel="canonical" href="https://archive.example{address}">' in reader.get(asked).text


ARTICLE = {"headline": "A second moon", "precision": "month", "language": "fr", "byline": "Ada Brandvold"}


def the_article():
    article = ArticleFactory(published=True, source=SourceFactory(name="The Dispatch"), **ARTICLE)
    return article, f"https://archive.example{article.get_absolute_url()}"


def test_reference_managers_are_told_title_writers_date_publication_and_language():
    article, place = the_article()
    assert highwire(article, [PersonFactory(name="Ines Halvorsen"), PersonFactory(name="Bo Ek")]) == [
        ("citation_title", "A second moon"),
        ("citation_author", "Halvorsen, Ines"),
        ("citation_author", "Ek, Bo"),
        ("citation_publication_date", "2017/01"),
        ("citation_journal_title", "The Dispatch"),
        ("citation_language", "fr"),
        ("citation_public_url", place),
    ]


def test_a_citation_in_words_names_the_byline_where_no_person_is_known():
    article, place = the_article()
    assert citation(article, [], "The Outer Record") == (
        f"Ada Brandvold: A second moon. The Dispatch, January 2017. The Outer Record, {place}"
    )


@pytest.mark.parametrize(
    ("headline", "ended"),
    [
        ("A second moon", "A second moon."),
        ("Russia…", "Russia…"),
        ("Who owns the Moon?", "Who owns the Moon?"),
        ("“We will go!”", "“We will go!”"),
        ("The “dark side”", "The “dark side”."),
    ],
)
def test_a_citation_sets_no_full_stop_after_a_headline_that_ends_itself(headline, ended):
    article, _ = the_article()
    article.headline = headline
    assert citation(article, [], "The Outer Record").startswith(f"Ada Brandvold: {ended} The Dispatch, ")


def test_coins_carry_the_same(article):
    assert coins(article, []) == (
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=article"
        "&rft.atitle=Agency+votes+for+Venus%2C+day+1&rft.jtitle=The+Orbital+Ledger"
        "&rft_id=https%3A%2F%2Farchive.example%2Farticles%2F2017%2Fagency-votes-for-venus-day-1%2F"
        "&rft.date=2017-01-01&rft.au=Ada+Brandvold"
    )


def test_the_page_of_an_article_carries_all_three(article, reader):
    Edition.objects.create(pk=1, title="The Outer Record")
    page = reader.get(article.get_absolute_url()).text
    assert '<meta name="citation_title" content="Agency votes for Venus, day 1">' in page
    assert "The Orbital Ledger, 1 January 2017. The Outer Record, https://archive.example/" in page
    assert 'class="Z3988" title="ctx_ver=Z39.88-2004&amp;' in page
