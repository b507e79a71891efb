"""Feeds, WordPress exports and PDF documents."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfWriter

from archive.ingest.document import Document, PassedOver, UnreadableError

RSS = """\
<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Orbital Ledger</title><language>en-us</language>
<item><title>Registry talks &amp;amp; more</title><link>https://example.org/a</link>
<dc:creator>Ada Brandvold</dc:creator>
<pubDate>Tue, 31 Jan 2017 10:00:00 +0000</pubDate><category>Treaties</category><description>In short.</description>
<content:encoded><![CDATA[<p>The talks go on.</p><p>Nobody objected.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://example.org/b</link><description>Only a summary.</description></item>
</channel></rss>
"""
ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ledger</title>
<entry><title>First</title><link href="https://example.org/a"/><published>2017-01-31T10:00:00Z</published>
<author><name>Ada Brandvold</name></author>
<content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content></entry>
</feed>
"""
WXR = """\
<?xml version="1.0"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Blog</title>
<wp:author><wp:author_login>ada</wp:author_login>
<wp:author_display_name>Ada Brandvold</wp:author_display_name></wp:author>
<item><title>First post</title><link>https://example.org/first</link><dc:creator>ada</dc:creator>
<content:encoded><![CDATA[One [gallery ids="1,2"]line.

Another &amp; more.]]></content:encoded><excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>
<wp:post_date_gmt>2017-01-31 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="treaties"><![CDATA[Treaties]]></category>
<category domain="post_tag" nicename="venus"><![CDATA[Venus]]></category></item>
<item><title>About</title><wp:post_type>page</wp:post_type></item>
<item><title>menu</title><wp:post_type>nav_menu_item</wp:post_type></item>
<item><title>Draft</title><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded>
<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:status>draft</wp:status>
<wp:post_type>post</wp:post_type></item>
</channel></rss>
"""


def test_the_entries_of_a_feed_are_stories_or_their_beginnings(read):
    first, second = read("feed.xml", RSS)
    assert (first.headline, first.byline, first.topics) == ("Registry talks & more", "Ada Brandvold", ("Treaties",))
    assert (first.body, first.standfirst) == ("The talks go on.\n\nNobody objected.", "In short.")
    assert (first.published_at, first.site, first.language) == (
        datetime(2017, 1, 31, 10, tzinfo=UTC),
        "The Orbital Ledger",
        "en-us",
    )
    assert (second.body, second.standfirst, second.url) == ("", "Only a summary.", "https://example.org/b")


def test_an_atom_feed_is_read_the_same(read):
    [entry] = read("feed", ATOM)
    assert (entry.headline, entry.body, entry.byline) == ("First", "One.\n\nTwo.", "Ada Brandvold")


def test_a_feed_that_breaks_off_gives_what_can_be_read_and_says_so(read):
    first, second, failure = read("feed.xml", RSS[: RSS.index("<link>https://example.org/b")])
    assert first.headline == "Registry talks & more"
    assert (str(second).split("(")[0], second.row) == ("has no text in any field that is known ", 2)
    assert str(failure).startswith("is damaged in line ")


def test_xml_that_is_no_feed_is_refused(read):
    with pytest.raises(UnreadableError, match=r"^is XML, but not a feed with entries$"):
        read("data.xml", "<?xml version='1.0'?><data><row>1</row></data>")


def test_an_export_of_wordpress_gives_its_posts(read):
    first, page, menu, draft = read("export.xml", WXR)
    assert (first.headline, first.byline, first.standfirst) == ("First post", "Ada Brandvold", "In short.")
    assert (first.body, first.topics) == ("One line.\n\nAnother & more.", ("Treaties", "Venus"))
    assert (first.published_at, first.url) == (datetime(2017, 1, 31, 10, tzinfo=UTC), "https://example.org/first")
    assert [page, menu] == [PassedOver("is a WordPress page", 2), PassedOver("is a WordPress nav menu item", 3)]
    assert (draft.body, draft.published_at, draft.row) == ("One.\n\nTwo.", None, 4)


def test_a_damaged_export_gives_what_can_be_read_and_says_where_it_breaks(read):
    items = read("export.xml", WXR[: WXR.index("<item><title>menu")])
    assert [type(item) for item in items] == [Document, PassedOver, UnreadableError]
    assert str(items[-1]).startswith("is damaged in line 15: ")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("slashes.xml", [1, 0, 0]),
        ("small-export.xml", [6, 5, 0]),
        ("theme-unit-test-data.xml", [58, 128, 0]),
        ("valid-wxr-1.1.xml", [1, 1, 0]),
        ("wxr-utf-8-challenges.xml", [1, 0, 0]),
        ("malformed.xml", [0, 0, 1]),
    ],
)
def test_real_exports_give_all_their_posts(read, shared_data, name, expected):
    items = read(name, (shared_data / "wxr" / name).read_bytes())
    counted = [sum(isinstance(item, kind) for item in items) for kind in (Document, PassedOver, UnreadableError)]
    assert counted == expected  # stories, items passed over, failures


def pdf_of(*pages, title="", password=""):
    """A PDF document of pages of lines, written by hand: a test needs no more of the format."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(width=612, height=792)
        if lines:
            font = writer._add_object(_pdf_font())
            page[_name("/Resources")] = _dictionary({"/Font": _dictionary({"/F1": font})})
            page[_name("/Contents")] = writer._add_object(_pdf_stream(lines))
    if title:
        writer.add_metadata({"/Title": title, "/Author": "Ada Brandvold"})
    if password:
        writer.encrypt(password)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def _name(name):
    from pypdf.generic import NameObject

    return NameObject(name)


def _dictionary(entries):
    from pypdf.generic import DictionaryObject

    return DictionaryObject({_name(key): value for key, value in entries.items()})


def _pdf_font():
    return _dictionary({"/Type": _name("/Font"), "/Subtype": _name("/Type1"), "/BaseFont": _name("/Helvetica")})


def _pdf_stream(lines):
    from pypdf.generic import StreamObject

    stream = StreamObject()
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream.set_data(f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode())
    return stream


LINES = [
    "The delegates spoke at length about the registry of objects and who",
    "should keep it in the years to come, and they found that nobody but",
    "the Secretary had kept a list of what had been put into orbit since.",
]


def test_a_pdf_document_is_one_story_of_its_pages(read):
    data = pdf_of(
        ["Registry talks go on", "", *LINES, "1"], ["Nobody objected to that.", "2"], title="Registry talks go on"
    )
    [document] = read("paper.pdf", data)
    assert (document.headline, document.byline) == ("Registry talks go on", "Ada Brandvold")
    assert " ".join(LINES) in document.body
    assert document.body.endswith("Nobody objected to that.")


def test_a_title_that_a_word_processor_left_is_none(read):
    [document] = read("paper", pdf_of(["Registry talks go on", "", *LINES], title="Microsoft Word - talks.doc"))
    assert document.headline == "Registry talks go on"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_of([]), "holds no text: its pages are pictures, and need to be read by a text recognition first"),
        (pdf_of(LINES, password="secret"), "is locked with a password"),
    ],
)
def test_a_pdf_without_text_is_refused_and_not_imported_empty(read, data, reason):
    with pytest.raises(UnreadableError, match=f"^{reason}$"):
        read("scan.pdf", data)


def test_a_damaged_pdf_is_refused(read):
    with pytest.raises(UnreadableError, match=r"^is a damaged PDF document: "):
        read("paper.pdf", pdf_of(LINES)[:200])
