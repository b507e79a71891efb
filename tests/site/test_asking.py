"""Questions whose plans the server keeps."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.db import NotSupportedError, connection, transaction

from archive.site.asking import Question

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(width: int) -> None:
    """Change a column as another process does."""

    def change() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"ALTER TABLE auth_group ALTER name TYPE varchar({width})")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(change).result(timeout=20)


@pytest.fixture
def question():
    """A question that was asked, and whose column a migration has changed since."""
    Group.objects.create(name="Readers")
    question = Question(lambda: Group.objects.filter(name="Readers").values_list("name"), tuple)
    assert question.ask() == [("Readers",)]
    migrate(151)
    yield question
    migrate(150)


def test_a_plan_that_a_migration_made_wrong_is_given_up(question):
    assert question.ask() == [("Readers",)]


def test_within_a_transaction_it_is_not_asked_twice(question):
    with pytest.raises(NotSupportedError, match="must not change result type"), transaction.atomic():
        question.ask()
    assert question.ask() == [("Readers",)]
