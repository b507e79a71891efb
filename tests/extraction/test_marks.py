"""Where marked words begin and end."""

import pytest

from archive.extraction.marks import marked_words, paragraphs_of


def words_of(text):
    return [text[marked.start : marked.end] for marked in marked_words(text, paragraphs_of(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We go,” she said. “Now.”", ["We go,", "Now."]),
        ('"We go," she said. "Now."', ["We go,", "Now."]),
        ('“We go," she said.', ["We go,"]),
        ("‘We’ll go,’ she said. ‘It’s time.’", ["We’ll go,", "It’s time."]),
        ("'We'll go,' she said.", ["We'll go,"]),
        ("“He said ‘no’ to us,” she said.", ["He said ‘no’ to us,"]),
        ("“He said “no” to us,” she said.", ["He said “no” to us,"]),
        ("“We go,“ she said.", ["We go,"]),
        ("«We go,» she said.", ["We go,"]),
        ("Lee wrote: “We go.’ Nobody saw “Trains.”", ["We go.", "Trains."]),
        ("“We ‘go.’ Now we stay", ["We ‘go.’ Now we stay"]),
        ("“We go there, said Ann Lee of the agency.", ["We go there"]),
        ("“Do we go? said Ann Lee of the agency.", ["Do we go?"]),
        ('<post date="4 May">We go.', []),
        ("The dog’s bowl and the dogs’ bowls.", []),
        ("“ ” is nothing.", []),
        ("No marks.", []),
    ],
)
def test_marks_of_every_shape_are_paired(text, words):
    assert words_of(text) == words


def test_an_unclosed_mark_ends_with_its_paragraph():
    text = "“First part.\n\n“Second part,” she said."
    marked = marked_words(text, paragraphs_of(text))

    assert [(text[each.start : each.end], each.closed) for each in marked] == [
        ("First part.", False),
        ("Second part,", True),
    ]


def test_an_attribution_inside_marks_ends_them_only_where_no_paragraph_goes_on():
    assert words_of("“We go there, said Ann Lee.\n\n“Now,” she said.") == ["We go there, said Ann Lee.", "Now,"]


def test_a_forgotten_closing_mark_does_not_swallow_the_next_quote():
    assert words_of("“We go, she said. “Now,” he said.") == ["We go, she said.", "Now,"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_offsets_are_those_of_the_text_as_given(line_end):
    text = f"Headline{line_end}{line_end}“We go,” she said."

    assert words_of(text) == ["We go,"]
