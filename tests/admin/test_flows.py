"""What editors do from end to end, in real browsers: theirs, a colleague's beside it, a reader's without an account.

Where a flow belongs to one page it is tried beside that page: the review desk (`review/`), imports, saved views, the
search over everything, what was typed and not saved (`test_unsaved.py`), a job that is followed (`test_jobs.py`).
"""

import csv
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from archive.models import Article, PreviewLink, Quote, Tagging, Topic
from tests.admin.conftest import admin_url
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SourceFactory, TopicFactory

pytestmark = pytest.mark.browser


def pick(page, field, typed, name):
    """Choose a record by typing the beginning of its name."""
    page.locator(f"{field} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(typed)
    page.get_by_role("option", name=name, exact=True).click()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def choose_all(page, deed):
    """Choose every row of the list, and a deed for them."""
    page.get_by_role("checkbox", name="Select all").check()
    page.get_by_label("Action:").select_option(label=deed)
    press(page, "Go")


# Workflow


def test_a_story_goes_from_a_draft_to_its_withdrawal_by_three_colleagues(page, browser_of, let_in, at):
    contributor, editor, archivist = (at(role).colleague for role in ("contributor", "editor", "archivist"))
    article = ArticleFactory(headline="Talks pause")
    form = admin_url("article_change", article.pk)
    let_in(page, contributor).goto(form)
    page.get_by_label("Assigned to").select_option("editor")
    press(page, "Save and submit for review")
    expect(page.get_by_text("“Talks pause” is in review.")).to_be_visible()
    expect(page.get_by_role("button", name="Save and publish")).to_have_count(0)

    at_editors = browser_of(editor)
    at_editors.goto("/admin/")
    at_editors.get_by_role("link", name="1 Assigned to you").click()
    at_editors.get_by_role("link", name="Talks pause").click()
    press(at_editors, "Save and publish")
    expect(at_editors.get_by_text("“Talks pause” is published.")).to_be_visible()
    article.refresh_from_db()
    reader = browser_of(None)
    reader.goto(article.get_absolute_url())
    expect(reader.get_by_role("heading", name="Talks pause")).to_be_visible()

    at_archivists = browser_of(archivist)
    at_archivists.goto(form)
    press(at_archivists, "Save and withdraw…")
    at_archivists.get_by_label("Reason").fill("The agency took the figures back.")
    press(at_archivists, "Withdraw")
    expect(at_archivists.get_by_text("“Talks pause” is withdrawn.")).to_be_visible()
    assert reader.reload().status == 410
    expect(reader.get_by_text("The agency took the figures back.")).to_be_visible()


def test_an_embargo_holds_a_published_story_back_until_it_ends(page, browser_of, editor, let_in):
    article = ArticleFactory(headline="Talks pause")
    tomorrow = timezone.now() + timedelta(days=1)
    let_in(page, editor).goto(admin_url("article_change", article.pk))
    page.locator("#id_embargo_until_0").fill(f"{tomorrow:%Y-%m-%d}")
    page.locator("#id_embargo_until_1").fill("08:00")
    press(page, "Save and publish")
    article.refresh_from_db()
    page.goto(admin_url("article_changelist"))
    expect(page.get_by_text("Under embargo").first).to_be_visible()
    reader = browser_of(None)
    assert reader.goto(article.get_absolute_url()).status == 404
    Article.objects.update(embargo_until=timezone.now() - timedelta(seconds=1))
    assert reader.reload().status == 200


def test_a_private_link_opens_the_story_without_an_account_until_it_is_revoked(page, browser_of, editor, let_in):
    article = ArticleFactory(headline="Talks pause")
    let_in(page, editor).goto(admin_url("article_change", article.pk))
    page.get_by_role("link", name="Share a private link").click()
    press(page, "Make a private link")
    expect(page.get_by_label("Address of the link of")).to_be_visible()
    guest = browser_of(None)
    link = PreviewLink.objects.get().get_absolute_url()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="Talks pause")).to_be_visible()
    press(page, "Revoke")
    expect(page.get_by_text("The private link is revoked")).to_be_visible()
    assert guest.goto(link).status == 410


# Two at the same story


