"""JSON, JSON Lines and CSV: stories out of rows of named fields."""

import json
from datetime import UTC, datetime

import pytest

from archive.ingest.document import Document, UnreadableError
from archive.models.article import Doubt

TEXT = "The Senate voted.\n\nThe House takes it up in spring."


def told(items):
    return [(one.row, one.headline if isinstance(one, Document) else str(one)) for one in items]


@pytest.mark.parametrize(
    ("fields", "part", "value"),
    [
        ({"title": "A headline"}, "headline", "A headline"),
        ({"title": {"rendered": "It&#8217;s done"}}, "headline", "It’s done"),
        ({"Headline": "A", "title": "B"}, "headline", "A"),
        ({"content": f"<p>{TEXT}</p>"}, "body", TEXT.replace("\n\n", " ")),
        ({"article": TEXT}, "body", TEXT),
        ({"summary": "In short."}, "standfirst", "In short."),
        (
            {"authors": [{"name": "Ada Brandvold"}, {"name": "Ines Halvorsen"}]},
            "byline",
            "Ada Brandvold, Ines Halvorsen",
        ),
        ({"author": "By Ada Brandvold"}, "byline", "Ada Brandvold"),
        ({"news_site": "SpaceNews"}, "source", "SpaceNews"),
        ({"source": {"id": None, "name": "The Ledger"}}, "source", "The Ledger"),
        ({"link": "https://example.org/a"}, "url", "https://example.org/a"),
        ({"link": "javascript:alert(1)"}, "url", ""),
        ({"publishedAt": "2017-01-31T10:00:00Z"}, "published_at", datetime(2017, 1, 31, 10, tzinfo=UTC)),
        ({"published": 1485856800}, "published_at", datetime(2017, 1, 31, 10, tzinfo=UTC)),
        ({"tags": "Venus; Mars"}, "topics", ("Venus", "Mars")),
        ({"categories": [{"name": "Venus"}]}, "topics", ("Venus",)),
        ({"keywords": [{"name": "subject", "value": "Venus", "rank": 1}]}, "topics", ("Venus",)),
    ],
)
def test_the_usual_names_of_fields_are_known(read, fields, part, value):
    headline = {} if part == "headline" else {"title": "A headline"}
    text = {} if part == "body" else {"text": TEXT}
    [document] = read("a.json", json.dumps(headline | text | fields))
    assert getattr(document, part) == value


def test_a_mapping_names_fields_that_are_not_known(read):
    [document] = read("a.csv", f'Titel,Inhalt\nEin Titel,"{TEXT}"\n', headline="titel", body="Inhalt")
    assert (document.headline, document.body, document.row) == ("Ein Titel", TEXT, 1)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", '{"title": "A", "text": "x"}\n\n{"title": "B", "text": "y"}\n'),
        ("a.json", '{"title": "A", "text": "x"}\n\n{"title": "B", "text": "y"}\n'),
        ("a.json", '[{"title": "A", "text": "x"}, null, {"title": "B", "text": "y"}]'),
        ("a.json", '\ufeff [{"title": "A", "text": "x"}, 7, {"title": "B", "text": "y"}]'),
        ("a.json", '{"count": 3, "results": [{"title": "A", "text": "x"}, {}, {"title": "B", "text": "y"}]}'),
        ("a.csv", "title,text\nA,x\n,\nB,y\n"),
        ("a.csv", "title;text\r\nA;x\r\n;\r\nB;y\r\n"),
        ("a.tsv", "\ufefftitle\ttext\nA\tx\n\t\nB\ty\n"),
    ],
)
def test_rows_keep_their_place(read, name, data):
    items = read(name, data)
    assert [one.headline for one in items if isinstance(one, Document)] == ["A", "B"]
    assert [one.row for one in items][-1] == 3
    assert (items[0].row, items[0].body) == (1, "x")


