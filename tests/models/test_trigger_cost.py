"""The libraries' functions that every trigger calls, in the cheap form."""

import pgtrigger
import pytest
from django.db import connection

from archive.models import FormerSlug
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("function", ["_pgtrigger_should_ignore", "_pgh_attach_context"])
def test_no_trigger_opens_a_subtransaction_for_a_setting_that_is_not_there(function):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [function])
        [(source,)] = cursor.fetchall()
    assert "EXCEPTION" not in source.upper()


def test_a_trigger_can_still_be_ignored_on_purpose():
    topic = TopicFactory(slug="old")
    with pgtrigger.ignore("archive.Topic:keep_former_slug"):
        topic.slug = "new"
        topic.save()
    assert FormerSlug.objects.count() == 0
    topic.slug = "newer"
    topic.save()
    assert FormerSlug.objects.get().slug == "new"
