"""What a reader writes into the search field, taken apart."""

import pytest
from django.http import QueryDict

from archive.search.filters import fields_apart
from archive.search.language import loosened, understand, written


@pytest.mark.parametrize(
    ("given", "wanted", "unwanted", "fields"),
    [
        ("", "", (), {}),
        ("moon base", "moon base", (), {}),
        ("moon -mars", "moon", ("mars",), {}),
        ("year:1985 moon", "moon", (), {"from": "1985", "to": "1985"}),
        ("foo:bar", "foo:bar", (), {}),
        ("moon --mars", "moon", ("mars",), {}),
        ("moon ----", "moon", (), {}),
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


@pytest.mark.parametrize(
    ("given", "looser"),
    [
        ("venus", []),
        ("venus base", ["venus OR base"]),
        ("venus base -moon", ["venus OR base"]),
        ("a b c", ["b c OR a c OR a b", "a OR b OR c"]),
        ("moon OR lunar", []),
        ('"space debris" law', []),
        ("word " * 13, []),
        (" ".join(map(str, range(13))), []),
    ],
)
def test_a_question_that_finds_nothing_is_loosened(given, looser):
    asked = understand(given)
    ways = list(loosened(asked))
    assert [way.wanted for way in ways] == looser
    assert {way.unwanted for way in ways} <= {asked.unwanted}


@pytest.mark.parametrize(
    "question",
    ["", "venus", 'venus topic:mars person:"Mira Sandoval" from:1990 to:2017-03 in:quotes order:date', "topic:venus"],
)
def test_a_form_is_written_out_as_the_question_it_means(question):
    assert written(fields_apart({"q": question})) == question