def test_a_line_that_is_no_story_is_named_and_the_rest_is_read(read):
    lines = ['{"title": "A", "text": "x"}', "{broken", "[1, 2]", '{"id": 7}', '{"title": true, "text": "x"}', ""]
    assert told(read("a.jsonl", "\n".join(lines))) == [
        (1, "A"),
        (2, "is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (3, "is list, not a record of named fields"),
        (4, "has no text in any field that is known (id)"),
        (5, "has True where its headline should be"),
    ]


def test_a_line_longer_than_a_story_may_be_is_passed(read, settings):
    settings.IMPORT_MAX_BYTES = 40
    lines = [
        '{"title": "A", "text": "x"}',
        json.dumps({"title": "B", "text": "y" * 100}),
        '{"title": "C", "text": "z"}',
    ]
    assert told(read("a.jsonl", "\n".join(lines))) == [(1, "A"), (2, "is longer than 40\xa0bytes"), (3, "C")]


def test_a_list_that_breaks_off_gives_what_came_before(read):
    first, second = read("a.json", '[{"title": "A", "text": "x"}, {"title": "B", "te')
    assert (first.headline, second.row) == ("A", 2)
    assert str(second).startswith("is not JSON from here on: ")


def test_an_answer_of_the_spaceflight_news_api_is_a_page_of_stories(read):
    answer = {
        "count": 1,
        "next": None,
        "results": [
            {
                "id": 7,
                "title": "Venus probe passes review",
                "authors": [{"name": "Ada Brandvold", "socials": None}],
                "url": "https://example.org/venus",
                "image_url": "https://example.org/venus.jpg",
                "news_site": "The Ledger",
                "summary": "The probe passed its review.",
                "published_at": "2024-05-01T12:00:00Z",
                "launches": [],
            }
        ],
    }
    [document] = read("articles.json", json.dumps(answer))
    assert (document.headline, document.source, document.byline) == (
        "Venus probe passes review",
        "The Ledger",
        "Ada Brandvold",
    )
    assert (document.standfirst, document.body) == ("The probe passed its review.", "")
    assert (document.url, document.published_at.year) == ("https://example.org/venus", 2024)
    assert Doubt.HEADLINE not in document.doubts


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (
            "a.json",
            "{broken",
            "is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        ),
        ("a.json", '"words"', "holds str, not records"),
        ("a.csv", "a,b\n1,2\n", "has no column of headlines or texts among its own (a, b); name them with --map"),
        ("a.csv", "", "has no column of headlines or texts among its own (none); name them with --map"),
    ],
)
def test_a_file_without_records_is_refused(read, name, data, reason):
    with pytest.raises(UnreadableError) as refusal:
        read(name, data)
    assert str(refusal.value) == reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_tables_are_read_in_their_encoding(read, encoding):
    [document] = read("a.csv", "title,text\nCafé,“So”\n".encode(encoding))
    assert (document.headline, document.body) == ("Café", "“So”")


@pytest.mark.parametrize("deep", ["[" * 100_000 + "]" * 100_000, '{"a":' * 101 + "0" + "}" * 101])
@pytest.mark.parametrize(
    ("name", "around", "row"), [("a.json", "[%s]", 1), ("a.jsonl", '{"title": "A", "text": %s}\n', 1)]
)
def test_a_record_that_is_nested_without_end_is_refused_by_its_depth(read, name, around, row, deep):
    assert told(read(name, around % deep)) == [(row, "is nested more than 100 levels deep")]


@pytest.mark.parametrize("levels", [101, 100_000])
def test_a_single_record_that_is_nested_without_end_is_refused_by_its_depth(read, levels):
    with pytest.raises(UnreadableError, match=r"\Ais nested more than 100 levels deep\Z"):
        read("a.json", '\n{"a":' * levels + "0" + "}" * levels)


@pytest.mark.parametrize(("name", "levels"), [("a.json", 98), ("a.jsonl", 99)])
def test_a_record_of_a_hundred_levels_is_read(read, name, levels):
    text = f'{{"title": "A", "text": "x", "more": {"[" * levels}{"]" * levels}}}'
    assert told(read(name, f"[{text}]" if name == "a.json" else text)) == [(1, "A")]
