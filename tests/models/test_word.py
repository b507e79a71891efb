"""The words of the archive, counted for those who misspell one."""

import io

import pytest
from django.core.management import call_command

from archive.models import Word
from archive.models.word import shortened
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def counted():
    said = io.StringIO()
    call_command("count_words", stdout=said)
    return dict(Word.objects.values_list("word", "articles")), said.getvalue()


def test_the_words_of_public_articles_are_counted_without_case_and_accents():
    ArticleFactory(published=True, headline="Orbit", standfirst="", body="Orbit élan, a 1967 law.")
    ArticleFactory(published=True, headline="An orbit", standfirst="", body="Again.")
    ArticleFactory(headline="Secret", body="Secret.")
    assert counted() == ({"orbit": 2, "elan": 1, "again": 1}, "Words: 3.\n")


def test_counting_again_forgets_what_is_gone(monkeypatch):
    monkeypatch.setattr("archive.models.word.STEP", 1)
    gone = ArticleFactory(published=True, headline="Orbit", standfirst="", body="Orbit.")
    ArticleFactory(published=True, headline="Moon", standfirst="", body="Moon.")
    assert counted()[0] == {"orbit": 1, "moon": 1}
    gone.delete()
    assert counted()[0] == {"moon": 1}


@pytest.mark.parametrize("other", ["satelite", "satellites", "satallite", "satlelite"])
def test_a_letter_more_or_less_or_another_or_one_moved_is_near(other):
    assert not set(shortened("satellite")).isdisjoint(shortened(other))


def test_two_letters_off_is_not_near():
    assert set(shortened("satellite")).isdisjoint(shortened("sattelites"))