def test_of_two_who_save_the_same_story_neither_overwrites_the_other(page, browser_of, editor, archivist, let_in):
    article = ArticleFactory(headline="Talks pause", byline="Nobody", dateline="VIENNA")
    address = admin_url("article_change", article.pk)
    let_in(page, editor).goto(address)
    other = browser_of(archivist)
    other.goto(address)
    other.get_by_role("textbox", name="Headline").fill("Talks end")
    other.get_by_label("Dateline").fill("GENEVA")
    press(other, "Save and continue editing")
    expect(other.locator(".messagelist .success")).to_be_visible()

    page.get_by_role("textbox", name="Headline").fill("Talks resume")
    page.get_by_label("Byline").fill("Ada Brandvold")
    press(page, "Save and continue editing")
    refusal = page.locator(".field-headline .errorlist")
    expect(refusal).to_contain_text("Somebody else changed this meanwhile, to: Talks end.")
    expect(page.get_by_role("textbox", name="Headline")).to_have_value("Talks resume")
    expect(page.get_by_label("Byline")).to_have_value("Ada Brandvold")
    expect(page.get_by_label("Dateline")).to_have_value("GENEVA")
    article.refresh_from_db()
    assert (article.headline, article.byline, article.dateline) == ("Talks end", "Nobody", "GENEVA")

    press(page, "Save and continue editing")
    expect(page.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert (article.headline, article.byline, article.dateline) == ("Talks resume", "Ada Brandvold", "GENEVA")


# Lists


def test_what_is_done_to_all_that_is_chosen_is_previewed_followed_and_undone(page, editor, let_in, work, monkeypatch):
    monkeypatch.setattr("archive.jobs.AT_ONCE", 1)
    ArticleFactory.create_batch(3)
    TopicFactory(name="Venus")
    let_in(page, editor).goto(admin_url("article_changelist"))
    choose_all(page, "File under topics…")
    pick(page, ".form-row", "ven", "Venus")
    press(page, "See what will happen")
    expect(page.locator(".preview div", has_text="Not filed under “Venus”")).to_contain_text("3")
    press(page, "File")
    expect(page.locator(".job-state strong")).to_have_text("Waiting")
    work()
    expect(page.get_by_text("Filed under “Venus”: 3.")).to_be_visible()
    assert Tagging.objects.filed().count() == 3
    press(page, "Undo this job")
    work()
    expect(page.get_by_text("Put back as they were: 3.")).to_be_visible()
    assert not Tagging.objects.exists()


def test_a_speaker_is_given_to_all_that_is_chosen_and_taken_back_with_one_click(page, editor, let_in):
    ines, ada = PersonFactory(name="Ines Halvorsen"), PersonFactory(name="Ada Brandvold")
    QuoteFactory.create_batch(2, speaker=ines)
    let_in(page, editor).goto(admin_url("quote_changelist"))
    choose_all(page, "Give another speaker…")
    pick(page, ".form-row", "ada", "Ada Brandvold")
    press(page, "See what will happen")
    press(page, "Give this speaker")
    expect(page.get_by_text("Said by Ada Brandvold now: 2.")).to_be_visible()
    assert {quote.speaker for quote in Quote.objects.all()} == {ada}
    page.get_by_role("link", name="Look at it, or undo it").click()
    press(page, "Undo this job")
    expect(page.get_by_text("Put back as they were: 2.")).to_be_visible()
    assert {quote.speaker for quote in Quote.objects.all()} == {ines}


def test_what_is_listed_is_taken_away_as_a_file(page, editor, let_in):
    ArticleFactory(headline="=1+1 talks")
    ArticleFactory(headline="Published", published=True)
    let_in(page, editor).goto(f"{admin_url('article_changelist')}?status__exact=draft")
    files = {}
    for kind in ("CSV", "JSON Lines"):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind, exact=True).click()
        files[kind] = download.value.path().read_text("utf-8-sig")
    [row] = csv.DictReader(files["CSV"].splitlines())
    [record] = map(json.loads, files["JSON Lines"].splitlines())
    assert (row["headline"], record["headline"]) == ("'=1+1 talks", "=1+1 talks")


# History


def test_a_former_version_is_read_word_by_word_and_put_back(page, editor, let_in):
    words = "What was said, and by whom, before the vote of the committee in the {} of that year, at last."
    article = ArticleFactory(standfirst=words.format("spring"))
    let_in(page, editor).goto(admin_url("article_change", article.pk))
    page.get_by_label("Standfirst").fill(words.format("autumn"))
    press(page, "Save and continue editing")
    page.get_by_role("link", name="History").click()
    expect(page.locator(".change del")).to_have_text("spring")
    expect(page.locator(".change ins")).to_have_text("autumn")
    page.get_by_role("link", name="Put back what it was before").click()
    press(page, "Put back")
    expect(page.get_by_text("is again as it was before")).to_be_visible()
    article.refresh_from_db()
    assert "spring" in article.standfirst


def test_what_was_deleted_is_found_and_brought_back_with_all_that_hung_on_it(page, archivist, let_in):
    quote = QuoteFactory(article=ArticleFactory(headline="Talks pause"))
    let_in(page, archivist).goto(admin_url("article_change", quote.article_id))
    page.get_by_role("link", name="Delete", exact=True).click()
    press(page, "Yes, I’m sure")
    assert not Quote.objects.exists()
    page.get_by_role("link", name="Deleted").click()
    press(page, "Bring back Talks pause")
    expect(page.get_by_text("“Talks pause” is back.")).to_be_visible()
    assert Quote.objects.get() == quote


# People, sources, topics


@pytest.mark.parametrize("kind", ["person", "source"])
def test_two_records_of_one_are_joined_and_parted_again(page, archivist, let_in, kind):
    make, hangs, field = {
        "person": (PersonFactory, QuoteFactory, "speaker"),
        "source": (SourceFactory, ArticleFactory, "source"),
    }[kind]
    one, other = make(name="Lunar Weekly"), make(name="The Lunar Weekly")
    row = hangs(**{field: one})
    let_in(page, archivist).goto(admin_url(f"{kind}_join", one.pk))
    pick(page, ".form-row", "the lunar", "The Lunar Weekly")
    press(page, "See what will happen")
    expect(page.get_by_text("Address that redirects")).to_be_visible()
    press(page, "Join")
    expect(page.get_by_text("“Lunar Weekly” was joined with “The Lunar Weekly”.")).to_be_visible()
    row.refresh_from_db()
    assert getattr(row, field) == other
    press(page, "Undo this job")
    expect(page.get_by_text("“Lunar Weekly” is a record of its own again")).to_be_visible()
    row.refresh_from_db()
    assert getattr(row, field) == one


def test_a_topic_is_merged_into_another_and_the_merge_undone(page, archivist, let_in):
    venus = TopicFactory(name="Venus")
    TopicFactory(name="Planets")
    let_in(page, archivist).goto(admin_url("topic_merge", venus.pk))
    pick(page, ".form-row", "plan", "Planets")
    press(page, "See what will happen")
    press(page, "Merge")
    expect(page.get_by_text("It can be undone among the changes.")).to_be_visible()
    page.goto(admin_url("topic_changes"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: ")).to_be_visible()
    assert Topic.objects.current().filter(name="Venus").exists()
