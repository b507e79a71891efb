"""Exports of other makers: fields by other names, in other languages, lists within answers, tables for spreadsheets."""

import json
from datetime import UTC, datetime

import pytest

TEXT = "The Senate voted on Tuesday to keep the station flying for two more years."
MOMENT = "2017-01-31T10:00:00Z"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("camel.json", {"webTitle": "A", "bodyText": TEXT, "webPublicationDate": MOMENT, "AUTHOR(S)": "Ada"}),
        ("german.json", {"Titel": "A", "Inhalt": TEXT, "Datum": MOMENT, "Autor": "Ada"}),
        ("french.json", {"titre": "A", "contenu": TEXT, "date": MOMENT, "auteur": "Ada"}),
        ("linked.json", {"headline": "A", "articleBody": TEXT, "datePublished": MOMENT, "author": {"name": "Ada"}}),
        (
            "feed.json",
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "A site",
                "items": [
                    {
                        "title": "A",
                        "content_html": f"<p>{TEXT}</p>",
                        "date_published": MOMENT,
                        "authors": [{"name": "Ada"}],
                    }
                ],
            },
        ),
        (
            "wrapped.json",
            {
                "status": "ok",
                "response": {
                    "results": [{"webTitle": "A", "date": MOMENT, "fields": {"bodyText": TEXT, "byline": "By Ada"}}]
                },
            },
        ),
        (
            "docs.json",
            {
                "response": {
                    "docs": [
                        {
                            "headline": {"main": "A"},
                            "lead_paragraph": TEXT,
                            "pub_date": MOMENT,
                            "byline": {"original": "By Ada"},
                        }
                    ]
                }
            },
        ),
        (
            "gmt.json",
            [{"title": {"rendered": "A"}, "content": {"rendered": f"<p>{TEXT}</p>"}, "date": "2017-01-31T05:00:00",
              "date_gmt": "2017-01-31T10:00:00", "author": "Ada"}],
        ),
        ("table.csv", f"\ufeffsep=;\nTitle;Body;Published;By\nA;{TEXT};{MOMENT};Ada\n"),
    ],
)  # fmt: skip
def test_a_story_is_told_from_its_record_whatever_its_fields_are_called(read, name, content):
    [story] = read(name, content if isinstance(content, str) else json.dumps(content))
    assert (story.headline, story.body, story.byline) == ("A", TEXT, "Ada")
    assert story.published_at == datetime(2017, 1, 31, 10, tzinfo=UTC)


def test_paragraphs_of_a_list_are_parted_by_blank_lines(read):
    [story] = read("a.json", json.dumps({"title": "A", "body": [{"type": "p", "text": TEXT}, {"text": "Two."}]}))
    assert story.body == f"{TEXT}\n\nTwo."


def test_a_story_with_a_list_of_other_things_is_one_story(read):
    [story] = read("a.json", json.dumps({"title": "A", "body": TEXT, "media": {"items": [{"caption": "A rocket"}]}}))
    assert (story.headline, story.body) == ("A", TEXT)
