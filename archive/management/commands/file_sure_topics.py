"""File proposed topics that are sure enough without asking, where the archivist has said from when they are."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.editing.automatic import file_sure_topics


class Command(BaseCommand):
    """`manage.py file_sure_topics`. Imports do so for what they bring in; the confidence is set in the edition."""

    help = "File proposed topics of at least the confidence set in the edition, for articles readers do not see yet."

    def handle(self, **_options: Any) -> None:
        """File and say how many there were."""
        self.stdout.write(f"Proposed topics filed without asking: {file_sure_topics():,}.")
