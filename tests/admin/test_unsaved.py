"""Forms that forgive, in a browser: what was typed and not saved is kept and offered again."""

import pytest
from playwright.sync_api import expect

from archive.models import Article
from tests.admin.conftest import admin_url
from tests.factories import ArticleFactory, TopicFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def form(page, editor, let_in):
    """The form of an article, opened by the editor."""
    article = ArticleFactory(headline="Talks pause")
    let_in(page, editor).goto(admin_url("article_change", article.pk))
    return page


def test_what_was_typed_before_the_tab_was_closed_is_offered(form):
    form.get_by_label("Byline").fill("Tomas Reyle")
    form.wait_for_timeout(400)  # it is kept a moment after the last key
    address = form.url
    again = form.context.new_page()
    form.close()
    again.goto(address)
    expect(again.get_by_label("Byline")).not_to_have_value("Tomas Reyle")
    again.get_by_role("button", name="Put it back").click()
    expect(again.get_by_label("Byline")).to_have_value("Tomas Reyle")
    again.get_by_role("button", name="Save", exact=True).click()
    expect(again.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.get().byline == "Tomas Reyle"
    again.goto(address)
    expect(again.get_by_label("Byline")).to_have_value("Tomas Reyle")
    expect(again.get_by_role("button", name="Put it back")).to_have_count(0)


def test_what_was_sent_when_the_session_had_ended_is_offered(form, editor, let_in):
    form.get_by_label("Byline").fill("Tomas Reyle")
    address = form.url
    form.context.clear_cookies(name="archive_session")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_label("Username")).to_be_visible()
    let_in(form, editor).goto(address)
    form.get_by_role("button", name="Put it back").click()
    expect(form.get_by_label("Byline")).to_have_value("Tomas Reyle")


def test_what_a_form_too_old_to_be_sent_held_is_offered(form):
    form.get_by_label("Byline").fill("Tomas Reyle")
    address = form.url
    form.context.clear_cookies(name="csrftoken")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_role("heading", name="Nothing was saved: the form was too old")).to_be_visible()
    form.goto(address)
    form.get_by_role("button", name="Put it back").click()
    expect(form.get_by_label("Byline")).to_have_value("Tomas Reyle")


def test_leaving_with_unsaved_changes_asks_first(form):
    form.get_by_label("Byline").fill("Tomas Reyle")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    form.on("dialog", stay)
    form.get_by_role("link", name="History").click()
    expect(form.get_by_label("Byline")).to_have_value("Tomas Reyle")
    assert asked == ["beforeunload"]


def test_leaving_an_untouched_form_asks_nothing(form):
    form.get_by_role("link", name="History").click()
    expect(form.get_by_text("It was never changed since it was made.")).to_be_visible()


def test_a_topic_is_chosen_by_typing_and_saved(form):
    TopicFactory(name="Venus")
    form.locator(".field-topics .select2-search__field").fill("ven")
    form.get_by_role("option", name="Venus").click()
    form.get_by_role("link", name="Today").first.click()
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.get().taggings.get().topic.name == "Venus"
