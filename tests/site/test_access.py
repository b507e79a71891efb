"""The site for everybody: WCAG 2.2 AA by axe-core, no scrolling sideways, and reading without a mouse."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from archive.models import Authorship, Edition, PersonName, PreviewLink, TopicName, Visibility
from tests.browser import EVERY_SCREEN, RULES, Screen, overflows
from tests.factories import ArticleFactory, SourceFactory
from tests.site.conftest import NOT_PAGES, addresses, quote_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def everything(publish, mira, venus):
    """An archive in which every page has something of all it can show; one address of each kind."""
    Edition.objects.create(pk=1, title="The Outer Record", notice="Every speaker in it is invented.")
    PersonName.objects.create(person=mira, name="M. Sandoval")
    TopicName.objects.create(topic=venus, name="Morning star")
    article = publish(3, author_note="The author lives in Lisbon.", standfirst="A vote, and what follows.")
    Authorship.objects.create(article=article, person=mira)
    publish(4, published_at=article.published_at.replace(year=2003))
    excerpt = publish(5, source=SourceFactory(name="Excerpts", visibility=Visibility.EXCERPT), body=article.body * 30)
    reference = publish(6, source=SourceFactory(name="References", visibility=Visibility.REFERENCE))
    withdrawn = publish(7, published=False, withdrawn=True)
    private, revoked = (PreviewLink.objects.create(article=publish(day, published=False)) for day in (8, 9))
    PreviewLink.objects.filter(pk=revoked.pk).update(revoked_at=timezone.now())
    return {
        **{kind: address for kind, address in addresses(article).items() if kind not in NOT_PAGES},
        "excerpt": excerpt.get_absolute_url(),
        "reference": reference.get_absolute_url(),
        "withdrawn": withdrawn.get_absolute_url(),
        "preview": private.get_absolute_url(),
        "preview, revoked": revoked.get_absolute_url(),
        "not found": "/no/such/page/",
        "search, mistaken": "/search/?topic=nosuch&from=yesterday",
        "search, empty": "/search/?q=nosuchword",
        "topics from a letter": "/topics/?from=a",
    }


@EVERY_SCREEN
def test_no_page_keeps_anybody_out(page, everything):
    faults = {}
    for kind, address in everything.items():
        page.goto(address)
        found = [
            (fault["id"], node["html"])
            for fault in Axe().run(page, options=RULES).response["violations"]
            for node in fault["nodes"]
        ]
        if overflows(page):
            found.append(("overflows", address))
        if found:
            faults[kind] = found
    assert faults == {}


@pytest.mark.parametrize("page", [Screen(320, 640)], ids=str, indirect=True)
def test_nothing_is_cut_off_at_four_hundred_percent(page, everything):
    wide = []
    for kind, address in everything.items():
        page.goto(address)
        if overflows(page):
            wide.append(kind)
    assert wide == []


def test_the_first_key_leads_past_the_masthead(page, everything):
    page.goto(everything["article"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_quote_leads_to_its_page_and_back_to_its_place(page, everything):
    page.goto(everything["article"])
    said = page.locator(".said").first
    place = said.get_attribute("id")
    said.click()
    page.get_by_role("heading", name="Quote").wait_for()
    page.locator(".in-place a").first.click()
    page.wait_for_url(f"**{everything['article']}#{place}")
    assert page.locator(f"#{place}").evaluate("element => element.matches(':target')")


def test_a_quote_that_is_followed_is_lit_in_all_its_parts_and_no_other(page, db):
    parts = ["One part,", "Another part.", "A part in the next paragraph."]
    body = (
        "“One part,” she said. “Another part.\n\n"
        "“A part in the next paragraph.” “Other words,” he said. “Still others.”"
    )
    article = ArticleFactory(published=True, source=SourceFactory(visibility=Visibility.FULL), body=body)
    broken, other = quote_of(article, *parts), quote_of(article, "Other words,", "Still others.")
    lit = """() => [...document.querySelectorAll(".said")]
        .filter(part => getComputedStyle(part).backgroundColor !== "rgba(0, 0, 0, 0)").map(part => part.textContent)"""
    page.goto(f"{article.get_absolute_url()}#quote-{broken.pk}")
    assert page.evaluate(lit) == parts
    page.goto(f"{article.get_absolute_url()}#quote-{other.pk}")
    assert page.evaluate(lit) == ["Other words,", "Still others."]
