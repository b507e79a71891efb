"""Say how well learned topics agree with how the archive is filed, on stories that were not learned from."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

LISTED = 10


class Command(BaseCommand):
    """`evaluate_topics [--folds N] [--jsonl LABELLED]`: cross-validated figures; nothing is kept."""

    help = "Train on a part of the archive's stories, suggest for the rest, in turn, and compare with their own topics."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folds", type=int, default=3, help="into how many parts to divide the stories (default: 3)"
        )
        parser.add_argument("--jsonl", type=Path, metavar="LABELLED", help="a file of stories instead of the archive's")

    def handle(self, *, folds: int, jsonl: Path | None, **_options: Any) -> None:
        """Evaluate and print: the figures of all, and the topics that are learned least well."""
        from archive.suggestion.learning.archived import filed_stories, names_of_topics
        from archive.suggestion.learning.figures import cross_validated
        from archive.suggestion.learning.stories import StoryError, read_stories
        from archive.suggestion.learning.training import TrainingError

        if folds < 2:
            raise CommandError(
                f"{folds} parts are too few: what is suggested for has to be apart from what is learned."
            )
        try:
            if jsonl:
                result = cross_validated(list(read_stories(jsonl, labelled=True)), folds=folds)
            else:
                result = cross_validated(filed_stories(), names_of_topics(), folds=folds)
        except (TrainingError, StoryError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        self.stdout.write(str(result))
        names = {} if jsonl else {topic: each[0][0] for topic, each in names_of_topics().items()}
        self.stdout.write("Learned least well (F1, stories):")
        for topic, f1, stories in result.worst(LISTED):
            self.stdout.write(f"  {f1:.2f}  {stories:5}  {names.get(topic, topic)}")
