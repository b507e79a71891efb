"""Questions whose plans the server keeps."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.db import DataError, NotSupportedError, OperationalError, connection, transaction
from psycopg.pq import TransactionStatus

from archive.site.asking import Question, given, together

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(sql: str) -> None:
    """Execute something as another process does."""

    def execute() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(execute).result(timeout=20)


def migrate(width: int) -> None:
    elsewhere(f"ALTER TABLE auth_group ALTER name TYPE varchar({width})")


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


def test_it_is_asked_within_the_transaction_of_whoever_asks():
    question = Question(lambda: Group.objects.filter(name="Readers").values_list("name"), tuple)
    assert question.ask() == []
    with transaction.atomic():
        assert question.ask() == []
        assert connection.connection.info.transaction_status == TransactionStatus.INTRANS
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE


def test_a_session_that_the_server_has_ended_is_told_of_as_by_any_other_query():
    question = Question(lambda: Group.objects.filter(name="Readers").values_list("name"), tuple)
    assert question.ask() == []
    elsewhere(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid}, 20000)")
    with pytest.raises(OperationalError):
        question.ask()
    connection.close()
    assert question.ask() == []


def test_what_the_database_refuses_is_told_by_its_own_error():
    question = Question(lambda: Group.objects.extra(where=["1 / (id - id) = 1"]).values_list("name"), tuple)
    Group.objects.create(name="Readers")
    with pytest.raises(DataError, match="division by zero"):
        question.ask()


def test_one_plan_serves_numbers_of_every_size():
    question = Question(lambda: Group.objects.filter(pk=given("pk")).values_list("name"), tuple)
    planned = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
    for pk in (30_000, 70_000, 10**12):
        assert question.ask(pk=pk) == []
    with connection.cursor() as cursor:
        cursor.execute(planned, ['%"auth_group"."id" = ($1)'])
        assert cursor.fetchone() == (1,)


@pytest.fixture
def named():
    return Question(lambda: Group.objects.filter(name=given("name")).values_list("name"), tuple)


@pytest.fixture
def broken():
    return Question(lambda: Group.objects.extra(where=["1 / (id - id) = 1"]).values_list("name"), tuple)


def test_several_are_answered_in_the_order_they_were_asked(named):
    Group.objects.create(name="Readers")
    all_readers = Question(lambda: Group.objects.filter(name__startswith="Read").values_list("name"), tuple)
    for _ in range(2):  # planned, and then as it was planned
        assert together(named.asked(name="Writers"), all_readers.asked(), named.asked(name="Readers")) == [
            [],
            [("Readers",)],
            [("Readers",)],
        ]
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE


def test_of_several_one_that_is_refused_is_told_and_the_connection_serves_on(named, broken):
    Group.objects.create(name="Readers")
    with pytest.raises(DataError, match="division by zero"):
        together(named.asked(name="Readers"), broken.asked(), named.asked(name="Readers"))
    assert named.ask(name="Readers") == [("Readers",)]
    with transaction.atomic():
        with pytest.raises(DataError, match="division by zero"), transaction.atomic():
            together(named.asked(name="Readers"), broken.asked())
        assert together(named.asked(name="Readers"), named.asked(name="")) == [[("Readers",)], []]


def test_several_asked_of_a_session_that_the_server_has_ended_are_told_so(named):
    asked = named.asked(name="Readers"), named.asked(name="Writers")
    assert together(*asked) == [[], []]
    elsewhere(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid}, 20000)")
    with pytest.raises(OperationalError):
        together(*asked)
    connection.close()
    assert together(*asked) == [[], []]


def test_a_plan_that_a_migration_made_wrong_is_given_up_among_several(question):
    assert together(question.asked(), question.asked()) == [[("Readers",)], [("Readers",)]]


def test_an_answer_larger_than_what_is_sent_at_once_is_waited_for():
    readers = Group.objects.filter(name="Readers").extra(select={"long": "repeat(name, 100000)"})
    long = Question(lambda: readers.values_list("long"), tuple)
    Group.objects.create(name="Readers")
    assert [len(row[0][0]) for row in together(*[long.asked()] * 5)] == [700_000] * 5
