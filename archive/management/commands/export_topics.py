"""Write the archive's vocabulary to a file: SKOS as RDF/XML, Turtle or JSON-LD, or a table (CSV)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.editing.exchange.concepts import VocabularyFileError
from archive.editing.exchange.exporting import export_vocabulary, suffix_of


class Command(BaseCommand):
    """`export_topics FILE`: the format is that of the file's suffix."""

    help = "Write all topics to a file, in the format of its suffix (.ttl, .rdf, .jsonld, .csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options: Any) -> None:
        """Write it and say where."""
        try:
            content = export_vocabulary(suffix_of(file.name))
            file.write_bytes(content)
        except VocabularyFileError as error:
            raise CommandError(f"{file}: {error}") from error
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        self.stdout.write(f"The vocabulary is in {file}, {len(content):,} bytes.")
