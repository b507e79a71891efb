"""Background jobs in the admin: followed, stopped, undone; by whom, and in how many queries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.admin.job import how_far, in_words
from archive.models import Job, Source
from tests.admin.conftest import admin_url, told
from tests.factories import JobFactory, SourceFactory
from tests.test_jobs import mark_sources

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("job", "seconds", "said"),
    [
        ({}, None, "0"),
        ({"total": 1200}, None, "0 of 1,200"),
        ({"done": 40, "total": 100}, 10, "40 of 100, 4 a second, about 15 seconds left"),
        ({"done": 5, "total": 100}, 60, "5 of 100, 5 a minute, about 19 minutes left"),
        ({"done": 9}, 1, "9, 9 a second"),
    ],
)
def test_how_far_a_job_is(job, seconds, said):
    heard = BEGUN + timedelta(seconds=seconds) if seconds else None
    assert how_far(JobFactory.build(begun_at=BEGUN, beat_at=heard, **job)) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "about 1 second"),
        (59, "about 59 seconds"),
        (60, "about 1 minute"),
        (7199, "about 120 minutes"),
        (9000, "about 2 hours"),
    ],
)
def test_a_duration_in_words(seconds, said):
    assert in_words(timedelta(seconds=seconds)) == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["undone", "unfinished", "done", "at work", "mine"]),
        ("state=open", ["at work", "mine"]),
        ("state=done", ["done"]),
        ("state=unfinished", ["unfinished"]),
        ("state=undone", ["undone"]),
        ("mine=yes", ["mine"]),
    ],
)
def test_the_list_is_narrowed_to_a_state_and_to_ones_own(query, titles, editor, sign_in):
    now = timezone.now()
    JobFactory(title="mine", asked_by=editor)
    JobFactory(title="at work", begun_at=now, beat_at=now)
    JobFactory(title="done", ended_at=now, outcome="Done.")
    JobFactory(title="unfinished", ended_at=now, problem="No.")
    JobFactory(title="undone", ended_at=now, undone_at=now)
    page = sign_in(editor).get(f"{admin_url('job_changelist')}?{query}")
    assert [job.title for job in page.context["cl"].result_list] == titles


@pytest.mark.django_db
@pytest.mark.parametrize("undoings", [1, 3])
def test_a_job_is_shown_in_the_same_queries_whatever_was_tried(undoings, archivist, sign_in, django_assert_num_queries):
    job = JobFactory(ended_at=timezone.now(), outcome="2 sources marked.", done=2, onward="/admin/archive/source/")
    JobFactory.create_batch(undoings, kind="archive.jobs.take_back", undoes=job, ended_at=timezone.now(), problem="No.")
    client = sign_in(archivist)
    client.get(admin_url("job_change", job.pk))  # the admin asks once in a process what kind of record it is
    with django_assert_num_queries(4 + 4):
        page = client.get(admin_url("job_change", job.pk))
    assert "2 sources marked." in page.text
    assert 'href="/admin/archive/source/"' in page.text
    assert page.context["undoable"] is True


@pytest.mark.django_db
def test_its_progress_is_a_part_of_the_page_in_one_query_of_its_own(editor, sign_in, django_assert_num_queries):
    job = JobFactory(begun_at=BEGUN, beat_at=BEGUN + timedelta(seconds=10), done=40, total=100)
    client = sign_in(editor)
    with django_assert_num_queries(4 + 1):
        page = client.get(admin_url("job_progress", job.pk))
    assert '<progress max="100" value="40"' in " ".join(page.text.split())
    assert "data-ended" not in page.text
    Job.objects.update(ended_at=timezone.now())
    assert "data-ended" in client.get(admin_url("job_progress", job.pk)).text


@pytest.mark.django_db
def test_only_those_who_might_have_asked_for_it_stop_and_undo_a_job(at):
    running, ended = JobFactory(), JobFactory(ended_at=timezone.now())
    for role in ("contributor", "editor"):
        assert at(role).get(admin_url("job_change", running.pk)).context["stoppable"] is False
        assert at(role).get(admin_url("job_change", ended.pk)).context["undoable"] is False
        assert at(role).post(admin_url("job_stop", running.pk)).status_code == 403
        assert at(role).post(admin_url("job_undo", ended.pk)).status_code == 403
    assert at("archivist").get(admin_url("job_change", running.pk)).context["stoppable"] is True
    assert at("archivist").get(admin_url("job_stop", running.pk)).status_code == 405
    at("archivist").post(admin_url("job_stop", running.pk))
    assert Job.objects.get(pk=running.pk).problem == "Stopped by archivist after 0 items."


@pytest.mark.django_db
def test_only_those_who_might_have_asked_for_a_job_stop_its_undoing_and_go_on_with_it(at):
    job = JobFactory(ended_at=timezone.now(), problem="Stopped.")
    undoing = JobFactory(kind="archive.jobs.take_back", undoes=job)
    assert at("editor").get(admin_url("job_change", undoing.pk)).context["stoppable"] is False
    assert at("editor").post(admin_url("job_stop", undoing.pk)).status_code == 403
    assert at("archivist").get(admin_url("job_change", undoing.pk)).context["stoppable"] is True
    assert at("archivist").get(admin_url("job_change", job.pk)).context["can_go_on"] is False
    at("archivist").post(admin_url("job_stop", undoing.pk))
    assert at("editor").post(admin_url("job_go_on", undoing.pk)).status_code == 403
    assert at("archivist").get(admin_url("job_change", undoing.pk)).context["can_go_on"] is True
    assert at("archivist").get(admin_url("job_change", job.pk)).context["can_go_on"] is True


@pytest.mark.django_db
def test_a_job_is_undone_after_it_was_asked_once_more(archivist, sign_in, django_capture_on_commit_callbacks):
    source = SourceFactory(rights="Free.")
    with django_capture_on_commit_callbacks(execute=True):
        job = mark_sources.ask(by=archivist, title="Mark", with_mark="!")
    client = sign_in(archivist)
    assert "It was: 1 sources marked." in client.get(admin_url("job_undo", job.pk)).text
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(admin_url("job_undo", job.pk))
    assert "1 sources as they were." in client.get(page.url).text
    source.refresh_from_db()
    assert source.rights == "Free."
    assert "by archivist" in client.get(admin_url("job_change", job.pk)).text
    page = client.post(admin_url("job_undo", job.pk), follow=True)
    assert told(page) == ["It was not undone. It is undone already."]


@pytest.mark.django_db
def test_what_is_not_there_leads_back_to_the_desk(archivist, sign_in):
    client = sign_in(archivist)
    for name in ("undo", "stop"):
        assert client.post(admin_url(f"job_{name}", 77)).status_code == 302
    assert client.get(admin_url("job_progress", 77)).status_code == 404


def test_the_queue_behind_the_jobs_has_no_pages():
    assert not admin.site.is_registered(DBTaskResult)


@pytest.mark.browser
def test_a_page_follows_its_job_to_the_end(page, work, archivist, let_in):
    SourceFactory.create_batch(2, rights="Free.")
    job = mark_sources.ask(by=archivist, title="Mark the sources", total=2, with_mark="!")
    let_in(page, archivist).goto(admin_url("job_change", job.pk))
    assert page.locator(".job-state strong").inner_text() == "Waiting"
    work()
    page.get_by_text("2 sources marked.").wait_for()
    assert page.get_by_role("button", name="Undo this job").is_visible()
    assert list(Source.objects.values_list("rights", flat=True)) == ["Free.!"] * 2
