"""What a reader writes into the search field, taken apart."""

import pytest
from django.http import QueryDict

from archive.search.filters import fields_apart
from archive.search.language import understand


@pytest.mark.parametrize(
    ("given", "wanted", "unwanted", "fields"),
    [
        ("", "", (), {}),
        ("moon base", "moon base", (), {}),
        ("moon -mars", "moon", ("mars",), {}),
        ('-"space race" moon', "moon", ('"space race"',), {}),
        ("moon OR lunar", "moon OR lunar", (), {}),
        ('"space debris" law', '"space debris" law', (), {}),
        ("“space debris” law", "“space debris” law", (), {}),
        ("topic:venus", "", (), {"topic": "venus"}),
        ('speaker:"Mira Sandoval" war', "war", (), {"person": "Mira Sandoval"}),
        ("person:“Mira Sandoval”", "", (), {"person": "Mira Sandoval"}),
        ("in:quotes peace", "peace", (), {"in": "quotes"}),
        ("after:1990 before:2017-03", "", (), {"from": "1991-01-01", "to": "2017-02-28"}),
        ("from:1990 to:2017-03-04", "", (), {"from": "1990", "to": "2017-03-04"}),
        ("before:noon", "", (), {"to": "noon"}),
        ("http://example.org", "http://example.org", (), {}),
        ("ratio 3:1", "ratio 3:1", (), {}),
        ("topic:", "topic:", (), {}),
        ('"never closed', '"never closed', (), {}),
        ("-topic:venus", "", ("topic:venus",), {}),
    ],
)
def test_a_question_is_taken_apart(given, wanted, unwanted, fields):
    asked = understand(given)
    assert (asked.wanted, asked.unwanted, asked.fields) == (wanted, unwanted, fields)


def test_fields_among_the_words_move_to_the_form():
    moved = fields_apart(QueryDict("q=peace topic:venus -war&from=1990"))
    assert moved.dict() == {"q": "peace -war", "topic": "venus", "from": "1990"}


def test_a_field_of_the_form_goes_before_one_among_the_words():
    assert fields_apart(QueryDict("q=topic:venus&topic=mars")).dict() == {"q": "topic:venus", "topic": "mars"}
