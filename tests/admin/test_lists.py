"""Every list: its rows, its search, and that its queries do not grow with its rows."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from archive.admin.records import BoundedPaginator
from archive.models import Article, Job, Original, PersonName, Quote, Suggestion, Tagging, Topic, TopicName
from tests.admin.conftest import admin_url
from tests.browser import NARROW, WIDE, overflows
from tests.factories import (
    ArticleFactory,
    BatchFactory,
    FailureFactory,
    JobFactory,
    PersonFactory,
    QuoteFactory,
    SourceFactory,
    SuggestionFactory,
    TaggingFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def original():
    number = Original.objects.count()
    return Original.objects.create(
        sha256=f"{number:064x}", size=3, media_type="text/plain", filename=f"story{number}.txt", origin="desk"
    )


def filed_article():
    article = ArticleFactory(published=True)
    TaggingFactory(article=article)
    TaggingFactory(quote=QuoteFactory(article=article))
    SuggestionFactory(article=article)


def topic_with_all():
    topic = TopicFactory(under=TopicFactory())
    TopicName.objects.create(topic=topic, name=f"Other {topic}")
    TaggingFactory(topic=topic, article=ArticleFactory(published=True))


LISTS = [
    # list, what makes a row, queries: session and user, permissions of role and user, saved views, and the list's own
    ("article", filed_article, 5 + 6),
    ("quote", filed_article, 5 + 3),
    ("topic", topic_with_all, 5 + 5),
    ("person", QuoteFactory, 5 + 4),
    ("source", SourceFactory, 5 + 4),
    ("suggestion", SuggestionFactory, 5 + 3),
    ("tagging", filed_article, 5 + 3),
    ("original", original, 5 + 4),
    ("batch", BatchFactory, 5 + 3),
    ("failure", FailureFactory, 5 + 3),
    ("job", JobFactory, 5 + 3),
]


@pytest.mark.parametrize("rows_of", LISTS, ids=lambda rows_of: rows_of[0])
def test_a_list_asks_as_often_for_one_row_as_for_three(rows_of, archivist, sign_in, django_assert_num_queries):
    name, make, queries = rows_of
    client = sign_in(archivist)
    for rows in (1, 2):
        for _ in range(rows):
            make()
        with django_assert_num_queries(queries):
            response = client.get(admin_url(f"{name}_changelist"))
        assert len(response.context["cl"].result_list) >= rows


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("article", "zurich", ["Talks in Zürich"]),
        ("article", '"frozen talks"', ["Talks in Zürich"]),
        ("article", "talks -zürich", ["Talks pause"]),
        ("article", "submarine", []),
        ("topic", "morning", ["Venus"]),
        ("person", "halvorsen", ["Ines Brandvold"]),
        ("quote", "finding us willing", ["“They will find us willing,”"]),
        ("quote", "zürich", []),
    ],
)
def test_a_search_finds_by_name_and_by_words(name, words, found, editor, sign_in):
    article = ArticleFactory(headline="Talks in Zürich", body="The frozen talks. “They will find us willing,” he said.")
    ArticleFactory(headline="Talks pause", body="Nobody spoke.")
    venus, ines = TopicFactory(name="Venus"), PersonFactory(name="Ines Brandvold")
    TopicName.objects.create(topic=venus, name="Morning star")
    TopicFactory(name="Mars")
    PersonName.objects.create(person=ines, name="Ines Halvorsen")
    QuoteFactory(article=article, speaker=ines)
    response = sign_in(editor).get(admin_url(f"{name}_changelist"), {"q": words})
    assert [str(row) for row in response.context["cl"].result_list] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"without": "topics"}, ["Nowhere", "Unsourced"]),
        ({"without": "quotes"}, ["Filed", "Nowhere", "Unsourced"]),
        ({"without": "source"}, ["Unsourced"]),
        ({"without": "date"}, ["Unsourced"]),
        ({"proposals": "pending"}, ["Nowhere"]),
        ({"status__exact": "published"}, ["Quoted"]),
        ({"quotes__speaker__exact": "ines"}, ["Quoted"]),
        ({"taggings__topic__exact": "venus"}, ["Filed", "Quoted"]),
        ({"embargo": "held"}, ["Held back"]),
        ({"embargo": "ends"}, ["Held back"]),
        ({"taggings__topic__exact": "", "status__exact": "published"}, ["Quoted"]),
    ],
)
def test_the_filters_of_articles(query, found, editor, sign_in):
    named = {"venus": TopicFactory(name="Venus"), "ines": PersonFactory(name="Ines")}
    quoted = ArticleFactory(headline="Quoted", published=True)
    QuoteFactory(article=quoted, speaker=named["ines"])
    TaggingFactory(article=quoted, topic=named["venus"])
    TaggingFactory(article=ArticleFactory(headline="Filed"), topic=named["venus"])
    SuggestionFactory(article=ArticleFactory(headline="Nowhere"))
    ArticleFactory(headline="Unsourced", source=None, published_at=None)
    if "embargo" in query:
        ArticleFactory(headline="Held back", published=True, embargo_until=timezone.now() + timedelta(hours=1))
    query = {key: named[value].pk if value in named else value for key, value in query.items()}
    response = sign_in(editor).get(admin_url("article_changelist"), query)
    assert sorted(article.headline for article in response.context["cl"].result_list) == found


def test_the_list_of_proposals_shows_first_what_waits(editor, sign_in):
    waiting = SuggestionFactory()
    answered = SuggestionFactory(answer="declined", answered_at=waiting.made_at)
    client, url = sign_in(editor), admin_url("suggestion_changelist")
    assert list(client.get(url).context["cl"].result_list) == [waiting]
    assert list(client.get(url, {"answer": "declined"}).context["cl"].result_list) == [answered]
    assert list(client.get(url, {"answer": "all"}).context["cl"].result_list) == [answered, waiting]
    assert list(client.get(url, {"sure": "0.9"}).context["cl"].result_list) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"lost": "yes"}, ["No longer in the body"]),
        ({"named": "yes"}, ["Partial"]),
        ({"named": "no"}, ["No longer in the body", ""]),
        ({}, ["No longer in the body", "", "Partial"]),
    ],
)
def test_the_filters_of_quotes_and_what_the_list_says_of_their_condition(query, found, editor, sign_in):
    QuoteFactory(speaker=PersonFactory(), partial=True)
    QuoteFactory(speaker=None)
    lost = QuoteFactory(speaker=None)
    Quote.objects.filter(pk=lost.pk).update(spans=[], lost_at=timezone.now())
    response = sign_in(editor).get(admin_url("quote_changelist"), query)
    changes = response.context["cl"]
    assert [changes.model_admin.condition(quote) for quote in changes.result_list] == found
    assert [one.title for one in changes.filter_specs] == [
        "speaker", "topic", "place in the body", "whether a speaker is named",
    ]  # fmt: skip


def test_a_proposal_in_the_list_says_its_answer_and_whose_it_is(editor, sign_in):
    SuggestionFactory()
    SuggestionFactory(answer="declined", answered_at=timezone.now(), answered_by=editor)
    changes = sign_in(editor).get(admin_url("suggestion_changelist"), {"answer": "all"}).context["cl"]
    assert [changes.model_admin.standing(row) for row in changes.result_list] == ["Declined, editor", "Waiting"]


@pytest.mark.parametrize(
    ("precision", "shown"),
    [("time", "2017-01-31 09:30"), ("day", "2017-01-31"), ("month", "2017-01"), ("year", "2017")],
)
def test_a_quote_is_dated_as_exactly_as_its_article(precision, shown, editor, sign_in):
    when = datetime(2017, 1, 31, 9, 30, tzinfo=UTC)
    QuoteFactory(article=ArticleFactory(published_at=when, precision=precision))
    page = sign_in(editor).get(admin_url("quote_changelist")).content.decode()
    assert f'<td class="field-date">{shown}</td>' in page


def test_counting_stops_at_the_bound(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("archive.admin.records.COUNTED", 2)
    SourceFactory.create_batch(2)
    assert (BoundedPaginator(Article.objects.all(), 1).count, BoundedPaginator(Topic.objects.all(), 1).count) == (0, 0)
    sources = BoundedPaginator(SourceFactory._meta.model.objects.all(), 1)
    assert (sources.count, sources.has_more) == (2, False)
    SourceFactory()
    sources = BoundedPaginator(SourceFactory._meta.model.objects.all(), 1)
    with django_assert_num_queries(1):
        assert (sources.count, sources.has_more, sources.num_pages) == (2, True, 2)


def test_a_list_cut_at_the_bound_says_so(editor, sign_in, monkeypatch):
    monkeypatch.setattr("archive.admin.records.COUNTED", 2)
    SourceFactory.create_batch(3)
    page = " ".join(sign_in(editor).get(admin_url("source_changelist")).content.decode().split())
    assert "More than 2 sources" in page


def test_the_desk_asks_as_often_for_one_row_as_for_three(archivist, sign_in, django_assert_num_queries):
    client = sign_in(archivist)
    for rows in (1, 2):
        for _ in range(rows):
            filed_article()
            ArticleFactory()
            FailureFactory()
        with django_assert_num_queries(4 + 13):
            response = client.get("/admin/")
        assert [waits.count for waits in response.context["waiting"]] == [
            "0", str(Article.objects.filter(status="draft").count()), "0", "0", str(Suggestion.objects.count()), "0",
            str({1: 1, 2: 3}[rows]),
        ]  # fmt: skip


def test_only_those_who_can_settle_failures_see_on_the_desk_that_some_wait(editor, archivist, sign_in):
    shown = [[waits.label for waits in sign_in(user).get("/admin/").context["waiting"]] for user in (editor, archivist)]
    assert set(shown[1]) - set(shown[0]) == {"Files that could not come in"}


def test_the_desk_shows_nothing_to_somebody_without_a_role(sign_in):
    ArticleFactory(headline="Talks pause")
    assert "Talks pause" not in sign_in(UserFactory()).get("/admin/").content.decode()


@pytest.mark.parametrize("app", ["archive", "auth"])
def test_the_name_of_an_app_leads_to_the_desk(app, sign_in):
    response = sign_in(UserFactory(is_superuser=True)).get(reverse("admin:app_list", args=[app]))
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_the_desk_shows_what_was_published_and_by_whom(editor, sign_in):
    article = ArticleFactory()
    sign_in(editor).post(reverse("admin:review-publish", args=[article.pk]))
    [entry] = sign_in(editor).get("/admin/").context["changes"]
    assert (entry.who, entry.what, entry.said, entry.undo) == ("editor", str(article), "Published", "")


def test_the_desk_shows_a_deed_done_to_many_as_one_line_with_its_undoing(at, django_capture_on_commit_callbacks):
    chosen = [article.pk for article in ArticleFactory.create_batch(12)]
    act = {"action": "publish", "_selected_action": chosen, "step": "confirm"}
    at("editor").post(admin_url("article_changelist"), act)
    job = Job.objects.get()
    [line] = at("editor").get("/admin/").context["changes"]
    assert (line.who, line.what, line.said) == ("editor", "Publish: 12 articles", "Published: 12.")
    assert (line.url, line.undo) == (admin_url("job_change", job.pk), admin_url("job_undo", job.pk))
    [line] = at("contributor").get("/admin/").context["changes"]
    assert (line.what, line.undo) == ("Publish: 12 articles", "")  # not theirs to undo
    with django_capture_on_commit_callbacks(execute=True):
        at("editor").post(admin_url("job_undo", job.pk))
    undone, done = at("editor").get("/admin/").context["changes"]
    assert (undone.what, undone.said, undone.undo) == ("Undo: Publish: 12 articles", "Put back as they were: 12.", "")
    assert (done.said, done.undo) == ("Published: 12. Undone since.", "")


def test_the_desk_shows_the_last_changes_whether_of_one_or_of_many(at, editor):
    noon = timezone.now()
    for minutes in range(10):
        JobFactory(title=f"Many, {minutes}", asked_by=editor, ended_at=noon - timedelta(minutes=minutes))
        entry = LogEntry.objects.log_actions(editor.pk, [ArticleFactory()], CHANGE, "One", single_object=True)
        LogEntry.objects.filter(pk=entry.pk).update(action_time=noon - timedelta(minutes=minutes, seconds=30))
    JobFactory(title="Not ended", asked_by=editor)
    changes = at("editor").get("/admin/").context["changes"]
    assert [change.said == "One" for change in changes] == [False, True] * 4


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_last_changes_ask_as_often_however_many_jobs(at, editor, jobs, django_assert_num_queries):
    ended = {"ended_at": timezone.now()}
    for job in JobFactory.create_batch(jobs, kind="archive.editing.chosen.publish_chosen", **ended):
        JobFactory(kind="archive.jobs.take_back", undoes=job, problem="Stopped.", **ended)
        JobFactory(kind="archive.jobs.take_back", undoes=job)
    client = at("editor")
    with django_assert_num_queries(4 + 13):
        changes = client.get("/admin/").context["changes"]
    assert [change.undo for change in changes] == [""] * 2 * jobs  # each is being undone


def test_what_waits_on_the_desk_is_all_that_an_editor_looks_for(at):
    shown = [waits.label for waits in at("archivist").get("/admin/").context["waiting"]]
    assert shown == [
        "Assigned to you", "Drafts", "In review", "Quotes to confirm", "Topics to confirm",
        "Embargoes that end within a day", "Files that could not come in",
    ]  # fmt: skip


def test_everything_is_listed_for_the_archivist(archivist, sign_in):
    [archive] = sign_in(archivist).get("/admin/").context["app_list"]
    assert {model["object_name"] for model in archive["models"]} == {
        "Article", "Batch", "Edition", "Failure", "Job", "Original", "Person", "Quote", "Source", "Suggestion",
        "Tagging", "Topic",
    }  # fmt: skip
    assert User.objects.count() == 1
    assert Tagging.objects.count() == 0


def test_a_date_that_the_import_left_open_is_marked_in_the_list_and_found(editor, sign_in):
    ArticleFactory(headline="Certain")
    ArticleFactory(headline="Uncertain", published_at=None, doubts=["date"])
    client = sign_in(editor)
    page = client.get(admin_url("article_changelist"))
    assert page.content.decode().count("to check</span>") == 1
    found = client.get(admin_url("article_changelist"), {"without": "check"}).context["cl"].result_list
    assert [article.headline for article in found] == ["Uncertain"]


def test_articles_are_narrowed_to_an_import_by_those_who_may_look_at_imports(archivist, editor, sign_in):
    ArticleFactory(headline="Came in", batch=BatchFactory(origin="inbox/lunar-weekly.zip"))
    ArticleFactory(headline="Written here")
    batch = BatchFactory(origin="inbox/orbit.csv")
    offered = {"app_label": "archive", "model_name": "article", "field_name": "batch", "term": "lunar"}
    [found] = sign_in(archivist).get(reverse("admin:autocomplete"), offered).json()["results"]
    assert "inbox/lunar-weekly.zip" in found["text"]
    page = sign_in(archivist).get(admin_url("article_changelist"), {"batch__exact": found["id"]})
    assert [article.headline for article in page.context["cl"].result_list] == ["Came in"]
    [numbered] = sign_in(archivist).get(admin_url("batch_changelist"), {"q": str(batch.pk)}).context["cl"].result_list
    assert numbered == batch
    assert "filter-batch__exact" in page.text
    assert "filter-batch__exact" not in sign_in(editor).get(admin_url("article_changelist")).text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("page", [NARROW, WIDE], ids=str, indirect=True)
def test_a_list_is_narrowed_by_typing_with_the_keyboard_alone(page, archivist, let_in):
    """Topic, person, source and import by a search inside the filter; what is missing by links."""
    topic, person = TopicFactory(name="Venus"), PersonFactory(name="Ines Halvorsen")
    batch = BatchFactory(origin="inbox/lunar-weekly.zip")
    source = SourceFactory(name="Lunar Weekly")
    article = ArticleFactory(headline="Talks pause", source=source, batch=batch)
    QuoteFactory(article=article, speaker=person)
    TaggingFactory(article=article, topic=topic)
    ArticleFactory(headline="Bare", broken_off=True)
    let_in(page, archivist)
    rows = page.locator("#result_list tbody tr")
    for name, typed in (
        ("source", "lun"),
        ("taggings__topic", "ven"),
        ("quotes__speaker", "ines"),
        ("batch", "lunar-w"),
    ):
        page.goto(admin_url("article_changelist"))
        page.locator(f"[id='filter-{name}__exact'] + .select2 .select2-selection").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".select2-container--open .select2-search__field")).to_be_focused()
        page.keyboard.type(typed)
        page.locator(".select2-results__option--highlighted").filter(has_not_text="Searching").wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{name}__exact=*")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("Talks pause")
        assert not overflows(page)
    for label, headline in (("Not filed", "Bare"), ("Without quotes", "Bare"), ("Yes", "Bare")):
        page.goto(admin_url("article_changelist"))
        link = page.locator("#changelist-filter").get_by_role("link", name=label, exact=True)
        link.focus()
        page.keyboard.press("Enter")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text(headline)
    page.goto(admin_url("article_changelist"))
    page.locator("#changelist-filter").get_by_role("link", name="Near copies of others").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 articles")).to_be_visible()


def test_autocomplete_offers_first_what_has_the_words_in_its_own_name(editor, sign_in):
    topic = TopicFactory(name="Cost growth")
    TopicName.objects.create(topic=topic, name="Budget overruns")
    TopicFactory(name="NASA budget")
    asked = {"app_label": "archive", "model_name": "tagging", "field_name": "topic", "term": "budget"}
    offered = sign_in(editor).get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [one["text"] for one in offered] == ["NASA budget", "Cost growth"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("page", [NARROW], ids=str, indirect=True)
def test_on_a_telephone_a_whole_page_is_chosen_and_sorted_and_the_filters_are_one_step_away(page, editor, let_in):
    ArticleFactory.create_batch(3)
    let_in(page, editor).goto(admin_url("article_changelist"))
    page.get_by_role("checkbox", name="Select all").check()
    expect(page.get_by_text("3 of 3 selected")).to_be_visible()
    page.get_by_role("link", name="To the filters").click()
    expect(page.get_by_role("heading", name="Filter", exact=True)).to_be_in_viewport()
    page.get_by_role("columnheader").get_by_role("link", name="Date").click()
    expect(page).to_have_url(re.compile(r"[?&]o=3"))
    assert not overflows(page)
