"""Where in a long text the words of a search seem to stand."""

import pytest

from archive.search.stretches import LENGTH, stretch

FILL = "filling words of no interest " * 100


@pytest.mark.parametrize(
    ("words", "there"),
    [
        (["treaty"], "a treaty was signed"),
        (["treaties"], "a treaty was signed"),
        (["treaty"], "many treaties were signed"),
        (["Treaty"], "the TREATY was signed"),
        (["space", "debris"], "debris of a station in space"),
    ],
)
def test_the_words_stand_in_the_stretch(words, there):
    found = stretch(f"{FILL}{there} {FILL}", words)
    assert there in found
    assert len(found) <= LENGTH


def test_it_is_where_most_of_the_words_stand():
    text = f"A treaty. {FILL}The treaty on Venus. {FILL}Venus."
    assert "The treaty on Venus." in stretch(text, ["treaty", "venus"])


def test_a_word_given_again_and_again_counts_once():
    text = f"The treaty. {FILL}The treaty on Venus. {FILL}" + "Treaty. " * 500
    assert "The treaty on Venus." in stretch(text, ["treaty"] * 75 + ["venus"])


def test_of_equal_places_it_is_the_first():
    assert stretch(f"Treaty one. {FILL}Treaty two.", ["treaty"]).startswith("Treaty one.")


def test_letters_within_a_word_are_no_beginning():
    text = f"Entreaty. {FILL}The treaty."
    assert stretch(text, ["treaty"]).endswith("The treaty.")


def test_it_begins_and_ends_with_whole_words():
    found = stretch(f"{FILL}a treaty was signed {FILL}", ["treaty"]).split()
    assert {*found} == {*FILL.split(), "a", "treaty", "was", "signed"}


@pytest.mark.parametrize("text", ["Treaty. " * 10, FILL, "x" * 2_000])
def test_a_short_text_and_one_without_the_words_are_given_whole(text):
    assert stretch(text, ["treaty"]) == text


def test_a_text_of_one_long_word_is_cut():
    assert len(stretch("treaty" * 1_000, ["treaty"])) <= LENGTH
