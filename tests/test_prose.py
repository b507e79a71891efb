"""The canonical body, and what is marked in it."""

import pytest

from archive.prose import Block, Mark, Run, blocks, canonical, excerpt, is_visible, without_accents


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("One.\r\n\r\nTwo.\r", "One.\n\nTwo."),
        ("One.  \n\n\n\n  \nTwo.\n", "One.\n\nTwo."),
        ("\ufeffZu\u0308rich\x00", "Zürich"),
        ("A\tB\u2028C", "A B\nC"),
        ('“Curly” and "straight", it\'s all kept—so…', '“Curly” and "straight", it\'s all kept—so…'),
        ("Pha\u00adse\x0cTwo", "Phase\nTwo"),
        (" \n ", ""),
    ],
)
def test_a_text_has_one_canonical_form(given, kept):
    assert canonical(given) == kept
    assert canonical(kept) == kept


def test_a_body_without_marks_is_its_paragraphs_and_subheadings():
    assert blocks("One.\n\n## The talks\n\nTwo\nlines.") == [
        Block(False, 0, (Run("One.", 0),)),
        Block(True, 9, (Run("The talks", 9),)),
        Block(False, 20, (Run("Two\nlines.", 20),)),
    ]


def test_a_quote_in_two_spans_opens_once():
    body = "“If so,” he said, “then yes.”"
    [block] = blocks(body, [Mark("q", [[1, 7], [19, 28]])])
    assert block.text == body
    assert [(run.text, run.keys, run.opens) for run in block.runs] == [
        ("“", (), ()),
        ("If so,", ("q",), ("q",)),
        ("” he said, “", (), ()),
        ("then yes.", ("q",), ()),
        ("”", (), ()),
    ]


def test_a_mark_runs_on_over_paragraphs():
    first, second = blocks("One two.\n\nThree four.", [Mark(7, [[4, 15]])])
    assert [(run.text, run.keys) for run in first.runs] == [("One ", ()), ("two.", (7,))]
    assert [(run.text, run.keys, run.opens) for run in second.runs] == [("Three", (7,), ()), (" four.", (), ())]


def test_marks_may_overlap():
    [block] = blocks("abcdef", [Mark("x", [[0, 4]]), Mark("y", [[2, 6]])])
    assert [(run.text, run.keys) for run in block.runs] == [("ab", ("x",)), ("cd", ("x", "y")), ("ef", ("y",))]


def test_what_lies_outside_the_body_is_not_shown():
    [block] = blocks("abc", [Mark("x", [[2, 9]]), Mark("y", [[7, 9]])])
    assert [(run.text, run.keys) for run in block.runs] == [("ab", ()), ("c", ("x",))]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (100, "One two three. Four five.\n\nSix seven “eight.” Nine ten."),
        (8, "One two three. Four five.\n\nSix seven “eight.”"),
        (7, "One two three. Four five."),
        (2, "One two three."),
        (1, "One two"),
    ],
)
def test_an_excerpt_ends_with_a_sentence(words, kept):
    assert excerpt("One two three. Four five.\n\nSix seven “eight.” Nine ten.", words) == kept


def test_an_excerpt_of_one_endless_sentence_is_cut_at_a_word():
    assert excerpt("word " * 500, 10) == ("word " * 20).strip()


@pytest.mark.parametrize(
    ("text", "seen"), [("", False), (" \n\t", False), ("\u200b\u202e", False), ("\u200ba", True), ("—", True)]
)
def test_spaces_and_format_characters_alone_are_not_seen(text, seen):
    assert is_visible(text) is seen


@pytest.mark.parametrize(
    ("given", "left"),
    [("Zürich", "Zurich"), ("Zu\u0308rich", "Zurich"), ("Şükrü Ergün’s", "Sukru Ergun’s"), ("ﬁre", "fire"), ("", "")],
)
def test_letters_lose_their_accents_and_nothing_else(given, left):
    assert without_accents(given) == left
