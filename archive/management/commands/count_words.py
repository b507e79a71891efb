"""Count the words of the archive, for “Did you mean …?”. Run it every night; it reads all public articles."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.models import Word


class Command(BaseCommand):
    """`manage.py count_words`."""

    help = "Count the words that public articles hold, so that a misspelt search is told how the archive spells."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, telling how far it has come, and say how many words there are."""
        del args
        for number in Word.objects.count_anew():
            if options["verbosity"] > 1:
                self.stdout.write(f"up to article {number:,}")
        self.stdout.write(f"Words: {Word.objects.count():,}.")
