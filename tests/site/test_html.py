"""The HTML of every page: parsed as strictly as the standard does, and every name in it leading somewhere.

`script/audit` asks the Nu HTML checker, which knows more and needs Java.
"""

import re
from collections import Counter
from itertools import pairwise

import html5lib
import pytest

from archive.models import Authorship, Edition, Visibility
from tests.factories import SourceFactory
from tests.site.conftest import NOT_PAGES, addresses

pytestmark = pytest.mark.django_db

XHTML = "{http://www.w3.org/1999/xhtml}"
# Attributes that name elements of the same page by their ids.
NAMING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list")


@pytest.fixture
def pages(publish, mira):
    """One address of each kind of page, in an archive that has something of everything."""
    Edition.objects.create(pk=1, title="The Outer Record", notice="Every speaker in it is invented.")
    article = publish(3, author_note="The author lives in Lisbon.", standfirst="A vote, & what follows.", language="fr")
    Authorship.objects.create(article=article, person=mira)
    article.released_at = article.released_at.replace(year=2020)
    article.save()
    article.headline = "Another <headline>"
    article.save()
    publish(4, published_at=article.published_at.replace(year=2003))
    excerpt = publish(5, source=SourceFactory(name="Excerpts", visibility=Visibility.EXCERPT), body=article.body * 30)
    reference = publish(6, source=SourceFactory(name="References", visibility=Visibility.REFERENCE))
    withdrawn = publish(7, published=False, withdrawn=True)
    return {
        **{kind: address for kind, address in addresses(article).items() if kind not in NOT_PAGES},
        "excerpt": excerpt.get_absolute_url(),
        "reference": reference.get_absolute_url(),
        "withdrawn": withdrawn.get_absolute_url(),
        "not found": "/no/such/page/",
        "search, mistaken": "/search/?topic=nosuch&from=yesterday",
        "search, empty": "/search/?q=nosuchword",
    }


def faults_of(text):
    parser = html5lib.HTMLParser()
    page = parser.parse(text)
    faults = [f"{place}: {html5lib.constants.E[code] % values}" for place, code, values in parser.errors]
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    faults += [f"id {name} {count} times" for name, count in ids.items() if count > 1]
    for element in page.iter():
        named = [name for attribute in NAMING for name in element.get(attribute, "").split()]
        if element.tag == f"{XHTML}a" and element.get("href", "").startswith("#"):
            named.append(element.get("href")[1:])
        faults += [f"nothing is called {name}" for name in named if name not in ids]
    return faults


def test_every_page_is_html_without_an_error(pages, reader):
    faults = {kind: found for kind, address in pages.items() if (found := faults_of(reader.get(address).text))}
    assert faults == {}


def test_every_page_has_one_heading_of_the_first_level_and_skips_none(pages, reader):
    faults = {}
    for kind, address in pages.items():
        levels = [int(level) for level in re.findall(r"<h([1-6])", reader.get(address).text)]
        steps = [later - earlier for earlier, later in pairwise(levels)]
        if levels.count(1) != 1 or levels[0] != 1 or max(steps, default=0) > 1:
            faults[kind] = levels
    assert faults == {}


def test_a_text_in_another_language_says_which(pages, reader):
    page = reader.get(pages["article"]).text
    assert re.findall(r'<(h1|p|div|blockquote|ul)[^>]* lang="(\w+)"', page)[:3] == [
        ("h1", "fr"),
        ("p", "fr"),
        ("div", "fr"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<p id=a><p id=a>", "id a 2 times"),
        ('<a href="#b">b</a>', "nothing is called b"),
        ("<div></p></div>", "Unexpected end tag"),
    ],
)
def test_a_fault_would_be_found(text, fault):
    assert fault in str(faults_of(f"<!DOCTYPE html><title>x</title>{text}"))
