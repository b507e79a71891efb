"""Wrapped lines."""

import pytest

from archive.extraction import find_quotations
from archive.extraction.wrapping import unwrapped

STORY = """“We are going there
today,” said Anna Bell, the director of the agency for space
in the north. “Nobody will be left behind on the ground, and
Mars is next,” she said. She spoke at the yearly meeting of
Friends of Flight in Oslo.

“It is far,” Omar Reyes replied.
"""


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("going there\ntoday", "going there today"),
        ("going there\r\ntoday", "going there  today"),
        ("going there\n\ntoday", "going there\n\ntoday"),
        ("going there\n \ntoday", "going there\n \ntoday"),
        ("Launch on Friday\nBy Anna Bell", "Launch on Friday\nBy Anna Bell"),
        ("He said “we go to\nMars.”", "He said “we go to Mars.”"),
        ("He said “we go to\n“Mars.”", "He said “we go to\n“Mars.”"),
        ("“We go to Mars.\nAnd back.”", "“We go to Mars.\nAnd back.”"),
        ("", ""),
    ],
)
def test_a_line_break_in_a_sentence_is_a_space_and_others_stay(text, joined):
    assert unwrapped(text) == joined


def test_in_a_wrapped_text_a_full_line_goes_on_and_a_short_one_ends_its_paragraph():
    assert [len(paragraph) for paragraph in unwrapped(STORY).strip().split("\n")] == [228, 0, 32]


def test_long_lines_are_paragraphs_however_full():
    text = f"small\nletters\n{'A' * 150}\nBut"

    assert unwrapped(text) == f"small letters\n{'A' * 150}\nBut"


def test_quotes_in_wrapped_lines_are_found_where_they_stand():
    found = [(STORY[slice(*quotation.spans[0])], quotation.name) for quotation in find_quotations(STORY)]

    assert found == [
        ("We are going there\ntoday,", "Anna Bell"),
        ("Nobody will be left behind on the ground, and\nMars is next,", "Anna Bell"),
        ("It is far,", "Omar Reyes"),
    ]


def test_a_name_over_a_line_break_is_one_name_and_the_mention_is_as_the_text_has_it():
    (quotation,) = find_quotations("“We are going there today,” said Anna\nBell, who\nleads the agency.")

    assert (quotation.mention, quotation.name) == ("Anna\nBell", "Anna Bell")
