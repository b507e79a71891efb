"""The work of extraction grows with the text, not with its square, whatever the text is."""

import sys
from itertools import islice, product

import pytest

from archive.extraction import find_quotations

SEEN_OFTEN = {
    "one paragraph of speech": "“I am here,” said Anna Bell, the director of the thing. ",
    "marks that nothing closes": "“",
    "guillemets that nothing closes": "« a ",
    "speech without speakers": "“Yes.” ",
    "straight marks": '"a" b ',
    "single marks": "‘a’ ",
    "single marks that nothing closes": "‘a ",
    "one speaker named again and again": "Anna Bell said “Yes.” ",
    "pronouns": "“I am,” he said. Anna Bell, who said “no”. ",
    "titles": "Ambassador Bell said “we go on there”. The ambassador said “no we do not”. ",
    "turns of an interview": "ANNA BELL: I am.\nJOHN DOE: “We are here.”\n",
    "names without marks": "Anna Bell, ",
    "apostrophes": "’",
}


def work(text):
    """The lines of extraction that run for a text."""
    lines = 0

    def trace(frame, event, _argument):
        nonlocal lines
        lines += event == "line"
        return trace if "extraction" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find_quotations(text, transcripts=True)
    finally:
        sys.settrace(before)
    return lines


def grows_in_step(text_of):
    once, twice = work(text_of(100)), work(text_of(200))
    return twice < 2.3 * once


@pytest.mark.parametrize("piece", SEEN_OFTEN.values(), ids=SEEN_OFTEN)
def test_twice_the_text_is_twice_the_work(piece):
    assert grows_in_step(lambda times: piece * times)


def test_marks_within_marks_are_twice_the_work():
    assert grows_in_step(lambda times: "“‘" * times + "a" + "’”" * times)


@pytest.mark.parametrize(
    "sentence", ["Senator {0} Bell said “we go on”. ", "“We go on,” said Director {0} {0}x. "], ids=["kin", "strangers"]
)
def test_many_people_are_twice_the_work(sentence):
    names = ["".join(letters).capitalize() for letters in product("abcdefg", repeat=3)]

    assert grows_in_step(lambda times: "".join(sentence.format(name) for name in islice(names, times)))


def test_a_paragraph_of_half_a_million_characters_is_read():
    piece = "“I am here,” said Anna Bell, the director of the thing. "

    quotations = find_quotations(piece * (500_000 // len(piece)))

    assert {quotation.name for quotation in quotations} == {"Anna Bell"}
    assert sum(len(quotation.spans) for quotation in quotations) == 500_000 // len(piece)
