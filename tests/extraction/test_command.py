"""manage.py extract_quotes."""

import io
import json
import os
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

    with pytest.raises(CommandError, match=r"picture\.txt: is a JPEG image, not text$"):
        call_command("extract_quotes", str(path))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_offsets_count_in_the_decoded_text_whatever_its_encoding(encoding, tmp_path, capsys):
    path = tmp_path / "story.txt"
    path.write_bytes(f"Café news. {STORY}".encode(encoding))

    call_command("extract_quotes", str(path))

    row = json.loads(capsys.readouterr().out)
    assert row["id"] == "story.txt"
    assert [(quote["start"], quote["end"], quote["name"]) for quote in row["quotes"]] == [(12, 23, "Ann Lee")]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("[" * 100_000, "is not JSON that can be read: maximum recursion depth exceeded"),
        ('{"id": ' + "1" * 5000 + ', "text": ""}', "is not JSON that can be read: Exceeds the limit (4300 digits)"),
        ("[1]", 'is not an object with "id" and a "text" of words'),
        ('{"id": ["a"], "text": ""}', 'is not an object with "id" and a "text" of words'),
    ],
    ids=["nested", "long number", "list", "list as id"],
)
def test_a_row_that_no_reader_expects_does_not_stop_the_rest(bad, reason, tmp_path, capsys):
    path = tmp_path / "stories.jsonl"
    path.write_text(f'{bad}\n{{"id": "a", "text": ""}}\n', encoding="utf-8")

    with pytest.raises(CommandError, match=r"^1 of 2 rows could not be read; the others are written\.$"):
        call_command("extract_quotes", str(path), "--jsonl")

    written = capsys.readouterr()
    assert written.out == '{"id": "a", "quotes": []}\n'
    assert written.err.startswith(f"{path}, line 1: {reason}")


def test_half_a_surrogate_pair_is_written_as_its_escape(tmp_path):
    path, out = tmp_path / "stories.jsonl", tmp_path / "quotes.jsonl"
    path.write_text('{"id": "\\ud800", "text": "\\ud800 “We will go,” said Director Ann Lee."}\n', encoding="utf-8")

    call_command("extract_quotes", str(path), str(out), "--jsonl")

    row = json.loads(out.read_text(encoding="utf-8"))
    assert (row["id"], row["quotes"][0]["start"]) == ("\ud800", 3)


def test_a_row_is_written_before_the_next_is_read(monkeypatch, tmp_path):
    path, out = tmp_path / "stories.jsonl", tmp_path / "quotes.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": name}) + "\n" for name in "abc"), encoding="utf-8")
    written = []

    def find(_text, **_options):
        written.append(len(out.read_text(encoding="utf-8").splitlines()))
        return []

    monkeypatch.setattr("archive.management.commands.extract_quotes.find_quotations", find)
    call_command("extract_quotes", str(path), str(out), "--jsonl")

    assert written == [0, 1, 2]


def test_a_text_larger_than_a_story_may_be_is_refused(settings, tmp_path):
    settings.IMPORT_MAX_BYTES = 30
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")

    with pytest.raises(CommandError, match=r"story\.txt: is longer than 30.bytes \(IMPORT_MAX_BYTES\)$"):
        call_command("extract_quotes", str(path))


def test_a_row_larger_than_a_story_may_be_does_not_stop_the_rest(settings, tmp_path, capsys):
    settings.IMPORT_MAX_BYTES = 30
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps({"id": "a", "text": STORY * 9}) + '\n{"id": "b", "text": ""}\n', encoding="utf-8")

    with pytest.raises(CommandError, match=r"^1 of 2 rows"):
        call_command("extract_quotes", str(path), "--jsonl")

    assert capsys.readouterr().out == '{"id": "b", "quotes": []}\n'


def test_what_is_no_file_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(CommandError, match=r"pipe: is neither a file nor - for standard input$"):
        call_command("extract_quotes", str(pipe))


def test_what_is_read_is_never_written_over(tmp_path):
    path = tmp_path / "stories.jsonl"
    path.write_text('{"id": "a", "text": ""}\n', encoding="utf-8")

    with pytest.raises(CommandError, match=r"is what is read; the quotes need a file of their own$"):
        call_command("extract_quotes", str(path), str(path), "--jsonl")

    assert path.read_text(encoding="utf-8") == '{"id": "a", "text": ""}\n'
