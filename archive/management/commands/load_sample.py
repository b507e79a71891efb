"""Load the sample archive into an empty archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.ingest.sample import SampleError, load_sample


class Command(BaseCommand):
    help = "Load the sample archive into an empty archive. Where it is loaded already, nothing is changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "sample", help="where its files are (default: sample/)"
        )

    def handle(self, **options: Any) -> None:
        try:
            loaded = load_sample(options["folder"])
        except SampleError as error:
            raise CommandError(str(error)) from error
        if loaded is None:
            self.stdout.write("The archive has been set up already: nothing to load.")
        else:
            self.stdout.write(f"Loaded: {loaded}.")
