"""The `page` fixture itself: what it lets pass, and what fails a test."""

import pytest
from playwright.sync_api import expect

from tests.browser import EVERY_SCREEN, errors_of, overflows

pytestmark = pytest.mark.browser


@EVERY_SCREEN
def test_somebody_signs_in_with_her_password(page, archivist):
    archivist.set_password("plain old password")
    archivist.is_staff = True
    archivist.save()
    page.goto("/admin/")
    page.get_by_label("Username").fill("archivist")
    page.get_by_label("Password").fill("plain old password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    assert not overflows(page)


@pytest.mark.parametrize(
    ("breach", "reported"),
    [
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "Content Security Policy",
        ),
        ("console.error('the script is unwell')", "the script is unwell"),
        ("setTimeout(() => { throw new Error('thrown late') })", "thrown late"),
        ("document.body.append(Object.assign(new Image(), {src: '/gone.png'}))", "404"),
    ],
)
def test_what_a_page_does_wrong_is_noted(chromium, live_server, breach, reported):
    page = chromium.new_page(base_url=live_server.url)
    errors = errors_of(page)
    page.goto("/admin/login/")
    assert errors == []
    page.evaluate(f"() => {{ {breach} }}")
    page.wait_for_timeout(200)
    page.close()
    assert [reported in error for error in errors] == [True]


def test_a_missing_page_is_no_fault_of_the_page(page):
    assert page.goto("/no/such/page/").status == 404
