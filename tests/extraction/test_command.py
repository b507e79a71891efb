"""manage.py extract_quotes."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

STORY = "“We will go,” said Director Ann Lee.\n"


def test_a_text_file_gives_one_row_under_its_name(tmp_path, capsys):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")

    call_command("extract_quotes", str(path))

    row = json.loads(capsys.readouterr().out)
    confidence = row["quotes"][0].pop("confidence")
    assert row == {
        "id": "story.txt",
        "quotes": [
            {
                "start": 1,
                "end": 12,
                "speaker": "Director Ann Lee",
                "speaker_start": 19,
                "speaker_end": 35,
                "name": "Ann Lee",
                "role": "Director",
                "utterance": 0,
            }
        ],
    }
    assert 0 < confidence <= 1


def test_rows_in_give_rows_out_and_a_bad_row_does_not_stop_the_rest(tmp_path, capsys):
    path, out = tmp_path / "stories.jsonl", tmp_path / "quotes.jsonl"
    good = json.dumps({"id": "a", "text": STORY})
    path.write_text(f'{good}\n\n{{"id": "b"}}\nnot json\n{good}\n', encoding="utf-8")

    with pytest.raises(CommandError, match=r"^2 of 4 rows could not be read; the others are written\.$"):
        call_command("extract_quotes", str(path), str(out), "--jsonl")

    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["a", "a"]
    assert capsys.readouterr().err.splitlines() == [
        f'{path}, line 3: is not an object with "id" and a "text" of words',
        f"{path}, line 4: is not JSON: Expecting value",
    ]


def test_standard_input_is_read_and_reasons_are_given(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))

    call_command("extract_quotes", "-", "--explain")

    assert json.loads(capsys.readouterr().out)["quotes"][0]["why"][:2] == [
        "“Director Ann Lee” stands after the words",
        "a verb of speech stands beside it",
    ]


def test_a_missing_file_is_named():
    with pytest.raises(CommandError, match=r"^nowhere\.txt: cannot be read: No such file or directory$"):
        call_command("extract_quotes", "nowhere.txt")


def test_a_file_that_is_no_text_is_named(tmp_path):
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\xff\xd8\xff")

    with pytest.raises(CommandError, match=r"picture\.txt: is not UTF-8 text \(byte 0\)$"):
        call_command("extract_quotes", str(path))
