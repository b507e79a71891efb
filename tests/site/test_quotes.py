"""A quote taken along: as text, for reference managers, as a card on another page."""

from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from archive.models import Article, Authorship, Edition, Quote
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

TEXT = """\
“If they choose to … they will find us willing.”

Mira Sandoval, head of the agency. Ada Brandvold: Agency votes for Venus, day 1. The Orbital Ledger, 1 January 2017. \
The Outer Record, http://localhost:8000/quotes/{pk}/
"""

BIBTEX = """\
@online{{quote{pk},
  author = {{{{Ada Brandvold}}}},
  title = {{{{Agency votes for Venus, day 1}}}},
  journaltitle = {{The Orbital Ledger}},
  date = {{2017-01-01}},
  url = {{http://localhost:8000/quotes/{pk}/}},
  langid = {{en}},
  note = {{“If they choose to … they will find us willing.” (Mira Sandoval, head of the agency)}},
  organization = {{The Outer Record}},
}}
"""

RIS = """\
TY  - NEWS
AU  - Ada Brandvold
TI  - Agency votes for Venus, day 1
T2  - The Orbital Ledger
DA  - 2017/01/01
LA  - en
N1  - “If they choose to … they will find us willing.” Mira Sandoval, head of the agency
DP  - The Outer Record
UR  - http://localhost:8000/quotes/{pk}/
ER  - \n"""


@pytest.fixture
def quote(article):
    Edition.objects.create(pk=1, title="The Outer Record")
    return Quote.objects.get(article=article, words__startswith="If they")


def taken(reader, quote, suffix):
    return reader.get(reverse("quote-citation", args=[quote.pk, suffix]))


@pytest.mark.parametrize(
    ("suffix", "media_type", "written"),
    [
        ("txt", "text/plain", TEXT),
        ("bib", "application/x-bibtex", BIBTEX),
        ("ris", "application/x-research-info-systems", RIS.replace("\n", "\r\n")),
    ],
)
def test_a_quote_is_taken_along_with_its_citation(reader, quote, suffix, media_type, written):
    response = taken(reader, quote, suffix)
    assert response.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response.content.decode() == written.format(pk=quote.pk)


def test_authors_are_named_family_name_first_and_what_latex_would_read_is_escaped(reader, quote):
    Authorship.objects.create(article=quote.article, person=PersonFactory(name="Jan van der Meer"))
    Article.objects.filter(pk=quote.article_id).update(headline="R&D_{100 %}")
    bibtex = taken(reader, quote, "bib").text
    assert "  author = {van der Meer, Jan},\n  title = {{R\\&D\\_\\{100 \\%\\}}},\n" in bibtex
    assert "AU  - van der Meer, Jan\r\nTI  - R&D_{100 %}\r\n" in taken(reader, quote, "ris").text


def test_a_date_is_cited_no_more_exactly_than_it_is_known(reader, quote):
    Article.objects.filter(pk=quote.article_id).update(precision="month")
    assert ("2017-01}" in taken(reader, quote, "bib").text, "DA  - 2017/01\r" in taken(reader, quote, "ris").text) == (
        True, True,
    )  # fmt: skip


def test_a_form_that_is_none_is_not_found(reader, quote):
    assert taken(reader, quote, "doc").status_code == 404


def test_a_quote_leads_to_its_very_words_in_the_story_and_at_the_publisher(reader, quote):
    Article.objects.filter(pk=quote.article_id).update(publisher_url="https://ledger.example/vote#top")
    page = reader.get(quote.get_absolute_url()).text
    assert f'href="{quote.article.get_absolute_url()}#quote-{quote.pk}">Read it in its story' in page
    fragment = "top:~:text=If%20they%20choose%20to%2C&amp;text=they%20will%20find%20us%20willing."
    assert f'href="https://ledger.example/vote#{fragment}"' in page


POLICY = {
    "default-src": "'none'", "script-src": "'none'", "style-src": "'self'", "img-src": "'none'", "font-src": "'none'",
    "connect-src": "'none'", "form-action": "'none'", "base-uri": "'none'", "frame-ancestors": "*",
}  # fmt: skip


@pytest.mark.parametrize("answer", [200, 304, 410])
def test_a_card_may_stand_in_other_pages_and_do_nothing_there(answer, reader, quote):
    address = reverse("quote-card", args=[quote.pk])
    headers = {"If-None-Match": reader.get(address).headers["ETag"]} if answer == 304 else {}
    if answer == 410:
        withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)
        Article.objects.update(
            status="withdrawn", withdrawn_at=withdrawn_at, withdrawal_reason="The figures were wrong."
        )
    response = reader.get(address, headers=headers)
    policy = dict(each.strip().split(" ", 1) for each in response.headers["Content-Security-Policy"].split(";"))
    assert (response.status_code, policy) == (answer, POLICY)
    assert "X-Frame-Options" not in response.headers
    assert ("The figures were wrong." in response.text) == (answer == 410)


