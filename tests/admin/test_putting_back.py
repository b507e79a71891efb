"""A former version at the admin: offered in the history, shown word by word, put back once confirmed."""

import pytest

from tests.admin.conftest import admin_url
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db

LONG = (
    "The committee heard from the agency that the launch would slip into the spring of the year after next, at least."
)


@pytest.fixture
def article():
    article = ArticleFactory(body=LONG)
    article.body = LONG.replace("spring", "autumn")
    article.save()
    return article


def test_long_words_that_have_nothing_in_common_stand_side_by_side(at, article):
    article.standfirst = LONG
    article.save()
    article.standfirst = "Another."
    article.save()
    change = at("editor").get(admin_url("article_history", article.pk)).context["changes"][0]
    assert [(field.name, field.words, field.after) for field in change.fields] == [("standfirst", None, "Another.")]


def page(article):
    """Where the version before the first change is put back."""
    return admin_url("article_put_back", article.pk, article.events.earliest("pgh_id").pgh_id)


def test_a_long_text_is_told_by_the_words_that_differ(at, article):
    text = at("editor").get(admin_url("article_history", article.pk)).text
    assert "<del>spring</del>" in text
    assert "<ins>autumn</ins>" in text
    assert page(article) in text


def test_a_version_is_shown_and_put_back_once_confirmed(at, article):
    shown = at("editor").get(page(article))
    assert [(field.name, field.words.places[0][1].new) for field in shown.context["fields"]] == [("body", "spring")]
    article.refresh_from_db()
    assert "autumn" in article.body

    done = at("editor").post(page(article), follow=True)

    article.refresh_from_db()
    assert article.body == LONG
    assert "is again as it was before" in done.text
    assert "nothing differs" in at("editor").get(page(article)).text


def test_what_cannot_be_put_back_is_said(at, article):
    other = ArticleFactory(dateline="ROME")
    other.dateline = "OSLO"
    other.save()
    address = admin_url("article_put_back", article.pk, other.events.get().pgh_id)
    assert at("editor").post(address).status_code == 404


def test_a_contributor_is_offered_no_version_of_a_person(at):
    person = PersonFactory(description="As it was.")
    person.description = "As it is."
    person.save()
    assert "put-back" not in at("contributor").get(admin_url("person_history", person.pk)).text
