"""The review desk in a browser, by keys: what an editor does for hours, without the mouse."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.editing.anchoring import change_body
from archive.editing.quoting import mark_quote
from archive.models import Answer, Article, Quote, Status, Suggestion, SuggestionKind, Tagging
from tests.browser import EVERY_SCREEN, Screen, overflows
from tests.factories import ArticleFactory, PersonFactory, SourceFactory, SuggestionFactory, TopicFactory

pytestmark = pytest.mark.browser

BODY = (
    "“If they choose to,” he added, “they will find us willing.” 🚀\n\n"
    "Ada Brandvold called the plan “bizarre”.\n\nThe talks on Venus go on, she said, “in spring or never.”"
)


def proposed(article, *parts, name, role=""):
    spans = [[BODY.index(part), BODY.index(part) + len(part)] for part in parts]
    return SuggestionFactory(
        article=article,
        kind=SuggestionKind.QUOTE,
        topic=None,
        key=parts[0],
        proposal={"spans": spans, "words": " … ".join(parts), "name": name, "role": role},
    )


@pytest.fixture
def story(db):
    article = ArticleFactory(headline="Talks pause", body=BODY, status=Status.IN_REVIEW)
    proposed(article, "If they choose to,", "they will find us willing.", name="Sergei Antonov")
    proposed(article, "bizarre", name="Ada Brandvold")
    SuggestionFactory(article=article, topic=TopicFactory(name="Venus"))
    return article


@pytest.fixture
def at_desk(page, story, editor, let_in):
    """The page at the review desk, signed in."""
    let_in(page, editor).goto("/admin/review/")
    return page


def press(page, *keys):
    """Press keys one after the other, each once the page has settled."""
    for key in keys:
        page.keyboard.press(key)
        expect(page.locator("#story[aria-busy]")).to_have_count(0, timeout=30_000)


def select(page, words):
    """Select words of the body, as a mouse would."""
    page.evaluate(
        """words => {
            const body = document.getElementById("story-body");
            const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && !walker.currentNode.data.includes(words));
            const node = walker.currentNode;
            const at = node.data.indexOf(words);
            getSelection().setBaseAndExtent(node, at, node, at + words.length);
        }""",
        words,
    )


def test_a_story_is_worked_off_without_the_mouse(at_desk, story):
    ArticleFactory(headline="The next story", status=Status.IN_REVIEW)
    press(at_desk, "a", "d", "a")
    expect(at_desk.get_by_role("button", name="Publish and next")).to_be_focused()
    press(at_desk, "p")
    expect(at_desk.get_by_role("heading", name="The next story")).to_be_visible()
    assert [one.answer for one in Suggestion.objects.order_by("id")] == [
        Answer.ACCEPTED, Answer.DECLINED, Answer.ACCEPTED,
    ]  # fmt: skip
    assert Quote.objects.get().speaker.name == "Sergei Antonov"
    assert Tagging.objects.get().article == story
    assert Article.objects.get(pk=story.pk).status == Status.PUBLISHED


def test_the_proposal_meant_is_marked_in_the_text(at_desk):
    marked = at_desk.locator("mark.is-current")
    assert marked.all_text_contents() == ["If they choose to,", "they will find us willing."]
    press(at_desk, "j")
    assert marked.all_text_contents() == ["bizarre"]
    press(at_desk, "j", "j", "j")
    assert marked.all_text_contents() == ["Venus"]
    press(at_desk, "k")
    assert marked.all_text_contents() == ["bizarre"]
    at_desk.locator("mark", has_text="If they choose to,").click()
    assert marked.count() == 2


def test_the_speaker_is_corrected_and_accepted_with_enter(at_desk):
    press(at_desk, "c")
    at_desk.keyboard.type("Anatoly Sergeev")
    press(at_desk, "Enter")
    expect(at_desk.locator("form.proposal")).to_have_count(2)
    assert Quote.objects.get().speaker.name == "Anatoly Sergeev"
    assert Suggestion.objects.order_by("id").first().answer == Answer.CORRECTED


def test_names_of_people_are_offered_while_typing(at_desk):
    PersonFactory(name="Anatoly Sergeev")
    press(at_desk, "c")
    at_desk.keyboard.type("anat")
    expect(at_desk.locator('#people option[value="Anatoly Sergeev"]')).to_have_count(1)


def test_escape_leaves_a_field_and_keys_count_again(at_desk):
    press(at_desk, "c")
    press(at_desk, "j")  # is typed
    press(at_desk, "Escape", "j")
    assert at_desk.locator("mark.is-current").all_text_contents() == ["bizarre"]


def test_escape_puts_the_old_name_back(at_desk):
    PersonFactory(name="Sergei Antonov")
    at_desk.reload()
    standing = at_desk.locator(".card.is-current .known")
    expect(standing).to_have_text("known")
    press(at_desk, "c")
    at_desk.keyboard.type("Nobody Has This")
    expect(standing).to_have_text("new person")
    press(at_desk, "Escape")
    expect(standing).to_have_text("known")
    press(at_desk, "a")
    assert Quote.objects.get().speaker.name == "Sergei Antonov"


def test_keys_pressed_before_an_answer_is_done_are_told(at_desk):
    at_desk.evaluate(
        """() => {
            for (const key of "aaa") document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        }"""
    )
    told = at_desk.locator("#said")
    expect(told).to_contain_text("Keys not counted, pressed before that was done: 2.")
    expect(told).to_be_in_viewport()
    expect(at_desk.locator("form.proposal")).to_have_count(2)
    press(at_desk, "d")
    expect(told).not_to_contain_text("Keys not counted")


def test_an_answer_is_taken_back(at_desk):
    press(at_desk, "a", "u")
    expect(at_desk.locator("form.proposal")).to_have_count(3)
    assert not Quote.objects.exists()


def test_the_end_of_a_quote_is_moved_to_the_words_selected(at_desk):
    select(at_desk, "find us willing")
    press(at_desk, "m")
    expect(at_desk.locator("form.proposal")).to_have_count(2)
    assert Quote.objects.get().words == "If they choose to, … find us willing"


def test_a_quote_is_cut_to_the_words_selected(at_desk):
    select(at_desk, "If they choose")
    press(at_desk, "Shift+M")
    expect(at_desk.locator("form.proposal")).to_have_count(2)
    assert Quote.objects.get().words == "If they choose"


def test_a_quote_that_was_not_found_is_marked(at_desk):
    select(at_desk, "in spring or never.")
    press(at_desk, "q")
    at_desk.keyboard.type("Ada Brandvold")
    press(at_desk, "Enter")
    expect(at_desk.locator("mark.is-quote")).to_have_text("in spring or never.")
    assert Quote.objects.get().spans == [[BODY.index("in spring"), BODY.index("in spring") + 19]]


def test_a_topic_is_added_by_its_name(at_desk):
    TopicFactory(name="Diplomacy")
    press(at_desk, "t")
    at_desk.keyboard.type("diplo")
    expect(at_desk.locator('#topics option[value="Diplomacy"]')).to_have_count(1)
    at_desk.keyboard.type("macy")
    press(at_desk, "Enter")
    expect(at_desk.locator(".tag")).to_contain_text("Diplomacy")


def test_date_and_source_are_mended_by_keys_and_one_is_where_one_was(at_desk, story):
    SourceFactory(name="The Downrange Register")
    press(at_desk, "j", "e")
    at_desk.keyboard.press("Control+a")
    at_desk.keyboard.type("someday")
    press(at_desk, "Enter")
    expect(at_desk.get_by_text("This is no date")).to_be_visible()
    expect(at_desk.get_by_label("First published")).to_be_focused()
    at_desk.keyboard.press("Control+a")
    at_desk.keyboard.type("1987-05")
    source = at_desk.get_by_label("Source")
    source.press("Control+a")
    source.press_sequentially("the downrange")
    expect(at_desk.locator('#sources option[value="The Downrange Register"]')).to_have_count(1)
    source.fill("The Downrange Register")
    press(at_desk, "Enter")
    expect(at_desk.locator(".story-text")).to_contain_text("The Downrange Register · 1987-05")
    assert at_desk.locator("mark.is-current").all_text_contents() == ["bizarre"]
    story.refresh_from_db()
    assert (story.source.name, story.precision) == ("The Downrange Register", "month")


def test_a_date_half_typed_survives_other_deeds_and_overwrites_nobodys(at_desk, story):
    press(at_desk, "e")
    at_desk.keyboard.press("Control+a")
    at_desk.keyboard.type("1987-05")
    press(at_desk, "Escape", "a")
    expect(at_desk.locator(".confirmed")).to_have_count(1)
    date = at_desk.get_by_label("First published")
    expect(date).to_have_value("1987-05")
    story.refresh_from_db()
    story.published_at = datetime(1990, 1, 1, tzinfo=UTC)
    story.save()
    at_desk.reload()
    expect(date).to_have_value("1987-05")
    save = at_desk.get_by_role("button", name="Save date and source")
    save.click()
    expect(at_desk.get_by_text("Somebody else changed this meanwhile, to: 1990-01-01")).to_be_visible()
    save.click()
    expect(at_desk.locator(".story-text")).to_contain_text("· 1987-05 ·")
    at_desk.reload()
    expect(at_desk.locator(".provenance[open]")).to_have_count(0)


def test_of_several_people_of_a_name_one_is_chosen(at_desk):
    PersonFactory(name="Sergei Antonov", description="Cosmonaut.")
    PersonFactory(name="Sergei Antonov", description="Minister.")
    press(at_desk, "a")
    expect(at_desk.get_by_role("status")).to_contain_text("Several people are called “Sergei Antonov”")
    at_desk.get_by_label("Minister.").check()
    press(at_desk, "a")
    expect(at_desk.locator("form.proposal")).to_have_count(2)
    assert Quote.objects.get().speaker.description == "Minister."


def test_keys_are_explained_and_can_be_turned_off(at_desk):
    press(at_desk, "?")
    at_desk.get_by_label("Single keys are on").uncheck()
    at_desk.keyboard.press("Escape")
    press(at_desk, "a")
    assert Suggestion.objects.pending().count() == 3
    at_desk.reload()
    assert not at_desk.locator("#keys-on").is_checked()


def test_a_proposal_is_split_before_a_word_chosen_by_keys_and_joined_again(at_desk):
    press(at_desk, "w", "ArrowRight", "ArrowRight", "s")
    shown = at_desk.locator("form.proposal blockquote")
    expect(shown).to_have_text(["“If”", "“they choose to, … they will find us willing.”", "“bizarre”"])
    expect(at_desk.locator(".card.is-current blockquote")).to_have_text("“If”")
    press(at_desk, "o")
    expect(shown).to_have_text(["“If they choose to, … they will find us willing.”", "“bizarre”"])
    press(at_desk, "u", "u")
    assert Suggestion.objects.quotes().count() == Suggestion.objects.pending().quotes().count() == 2


def test_words_are_selected_by_keys_and_marked(at_desk):
    at_desk.locator("#story-body").focus()
    press(at_desk, "j", "w", *["ArrowRight"] * 10)
    for _ in range(3):
        at_desk.keyboard.press("Shift+ArrowRight")
    assert at_desk.evaluate("getSelection().toString()") == "in spring or never."
    press(at_desk, "x", "Shift+ArrowRight", "q")
    at_desk.keyboard.type("Ada Brandvold")
    press(at_desk, "Enter")
    expect(at_desk.locator("mark.is-quote")).to_have_text("spring or never.")


def test_the_end_of_a_quote_is_moved_by_keys(at_desk):
    press(at_desk, "j", "w", "Shift+ArrowLeft", "Shift+ArrowLeft", "m")
    expect(at_desk.locator("form.proposal")).to_have_count(2)
    assert Quote.objects.get().words == "the plan “bizarre"


def test_a_confirmed_quote_is_corrected_split_and_removed_by_keys(at_desk):
    press(at_desk, "a", "Shift+J", "Shift+J", "Shift+J")
    expect(at_desk.locator(".card.confirmed.is-current")).to_have_count(1)
    press(at_desk, "c")
    at_desk.keyboard.type("Anatoly Sergeev")
    press(at_desk, "Enter")
    expect(at_desk.locator(".card.confirmed.is-current")).to_contain_text("Anatoly Sergeev")
    expect(at_desk.locator(".card.confirmed.is-current")).to_be_focused()
    select(at_desk, "to,")
    press(at_desk, "s")
    expect(at_desk.locator(".card.confirmed")).to_have_count(2)
    press(at_desk, "d")
    expect(at_desk.locator(".card.confirmed blockquote")).to_have_text("“to, … they will find us willing.”")
    press(at_desk, "u", "u", "u", "u")
    expect(at_desk.locator("form.proposal")).to_have_count(3)
    assert not Quote.objects.exists()


def test_a_quotes_own_topic_is_confirmed_and_one_added_beside_it(at_desk):
    TopicFactory(name="Willing")
    TopicFactory(name="Diplomacy")
    press(at_desk, "a", "k", "Shift+J", "Shift+J", "Shift+J", "Shift+J")
    expect(at_desk.locator(".card .card.is-current .proposed")).to_have_text("Willing")
    press(at_desk, "a")
    expect(at_desk.locator(".confirmed .tag")).to_contain_text(["Willing"])
    press(at_desk, "Shift+J", "Shift+T")
    at_desk.keyboard.type("Diplomacy")
    press(at_desk, "Enter")
    expect(at_desk.locator(".confirmed .tag")).to_contain_text(["Diplomacy", "Willing"])
    expect(at_desk.get_by_label("Topic of the quote")).to_be_focused()
    assert Tagging.objects.filter(quote__isnull=False).count() == 2


def test_a_lost_quote_is_placed_anew_by_selecting_its_words(at_desk, story, editor):
    press(at_desk, "a")
    change_body(story, BODY.replace("choose to", "want to"), by=editor)
    at_desk.reload()
    expect(at_desk.get_by_role("heading", name="No longer in the text")).to_be_visible()
    at_desk.locator(".card.confirmed").focus()
    select(at_desk, "If they want to,")
    press(at_desk, "m")
    expect(at_desk.get_by_role("heading", name="No longer in the text")).to_have_count(0)
    assert Quote.objects.get().words == "If they want to,"


def test_a_hundred_proposals_are_accepted_with_one_key_and_taken_back_with_another(at_desk, story):
    for number in range(100):
        SuggestionFactory(article=story, topic=TopicFactory(name=f"Theme {number}"))
    at_desk.reload()
    expect(at_desk.locator(".rest")).to_contain_text("Accept all 103")
    expect(at_desk.locator(".rest")).to_contain_text("new to the archive: Sergei Antonov, Ada Brandvold")
    press(at_desk, "r")
    expect(at_desk.get_by_role("button", name="Publish and next")).to_be_focused()
    expect(at_desk.get_by_role("status")).to_have_text("Accepted together: 103.")
    press(at_desk, "u")
    expect(at_desk.get_by_role("status")).to_have_text("Taken back. Accepted together: 103.")
    assert (Suggestion.objects.pending().count(), Quote.objects.count()) == (103, 0)


@pytest.mark.parametrize("page", [Screen(javascript=False)], ids=["plain"], indirect=True)
def test_without_scripts_the_same_forms_do_the_same(at_desk):
    first = at_desk.locator("form.proposal").first
    first.get_by_label("Role").fill("envoy")
    first.get_by_role("button", name="Accept").click()
    expect(at_desk.locator("form.proposal")).to_have_count(2)
    assert Quote.objects.get().role == "envoy"
    at_desk.locator(".confirmed summary").click()
    at_desk.locator(".confirmed").get_by_label("Words").fill("If they choose")
    at_desk.locator(".confirmed").get_by_role("button", name="Save").click()
    assert Quote.objects.get().words == "If they choose"
    at_desk.get_by_role("button", name="Take back").click()
    at_desk.get_by_role("button", name="Take back").click()
    expect(at_desk.locator("form.proposal")).to_have_count(3)


def test_two_editors_at_work_are_given_two_stories(at_desk, archivist, browser_of):
    ArticleFactory(headline="The other story", status=Status.IN_REVIEW)
    other = browser_of(archivist)
    other.goto("/admin/review/")
    headings = [one.locator("#story-headline").inner_text() for one in (at_desk, other)]
    assert headings == ["Talks pause", "The other story"]


@EVERY_SCREEN
def test_the_desk_fits_every_screen_and_has_no_fault_that_axe_finds(at_desk, story, editor):
    mark_quote(story, spans=[[BODY.index("in spring"), BODY.index("in spring") + 9]], name="Ada", by=editor)
    at_desk.reload()
    for summary in (".confirmed summary", ".provenance summary"):
        at_desk.locator(summary).click()
    assert not overflows(at_desk)
    found = Axe().run(at_desk).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
