"""HTML pages: the story, and what the page says of it."""

import gzip
import json
import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from archive.ingest.document import UnreadableError
from archive.models import Precision
from archive.models.article import Doubt

SENTENCE = "The delegates spoke at length about the registry of objects and who should keep it in the years to come. "
PAGE = """\
<!DOCTYPE html>
<html lang="en"><head>
<meta charset="{charset}">
<title>Registry talks go on | The Orbital Ledger</title>
<meta property="og:site_name" content="The Orbital Ledger">
<meta property="og:title" content="Registry talks go on | The Orbital Ledger">
<meta property="og:description" content="A café meeting settled little.">
<meta name="author" content="Ada Brandvold">
<meta property="article:published_time" content="2017-01-31T10:30:00+01:00">
<link rel="canonical" href="https://example.org/registry-talks">
</head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Registry talks go on</h1>
<p>VIENNA — {one}</p><h2>The sticking point</h2><p>“We will go on,” she said. {two}</p>
<ul><li>{one}</li></ul><p>{two}</p>
</article>
<footer><p>Copyright. All rights reserved. Subscribe to our newsletter.</p></footer>
<script>var x = "<p>not text</p>";</script>
</body></html>
"""


def page(charset="utf-8"):
    return PAGE.format(charset=charset, one=SENTENCE * 3, two=SENTENCE * 2).encode(charset)


def test_a_page_gives_its_story_and_what_it_says_of_it(read):
    [document] = read("page.html", page())
    assert document.headline == "Registry talks go on"
    assert (document.byline, document.site, document.source) == ("Ada Brandvold", "The Orbital Ledger", "")
    assert (document.published_at, document.precision) == (datetime(2017, 1, 31, 9, 30, tzinfo=UTC), Precision.TIME)
    assert (document.url, document.standfirst) == (
        "https://example.org/registry-talks",
        "A café meeting settled little.",
    )
    assert document.dateline == "VIENNA"
    one, two = (SENTENCE * 3).strip(), (SENTENCE * 2).strip()
    assert document.body == f"{one}\n\n## The sticking point\n\n“We will go on,” she said. {two}\n\n{one}\n\n{two}"


def test_a_page_is_known_whatever_its_name(read):
    assert read("page.txt", page())[0].headline == "Registry talks go on"


def test_the_encoding_is_the_one_that_the_page_declares(read):
    [document] = read("page.html", page("windows-1252"))
    assert (document.encoding, document.standfirst) == ("cp1252", "A café meeting settled little.")
    assert Doubt.ENCODING not in document.doubts


def test_a_page_without_a_story_is_refused(read):
    with pytest.raises(UnreadableError, match=r"^is a page without a story that could be told from the rest$"):
        read("page.html", "<html><body><nav></nav></body></html>")


def test_the_real_pages_give_their_text(read, shared_data):
    expected = json.loads((shared_data / "pages" / "expected.json").read_text())
    scores = []
    for name, about in expected.items():
        [document] = read(f"{name}.html", gzip.decompress((shared_data / "pages" / f"{name}.html.gz").read_bytes()))
        assert Doubt.HEADLINE not in document.doubts
        found, given = (Counter(re.findall(r"\w+", text.lower())) for text in (document.body, about["articleBody"]))
        scores.append(2 * (found & given).total() / (found.total() + given.total()))
    assert sum(scores) / len(scores) > 0.97
