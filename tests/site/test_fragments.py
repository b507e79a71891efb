"""Text fragments, by the rules of the WICG's specification."""

import pytest

from archive.site.fragments import link_to_words

BODY = (
    "“Never,” said Ada. “We go – on time, & soon.”\n\n"
    "“Never,” said Ines. “Never, I say: the talks-about-talks go on.” Never was the word.\n\n"
    "“" + "One two three four five six seven eight nine ten, and so it goes for as long as it takes us to be told. " * 2
    + "At the end of the day, at the end of it all.\n\nAnd a second paragraph of it, at the end of it all.”"
)  # fmt: skip
PAGE = "https://ledger.example/a-vote"


def directive(words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = BODY.index(words, at + 1)
    link = link_to_words(PAGE, BODY, [[at, at + len(words)]])
    return link.removeprefix(f"{PAGE}#:~:text=")


@pytest.mark.parametrize(
    ("words", "nth", "expected"),
    [
        ("We go", 0, "We%20go"),
        ("on time, & soon.", 0, "on%20time%2C%20%26%20soon."),
        ("talks-about-talks", 0, "talks%2Dabout%2Dtalks"),
        ("go on", 0, "go%20on"),
        ("Never,", 0, "Never%2C,-%E2%80%9D%20said%20Ada."),
        ("Never,", 1, "Never%2C,-%E2%80%9D%20said%20Ines."),
        ("Never,", 2, "Ines.%20%E2%80%9C-,Never%2C"),
        ("word", 0, "word"),
    ],
)
def test_words_are_encoded_and_told_from_the_same_words_elsewhere(words, nth, expected):
    assert directive(words, nth) == expected


def test_long_words_are_named_by_where_they_begin_and_end():
    at = BODY.index("One two")
    link = link_to_words(PAGE, BODY, [[at, len(BODY) - 1]])
    assert link == f"{PAGE}#:~:text=%E2%80%9C-,One%20two%20three%20four%20five,it%2C%20at%20the%20end%20of%20it%20all."


def test_each_part_of_a_broken_quote_has_its_directive():
    spans = [[BODY.index("We go"), BODY.index("We go") + 5], [BODY.index("go on"), BODY.index("go on") + 5]]
    assert link_to_words(PAGE, BODY, spans) == f"{PAGE}#:~:text=We%20go&text=go%20on"


def test_an_address_keeps_its_own_fragment():
    at = BODY.index("We go")
    assert link_to_words(f"{PAGE}?p=1#page2", BODY, [[at, at + 5]]) == f"{PAGE}?p=1#page2:~:text=We%20go"


def test_without_a_place_the_address_stays():
    assert link_to_words(PAGE, BODY, []) == PAGE
