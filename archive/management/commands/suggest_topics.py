"""Suggest topics for stories in a file, by what was learned from the archive or from another file."""

import gzip
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from archive.suggestion.learning.model import TopicModel

LISTED = 10


class Command(BaseCommand):
    """`suggest_topics [--train LABELLED] --jsonl IN OUT`. Never touches the database.

    Rows of IN and LABELLED: `{"id", "title", "text", "topics"}`; of OUT: `{"id", "topics": [{"topic", "score",
    "why"}]}`, best first. A score of 0.5 or more means: file it.
    """

    help = "Suggest topics for rows of {id, title, text}, and write them with scores and reasons as JSON Lines."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--jsonl",
            nargs=2,
            type=Path,
            required=True,
            metavar=("IN", "OUT"),
            help="where to read and to write; .gz too",
        )
        parser.add_argument(
            "--train", type=Path, metavar="LABELLED", help="learn from the topics of this file, not from the archive"
        )

    def handle(self, *, jsonl: tuple[Path, Path], train: Path | None, **_options: Any) -> None:
        from archive.suggestion.learning.stories import StoryError, read_stories

        source, target = jsonl
        try:
            stories = list(read_stories(source))
            model = _trained(train) if train else _latest()
            suggested = model.suggest(stories, most=LISTED)
            open_file = gzip.open if target.suffix == ".gz" else open
            with open_file(target, "wt", encoding="utf-8") as out:
                for story, offered in zip(stories, suggested, strict=True):
                    topics = [{"topic": one.topic, "score": one.confidence, "why": list(one.why)} for one in offered]
                    out.write(json.dumps({"id": story.id, "topics": topics}, ensure_ascii=False) + "\n")
        except StoryError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        self.stdout.write(f"{len(stories)} stories, written to {target}.")


def _trained(labelled: Path) -> "TopicModel":
    from archive.suggestion.learning.stories import read_stories
    from archive.suggestion.learning.training import TrainingError, train

    try:
        return train(list(read_stories(labelled, labelled=True)))
    except TrainingError as error:
        raise CommandError(f"{labelled}: {error}") from error


def _latest() -> "TopicModel":
    from archive.suggestion.learning.versions import ModelError, latest_model

    try:
        model = latest_model()
    except (ModelError, OSError) as error:
        raise CommandError(str(error)) from error
    if model is None:
        raise CommandError("Nothing was learned yet: run train_topics, or give --train.")
    return model
