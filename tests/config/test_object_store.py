"""Originals in an object store: a real server that speaks S3, asked by boto as any other is."""

import hashlib
import io
import json
import os
import secrets
from contextlib import contextmanager
from io import StringIO

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.urls import reverse

from archive.ingest.drafting import Told
from archive.ingest.importing import bring_in
from archive.ingest.uploads import keep_upload
from archive.jobs import JobError, go_on
from archive.models import Article, Failure, Original, Suggestion
from archive.models.original import place_of_original
from archive.suggestion import propose
from archive.suggestion.learning.training import train
from archive.suggestion.learning.versions import keep_model, latest_model
from archive.suggestion.retraining import learn_topics
from config.object_store import options_of
from tests.factories import ArticleFactory, TopicFactory, UserFactory
from tests.suggestion.learning.desk import desk_stories

pytestmark = pytest.mark.django_db
STORY = "Senate backs station\n\nThe Senate voted on part {}.\n\nThe House follows."


class Store:
    """The server, which may be away for a while; what it holds is there when it is back."""

    def __init__(self) -> None:
        self._start("127.0.0.1", 0)
        self.host, self.port = self.server.get_host_and_port()
        self.address = f"http://{self.host}:{self.port}"

    def leave(self) -> None:
        self.server.stop()

    def come_back(self) -> None:
        self._start(self.host, self.port)

    def _start(self, host: str, port: int) -> None:
        from moto.server import ThreadedMotoServer  # which takes a second to import

        self.server = ThreadedMotoServer(ip_address=host, port=port, verbose=False)
        self.server.start()


@pytest.fixture(scope="module")
def server():
    store = Store()
    yield store
    store.leave()


@pytest.fixture
def store(server, settings, monkeypatch):
    """The server, with an empty bucket that is the site's place for originals."""
    asked = {"ACCESS_KEY_ID": "archive", "SECRET_ACCESS_KEY": "secret", "ENDPOINT_URL_S3": server.address}
    for name, value in {**asked, "DEFAULT_REGION": "eu-central-1", "MAX_ATTEMPTS": "1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    bucket = f"bucket-{secrets.token_hex(8)}"
    boto3.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    monkeypatch.setenv("ORIGINALS_STORAGE", f"s3://{bucket}/of/the/archive")
    originals = {"BACKEND": "config.object_store.ObjectStore", "OPTIONS": options_of(os.environ["ORIGINALS_STORAGE"])}
    settings.STORAGES = {**settings.STORAGES, "originals": originals}
    monkeypatch.setattr(Original._meta.get_field("content"), "storage", storages["originals"])
    server.bucket = boto3.resource("s3").Bucket(bucket)
    return server


@pytest.fixture
def away(store):
    """While it lasts, the server answers nobody."""

    @contextmanager
    def away():
        store.leave()
        try:
            yield
        finally:
            store.come_back()

    return away


def keys(store) -> list[str]:
    return [one.key for one in store.bucket.objects.all()]


def bring(tmp_path, *numbers) -> None:
    for number in numbers:
        (tmp_path / f"{number}.txt").write_text(STORY.format(number))
    call_command("import_articles", str(tmp_path), stdout=StringIO(), stderr=StringIO())


def test_an_original_is_kept_under_its_checksum_and_comes_back_as_it_was(store, tmp_path, admin_client):
    bring(tmp_path, 1)
    original = Original.objects.get()
    assert original.sha256 == hashlib.sha256(STORY.format(1).encode()).hexdigest()
    assert keys(store) == [f"of/the/archive/{place_of_original(original, '')}"]
    download = admin_client.get(reverse("admin:archive_original_download", args=[original.pk]))
    assert download.getvalue().decode() == STORY.format(1)
    bring(tmp_path, 1)
    assert len(keys(store)) == Original.objects.count() == 1


def test_an_object_that_is_not_whole_is_put_right_by_the_next_import(store, tmp_path):
    place = place_of_original(Original(sha256=hashlib.sha256(STORY.format(1).encode()).hexdigest()), "")
    store.bucket.put_object(Key=f"of/the/archive/{place}", Body=b"Senate ba")
    bring(tmp_path, 1)
    assert Original.objects.get().content.read().decode() == STORY.format(1)


def test_a_long_original_is_kept_whole(store, tmp_path):
    rows = ({"title": f"Part {n}", "body": f"So {n}.", "notes": "More of it. " * 50_000} for n in range(15))
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))  # 9 MB: sent in parts
    call_command("import_articles", str(tmp_path), stdout=StringIO(), stderr=StringIO())
    original = Original.objects.get()
    with original.content.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == original.sha256


