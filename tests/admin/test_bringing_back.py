"""What was deleted, at the admin: listed with who and when, brought back by a button."""

import pytest

from archive.models import Source
from tests.admin.conftest import admin_url
from tests.factories import PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_a_deletion_at_the_admin_is_listed_with_who_did_it_and_brought_back(at):
    source = SourceFactory(name="Orbit Daily")
    at("archivist").post(admin_url("source_delete", source.pk), {"post": "yes"})
    page = admin_url("source_deleted")
    assert page in at("archivist").get(admin_url("source_changelist")).text

    [(entry, said, who)] = at("archivist").get(page).context["deletions"]
    done = at("archivist").post(page, {"entry": entry.pk})

    assert (said, str(who)) == ("Orbit Daily", "archivist")
    assert done.url == admin_url("source_change", source.pk)
    assert Source.objects.get() == source


def test_what_cannot_come_back_is_told(at):
    SourceFactory(name="Orbit Daily").delete()
    SourceFactory(name="Orbit Daily")
    page = admin_url("source_deleted")
    [(entry, _, _)] = at("archivist").get(page).context["deletions"]
    assert "taken its place" in at("archivist").post(page, {"entry": entry.pk}, follow=True).text


@pytest.mark.parametrize("entry", ["", "abc", "999", "\0"])
def test_an_entry_that_is_none_is_not_found(at, entry):
    assert at("archivist").post(admin_url("source_deleted"), {"entry": entry}).status_code == 404


def test_the_page_costs_the_same_for_one_deletion_and_for_three(at, django_assert_num_queries):
    client = at("archivist")
    for number in (1, 2):
        for _ in range(number):
            PersonFactory().delete()
        client.get(admin_url("person_deleted"))
        with django_assert_num_queries(6):
            client.get(admin_url("person_deleted"))
