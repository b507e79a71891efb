"""A story's parts, told from its text alone."""

import pytest

from archive.ingest.anatomy import dissect
from archive.ingest.document import Document
from archive.models.article import Doubt

BIOGRAPHY = "Ada Brandvold writes about space policy for The Orbital Ledger. She holds a degree in law."
WHOLE = "The Senate voted.\n\nThe House takes it up in spring."


def parts(text, **known):
    found = dissect(Document(body=text, **known))
    return found.headline, found.byline, found.dateline, found.body, found.author_note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Senate backs bill\n\n{WHOLE}", ("Senate backs bill", "", "", WHOLE, "")),
        (f"# Senate backs bill\n\n{WHOLE}", ("Senate backs bill", "", "", WHOLE, "")),
        (f"Senate backs bill \n {WHOLE}", ("Senate backs bill", "", "", WHOLE, "")),
        (
            f"SENATE BACKS STATION\nBILL BY WIDE MARGIN\n\nBy Ada Brandvold\n\nVIENNA — {WHOLE}",
            ("SENATE BACKS STATION BILL BY WIDE MARGIN", "Ada Brandvold", "VIENNA", WHOLE, ""),
        ),
        (
            f"Senate backs bill\nBy Ada Brandvold\nVIENNA — {WHOLE}",
            ("Senate backs bill", "Ada Brandvold", "VIENNA", WHOLE, ""),
        ),
        (
            f"By Ada Brandvold\n\nVIENNA — {WHOLE}",
            ("The Senate voted.", "Ada Brandvold", "VIENNA", WHOLE, ""),
        ),
        (
            f"By Their Powers Combined \n {WHOLE}",
            ("By Their Powers Combined", "", "", WHOLE, ""),
        ),
        (
            f"Senate backs bill\n\n{WHOLE}\n\nBy Ada Brandvold\n\nVienna, Austria",
            ("Senate backs bill", "Ada Brandvold", "", f"{WHOLE}\n\nVienna, Austria", ""),
        ),
        (
            f"Senate backs bill\n\n{WHOLE}\n\n{BIOGRAPHY}",
            ("Senate backs bill", "Ada Brandvold", "", WHOLE, BIOGRAPHY),
        ),
        (
            f"Senate backs bill\n\n{WHOLE}\n\nAbout the author\n\nShe is new here.",
            ("Senate backs bill", "", "", WHOLE, "She is new here."),
        ),
    ],
)
def test_a_text_is_parted_into_what_it_holds(text, expected):
    assert parts(text) == expected


def test_somebody_the_story_speaks_of_is_not_its_author():
    text = f"Senate backs bill\n\nMs. Brandvold was heard.\n\nNobody objected.\n\n{BIOGRAPHY}"
    assert parts(text)[4] == ""


def test_by_lines_of_a_round_up_stay_with_their_stories():
    text = f"Week in space\n\n{WHOLE}\n\nBy Ada Brandvold\n\n{WHOLE}\n\nBy Ines Halvorsen\n\n{WHOLE}"
    assert parts(text)[1] == ""
    assert "By Ines Halvorsen" in parts(text)[3]


def test_a_sentence_that_begins_with_by_is_no_byline():
    text = f"Senate backs bill\n\nBy Tuesday the members had gone home.\n\n{WHOLE}"
    assert parts(text)[1] == ""


def test_a_long_first_sentence_is_no_headline():
    sentence = "The Russian ambassador to the United States said that his country would be open to more work together."
    found = dissect(Document(body=f"{sentence}\n\n{WHOLE}"))
    assert found.headline == "The Russian ambassador to the United States said that his country would…"
    assert found.body == f"{sentence}\n\n{WHOLE}"
    assert Doubt.HEADLINE in found.doubts


def test_what_the_file_says_of_itself_is_not_overruled():
    text = f"Senate backs bill\n\nBy Ada Brandvold\n\nVIENNA — {WHOLE}"
    known = {"headline": "senate  backs bill", "byline": "A. Brandvold", "dateline": "GENEVA"}
    assert parts(text, **known) == ("senate  backs bill", "A. Brandvold", "GENEVA", f"VIENNA — {WHOLE}", "")


@pytest.mark.parametrize(
    ("text", "broken_off", "fragment"),
    [
        (f"A headline\n\n{WHOLE}", False, False),
        (f"A headline\n\n{WHOLE} But then…", True, True),
        (f"A headline\n\n{WHOLE} But then [...]", True, True),
        (f"A headline\n\n{WHOLE} “We shall see…”", False, False),
        (f"A headline\n\n{WHOLE}\n\n{BIOGRAPHY[:-1]}...", True, False),
        ("A headline\n\nand so it ended.\n\nNobody objected.", False, True),
        ("A headline\n\nThey had asked before.\n\nNobody objected.", False, True),
        ("A headline\n\nOne short paragraph.", False, True),
    ],
)
def test_what_stops_before_its_end_and_what_is_a_piece_is_marked(text, broken_off, fragment):
    found = dissect(Document(body=text))
    assert (found.broken_off, Doubt.FRAGMENT in found.doubts) == (broken_off, fragment)


def test_words_are_parted_and_never_changed():
    text = f"Senate backs bill\n\nBy Ada Brandvold\n\nVIENNA — {WHOLE}\n\n{BIOGRAPHY}"
    headline, byline, dateline, body, note = parts(text)
    assert f"{headline} By {byline} {dateline} — {body} {note}".split() == text.split()
