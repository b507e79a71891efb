"""The words of a search where they stand."""

import pytest

from archive.search.words import in_context

pytestmark = pytest.mark.django_db


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


def test_words_are_marked_in_the_headline_and_in_the_text():
    [here] = in_context([("A treaty for the heavens", "Two treaties were signed\n\nbefore noon.")], "treaty")
    assert marked(here.headline) == "A [treaty] for the heavens"
    assert marked(here.text) == "Two [treaties] were signed before noon"


def test_of_a_long_text_only_the_places_are_given():
    text = "word " * 500 + "the treaty was signed " + "word " * 500
    [here] = in_context([("Nothing", text)], "treaty")
    assert here.headline == []
    assert "[treaty] was signed" in marked(here.text)
    assert len(marked(here.text)) < 300


def test_a_text_without_the_words_gives_no_place():
    [here] = in_context([("A headline", "And a text.")], "treaty")
    assert (here.headline, here.text) == ([], [])


def test_pairs_keep_their_order():
    found = in_context([(f"Treaty {n}", "") for n in range(5)], "treaty")
    assert [marked(here.headline) for here in found] == [f"[Treaty] {n}" for n in range(5)]


def test_markup_in_a_text_is_text():
    [here] = in_context([("<b>treaty</b>", "x")], "treaty")
    assert marked(here.headline) == "<b>[treaty]</b>"
