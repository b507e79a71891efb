"""Rows as files: no formula in a table, one object a line."""

import json

import pytest

from archive.exports import as_csv, as_json_lines, harmless

ROWS = [{"name": "=SUM(A1)", "topics": ["Venus", "Mars"], "number": 3, "unasked": "x"}]
COLUMNS = ("name", "topics", "number")


def test_a_table_has_a_line_of_names_and_no_formula():
    response = as_csv(ROWS, COLUMNS, "found")
    assert response.headers["Content-Disposition"] == 'attachment; filename="found.csv"'
    assert response.getvalue().decode() == "name,topics,number\r\n'=SUM(A1),Venus; Mars,3\r\n"


def test_a_line_is_an_object_with_lists_and_numbers_as_they_are():
    response = as_json_lines(ROWS, COLUMNS, "found")
    assert response.headers["Content-Disposition"] == 'attachment; filename="found.jsonl"'
    assert json.loads(response.getvalue()) == {"name": "=SUM(A1)", "topics": ["Venus", "Mars"], "number": 3}


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("Agency votes", "Agency votes"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("“=1”", "“=1”"),
    ],
)
def test_no_cell_is_a_formula(cell, safe):
    assert harmless(cell) == safe
