"""Queries whose plans the server keeps."""

import pytest
from django.contrib.auth.models import Group
from django.db import NotSupportedError, connection, transaction

from archive.planned import answer
from tests.site.test_asking import migrate

pytestmark = pytest.mark.django_db(transaction=True)

NAMED = "SELECT name FROM auth_group WHERE name IN (%(one)s, %(other)s) OR length(name) = %(length)s ORDER BY name"


@pytest.fixture
def groups():
    Group.objects.bulk_create(Group(name=name) for name in ("Desk", "Readers", "Owls"))


def test_what_is_given_is_filled_in_by_name(groups):
    assert answer(NAMED, other="Desk", one="Readers", length=0) == [("Desk",), ("Readers",)]
    assert answer(NAMED, one="Owls", other="", length=7) == [("Owls",), ("Readers",)]


def test_a_plan_that_a_migration_made_wrong_fails_within_a_transaction_once(groups):
    asked = {"one": "Owls", "other": "", "length": 0}
    answer(NAMED, **asked)
    migrate(151)
    try:
        with pytest.raises(NotSupportedError), transaction.atomic():
            answer(NAMED, **asked)
        with transaction.atomic():
            assert answer(NAMED, **asked) == [("Owls",)]
    finally:
        migrate(150)


def test_what_stands_around_all_queries_stands_around_these(groups):
    seen = []

    def watching(execute, sql, *others):
        seen.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(watching):
        assert answer(NAMED, one="Desk", other="", length=0) == [("Desk",)]
    assert len(seen) == 1


def test_the_server_keeps_to_its_plans_though_the_transaction_that_began_with_them_is_undone():
    connection.close()
    with transaction.atomic():
        answer("SELECT 1")
        transaction.set_rollback(True)
    assert answer("SELECT current_setting('plan_cache_mode')") == [("force_generic_plan",)]
