"""Bring files and folders of stories into the archive as drafts, with their quotes and topics proposed."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from tqdm import tqdm

from archive.ingest.dates import Dated, UncertainDateError, read_date
from archive.ingest.document import UnreadableError
from archive.ingest.drafting import LONGEST_SOURCE, Told, source_called, source_name
from archive.ingest.fields import NAMES
from archive.ingest.incoming import incoming, is_there, size_of
from archive.ingest.originals import StorageAwayError
from archive.ingest.pipeline import Import
from archive.ingest.progress import Progress
from archive.ingest.report import Counts, Outcome, Result, on_one_line
from archive.models import Source, Topic

LINE_EVERY = 1000  # results between two lines of progress where there is no terminal


class Command(BaseCommand):
    help = (
        "Bring files and folders of stories into the archive as drafts, with their quotes and topics proposed. "
        "What is here already is passed over, so the command can be run again at any time. "
        "The exit status is 1 where anything could not come in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="files, folders, addresses of the web, or - for standard input"
        )
        parser.add_argument("--name", default="", help="the name standard input would have as a file: rows.csv")
        parser.add_argument(
            "--source", metavar="NAME", help="the publication they come from, by name or slug; made where it is new"
        )
        parser.add_argument(
            "--published", metavar="DATE", help="their date where they give none: 2017-01-31, 2017-01, 2017"
        )
        parser.add_argument(
            "--topic", action="append", default=[], metavar="NAME", help="file all under this topic; may be repeated"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="PART=FIELD",
            help="in tables and records, which field holds a part: headline=titel; may be repeated",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would come in, and change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object: the counts, and a row for each")

    def handle(self, **options: Any) -> None:
        try:
            counts = self._import(options)
        except (OperationalError, InterfaceError) as error:
            raise CommandError(f"The database cannot be reached: {on_one_line(str(error))}") from error
        except StorageAwayError as error:
            raise CommandError(on_one_line(str(error))) from error
        if counts.failed:
            sys.exit(1)

    def _import(self, options: dict[str, Any]) -> Counts:
        given = options["paths"]
        if "" in given:
            raise CommandError("PATH: an empty path is neither a file nor a folder.")
        told = Told(
            published=_date(options["published"]),
            topics=tuple(_topic(name) for name in options["topic"]),
            mapping=_mapping(options["map"]),
        )
        # Last, when all else is known to make sense, since it may have to be made.
        made_for_nothing = options["dry_run"] or not any(map(is_there, given))
        told = replace(told, source=self._source(options["source"], make=not made_for_nothing))
        counts = Counts()
        run = Import(told, dry_run=options["dry_run"])
        progress = Progress()
        coming = progress.watch(incoming(given, told.mapping, name=options["name"]))
        results = _counted(run.run(coming, origin=" ".join(given)), counts)
        if sys.stderr.isatty():
            results = _with_bar(results, given, progress, counts)
        if options["json"]:
            self._print_json(results, counts)
        else:
            self._print_lines(results, counts, verbosity=options["verbosity"])
            self.stdout.write(f"{'Dry run: ' if options['dry_run'] else ''}{counts}")
        for source in run.sources.made:
            self.stderr.write(_about_new_source(source))
        return counts

    def _source(self, given: str | None, *, make: bool) -> Source | None:
        """The source of this name or slug; where there is none it is made, and said so."""
        if given is None:
            return None
        try:
            name = source_name(given)
        except UnreadableError as error:
            raise CommandError(f"--source: the name is longer than {LONGEST_SOURCE} characters.") from error
        if not name:
            raise CommandError("--source: the name is empty.")
        if source := source_called(name):
            return source
        source = Source.objects.create(name=name) if make else Source(name=name)
        self.stderr.write(_about_new_source(source))
        return source

    def _print_lines(self, results: Iterable[Result], counts: Counts, *, verbosity: int) -> None:
        """A line for each file or row that could not come in or is no story, and one now and then of how far it is."""
        for number, result in enumerate(results, start=1):
            if result.outcome == Outcome.FAILED:
                tqdm.write(f"{result.place}: {on_one_line(result.reason)}", file=sys.stderr)
            elif (result.reason and result.article is None and verbosity > 0) or result.resembles or verbosity > 1:
                tqdm.write(f"{result.place}: {result.outcome}{f', {result.remarks}' if result.remarks else ''}")
            if number % LINE_EVERY == 0 and not sys.stderr.isatty() and verbosity > 0:
                self.stderr.write(f"{counts} …")

    def _print_json(self, results: Iterable[Result], counts: Counts) -> None:
        """One JSON object, written as it comes about: a million rows are not held."""
        self.stdout.write('{"rows": [', ending="")
        for number, result in enumerate(results):
            self.stdout.write(f"{',' if number else ''}\n{json.dumps(result.as_json(), ensure_ascii=False)}", ending="")
        self.stdout.write(f'\n], "counts": {json.dumps(counts.as_json())}}}')


def _counted(results: Iterable[Result], counts: Counts) -> Iterator[Result]:
    for result in results:
        counts.add(result)
        yield result


def _with_bar(results: Iterable[Result], given: list[str], progress: Progress, counts: Counts) -> Iterator[Result]:
    """The results, with a bar of how many bytes are read, how fast, and how long the rest takes."""
    with tqdm(total=size_of(given), unit="B", unit_scale=True, file=sys.stderr) as bar:
        for result in results:
            yield result
            bar.set_postfix_str(str(counts), refresh=False)
            bar.update(progress.read - bar.n)
        bar.update(progress.read - bar.n)


def _about_new_source(source: Source) -> str:
    return f"New source “{source}”: readers see an excerpt of its stories until an archivist says otherwise."


def _date(given: str | None) -> Dated | None:
    try:
        return read_date(given) if given is not None else None
    except UncertainDateError as error:
        raise CommandError(f"--published: {error}.") from error


def _mapping(given: list[str]) -> dict[str, str]:
    mapping = dict(pair.partition("=")[::2] for pair in given)
    for part, name in mapping.items():
        if part not in NAMES or not name:
            raise CommandError(f"--map: “{part}={name}” is not one of {', '.join(NAMES)} = the name of a field.")
    return mapping


def _topic(name: str) -> Topic:
    topics = list(Topic.objects.current().called(name)[:2])
    if len(topics) == 1:
        return topics[0]
    problem = "Several topics are called" if topics else "There is no topic called"
    raise CommandError(f"--topic: {problem} “{name}”.")
