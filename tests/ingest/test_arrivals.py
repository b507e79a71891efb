"""The files found under the paths given, and what is said of those that cannot be read."""

import os
from pathlib import Path

import pytest

from archive.ingest.arrivals import Arrival, arrivals
from archive.ingest.document import UnreadableError


def found(*paths):
    return [
        (Path(one.origin).name, "" if isinstance(one, Arrival) else str(getattr(one.why, "reason", one.why)))
        for one in arrivals(paths)
    ]


def test_files_come_in_the_order_of_their_names_folder_by_folder(tmp_path):
    for name in ("b.txt", "a/2.txt", "a/1.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert found(tmp_path) == [("1.txt", ""), ("2.txt", ""), ("b.txt", ""), ("c.txt", "")]
    assert found(tmp_path / "c.txt", tmp_path / "a") == [("c.txt", ""), ("1.txt", ""), ("2.txt", "")]


def test_what_cannot_be_read_is_named_with_its_reason(tmp_path):
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "void").mkdir()
    (tmp_path / ".hidden").write_text("x")
    assert found(tmp_path) == [
        (".hidden", "is hidden"),
        ("gone", "is a link to nothing"),
        ("pipe", "is neither a file nor a folder"),
        ("round", "leads back to a folder that holds it"),
        ("self", "cannot be read: Too many levels of symbolic links"),
        ("void", "is an empty folder"),
    ]
    assert found(tmp_path / "absent") == [("absent", "does not exist")]


def test_a_name_that_is_no_text_is_shown_as_such(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    assert [(one.name, Path(one.origin).name) for one in arrivals([tmp_path])] == [("caf\ufffd.txt", "caf\ufffd.txt")]


def test_a_hidden_file_that_is_named_comes_in(tmp_path):
    (tmp_path / ".hidden").write_text("x")
    assert found(tmp_path / ".hidden") == [(".hidden", "")]


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_without_rights_does_not_stop_the_rest(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o000)
    (tmp_path / "open.txt").write_text("x")
    assert found(tmp_path) == [("closed", "may not be read: permission denied"), ("open.txt", "")]


def test_a_denied_file_is_named_with_its_reason(tmp_path, monkeypatch):
    (tmp_path / "closed.txt").write_text("x")

    def deny(self, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert found(tmp_path) == [("closed.txt", "may not be read: permission denied")]


def test_a_story_larger_than_the_limit_is_refused(tmp_path, settings):
    settings.IMPORT_MAX_BYTES = 10
    (tmp_path / "long.txt").write_text("x" * 11)
    [arrival] = arrivals([tmp_path])
    with pytest.raises(UnreadableError, match=r"is 11.bytes long, and a story may have 10.bytes"):
        arrival.bytes()
