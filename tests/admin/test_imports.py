"""Imports and their failures: looked at, undone, corrected, tried again, given up."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.models import Article, Batch, Failure
from tests.admin.conftest import admin_url, told
from tests.factories import ArticleFactory, BatchFactory, FailureFactory, JobFactory, SourceFactory, TopicFactory

pytestmark = pytest.mark.django_db

STORY = "Senate backs station\n\nThe Senate voted.\n\nThe House follows."


def test_an_import_says_who_gave_what_and_what_was_said_of_it(archivist, sign_in):
    said = {
        "source": SourceFactory(name="SpaceNews").pk,
        "topics": [TopicFactory(name="Venus").pk],
        "published": "2017-01-01T00:00:00+00:00",
        "precision": "month",
        "mapping": {"headline": "titel"},
    }
    batch = BatchFactory(told=said, started_by=archivist)
    page = sign_in(archivist).get(admin_url("batch_change", batch.pk))
    assert "source SpaceNews; date 2017-01; topics Venus; headline from the field “titel”" in page.text
    assert "archivist" in page.text
    assert page.context["undoable"] is False  # nothing of it is here


@pytest.mark.parametrize(
    ("batch", "end"),
    [
        ({"ended_at": None}, "It was broken off: run it again to finish it"),
        ({"undone_at": datetime(2020, 1, 2, tzinfo=UTC)}, "Undone 2020-01-02 00:00 UTC by the operator"),
    ],
)
def test_an_import_says_how_it_ended(archivist, sign_in, batch, end):
    page = sign_in(archivist).get(admin_url("batch_change", BatchFactory(**batch).pk))
    assert end in page.text


@pytest.mark.parametrize(("undone_at", "state", "offered"), [(None, "Done", True), (timezone.now(), "Undone", False)])
def test_an_import_that_was_undone_says_so_and_offers_nothing_to_review(undone_at, state, offered, archivist, sign_in):
    job = JobFactory(ended_at=timezone.now())
    batch = BatchFactory(imported=1, job=job, undone_at=undone_at)
    batch.rows.create(origin="a.txt", outcome="imported")
    page = sign_in(archivist).get(admin_url("batch_change", batch.pk))
    assert f"<strong>{state}</strong>" in page.text
    assert (f"{reverse('admin:review')}?batch={batch.pk}" in page.text) is offered


def test_the_stories_of_a_report_that_wait_lead_to_review_and_others_to_their_record(archivist, sign_in):
    batch = BatchFactory(imported=2)
    waiting, published = ArticleFactory(batch=batch), ArticleFactory(batch=batch, published=True)
    for article in (waiting, published):
        batch.rows.create(origin="a.txt", outcome="imported", article=article)
    page = sign_in(archivist).get(admin_url("batch_change", batch.pk))
    assert [one.url for one in page.context["report"].rows] == [
        reverse("admin:review-story", args=[waiting.pk]),
        admin_url("article_change", published.pk),
    ]


def test_moments_are_written_in_one_way_and_say_their_zone(archivist, sign_in):
    batch = BatchFactory()
    Batch.objects.update(
        started_at=datetime(2020, 1, 2, 3, 4, tzinfo=UTC), ended_at=datetime(2020, 1, 2, 3, 5, tzinfo=UTC)
    )
    page = sign_in(archivist).get(admin_url("batch_change", batch.pk))
    assert "2020-01-02 03:04 UTC" in page.text
    assert "2020-01-02 03:05 UTC" in page.text
    assert "2020-01-02 03:04 UTC" in sign_in(archivist).get(admin_url("batch_changelist")).text


def test_its_articles_and_failures_are_lists_of_their_own(archivist, sign_in):
    failure = FailureFactory(settled_at=timezone.now())
    article = ArticleFactory(batch=failure.batch)
    ArticleFactory()
    FailureFactory()
    client = sign_in(archivist)
    page = client.get(admin_url("batch_change", failure.batch_id))
    for name, rows in (("article", [article]), ("failure", [failure])):
        [address] = [part for part in page.text.split('"') if part.startswith(admin_url(f"{name}_changelist") + "?")]
        assert list(client.get(address.replace("&amp;", "&")).context["cl"].result_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_an_import_is_shown_in_the_same_queries_whatever_failed(rows, archivist, sign_in, django_assert_num_queries):
    batch = BatchFactory()
    ArticleFactory.create_batch(rows, batch=batch)
    FailureFactory.create_batch(rows, batch=batch)
    client = sign_in(archivist)
    with django_assert_num_queries(4 + 7):
        page = client.get(admin_url("batch_change", batch.pk))
    assert page.text.count("has front matter that is not YAML in line 2") == rows


def test_an_import_is_undone_after_it_was_asked_once_more(archivist, sign_in):
    batch = BatchFactory()
    ArticleFactory.create_batch(3, batch=batch)
    other = ArticleFactory()
    client = sign_in(archivist)
    assert client.get(admin_url("batch_change", batch.pk)).context["undoable"] is True
    assert "<strong>3 articles</strong>" in client.get(admin_url("batch_undo", batch.pk)).text
    assert Article.objects.count() == 4
    page = client.post(admin_url("batch_undo", batch.pk), follow=True)
    assert told(page) == [f"Import {batch.pk} is undone: articles taken out: 3."]
    assert list(Article.objects.all()) == [other]
    assert Batch.objects.get(pk=batch.pk).undone_by == archivist
    assert page.context["undoable"] is False


def test_an_import_of_which_something_was_published_is_not_undone(archivist, sign_in):
    batch = BatchFactory()
    ArticleFactory(batch=batch, headline="Bill passed", published=True)
    client = sign_in(archivist)
    assert client.get(admin_url("batch_change", batch.pk)).context["undoable"] is False
    why = "“Bill passed” of it was published: withdraw single articles instead."
    assert why in client.get(admin_url("batch_undo", batch.pk)).text
    page = client.post(admin_url("batch_undo", batch.pk), follow=True)
    assert told(page) == [f"Import {batch.pk} was not undone. {why}"]
    assert Article.objects.exists()


@pytest.mark.parametrize("name", ["batch_undo", "failure_download", "failure_retry", "failure_give_up"])
def test_what_is_not_there_is_said(archivist, sign_in, name):
    client = sign_in(archivist)
    page = client.post(admin_url(name, 7), follow=True)
    assert "doesn’t exist" in told(page)[0]


@pytest.mark.parametrize("name", ["failure_retry", "failure_give_up"])
def test_to_look_is_no_deed(archivist, sign_in, name):
    failure = FailureFactory()
    assert sign_in(archivist).get(admin_url(name, failure.pk)).status_code == 405
    assert Failure.objects.open().get() == failure


def test_a_failure_is_corrected_and_comes_in(archivist, sign_in):
    failure = FailureFactory(batch__failed=1)
    client = sign_in(archivist)
    form = client.get(admin_url("failure_change", failure.pk)).context["content_form"]
    assert form.initial["content"] == failure.content.decode()
    mended = f"---\na: []\n---\n{STORY}"
    page = client.post(admin_url("failure_retry", failure.pk), {"content": mended.replace("\n", "\r\n")}, follow=True)
    assert told(page) == ["It has come in."]
    article = Article.objects.get()
    assert (article.headline, article.batch, article.created_by) == ("Senate backs station", failure.batch, archivist)
    assert article.original.content.read() == mended.encode()
    assert article.headline in page.text  # what it became
    assert "content_form" not in page.context


def test_what_still_fails_keeps_what_was_typed_and_the_new_reason(archivist, sign_in):
    failure = FailureFactory()
    page = sign_in(archivist).post(
        admin_url("failure_retry", failure.pk), {"content": "---\nheadline: x\n\nBody"}, follow=True
    )
    assert told(page) == ["It still cannot come in: has front matter without its end, a line of ---."]
    assert page.context["content_form"].initial["content"] == "---\nheadline: x\n\nBody"
    assert Failure.objects.get().reason == "has front matter without its end, a line of ---"


def test_a_reason_that_quotes_what_is_no_text_is_kept_and_told(archivist, sign_in):
    failure = FailureFactory(filename="a.json", content=rb'{"na\u0000me\ud800": "x"}')
    page = sign_in(archivist).post(admin_url("failure_retry", failure.pk), follow=True)
    assert told(page) == ["It still cannot come in: has no text in any field that is known (name)."]


def test_what_was_not_corrected_is_tried_again_byte_for_byte(archivist, sign_in):
    data = f"---\r\nheadline: A\r\nbyline: Zo\xeb\r\n---\r\n{STORY}".encode("cp1252")
    failure = FailureFactory(content=data, reason="was refused")
    client = sign_in(archivist)
    form = client.get(admin_url("failure_change", failure.pk)).context["content_form"]
    client.post(admin_url("failure_retry", failure.pk), {"content": form.initial["content"]})
    assert Article.objects.get().original.content.read() == data


def test_what_is_here_meanwhile_settles_its_failure(archivist, sign_in):
    client = sign_in(archivist)
    failures = FailureFactory.create_batch(2, content=STORY.encode())
    pages = [client.post(admin_url("failure_retry", one.pk), follow=True) for one in failures]
    assert [told(page) for page in pages] == [["It has come in."], ["Settled: it is here already."]]
    assert not Failure.objects.open().exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "inbox/a.md: was not kept: bring in the file itself again."),
        (b"\x00\x01\x02" * 99, "It still cannot come in: is binary data, not text."),
    ],
)
def test_what_is_no_text_is_not_offered_for_correction(archivist, sign_in, content, message):
    failure = FailureFactory(content=content, origin="inbox/a.md")
    client = sign_in(archivist)
    page = client.get(admin_url("failure_change", failure.pk))
    assert page.context["content_form"] is None
    assert told(client.post(admin_url("failure_retry", failure.pk), {"content": STORY}, follow=True)) == [message]


def test_a_failure_is_given_up_once(archivist, sign_in):
    failure = FailureFactory(origin="inbox/a.md")
    client = sign_in(archivist)
    messages = [told(client.post(admin_url("failure_give_up", failure.pk), follow=True)) for _ in range(2)]
    assert messages == [["Given up: inbox/a.md."], ["It was settled already."]]


def test_the_bytes_are_a_file_to_save_that_no_browser_runs(archivist, sign_in):
    failure = FailureFactory(content=b"<script>", filename="a\n.html")
    answer = sign_in(archivist).get(admin_url("failure_download", failure.pk))
    assert (answer.content, answer["Content-Type"]) == (b"<script>", "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_list_shows_what_waits_first(archivist, sign_in):
    waiting, settled = FailureFactory(), FailureFactory(settled_at=timezone.now())
    client = sign_in(archivist)
    shown = {
        choice: set(client.get(f"{admin_url('failure_changelist')}?{choice}").context["cl"].result_list)
        for choice in ("", "settled=yes", "settled=all")
    }
    assert shown == {"": {waiting}, "settled=yes": {settled}, "settled=all": {waiting, settled}}
