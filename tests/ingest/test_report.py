"""What a report says of each file and row."""

import pytest

from archive.ingest.report import on_one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb", "a\\nb"),
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("50.0\u00a0MB", "50.0\u00a0MB"),
        ("Zürich, “so”", "Zürich, “so”"),
    ],
)
def test_what_would_move_the_cursor_is_written_out_and_nothing_else(text, line):
    assert on_one_line(text) == line
