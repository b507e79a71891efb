"""Suggesting for a file, without the database: none of these tests may open it."""

import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from archive.suggestion.learning.versions import keep_model
from tests.suggestion.learning.desk import desk_stories


def write(path, stories):
    rows = [
        {"id": story.id, "title": story.headline, "text": story.text, "topics": sorted(story.topics)}
        for story in stories
    ]
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def test_a_file_is_suggested_for_by_what_another_teaches(tmp_path, settings):
    settings.VAR_DIR = tmp_path / "var"
    labelled = write(tmp_path / "labelled.jsonl.gz", desk_stories(60))
    given, out = write(tmp_path / "in.jsonl", desk_stories(5, seed=2)), tmp_path / "out.jsonl.gz"
    call_command("suggest_topics", "--train", str(labelled), "--jsonl", str(given), str(out), verbosity=0)
    rows = [json.loads(line) for line in gzip.decompress(out.read_bytes()).splitlines()]
    assert [row["id"] for row in rows] == ["0", "1", "2", "3", "4"]
    for row, story in zip(rows, desk_stories(5, seed=2), strict=True):
        scores = [topic["score"] for topic in row["topics"]]
        assert scores == sorted(scores, reverse=True)
        assert {topic["topic"] for topic in row["topics"] if topic["score"] >= 0.5} == story.topics
    assert not settings.VAR_DIR.exists()


def test_without_a_file_to_learn_from_the_newest_kept_model_suggests(tmp_path, settings, model):
    settings.VAR_DIR = tmp_path / "var"
    keep_model(model)
    given, out = write(tmp_path / "in.jsonl", desk_stories(1, seed=2)), tmp_path / "out.jsonl"
    call_command("suggest_topics", "--jsonl", str(given), str(out), verbosity=0)
    assert json.loads(out.read_text())["topics"][0]["topic"] in desk_stories(1, seed=2)[0].topics


def test_where_nothing_was_learned_it_says_what_to_do(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    given = write(tmp_path / "in.jsonl", [])
    with pytest.raises(CommandError, match="run train_topics, or give --train"):
        call_command("suggest_topics", "--jsonl", str(given), str(tmp_path / "out.jsonl"))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"missing\.jsonl: No such file"):
        call_command("suggest_topics", "--jsonl", str(tmp_path / "missing.jsonl"), str(tmp_path / "out.jsonl"))


def test_real_stories_get_their_real_topics(shared_data, tmp_path):
    from archive.suggestion.learning.figures import figures
    from archive.suggestion.learning.stories import read_stories
    from archive.suggestion.learning.training import train

    stories = list(read_stories(shared_data / "topics" / "reuters-train.jsonl.gz", labelled=True))[:700]
    assert figures(stories[500:], train(stories[:500]).suggest(stories[500:])).micro_f1 > 0.75
