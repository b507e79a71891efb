"""The words of a search where they stand."""

import pytest
from django.db import connection

from archive.models import Article
from archive.search import context as of_context
from archive.search.context import Text, in_context
from archive.search.filters import ArticleFilter
from archive.search.language import understand
from archive.search.words import STEMMINGS, question_of
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


def context(words, *texts):
    return in_context([Text("en", *text) for text in texts], question_of(understand(words)))


def test_words_are_marked_in_the_headline_and_in_the_text():
    [here] = context("treaty", ("A treaty for the heavens", "Two treaties were signed\n\nbefore noon."))
    assert marked(here.headline) == "A [treaty] for the heavens"
    assert marked(here.body) == "Two [treaties] were signed before noon"


def test_a_word_is_marked_in_the_language_of_its_text():
    question = question_of(understand("fusées"))
    [here] = in_context([Text("fr", "La fusée perdue")], question)
    assert marked(here.headline) == "La [fusée] perdue"


def test_of_a_long_text_only_the_places_are_given():
    text = "word " * 500 + "the treaty was signed " + "word " * 500
    [here] = context("treaty", ("Nothing", text))
    assert here.headline == []
    assert "[treaty] was signed" in marked(here.body)
    assert len(marked(here.body)) < 300


def test_a_text_without_the_words_gives_no_place():
    [here] = context("treaty", ("A headline", "And a text."))
    assert (here.headline, here.body) == ([], [])


@pytest.mark.parametrize("words", ["", "the", "-treaty"])
def test_without_words_to_find_nothing_is_marked(words):
    [here] = context(words, ("A treaty", "And the text."))
    assert (here.headline, here.body) == ([], [])


def test_pairs_keep_their_order():
    found = context("treaty", *((f"Treaty {n}", "") for n in range(5)))
    assert [marked(here.headline) for here in found] == [f"[Treaty] {n}" for n in range(5)]


def test_markup_in_a_text_is_text():
    [here] = context("treaty", ("<b>treaty</b>", "x"))
    assert marked(here.headline) == "<b>[treaty]</b>"


def test_words_between_angle_brackets_are_found_and_marked_there():
    article = ArticleFactory(published=True, headline="<IVACO INC> YEAR NET", body="Steel <mills> closed.")
    filters = ArticleFilter({"q": "ivaco mills"}, queryset=Article.objects.public())
    assert filters.form.is_valid()
    assert filters.qs.get() == article
    [here] = context("ivaco mills", (article.headline, article.body))
    assert marked(here.headline) == "<[IVACO] INC> YEAR NET"
    assert marked(here.body) == "Steel <[mills]> closed."


def test_of_many_long_texts_only_the_beginnings_are_looked_through(monkeypatch):
    monkeypatch.setattr(of_context, "ALL_TOGETHER", 1_500)
    long, short = "word " * 200 + "they die", "they die"  # whose letters do not tell where to look for “dying”
    assert [bool(here.body) for here in context("dying", ("", long), ("", long), ("", short))] == [False, False, True]
    assert [bool(here.body) for here in context("dying", ("", long), ("", short))] == [True, True]


def test_a_word_that_only_seems_to_stand_somewhere_is_looked_for_everywhere():
    [here] = context("dying", ("", "Dyingly slow. " + "word " * 500 + "They die."))
    assert "[die]" in marked(here.body)


def test_every_stemming_is_the_one_the_database_keeps_its_articles_in():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT language, archive_stemming(language)::text FROM unnest(%s::text[]) AS language", [[*STEMMINGS]]
        )
        assert dict(cursor.fetchall()) == STEMMINGS


@pytest.fixture
def rockets():
    """One article each of a language, about rockets; in English there is one about rocks, too."""
    texts = {"en": "The rocket flew.", "en-GB": "Rockets fly.", "fr": "Des fusées volent.", "xx": "rocket science"}
    for language, body in texts.items():
        ArticleFactory(headline=language, language=language, body=body)
    ArticleFactory(headline="rocks", language="en", body="A rock fell, and nobody flew.")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rocket", ["en", "en-GB", "xx"]),
        ("rockets", ["en", "en-GB"]),
        ("rock", ["rocks"]),
        ("fusée", ["fr"]),
        ("fusees", ["fr"]),
        ("rocket -science", ["en", "en-GB"]),
        ("fly -rock", ["en-GB"]),
        ("-rocket -rock", ["fr"]),
        ("rocket OR fusée", ["en", "en-GB", "fr", "xx"]),
        ("the", []),
        ("", []),
    ],
)
def test_a_word_is_found_as_the_language_of_each_article_has_it(words, found, rockets):
    matching = Article.objects.filter(question_of(understand(words)).of_articles())
    assert sorted(matching.values_list("headline", flat=True)) == found
