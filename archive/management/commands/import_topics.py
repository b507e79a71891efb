"""Take a vocabulary into the archive: SKOS as RDF/XML, Turtle or JSON-LD, or a table (CSV)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.editing.exchange.concepts import VocabularyFileError
from archive.editing.exchange.exporting import suffix_of
from archive.editing.exchange.importing import import_vocabulary, read_vocabulary


class Command(BaseCommand):
    """`import_topics FILE [--language en] [--rehearse]`. Run again it changes nothing."""

    help = "Make topics of the concepts in a file (.ttl, .rdf, .xml, .jsonld, .json, .csv), or complete those there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and how to take it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", help="take names and scope notes in this language (default: the archive's)")
        parser.add_argument("--rehearse", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *, file: Path, language: str | None, rehearse: bool, **_options: Any) -> None:
        """Import and say what was done."""
        try:
            vocabulary = read_vocabulary(file.read_bytes(), suffix_of(file.name), language=language)
        except VocabularyFileError as error:
            raise CommandError(f"{file}: {error}") from error
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        done = import_vocabulary(vocabulary, by=None, rehearse=rehearse)
        for remark in done.remarks:
            self.stdout.write(self.style.WARNING(remark))
        self.stdout.write(
            f"{'Would be: ' if rehearse else ''}{done.created:,} topics made, {done.changed:,} changed, "
            f"{done.unchanged:,} as they were; {done.names:,} alternative names, {done.links:,} links."
        )
