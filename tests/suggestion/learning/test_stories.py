"""Stories read from JSON Lines."""

import gzip

import pytest

from archive.suggestion.learning.stories import Story, StoryError, read_stories

ROW = '{"id": "7", "title": "A probe", "text": "To Venus.", "topics": ["venus"], "dateline": null}\n'


def test_a_row_becomes_a_story_with_its_topics_where_they_are_asked_for(tmp_path):
    path = tmp_path / "stories.jsonl"
    path.write_text(ROW + "\n")
    assert list(read_stories(path)) == [Story("7", "A probe", "To Venus.")]
    assert list(read_stories(path, labelled=True)) == [Story("7", "A probe", "To Venus.", frozenset({"venus"}))]


def test_a_compressed_file_is_read_as_well(tmp_path):
    path = tmp_path / "stories.jsonl.gz"
    path.write_bytes(gzip.compress(ROW.encode()))
    assert [story.id for story in read_stories(path)] == ["7"]


@pytest.mark.parametrize(
    "damage", [lambda packed: packed[:-9], lambda packed: packed[:20] + b"\xff" * 9, lambda _: b"no"]
)
def test_a_damaged_compressed_file_is_told(tmp_path, damage):
    path = tmp_path / "stories.jsonl.gz"
    path.write_bytes(damage(gzip.compress(ROW.encode() * 50)))
    with pytest.raises(StoryError, match=r"stories\.jsonl\.gz: cannot be read as compressed UTF-8 text"):
        list(read_stories(path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ROW.encode() + b"{", "line 2: is not JSON"),
        (b"[]", 'line 1: is not an object with an "id" and a "text"'),
        (b'{"id": 1}', 'line 1: is not an object with an "id" and a "text"'),
        (b'{"id": 1, "text": "", "topics": "venus"}', 'line 1: "topics" is not a list of names'),
        (b'{"id": 1, "text": "\xff"}', "cannot be read as UTF-8 text"),
    ],
)
def test_what_is_no_story_is_told_with_its_line(tmp_path, content, said):
    path = tmp_path / "stories.jsonl"
    path.write_bytes(content)
    with pytest.raises(StoryError, match=said):
        list(read_stories(path, labelled=True))
