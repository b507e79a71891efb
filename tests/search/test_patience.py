"""The last net: no search goes on for ever."""

import pytest
from django.db import connection

from archive.search import patience

pytestmark = pytest.mark.django_db


def ask(query="SELECT 1"):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


def test_a_query_that_takes_too_long_is_broken_off(monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.05)
    with pytest.raises(patience.TookTooLong), patience.at_most():
        ask("SELECT pg_sleep(10)")
    assert ask() == (1,)


def test_many_short_queries_are_broken_off_as_one_long_one_would_be(monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.05)

    def goes_on():
        patience.go_on()
        return ask()

    for_ever = iter(goes_on, None)
    with pytest.raises(patience.TookTooLong), patience.at_most():
        list(for_ever)
    assert ask() == (1,)
