"""Markdown with front matter."""

import io
import signal
from datetime import UTC, datetime

import pytest

from archive.ingest.arrivals import Arrival
from archive.ingest.document import UnreadableError
from archive.ingest.readers import markdown
from archive.models import Precision
from archive.models.article import Doubt


def read(text):
    data = text.encode()
    [document] = markdown.read(Arrival("story.md", "story.md", len(data), lambda: io.BytesIO(data)))
    return document


FULL = """\
---
headline: "Station: the bill"
standfirst: >-
  Two lines
  of standfirst.
author: By Ada Brandvold
source: The Orbital Ledger
date: 1978-02
tags: [Space stations, "Budgets"]
url: https://example.org/bill
language: en
unknown: kept in the original alone
---
VIENNA — The *first* **paragraph** with a [link](https://example.org), 2 * 3 * 4 and snake_case_word.

## The talks

> “We will go,” she said.

The end.
"""


def test_front_matter_and_text_make_the_document():
    document = read(FULL)
    assert document.headline == "Station: the bill"
    assert document.standfirst == "Two lines of standfirst."
    assert (document.byline, document.source, document.dateline) == ("Ada Brandvold", "The Orbital Ledger", "VIENNA")
    assert (document.published_at, document.precision) == (datetime(1978, 2, 1, tzinfo=UTC), Precision.MONTH)
    assert (document.topics, document.url) == (("Space stations", "Budgets"), "https://example.org/bill")
    assert document.body == (
        "The first paragraph with a link, 2 * 3 * 4 and snake_case_word.\n\n"
        "## The talks\n\n“We will go,” she said.\n\nThe end."
    )
    assert document.doubts == set()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_may_end_either_way(newline):
    assert read(FULL.replace("\n", newline)).body == read(FULL).body


def test_a_rule_at_the_beginning_is_no_front_matter():
    assert read("---\n\nA headline\n\nOne.\n\nTwo.").headline == "A headline"


@pytest.mark.parametrize("published", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "31-02-2017"])
def test_a_date_that_cannot_be_is_left_open_and_marked(published):
    document = read(f"---\npublished: {published}\n---\nA headline\n\nOne.\n\nTwo.")
    assert (document.published_at, document.doubts) == (None, {Doubt.DATE})


@pytest.mark.parametrize("url", ["http://", "not an address", "https://a b.example/", "javascript:alert(1)"])
def test_an_address_that_is_none_is_left_out_and_said(url):
    document = read(f"---\nurl: '{url}'\n---\nA headline\n\nOne.\n\nTwo.")
    assert (document.url, document.left_out) == ("", f"“{url}” is no address of the web, and was left out")


@pytest.mark.parametrize("headline", ["\u200b", "\u202e \u200b", "   "])
def test_a_headline_of_which_nothing_is_seen_counts_as_none(headline):
    assert read(f'---\nheadline: "{headline}"\n---\nThe Senate voted.\n\nTwo.').headline == "The Senate voted."


def test_an_uncertain_date_is_left_open_and_marked():
    document = read("---\ndate: Jan. 31\n---\nA headline\n\nOne.\n\nTwo.")
    assert (document.published_at, document.doubts) == (None, {Doubt.DATE})


def test_a_rule_below_the_first_line_is_no_front_matter():
    assert read("A headline\n\nOne.\n\n---\n\nTwo.").body == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\nheadline: [x\n---\nBody", "has front matter that is not YAML in line 3"),
        ("---\n- a\n- b\n---\nBody", "has front matter that is not a list of fields"),
        ("---\nheadline: x\n---\n \n", "is empty"),
        ("---\nheadline: yes\n---\nBody", "has True where its headline should be"),
        ("---\n? [a]\n: b\n---\nBody", "has front matter that is not YAML in line 2"),
        ("---\ndate: 2017-13-45\n---\nBody", "has front matter that is not YAML"),
        ("---\nheadline: Station\n\nBody", "has front matter without its end, a line of ---"),
        (
            "---\na: &a [x, x]\nheadline: [*a, *a]\n---\nBody",
            "has an alias in line 3 of its front matter: write out what it stands for",
        ),
        (
            "---\nheadline: &a [*a]\n---\nBody",
            "has an alias in line 2 of its front matter: write out what it stands for",
        ),
        (f"---\nheadline: {'[' * 9}x{']' * 9}\n---\nBody", "has a headline that is nested too deeply"),
        (f"---\nheadline: {'[' * 9000}\n---\nBody", "has front matter that is nested too deeply"),
        (f"---\nnote: {'x' * 100_000}\n---\nBody", "has front matter of 100,007 characters, and may have 100,000"),
    ],
)
def test_front_matter_that_is_none_is_refused(text, reason):
    with pytest.raises(UnreadableError) as refusal:
        read(text)
    assert str(refusal.value) == reason


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("[a](b)", "a"),
        ("[a](https://example.org/B_(C))", "a"),
        ("[[1]](b)", "[[1]](b)"),
        (r"\[a](b)", "[a](b)"),
        ("[![a](b)](c)d", "d"),
        ("a ![b\nc](d) e", "a  e"),
        ("## a #", "\n## a\n"),
        ("## C#", "\n## C#\n"),
        ("## ##", "\n## ##\n"),
    ],
)
def test_markup_leaves_its_words(markup, text):
    assert markdown.without_markup(markup) == text


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 1_000_000,
        "![" * 1_000_000,
        "[a](" * 500_000,
        "[a](b[" * 300_000,
        "[a]((b)" * 300_000,
        "[a](" + "[b](c)" * 200_000,
        "## a" + " " * 1_000_000 + "b",
        "## a" + "#" * 1_000_000 + "b",
        "*a " * 500_000,
        "- " * 500_000 + "x",
    ],
    ids=lambda text: text[:8],
)
@pytest.mark.usefixtures("_within_seconds")
def test_markup_that_is_never_closed_is_read_in_one_go(hostile):
    assert len(markdown.without_markup(hostile)) > 100


@pytest.fixture
def _within_seconds():
    """End the test where it takes longer than any linear reading: a quadratic one of these takes hours."""
    previous = signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)


def _too_long(number, frame):
    pytest.fail(f"still reading in {frame.f_code.co_name} after 20 s")
