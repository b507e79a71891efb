"""Suggestions under the field of the search: what they say, and using them with keys, a pointer, or not at all."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import EVERY_SCREEN, Screen, overflows
from tests.site.test_access import RULES

OF_PAGES = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.django_db
def test_suggestions_say_what_they_are_and_where_they_lead(article, reader):
    response = reader.get("/search/begun.json?q=ven")
    assert response.json() == {"suggestions": [{"kind": "topic", "label": "Venus", "address": "/topics/venus/"}]}
    assert reader.get("/search/begun.json?q=%00").json() == {"suggestions": []}


class TestInTheBrowser:
    """A combobox with a list, after the ARIA Authoring Practices."""

    pytestmark = OF_PAGES

    @EVERY_SCREEN
    def test_the_list_opens_under_the_field_and_keeps_nobody_out(self, page, article):
        page.goto("/search/")
        field = page.get_by_role("combobox", name="Words")
        field.press_sequentially("san")
        offered = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
        expect(offered).to_have_text(["Mira Sandoval person"])
        expect(field).to_have_attribute("aria-expanded", "true")
        assert Axe().run(page, options=RULES).response["violations"] == []
        assert not overflows(page)

    def test_arrows_choose_and_enter_goes_there(self, page, article):
        page.goto("/")
        field = page.get_by_role("combobox", name="Search the archive")
        field.press_sequentially("ven")
        expect(page.get_by_role("option")).to_have_count(1)
        field.press("ArrowDown")
        expect(page.get_by_role("option", selected=True)).to_have_text("Venus topic")
        field.press("Enter")
        page.wait_for_url("**/topics/venus/")

    def test_escape_closes_the_list_and_enter_searches(self, page, article):
        page.goto("/")
        field = page.get_by_role("combobox", name="Search the archive")
        field.press_sequentially("ven")
        expect(page.get_by_role("option")).to_have_count(1)
        field.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        field.press("Enter")
        page.wait_for_url("**/search/?q=ven")

    def test_a_pointer_chooses_too(self, page, article):
        page.goto("/")
        page.get_by_role("combobox", name="Search the archive").press_sequentially("ven")
        page.get_by_role("option").click()
        page.wait_for_url("**/topics/venus/")

    @pytest.mark.parametrize("page", [Screen(javascript=False)], ids=str, indirect=True)
    def test_without_a_script_the_field_searches(self, page, article):
        page.goto("/")
        page.get_by_label("Search the archive").fill("venus")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/search/?q=venus")