def test_bytes_that_are_gone_are_told_of(store, tmp_path, admin_client):
    bring(tmp_path, 1)
    store.bucket.objects.all().delete()
    original = Original.objects.get()
    answer = admin_client.get(reverse("admin:archive_original_download", args=[original.pk]), follow=True)
    assert "The bytes of 1.txt are not where they were kept: look for them in a backup." in answer.text


def test_a_store_that_is_away_is_told_of(store, away, tmp_path, admin_client):
    bring(tmp_path, 1)
    with away():
        address = reverse("admin:archive_original_download", args=[Original.objects.get().pk])
        answer = admin_client.get(address, follow=True)
    assert "The bytes of 1.txt cannot be reached: object store: Could not connect to the endpoint" in answer.text


def test_an_import_that_loses_the_store_stops_and_goes_on_when_it_is_run_again(store, away, tmp_path):
    with away(), pytest.raises(CommandError, match="Where originals are kept cannot be reached: object store: Could"):
        bring(tmp_path, 1, 2)
    assert (Article.objects.count(), Failure.objects.count()) == (0, 0)
    bring(tmp_path)
    assert (Article.objects.count(), Original.objects.count(), len(keys(store))) == (2, 2, 2)


def test_what_was_sent_to_be_imported_in_the_background_is_not_lost_with_the_store(
    store, away, archivist, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("archive.ingest.importing.LITTLE_BYTES", -1)
    sent = [keep_upload(io.BytesIO(STORY.format(number).encode()), name=f"{number}.txt") for number in range(3)]
    with django_capture_on_commit_callbacks() as callbacks:
        batch = bring_in(sent, Told(by=archivist))
    with away():
        for callback in callbacks:
            callback()
    job = batch.job
    job.refresh_from_db()
    assert job.problem.startswith("Where originals are kept cannot be reached: object store: Could not connect")
    assert Article.objects.count() == Failure.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        go_on(job, by=archivist)
    job.refresh_from_db()
    assert (job.problem, job.outcome) == ("", "3 imported, 0 skipped, 0 failed.")
    assert sorted(keys(store)) == sorted(
        f"of/the/archive/{place_of_original(original, '')}" for original in Original.objects.all()
    )


def test_who_sends_something_while_the_store_is_away_keeps_what_they_typed(store, away, admin_client):
    with away():
        answer = admin_client.post(
            reverse("admin:archive_batch_add"), {"text": "Senate backs station\n\nThe Senate voted."}
        )
    assert answer.status_code == 200
    assert "Where originals are kept cannot be reached" in answer.text
    assert "The Senate voted." in answer.text


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_to_one_machine_is_brought_in_by_the_worker_of_another(store, settings, work, monkeypatch):
    monkeypatch.setattr("archive.ingest.importing.LITTLE_BYTES", -1)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    chief = UserFactory(is_superuser=True)
    batch = bring_in([keep_upload(io.BytesIO(STORY.format(1).encode()), name="1.txt")], Told(by=chief))
    assert work() == 0
    batch.refresh_from_db()
    assert (batch.imported, batch.failed, batch.job.problem) == (1, 0, "")
    assert Original.objects.get().content.read().decode() == STORY.format(1)


@pytest.mark.parametrize("address", ["bucket", "s3://", "https://bucket.example/", "s3://bucket?region=x"])
def test_an_address_that_names_no_bucket_is_refused(address):
    with pytest.raises(ImproperlyConfigured, match="ORIGINALS_STORAGE must be an address such as s3://bucket/prefix"):
        options_of(address)


def test_a_model_of_topics_lies_there_for_all_machines_and_while_the_store_is_away_names_propose(store, away, caplog):
    model = train(desk_stories(40))
    name = keep_model(model)
    assert keys(store) == [f"of/the/archive/topic-models/{name}"]
    assert latest_model().topics == model.topics
    venus, story = TopicFactory(name="Venus"), ArticleFactory(body="To Venus.")
    with away():
        propose([story])
    assert [suggestion.topic for suggestion in Suggestion.objects.topics()] == [venus]
    assert "Topics are proposed by name alone: object store" in caplog.text


def test_what_was_learned_while_the_store_is_away_is_said_not_to_be_kept(store, away, archivist, monkeypatch):
    model = train(desk_stories(40))
    monkeypatch.setattr("archive.suggestion.learning.training.train", lambda *_given: model)
    job = learn_topics.ask(by=archivist, title="Learn")
    with away():
        with pytest.raises(CommandError, match="What was learned cannot be kept: object store: Could not connect"):
            call_command("train_topics")
        with pytest.raises(JobError, match="What was learned cannot be kept: object store"):
            learn_topics(job)
