"""Search over everything, and the charts of the desk."""

import pytest
from django.urls import reverse

from archive.admin.growth import growth
from archive.models import PersonName
from tests.admin.conftest import admin_url
from tests.browser import NARROW, overflows
from tests.factories import ArticleFactory, BatchFactory, PersonFactory, QuoteFactory, SourceFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_kinds():
    article = ArticleFactory(headline="Venus waits", body="“We go to Venus,” she said.")
    person = PersonFactory(name="Ines Brandvold")
    QuoteFactory(article=article, speaker=person)
    PersonName.objects.create(person=person, name="Ines Venusson")
    TopicFactory(name="Venus")
    SourceFactory(name="Venus Weekly")
    BatchFactory(origin="inbox/venus")


def look(client, typed):
    return client.get(reverse("admin:search"), {"q": typed})


def test_every_kind_is_found_on_one_page(archivist, sign_in, all_kinds):
    found = look(sign_in(archivist), "venus").context["found"]
    assert [(each.kind, len(each.rows), each.more) for each in found] == [
        ("Articles", 1, False), ("Topics", 1, False), ("People", 1, False), ("Sources", 1, False),
        ("Quotes", 1, False), ("Batches", 1, False),
    ]  # fmt: skip
    assert found[0].rows[0][0] == "Venus waits"


def test_what_may_not_be_looked_at_is_not_found(sign_in, at, all_kinds):
    assert look(at("nobody"), "venus").context["found"] == []


@pytest.mark.parametrize("typed", ["", " ", "\0", "submarine", "-", "'", "99999999999999999999"])
def test_what_finds_nothing_says_so(typed, editor, sign_in, all_kinds):
    page = look(sign_in(editor), typed)
    assert (page.status_code, page.context["found"]) == (200, [])


def test_a_search_asks_as_often_for_one_row_as_for_three(editor, sign_in, django_assert_num_queries):
    client, counts = sign_in(editor), []
    for rows in (1, 2):
        QuoteFactory.create_batch(rows)
        with django_assert_num_queries(30, exact=False) as asked:
            look(client, "ready window")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_charts_say_in_words_what_came_in_and_what_readers_find():
    BatchFactory(imported=12)
    ArticleFactory(published=True)
    imported, published = growth()
    assert imported.said.endswith(": 12.")
    assert (len(imported.bars), imported.bars[-1].height) == (12, 48)
    assert published.said == "Articles that readers find, by year of publication. 2017: 1."


def test_an_empty_archive_has_no_charts():
    assert growth() == []


@pytest.mark.browser
@pytest.mark.parametrize("page", [NARROW], ids=str, indirect=True)
def test_one_key_leads_to_the_search(page, editor, let_in):
    ArticleFactory(headline="Venus waits")
    let_in(page, editor).goto(admin_url("article_changelist"))
    page.keyboard.press("/")
    page.keyboard.type("venus")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Venus waits").wait_for()
    assert not overflows(page)
