"""Learn from the archive's own filing which topics stories have."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """`manage.py train_topics`. Run it every night; until the next run, the last model that it kept is used."""

    help = "Learn from how the archive's stories are filed, and keep the model for the suggestions to come."

    def handle(self, **_options: Any) -> None:
        """Train, keep, and say from how much."""
        from archive.suggestion.learning.archived import filed_stories, names_of_topics
        from archive.suggestion.learning.training import TrainingError, train
        from archive.suggestion.learning.versions import keep_model

        stories = filed_stories()
        self.stdout.write(f"Learning from {len(stories):,} stories …")
        try:
            model = train(stories, names_of_topics())
        except TrainingError as error:
            raise CommandError(str(error)) from error
        path = keep_model(model)
        self.stdout.write(f"Learned {len(model.topics):,} topics, kept in {path}.")