def test_no_other_page_may_stand_in_others(reader, quote):
    headers = reader.get(quote.get_absolute_url()).headers
    assert ("frame-ancestors 'none'" in headers["Content-Security-Policy"], headers["X-Frame-Options"]) == (
        True,
        "DENY",
    )


@pytest.mark.parametrize("name", ["quote-card", "quote-citation", "oembed"])
def test_what_is_taken_along_of_a_withdrawn_story_says_why_without_the_words(name, publish, reader):
    quote = Quote.objects.filter(article=publish(published=False, withdrawn=True)).first()
    args = {"quote-card": [quote.pk], "quote-citation": [quote.pk, "txt"]}.get(name, [])
    response = reader.get(reverse(name, args=args), {"url": f"{settings.SITE_URL}{quote.get_absolute_url()}"})
    assert (response.status_code, quote.words in response.text) == (410, False)
    assert "The agency took the figures back." in response.text


@pytest.mark.parametrize("name", ["quote-card", "quote-citation"])
def test_what_readers_do_not_see_is_not_taken_along(name, publish, reader):
    quote = Quote.objects.filter(article=publish(published=False)).first()
    args = [quote.pk, "txt"] if name == "quote-citation" else [quote.pk]
    assert reader.get(reverse(name, args=args)).status_code == 404


def test_the_snippet_is_the_frame_itself_whatever_the_speaker_is_called(reader, quote):
    quote.speaker.name = 'Mira "Mir" <Sandoval>'
    quote.speaker.save()
    page = reader.get(quote.get_absolute_url()).text
    snippet = page.split('id="snippet"')[1].split(">", 1)[1].split("</textarea>")[0]
    assert "<" not in snippet
    assert unescape(snippet) == (
        f'<iframe src="http://localhost:8000/quotes/{quote.pk}/card/"'
        ' title="Quote of Mira &quot;Mir&quot; &lt;Sandoval&gt;" width="560" height="200" loading="lazy"></iframe>'
    )


def asked(reader, address, **asked_for):
    return reader.get(f"{reverse('oembed')}?{urlencode({'url': address, **asked_for})}")


def test_other_sites_are_told_of_the_card(reader, quote):
    page = reader.get(quote.get_absolute_url())
    place = f"{settings.SITE_URL}{quote.get_absolute_url()}"
    assert f'href="/oembed/?{urlencode({"url": place})}&amp;format=json"' in page.text
    response = asked(reader, place, maxwidth=320, maxheight="none")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    told = response.json()
    assert told.pop("html").startswith(f'<iframe src="{place}card/" title="Quote of Mira Sandoval" width="320" ')
    assert told == {
        "version": "1.0",
        "type": "rich",
        "title": "“If they choose to … they will find us willing.”",
        "author_name": "Mira Sandoval",
        "author_url": f"{settings.SITE_URL}/people/mira-sandoval/",
        "provider_name": "The Outer Record",
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": 300,
        "width": 320,
        "height": 230,
    }


@pytest.mark.parametrize(
    ("address", "asked_for", "status"),
    [
        ("https://elsewhere.example/quotes/1/", {}, 404),
        ("http://localhost:8000/topics/", {}, 404),
        ("http://localhost:8000/no/such/", {}, 404),
        ("http://localhost:8000/quotes/999999/", {}, 404),
        ("http://[", {}, 404),
        ("", {}, 404),
        ("http://localhost:8000/quotes/1/", {"format": "xml"}, 501),
    ],
)
def test_there_are_cards_of_quotes_alone(reader, quote, address, asked_for, status):
    assert asked(reader, address, **asked_for).status_code == status


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_card_is_seen_whole_on_another_page_and_the_text_is_copied(page, quote, live_server):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(quote.get_absolute_url())
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("status").first).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == TEXT.format(pk=quote.pk)
    snippet = (
        page.get_by_label("A card for your own page").input_value().replace("http://localhost:8000", live_server.url)
    )
    page.route("**/elsewhere/", lambda route: route.fulfill(content_type="text/html", body=snippet))
    page.goto("/elsewhere/")
    card = page.frame_locator("iframe")
    expect(card.get_by_text("they will find us willing")).to_be_visible()
    assert card.locator("html").evaluate("html => html.scrollHeight <= innerHeight")
