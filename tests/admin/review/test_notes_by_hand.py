"""Notes to a colleague at the review desk in a browser: by keys, by the mouse, without scripts, and by two at once."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.editing.anchoring import change_body
from archive.editing.notes import answer_note, settle_note, write_note
from archive.models import Note, Status
from tests.admin.conftest import admin_url
from tests.admin.review.conftest import BODY, proposed_quote
from tests.admin.review.test_keys import press, select
from tests.browser import EVERY_SCREEN, RULES, Screen, overflows
from tests.factories import ArticleFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def story(db):
    article = ArticleFactory(headline="Talks pause", body=BODY, status=Status.IN_REVIEW)
    proposed_quote(article)
    return article


@pytest.fixture
def at_desk(page, story, editor, let_in):
    let_in(page, editor).goto(f"/admin/review/{story.pk}/")
    return page


def test_a_note_is_written_by_key_and_a_colleague_answers_and_settles_it(archivist, at_desk, browser_of):
    select(at_desk, "go on in spring")
    press(at_desk, "l")
    expect(at_desk.get_by_label("On these words")).to_have_value("go on in spring")
    at_desk.keyboard.type("Which spring?")
    at_desk.get_by_role("combobox", name="For").select_option("archivist")
    at_desk.get_by_role("button", name="Leave the note").click()
    mine = at_desk.get_by_role("group", name="Note by editor")
    expect(mine).to_contain_text("Which spring?")
    expect(at_desk.locator("mark.is-note")).to_have_text("go on in spring")

    theirs = browser_of(archivist)
    theirs.goto("/admin/")
    theirs.get_by_role("region", name="Notes for you").get_by_role("link", name="Which spring?").click()
    card = theirs.get_by_role("group", name="Note by editor")
    expect(card).to_have_class(re.compile("is-current"))
    press(theirs, "c")
    theirs.keyboard.type("The next one.")
    theirs.keyboard.press("Control+Enter")
    expect(card).to_contain_text("The next one.")

    at_desk.goto("/admin/")
    region = at_desk.get_by_role("region", name="Notes for you")
    expect(region).to_contain_text("archivist: The next one.")
    region.get_by_role("link").click()
    expect(mine).to_contain_text("The next one.")
    press(at_desk, "d")
    expect(at_desk.get_by_role("status")).to_have_text("The note is settled.")
    expect(at_desk.locator("mark.is-note")).to_have_count(0)

    theirs.reload()
    theirs.get_by_text("Settled notes").click()
    expect(theirs.get_by_role("group", name="Note by editor")).to_contain_text("Settled by editor")
    assert Note.objects.get().settled_by.username == "editor"


def test_the_button_notes_the_words_selected_and_marks_lead_to_the_note_and_back(at_desk):
    select(at_desk, "Venus")
    at_desk.get_by_role("button", name="Note", exact=True).click()
    expect(at_desk.get_by_label("On these words")).to_have_value("Venus")
    at_desk.get_by_label("Note", exact=True).fill("Or Mars?")
    at_desk.get_by_role("button", name="Leave the note").click()
    expect(at_desk.locator("mark.is-note")).to_have_text("Venus")
    note = Note.objects.get()
    assert BODY[note.start : note.end] == "Venus"
    at_desk.get_by_role("link", name="Note on these words").press("Enter")
    expect(at_desk.locator(f"#note-{note.pk}")).to_be_focused()
    at_desk.get_by_role("link", name="Venus").click()
    assert at_desk.evaluate("location.hash") == f"#words-of-note-{note.pk}"
    # the words of the body are counted without what tells of the note
    select(at_desk, "go on in spring")
    press(at_desk, "l")
    at_desk.get_by_label("Note", exact=True).fill("Which?")
    at_desk.get_by_role("button", name="Leave the note").click()
    expect(at_desk.locator("mark.is-note")).to_have_count(2)
    assert Note.objects.order_by("id").last().words == "go on in spring"


def test_a_note_half_written_survives_other_deeds_and_a_closed_tab(at_desk):
    press(at_desk, "l")
    at_desk.keyboard.type("Half a thou")
    press(at_desk, "Escape", "a")
    expect(at_desk.locator(".confirmed")).to_have_count(1)
    expect(at_desk.get_by_label("Note", exact=True)).to_have_value("Half a thou")
    again = at_desk.context.new_page()
    again.goto(at_desk.url)
    expect(again.get_by_label("Note", exact=True)).to_have_value("Half a thou")
    again.get_by_role("button", name="Leave the note").click()
    expect(again.get_by_role("group", name="Note by editor")).to_contain_text("Half a thou")
    again.reload()
    expect(again.get_by_label("Note", exact=True)).to_have_value("")


def test_an_answer_half_written_survives_what_is_done_with_its_note(at_desk, story, editor):
    note = write_note(story, "Which spring?", by=editor)
    for address in (at_desk.url, admin_url("article_notes", story.pk)):
        answer_note(note, "The last.", by=editor)
        at_desk.goto(address)
        card = at_desk.locator(f"#note-{note.pk}")
        card.locator("summary").click()
        card.get_by_role("textbox").press_sequentially("The next")
        card.get_by_role("button", name="Take back your answer").click()
        expect(card.get_by_text("The last.")).to_have_count(0)
        expect(card.get_by_role("textbox")).to_have_value("The next")


def test_after_a_note_is_settled_the_keys_go_on_at_what_waits(at_desk, story, editor):
    write_note(story, "Which spring?", by=editor)
    at_desk.reload()
    press(at_desk, "K", "d")
    expect(at_desk.get_by_role("status")).to_have_text("The note is settled.")
    expect(at_desk.locator(".proposal.is-current")).to_be_focused()
    press(at_desk, "J")
    expect(at_desk.locator(".note.is-current")).to_have_count(0)


def test_on_its_page_too_a_note_half_written_survives_a_closed_tab(at_desk, story):
    at_desk.goto(admin_url("article_notes", story.pk))
    at_desk.get_by_label("Note", exact=True).press_sequentially("Half a thou")
    again = at_desk.context.new_page()
    again.goto(at_desk.url)
    expect(again.get_by_label("Note", exact=True)).to_have_value("Half a thou")
    again.get_by_role("button", name="Leave the note").click()
    expect(again.get_by_role("group", name="Note by editor")).to_contain_text("Half a thou")
    expect(again.get_by_label("Note", exact=True)).to_have_value("")
    again.reload()
    expect(again.get_by_label("Note", exact=True)).to_have_value("")


@pytest.mark.parametrize("page", [Screen(javascript=False)], ids=["plain"], indirect=True)
def test_without_scripts_notes_are_written_answered_and_settled(at_desk):
    at_desk.get_by_text("Leave a note to a colleague", exact=True).click()
    at_desk.get_by_label("Note", exact=True).fill("Which spring?")
    at_desk.get_by_label("On these words").fill("in spring")
    at_desk.get_by_role("button", name="Leave the note").click()
    card = at_desk.get_by_role("group", name="Note by editor")
    card.get_by_text("Answer", exact=True).first.click()
    card.get_by_role("textbox").fill("The next.")
    card.get_by_role("button", name="Send the answer").click()
    expect(card).to_contain_text("The next.")
    card.get_by_role("button", name="Settle").click()
    expect(at_desk.get_by_text("Settled notes")).to_be_visible()
    assert Note.objects.get().words == "in spring"


@EVERY_SCREEN
def test_notes_fit_every_screen_and_have_no_fault_that_axe_finds(at_desk, story, editor):
    lost = write_note(story, "Gone with the change.", by=editor, words="she said")
    answer_note(lost, "It is. " * 60, by=editor)
    write_note(story, "W" * 300, by=editor, words="in spring")
    settle_note(write_note(story, "Done.", by=editor), by=editor)
    change_body(story, BODY.replace("she said", "he said"), by=editor)
    at_desk.reload()
    for summary in at_desk.locator(".note summary:visible, .by-hand summary:visible").all():
        summary.click()
    assert not overflows(at_desk)
    found = Axe().run(at_desk, options=RULES).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
