"""Say how well learned topics agree with how the archive is filed, on stories that were not learned from."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

LISTED = 10


class Command(BaseCommand):
    """`evaluate_topics [--folds N] [--jsonl LABELLED]` or `evaluate_topics --names`: figures; nothing is kept."""

    help = "Train on a part of the archive's stories, suggest for the rest, in turn, and compare with their own topics."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folds", type=int, default=3, help="into how many parts to divide the stories (default: 3)"
        )
        parser.add_argument("--jsonl", type=Path, metavar="LABELLED", help="a file of stories instead of the archive's")

        parser.add_argument("--names", action="store_true", help="how right the names alone are, without learning")
        parser.add_argument(
            "--least", type=float, default=0.4, help="with --names: the confidence from which they count (0.4)"
        )

    def handle(self, *, folds: int, jsonl: Path | None, names: bool, least: float, **_options: Any) -> None:
        """Evaluate and print: the figures of all, and the topics that are learned or named least well."""
        if names:
            self._tell_names(least)
        else:
            self._tell_learned(folds, jsonl)

    def _tell_names(self, least: float) -> None:
        from archive.suggestion.named import figures_of_names

        result = figures_of_names(least, LISTED)
        self.stdout.write(f"{result}, from a confidence of {least:g} on")
        self.stdout.write("Proposed in vain most often:")
        for name, times in result.mistaken:
            self.stdout.write(f"  {times:5}  {name}")

    def _tell_learned(self, folds: int, jsonl: Path | None) -> None:
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
        called = {} if jsonl else {topic: each[0][0] for topic, each in names_of_topics().items()}
        self.stdout.write("Learned least well (F1, stories):")
        for topic, f1, stories in result.worst(LISTED):
            self.stdout.write(f"  {f1:.2f}  {stories:5}  {called.get(topic, topic)}")
