"""Learn from the archive's own filing which topics stories have."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """`manage.py train_topics`. Run it every night; until the next run, the last model that it kept is used."""

    help = "Learn from how the archive's stories are filed, and keep the model for the suggestions to come."

    def handle(self, **_options: Any) -> None:
        """Train, keep, and say from how much."""
        from archive.suggestion.learning.archived import learn_from_archive
        from archive.suggestion.learning.training import TrainingError
        from archive.suggestion.learning.versions import ModelError

        try:
            self.stdout.write(learn_from_archive())
        except (TrainingError, ModelError) as error:
            raise CommandError(str(error)) from error
