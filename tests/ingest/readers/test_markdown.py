"""Markdown with front matter."""

import io
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
    ],
)
def test_front_matter_that_is_none_is_refused(text, reason):
    with pytest.raises(UnreadableError) as refusal:
        read(text)
    assert str(refusal.value) == reason
