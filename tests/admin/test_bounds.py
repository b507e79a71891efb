"""What the admin offers, finds and tells is bounded, however much there is, and says where it is cut."""

import pytest
from django.db.models import Func, TextField, Value
from django.urls import reverse

from archive.models import Original, PersonName
from tests.admin.conftest import admin_url, told
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    QuoteFactory,
    SourceFactory,
    SuggestionFactory,
    TaggingFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(editor, sign_in):
    """What autocomplete offers: `offered("quote", "speaker", "ruiz")`."""

    def names(model, field, typed):
        asked = {"app_label": "archive", "model_name": model, "field_name": field, "term": typed}
        answer = sign_in(editor).get(reverse("admin:autocomplete"), asked).json()
        return [one["text"] for one in answer["results"]], answer["pagination"]["more"]

    return names


def never_ending(self, request, rows, typed):
    """A search that sleeps at each row."""
    slept = Func(Value(2.0), template="pg_sleep(%(expressions)s)::text", output_field=TextField())
    return rows.alias(slept=slept).filter(slept=""), False


def test_autocomplete_offers_names_by_the_beginnings_of_their_words(offered):
    PersonName.objects.create(person=PersonFactory(name="Ana Ruiz"), name="The Ambassador")
    PersonFactory(name="Bruiz Holm")
    assert offered("quote", "speaker", "rui") == (["Ana Ruiz"], False)
    assert offered("quote", "speaker", "amb") == (["Ana Ruiz"], False)
    assert offered("quote", "speaker", "") == (["Ana Ruiz", "Bruiz Holm"], False)


def test_autocomplete_ends_at_its_bound(offered, monkeypatch, django_assert_num_queries):
    for number in range(25):
        TopicFactory(name=f"Moon {number:02}")
    assert offered("tagging", "topic", "moon") == ([f"Moon {number:02}" for number in range(20)], True)
    monkeypatch.setattr("archive.admin.autocompleting.AMONG", 3)
    found, more = offered("tagging", "topic", "moon")
    assert (len(found), more) == (3, False)
    assert offered("tagging", "topic", "") == (["Moon 00", "Moon 01", "Moon 02"], False)


def test_autocomplete_says_where_it_takes_too_long(offered, monkeypatch):
    PersonFactory()
    monkeypatch.setattr("archive.search.patience.SECONDS", 0.05)
    monkeypatch.setattr("archive.admin.person.PersonAdmin.get_search_results", never_ending)
    assert offered("quote", "speaker", "rui") == (["This took too long to look for: type more of it."], False)


def test_of_very_many_matches_a_list_shows_the_newest_and_those_that_readers_do_not_find(editor, sign_in, monkeypatch):
    for module in ("archive.admin.search", "archive.search.candidates"):
        monkeypatch.setattr(f"{module}.rows_expected", lambda rows: 1_000_000)
    monkeypatch.setattr("archive.admin.search.OF_MANY", 2)
    ArticleFactory(headline="Talks pause, undated", published_at=None)
    for number in range(4):
        at = f"201{number}-06-01T00:00Z"
        QuoteFactory(article=ArticleFactory(headline=f"Talks pause {number}", published=True, published_at=at))
    response = sign_in(editor).get(admin_url("article_changelist"), {"q": "talks"})
    found = [article.headline for article in response.context["cl"].result_list]
    assert found == ["Talks pause 3", "Talks pause 2", "Talks pause, undated"]
    assert "(the newest that were found)" in response.text
    file = sign_in(editor).get(admin_url("article_listed", "csv"), {"q": "talks"})
    assert b"".join(file).count(b"Talks pause") == 5  # a file has all of them


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "STORY-1"}, ["story-12.txt", "Story-1.txt"]),
        ({"q": "tory"}, []),
        ({"q": "00000002"}, ["other.html"]),
        ({"q": "20240115"}, ["20240115 other.txt"]),
        ({"q": "%"}, []),
        ({"type": "text/html"}, ["other.html"]),
        ({"type": "text/plain"}, ["20240115 other.txt", "story-12.txt", "Story-1.txt"]),
    ],
)
def test_originals_are_found_by_the_beginning_of_their_names_or_sums_and_by_their_type(asked, found, editor, sign_in):
    for number, name in enumerate(("Story-1.txt", "story-12.txt", "other.html", "20240115 other.txt")):
        kind = "text/html" if name.endswith("html") else "text/plain"
        Original.objects.create(sha256=f"{number:08}{number:056x}", size=3, media_type=kind, filename=name, origin="")
    listed = sign_in(editor).get(admin_url("original_changelist"), asked).context["cl"]
    assert [original.filename for original in listed.result_list] == found
    assert [choice for choice, _ in listed.filter_specs[0].lookup_choices] == ["text/html", "text/plain"]


def test_what_holds_a_record_back_is_told_in_part(archivist, sign_in, monkeypatch):
    monkeypatch.setattr("archive.admin.records.HELD_TOLD", 1)
    topic, source = TopicFactory(name="Venus"), SourceFactory()
    for number in (1, 2):
        TaggingFactory(topic=topic, article=ArticleFactory(headline=f"Talks {number}", source=source))
    page = sign_in(archivist).get(admin_url("topic_delete", topic.pk)).text
    assert ("Talks 1" in page, "Talks 2" in page, "More taggings" in page) == (True, False, True)
    page = sign_in(archivist).get(admin_url("source_delete", source.pk)).text
    assert ("Article: Talks 1" in page, "Talks 2" in page, "More articles" in page) == (True, False, True)


def test_a_filter_by_what_is_no_record_is_none(editor, sign_in):
    answer = sign_in(editor).get(admin_url("article_changelist"), {"taggings__topic__exact": "venus"})
    assert (answer.status_code, answer.url) == (302, f"{admin_url('article_changelist')}?e=1")


def test_proposals_are_found_by_the_words_of_articles_that_wait_however_many_have_them(editor, sign_in, monkeypatch):
    for module in ("archive.admin.search", "archive.search.candidates"):
        monkeypatch.setattr(f"{module}.rows_expected", lambda rows: 1_000_000)
    monkeypatch.setattr("archive.admin.search.OF_MANY", 1)
    draft = ArticleFactory(headline="Zephyr rises", published_at="2010-06-01T00:00Z")
    waits = SuggestionFactory(article=draft)
    for number in range(3):
        ArticleFactory(headline=f"Zephyr {number}", published=True, published_at=f"201{number + 1}-06-01T00:00Z")
    SuggestionFactory(article=ArticleFactory(headline="Nothing"))
    listed = sign_in(editor).get(admin_url("suggestion_changelist"), {"q": "zephyr"}).context["cl"]
    assert listed.result_list == [waits]


def test_what_takes_too_long_to_look_for_is_broken_off_and_said_to_be(editor, sign_in, monkeypatch):
    monkeypatch.setattr("archive.search.patience.SECONDS", 0.05)
    monkeypatch.setattr("archive.admin.article.ArticleAdmin.get_search_results", never_ending)
    ArticleFactory()
    answer = sign_in(editor).get(admin_url("article_changelist"), {"q": "talks"}, follow=True)
    assert told(answer) == ["This took too long to look for: choose fewer filters, or other words."]
    assert answer.redirect_chain == [(f"{admin_url('article_changelist')}?e=1", 302)]
