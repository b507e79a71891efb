import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder


def test_the_process_answers_without_a_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (
        200,
        b"alive\n",
        "text/plain; charset=utf-8",
    )


@pytest.mark.django_db
def test_the_site_is_ready_with_its_schema(client, django_assert_num_queries):
    client.get("/readyz")
    with django_assert_num_queries(2):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_the_site_is_not_ready_before_it_is_migrated(client):
    newest = MigrationRecorder.Migration.objects.filter(app="archive").latest("name")
    newest.delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content.decode()) == (503, f"not migrated: archive.{newest.name}\n")


def test_the_site_is_not_ready_without_its_database(client, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")


@pytest.mark.django_db
def test_a_probe_on_the_machine_is_not_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert [client.get(path).status_code for path in ("/healthz", "/readyz", "/")] == [200, 200, 301]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_no_cache_answers_for_the_site(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]
