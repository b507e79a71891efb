"""Lines that were broken at a fixed width are joined, and nothing else is."""

import pytest

from archive.ingest.anatomy.paragraphs import paragraphs

WRAPPED = """\
The Senate voted on Tuesday to keep the station flying until
2030, a step that its backers say gives partners what they
have asked for since last year.

Members of both parties spoke for the bill. "It is long-
standing policy," one of them said.
"""

LINES = "The address for letters:\nOffice of the Secretary\nVienna"
LONG = "The delegates spoke at length about the registry of objects, " * 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            WRAPPED,
            [
                (
                    "The Senate voted on Tuesday to keep the station flying until 2030, a step that its backers say "
                    "gives partners what they have asked for since last year."
                ),
                'Members of both parties spoke for the bill. "It is long-standing policy," one of them said.',
            ],
        ),
        (f"{LONG}\n{LONG}", [LONG.strip(), LONG.strip()]),
        (f"First.\n \n\n{LINES}\n", ["First.", LINES]),
        ("A headline\n A paragraph that follows on the very next line.", None),
        ("", []),
    ],
)
def test_a_paragraph_is_one_line_unless_its_lines_mean_something(text, found):
    assert paragraphs(text) == ([text.replace("\n ", "\n")] if found is None else found)


def test_an_indented_line_begins_a_paragraph():
    indented = WRAPPED.replace("\n\nMembers", "\n   Members")
    assert paragraphs(indented) == paragraphs(WRAPPED)


def test_items_of_a_list_keep_their_lines():
    items = "- one thing that fills its whole line up to the very margin\n- another thing"
    assert paragraphs(f"{WRAPPED}\n{items}")[2] == items
