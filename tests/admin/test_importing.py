"""The page that imports: files, text, an address; what is said of them; mistakes that cost nothing; the report."""

import json
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.admin import importing
from archive.ingest.fetching import fetch
from archive.models import Article, Batch, Failure, Job, Original, Source
from archive.models.original import originals_storage
from tests.admin.conftest import admin_url, told
from tests.browser import NARROW, Screen, overflows
from tests.factories import ArticleFactory, BatchFactory, FailureFactory, SourceFactory, TopicFactory
from tests.ingest.test_fetching import PAGES, anywhere, site  # noqa: F401 - a fixture

STORY = "Senate backs station\n\nThe Senate voted on Venus.\n\nThe House follows."


@pytest.fixture
def send(archivist, sign_in):
    """`send(text="…")` sends the form, and returns the page that it leads to."""
    client = sign_in(archivist)
    return lambda **given: client.post(admin_url("batch_add"), given, follow=True)


def file(name, content=STORY):
    return SimpleUploadedFile(name, content.encode())


def problems(page):
    form = page.context["form"]
    return {name: [str(error).replace("\xa0", " ") for error in errors] for name, errors in form.errors.items()}


@pytest.mark.django_db
def test_files_text_and_what_is_said_of_them_come_in_together(send):
    source, topic = SourceFactory(), TopicFactory(name="Venus")
    page = send(
        sent=[file("a.txt"), file("b.csv", "titel,body\nOne,The House voted.\nTwo,The court ruled.\n")],
        text="Pasted story\n\nThe agency waits.",
        source=source.pk,
        published="2017-01",
        topics=[topic.pk],
        mapping="headline = titel",
    )
    assert told(page) == [f"Import {Batch.objects.get().pk}: 4 imported, 0 skipped, 0 failed."]
    assert set(Article.objects.values_list("headline", "source", "published_at__year", "precision")) == {
        (headline, source.pk, 2017, "month") for headline in ("Senate backs station", "One", "Two", "Pasted story")
    }
    assert topic.taggings.count() == 4
    assert set(Original.objects.values_list("filename", "origin")) == {
        ("a.txt", "a.txt"),
        ("b.csv", "b.csv"),
        ("pasted.txt", "Pasted text"),
    }
    assert Original.objects.filter(received_by__username="archivist").count() == 3


@pytest.mark.django_db
def test_pasted_text_is_read_as_it_is_said_to_be(send):
    send(text='{"title": "One", "body": "Text."}\n{"title": "Two", "body": "More."}', read_as=".jsonl")
    send(text="---\ntitle: Three\n---\nThe text.")
    assert set(Article.objects.values_list("headline", flat=True)) == {"One", "Two", "Three"}


@pytest.mark.django_db
def test_a_new_source_is_made_with_its_rights(send):
    send(text=STORY, new_source="The Orbital Ledger", visibility="full", rights="Free to read.")
    source = Article.objects.get().source
    assert (source.name, source.visibility, source.rights) == ("The Orbital Ledger", "full", "Free to read.")


@pytest.mark.django_db
def test_a_new_source_that_another_made_a_moment_before_is_taken(send, monkeypatch):
    clean = importing.ImportForm.clean_new_source

    def meanwhile(form):
        name = clean(form)
        Source.objects.create(name=name)
        return name

    monkeypatch.setattr(importing.ImportForm, "clean_new_source", meanwhile)
    send(text=STORY, new_source="The Orbital Ledger")
    assert Article.objects.get().source == Source.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({}, {"__all__": ["Give a file, a text or an address."]}),
        ({"text": " \n"}, {"__all__": ["Give a file, a text or an address."]}),
        (
            {"text": STORY, "published": "1/2/2017"},
            {"published": ["“1/2/2017” could be two days: write it as 2017-01-31."]},
        ),
        (
            {"text": STORY, "mapping": "titel=headline"},
            {"mapping": ["“titel=headline” is not one of"]},
        ),
        (
            {"text": STORY, "new_source": "the gazette"},
            {"new_source": ["There is a source “the gazette”: choose it above."]},
        ),
        (
            {"address": "http://localhost/story"},
            {"address": ["Nothing was imported: the address leads into a private network: localhost."]},
        ),
        ({"address": "http://[::1"}, {"address": ["Enter a valid URL."]}),
        (
            {"address": "https://example.org:8080/"},
            {"address": ["Nothing was imported: the address names port 8080; only the usual ones are asked."]},
        ),
        (
            {"text": "x" * 2000},
            {"text": ["This is 2.0 KB, and a story may have 1000 bytes: send it as a file."]},
        ),
        (
            {"sent": [file("a.txt", "x" * 2500)]},
            {"sent": ["These are 2.4 KB, and 2.0 KB can be sent at once: import_articles takes more."]},
        ),
        (
            {"sent": [file("a.txt"), file("b.txt"), file("c.txt")]},
            {"sent": ["These are 3 files, and 2 can be sent at once: put them into a zip archive."]},
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_named_where_it_is_and_nothing_comes_in(send, settings, given, errors):
    settings.IMPORT_MAX_BYTES, settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_FILES = 1000, 2000, 2
    SourceFactory(name="The Gazette")
    page = send(**given)
    found = problems(page)
    assert found.keys() == errors.keys()
    for name, [said] in errors.items():
        assert found[name][0].startswith(said)
    assert (Article.objects.count(), Batch.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_both_an_old_and_a_new_source_are_one_too_many(send):
    page = send(text=STORY, source=SourceFactory().pk, new_source="Other")
    assert problems(page) == {"new_source": ["Choose a source or name a new one, not both."]}
    assert page.context["form"]["text"].value() == STORY


@pytest.mark.django_db
def test_what_was_sent_with_a_mistake_need_not_be_sent_again(send):
    page = send(sent=[file("a.txt")], text="Pasted\n\nThe agency waits.", published="soon")
    assert [upload.name for upload in page.context["kept"]] == ["a.txt"]
    assert f"a.txt ({len(STORY)}\xa0bytes)" in page.text
    page = send(kept=page.context["kept_token"], text="Pasted\n\nThe agency waits.", published="2017")
    assert set(Article.objects.values_list("headline", flat=True)) == {"Senate backs station", "Pasted"}
    assert originals_storage().listdir("uploads")[1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["forged", "another's"])
def test_nobody_imports_what_another_sent(send, token, editor):
    page = send(sent=[file("a.txt")], published="soon")
    other = importing.ImportForm(user=editor)
    other.uploads = page.context["kept"]
    page = send(kept=token if token == "forged" else other.kept_token())
    assert problems(page) == {"__all__": ["Give a file, a text or an address."]}


@pytest.mark.django_db
def test_a_page_of_the_web_comes_in(send, site, monkeypatch):  # noqa: F811 - the fixture
    monkeypatch.setattr(importing, "fetch", partial(fetch, may_connect=anywhere))
    monkeypatch.setitem(PAGES, "/story.txt", (200, "text/plain", STORY.encode()))
    send(address=f"{site}/story.txt")
    assert Article.objects.get().headline == "Senate backs station"
    assert Original.objects.get().origin == f"{site}/story.txt"
    page = send(address=f"{site}/gone", text=STORY)
    assert problems(page) == {"address": ["Nothing was imported: the address answers 404 Not Found."]}
    assert page.context["form"]["text"].value() == STORY


@pytest.mark.django_db
def test_much_is_followed_on_the_page_of_its_import(send, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("archive.ingest.importing.LITTLE_BYTES", 10)
    page = send(sent=[file("a.txt")])
    batch, job = Batch.objects.get(), Job.objects.get()
    assert page.redirect_chain[-1][0] == job.onward == admin_url("batch_change", batch.pk)
    assert f'data-follow="{admin_url("batch_progress", batch.pk)}"' in page.text
    assert "0 imported, 0 skipped, 0 failed" in page.text
    assert (batch.job, page.context["undoable"]) == (job, False)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_report_takes_the_same_queries_however_many_rows(rows, archivist, sign_in, django_assert_num_queries):
    batch = BatchFactory(imported=rows, skipped=rows, failed=rows)
    for number in range(rows):
        article = ArticleFactory(batch=batch)
        batch.rows.create(origin="rows.csv", row=number + 1, outcome="imported", article=article)
        batch.rows.create(
            origin="rows.csv", row=number + 11, outcome="skipped", reason="is here already", article=article
        )
        failure = FailureFactory(batch=batch, origin="rows.csv", row=number + 21)
        batch.rows.create(origin="rows.csv", row=failure.row, outcome="failed", reason="is not JSON")
    client = sign_in(archivist)
    client.get(admin_url("batch_change", batch.pk))
    with django_assert_num_queries(4 + 7):
        page = client.get(admin_url("batch_change", batch.pk))
    report = page.context["report"]
    assert [one.row.outcome for one in report.rows] == ["imported", "skipped", "failed"] * rows
    assert {one.url for one in report.rows if one.row.outcome == "failed"} == {
        admin_url("failure_change", pk) for pk in Failure.objects.values_list("pk", flat=True)
    }
    assert {one.url for one in report.rows if one.row.outcome != "failed"} == {
        reverse("admin:review-story", args=[pk]) for pk in Article.objects.values_list("pk", flat=True)
    }


@pytest.mark.django_db
def test_a_report_is_narrowed_to_an_outcome_and_paged_by_key(archivist, sign_in, monkeypatch):
    monkeypatch.setattr("archive.admin.batch_report.ROWS_SHOWN", 2)
    batch = BatchFactory()
    for number in range(1, 5):
        batch.rows.create(origin="a.csv", row=number, outcome="skipped" if number == 2 else "imported")
    client = sign_in(archivist)

    def rows(query):
        report = client.get(f"{admin_url('batch_change', batch.pk)}?{query}").context["report"]
        return [one.row.row for one in report.rows], report.next_after

    shown, after = rows("")
    assert (shown, after) == ([1, 2], batch.rows.get(row=2).pk)
    assert rows(f"after={after}") == ([3, 4], None)
    assert rows("outcome=skipped") == ([2], None)
    assert rows("outcome=nonsense&after=x")[0] == [1, 2]


@pytest.mark.django_db
def test_an_import_of_many_is_undone_by_a_job(archivist, sign_in, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("archive.admin.batch.AT_ONCE", 1)
    batch = BatchFactory()
    ArticleFactory.create_batch(2, batch=batch)
    with django_capture_on_commit_callbacks(execute=True):
        page = sign_in(archivist).post(admin_url("batch_undo", batch.pk))
    job = Job.objects.get()
    assert page.url == admin_url("job_change", job.pk)
    assert (job.outcome, job.onward, Article.objects.count()) == (
        "Articles taken out: 2.",
        admin_url("batch_change", batch.pk),
        0,
    )


@pytest.mark.django_db
def test_failures_that_are_chosen_are_tried_again_by_a_job(archivist, sign_in, django_capture_on_commit_callbacks):
    good, bad = FailureFactory(content=STORY.encode(), filename="a.txt"), FailureFactory()
    gone = FailureFactory(content=None)
    client = sign_in(archivist)
    chosen = {"action": "try_again", "_selected_action": [good.pk, bad.pk, gone.pk]}
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(admin_url("failure_changelist"), chosen)
    assert page.url == admin_url("job_change", Job.objects.get().pk)
    assert "1 settled, 1 still cannot come in." in client.get(page.url).text
    page = client.post(admin_url("failure_changelist"), chosen | {"_selected_action": [gone.pk]}, follow=True)
    assert told(page) == ["Nothing of this waits with its bytes, to be tried again."]


PLAIN = Screen(javascript=False)


@pytest.fixture
def at_the_page(page, archivist, let_in):
    let_in(page, archivist).goto(admin_url("batch_add"))
    return page


@pytest.mark.browser
@pytest.mark.parametrize("page", [NARROW, PLAIN], ids=str, indirect=True)
def test_files_are_sent_kept_over_a_mistake_and_come_in(at_the_page, tmp_path):
    page = at_the_page
    assert not overflows(page)
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"title": "One", "body": "The House voted."}) + "\n{\n")
    page.get_by_label("Files").set_input_files(rows)
    page.get_by_label("Date").fill("soon")
    page.get_by_role("button", name="Import").click()
    assert "“soon” is not a date." in page.locator(".errorlist").inner_text()
    assert "rows.jsonl" in page.locator(".kept").inner_text()
    page.get_by_label("Date").fill("2017")
    page.get_by_label("Or a new source").fill("The Orbital Ledger")
    page.get_by_role("button", name="Import").click()
    assert page.locator(".outcomes").inner_text().split("\n") == ["All", "1 imported", "0 skipped", "1 failed"]
    assert not overflows(page)
    page.get_by_role("link", name="Mend it and try again").click()
    assert "rows.jsonl, row 2" in page.locator("#content").inner_text()
    assert Source.objects.get().articles.get().headline == "One"


@pytest.mark.browser
def test_a_text_is_pasted_and_sent_by_keyboard_alone(at_the_page):
    page = at_the_page
    page.get_by_label("Files").focus()
    page.keyboard.press("Tab")
    page.keyboard.insert_text(STORY)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")
    page.get_by_role("link", name="Senate backs station").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/**")


@pytest.mark.browser
@pytest.mark.parametrize("page", [NARROW], ids=str, indirect=True)
def test_an_address_within_the_house_is_refused_by_its_field(at_the_page, live_server):
    page = at_the_page
    page.get_by_label("Address").fill("http://localhost/")
    page.get_by_role("button", name="Import").click()
    row = page.locator(".form-row.errors")
    assert "leads into a private network: localhost" in row.inner_text()
    assert page.get_by_label("Address").input_value() == "http://localhost/"


@pytest.mark.browser
def test_a_long_import_is_followed_to_its_report(at_the_page, work, tmp_path, monkeypatch):
    page = at_the_page
    monkeypatch.setattr("archive.ingest.importing.LITTLE_BYTES", 10)
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"title": f"Story {n}", "body": f"Part {n}."}) + "\n" for n in range(3)))
    page.get_by_label("Files").set_input_files(rows)
    page.get_by_role("button", name="Import").click()
    assert page.locator(".job-state").inner_text().split("\n")[0] == "Waiting"
    work()
    page.get_by_text("3 imported, 0 skipped, 0 failed.", exact=True).wait_for()
    assert page.get_by_role("link", name="Story 2").is_visible()
