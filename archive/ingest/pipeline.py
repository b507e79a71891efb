"""The pipeline: arrivals in, drafts with their originals, filings and proposals out, a batch at a time.

A batch is saved in bulk in one transaction. Where that fails, its stories are saved one by one, each in its own
savepoint, so that the one at fault is named and the rest comes in. Nothing is held but the batch, and what is already
here is passed over, so an import that was killed is finished by running it again.
"""

import logging
import zipfile
import zlib
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from archive.editing.automatic import file_sure_topics
from archive.editing.filing import file_under
from archive.ingest.arrivals import Arrival, NotArrived
from archive.ingest.authors import link_authors
from archive.ingest.copying import copy_articles
from archive.ingest.crew import Crew, Perusal
from archive.ingest.document import Document, PassedOver, UnreadableError
from archive.ingest.drafting import Sources, Told, draft
from archive.ingest.failures import keep_failure
from archive.ingest.originals import Received, StorageAwayError, put_away, receive, take_back
from archive.ingest.readers import Reader, reader_for
from archive.ingest.reading import Reading
from archive.ingest.report import Outcome, Result
from archive.ingest.resembling import Likeness, link_near_copies
from archive.ingest.revising import address_of_story, at_the_same_addresses, is_version_of, revise, why_not_revised
from archive.ingest.running import running, save_alone
from archive.ingest.slugs import fill_slugs
from archive.ingest.unpacking import is_packed, unpacked
from archive.models import Article, Batch, Original
from archive.prose import canonical
from archive.suggestion import propose

logger = logging.getLogger(__name__)

STORIES_A_BATCH = 200
CHARACTERS_A_BATCH = 4_000_000  # long documents make short batches, so that memory stays flat


@dataclass(frozen=True)
class Entry:
    """A document on its way, with the file it came in."""

    received: Received
    document: Document

    def result(self, outcome: Outcome, *, article: int | None = None, reason: str = "") -> Result:
        """What became of it."""
        return Result(self.received.arrival.origin, outcome, self.document.row, article, reason)


@dataclass(frozen=True)
class Load:
    """The entries of one batch, and the crew's reading of their texts, if it is at it."""

    entries: list[Entry]
    perusal: Perusal | None = None

    def readings(self) -> dict[str, Reading]:
        """What the crew read, by text; empty where nobody did yet."""
        return self.perusal.readings() if self.perusal else {}


class Import:
    """One run of the pipeline. Its `batch` is the record of it; its `sources.made` are those that had to be made."""

    def __init__(self, told: Told, *, batch: Batch | None = None, dry_run: bool = False) -> None:
        """Prepare a run; what comes in counts to a batch of its own, or with `again` to the one given."""
        self.told = told
        self.dry_run = dry_run
        self.batch = batch
        self.sources = Sources()
        self._keeps_failures = batch is None and not dry_run

    def run(
        self, arrivals: Iterable[Arrival | NotArrived], *, origin: str = "", batch: Batch | None = None
    ) -> Generator[Result]:
        """Bring in all that arrives. Yields one result for every file, or for every row of a file of many.

        `origin` says for the record what was given: paths, an address. A dry run leaves no record. `batch` is a record
        that was begun already, with `begin_batch`.
        """
        if self.dry_run:
            yield from self._results(arrivals)
            return
        batch = self.batch = batch or begin_batch(self.told, origin=origin)
        counts: Counter[str] = Counter()
        with running(batch):
            for number, result in enumerate(self._results(arrivals), start=1):
                counts[result.outcome.value] += 1
                if number % STORIES_A_BATCH == 0:
                    batch.count(**counts)
                    counts.clear()
                yield result
            batch.count(**counts)
            Batch.objects.filter(pk=batch.pk).update(ended_at=timezone.now())

    def again(self, arrival: Arrival) -> list[Result]:
        """Bring in one arrival for a batch that has ended; what fails is not kept a second time."""
        return list(self._results([arrival]))

    def _results(self, arrivals: Iterable[Arrival | NotArrived]) -> Iterator[Result]:
        """The results of all that arrives. While a batch is saved, the crew reads the texts of the next one."""
        crew = Crew()
        waiting: Load | None = None
        try:
            for one in self._loads(arrivals):
                if isinstance(one, Result):
                    yield one
                    continue
                load = Load(one, None if self.dry_run else crew.peruse([entry.document.body for entry in one]))
                if waiting:
                    yield from self._save(waiting)
                waiting = load
            if waiting:
                yield from self._save(waiting)
        finally:
            crew.dismiss()

    def _loads(self, arrivals: Iterable[Arrival | NotArrived]) -> Iterator[list[Entry] | Result]:
        """The documents that arrive, a batch at a time; and, as they come, the results of what holds none."""
        entries: list[Entry] = []
        characters = 0
        for one in chain.from_iterable(map(self._read, arrivals)):
            if isinstance(one, Result):
                yield one
                continue
            entries.append(one)
            characters += len(one.document.body)
            if len(entries) >= STORIES_A_BATCH or characters >= CHARACTERS_A_BATCH:
                yield entries
                entries, characters = [], 0
        if entries:
            yield entries

    def _read(self, arrival: Arrival | NotArrived, depth: int = 0) -> Iterator[Entry | Result]:
        """What one arrival holds, archives opened. Whatever a reader raises is a failure of this file alone."""
        if isinstance(arrival, NotArrived):
            yield self._not_a_story(arrival.origin, arrival.why, None)
            return
        empty = True
        try:
            for one in self._within(arrival, depth):
                empty = False
                yield one
            if empty:
                yield self._not_a_story(arrival.origin, UnreadableError("holds no story"), arrival)
        except (OperationalError, InterfaceError, StorageAwayError):
            raise  # the database is gone, or the storage, and no file is to blame
        except Exception as error:  # noqa: BLE001 (parsers of other people's formats raise anything)
            yield self._not_a_story(arrival.origin, error, arrival)

    def _within(self, arrival: Arrival, depth: int) -> Iterator[Entry | Result]:
        if is_packed(arrival):
            for inner in unpacked(arrival, depth=depth + 1):
                yield from self._read(inner, depth=depth + 1)
            return
        for item in self._items(arrival, reader_for(arrival)):
            yield item if isinstance(item, Entry | Result) else self._not_a_story(arrival.origin, item, arrival)

    def _items(self, arrival: Arrival, reader: Reader) -> Iterator[Entry | Result | UnreadableError | PassedOver]:
        received = receive(arrival, reader.media_type)
        if reader.single and (known := Article.objects.filter(original__sha256=received.sha256).first()):
            yield Result(arrival.origin, Outcome.SKIPPED, article=known.pk, reason="is here already")
            return
        for item in reader.read(arrival):
            yield Entry(received, item) if isinstance(item, Document) else item

    def _not_a_story(self, origin: str, why: Exception | PassedOver, arrival: Arrival | None) -> Result:
        """The result of what is passed over or cannot be read; the latter is kept as a failure."""
        row = why.row if isinstance(why, PassedOver | UnreadableError) else 0
        if isinstance(why, PassedOver):
            return Result(origin, Outcome.SKIPPED, row, reason=why.reason)
        result = Result(origin, Outcome.FAILED, row, reason=_reason(why))
        self._keep_failure(result, arrival, why.record if isinstance(why, UnreadableError) else None)
        return result

    def _keep_failure(self, result: Result, arrival: Arrival | None, record: Any) -> None:
        if self._keeps_failures and self.batch:
            keep_failure(self.batch, result, arrival=arrival, record=record)

    def _save(self, load: Load) -> list[Result]:
        """Save a batch in bulk, or, where something in it is refused, one by one."""
        try:
            return self._save_together(load)
        except StorageAwayError:
            raise
        except Exception as error:
            if len(load.entries) > 1:
                return [result for entry in load.entries for result in self._save(Load([entry]))]
            if not isinstance(error, UnreadableError):
                logger.debug("The story was refused.", exc_info=True)
            [entry] = load.entries
            result = entry.result(Outcome.FAILED, reason=_reason(error))
            self._keep_failure(result, entry.received.arrival, entry.document.record)
            return [result]

    def _save_together(self, load: Load) -> list[Result]:
        """Save all of a batch or nothing, its new originals included."""
        new_originals: list[Original] = []
        try:
            with transaction.atomic():
                return self._saved(load, new_originals)
        except BaseException:
            take_back(new_originals)
            self.sources.forget()
            raise

    def _saved(self, load: Load, new_originals: list[Original]) -> list[Result]:
        if not self.dry_run:
            save_alone()
        readings = load.readings()
        drafts = [
            (entry, draft(entry.document, self.told, self.sources, readings.get(entry.document.body)))
            for entry in load.entries
        ]
        articles = [article for _, article in drafts]
        holders, known = _here_already(articles), at_the_same_addresses(articles)
        new: list[tuple[Entry, Article]] = []
        versions: dict[int, Article] = {}  # the story of which a draft, by its place in the batch, is a version
        for place, (entry, article) in enumerate(drafts):
            if holders.setdefault(article.body_sha256, article) is not article:
                continue
            address = address_of_story(article)
            if address in known and is_version_of(article, known[address]):
                versions[place] = known[address]
            else:
                new.append((entry, article))
                if address:
                    known.setdefault(address, article)
        resembling: dict[int, Likeness] = {}
        if self.dry_run:
            transaction.set_rollback(True)
        elif new:
            resembling = self._keep(new, new_originals, readings)
        results = [
            _result(entry, article, holders[article.body_sha256], resembling.get(article.pk or 0))
            for entry, article in drafts
        ]
        for place, story in versions.items():
            entry, version = drafts[place]
            results[place] = self._revise(entry, version, story, new_originals)
        return results

    def _revise(self, entry: Entry, version: Article, article: Article, new_originals: list[Original]) -> Result:
        """The result of a new version: taken by a draft nobody has worked on, else passed over."""
        if reason := why_not_revised(article, version):
            return entry.result(Outcome.SKIPPED, article=article.pk, reason=reason)
        if not self.dry_run:
            [original] = self._originals([entry], new_originals).values()
            revise(article, version, original=original, by=self.told.by)
        return entry.result(Outcome.IMPORTED, article=article.pk, reason="is a new version of a story that was here")

    def _keep(
        self, new: list[tuple[Entry, Article]], new_originals: list[Original], readings: dict[str, Reading]
    ) -> dict[int, Likeness]:
        """Save these new articles with all that belongs to them. Returns which are near copies of others."""
        originals = self._originals([entry for entry, _ in new], new_originals)
        for entry, article in new:
            article.original = originals[entry.received.sha256]
            article.batch = self.batch
        articles = [article for _, article in new]
        fill_slugs(articles)
        copy_articles(articles)
        link_authors(articles)
        for topic in self.told.topics:
            file_under(topic, articles=articles, by=self.told.by)
        propose(
            articles,
            named={article.pk: entry.document.topics for entry, article in new},
            found={article.pk: readings[article.body].quotations for article in articles if article.body in readings},
        )
        file_sure_topics(articles)
        return link_near_copies(articles, {body: reading.runs for body, reading in readings.items()})

    def _originals(self, entries: list[Entry], new_originals: list[Original]) -> dict[str, Original]:
        """The originals of these entries by checksum; those that are new are stored, and noted for taking back."""
        by_sha256 = {entry.received.sha256: entry for entry in entries}
        originals = {one.sha256: one for one in Original.objects.filter(sha256__in=by_sha256)}
        new = []
        for sha256, entry in by_sha256.items():
            if sha256 not in originals:
                originals[sha256] = put_away(entry.received, encoding=entry.document.encoding, by=self.told.by)
                new.append(originals[sha256])
                new_originals.append(originals[sha256])
        Original.objects.bulk_create(new)
        return originals


def begin_batch(told: Told, *, origin: str) -> Batch:
    """The record of an import that is about to run; `origin` says what it was given."""
    return Batch.objects.create(started_by=told.by, origin=canonical(origin), told=told.as_json())


def _here_already(articles: list[Article]) -> dict[str, Article]:
    """The stories that have the text of one of these, by its checksum."""
    texts = {article.body_sha256 for article in articles}
    return {one.body_sha256: one for one in Article.objects.filter(body_sha256__in=texts).only("pk", "body_sha256")}


def _result(entry: Entry, article: Article, holder: Article, near: Likeness | None) -> Result:
    if holder is article:
        result = entry.result(Outcome.IMPORTED, article=article.pk, reason=entry.document.left_out)
        open_ = tuple(article.doubts)
        return replace(
            result, doubts=open_, resembles=near.other if near else None, likeness=near.likeness if near else None
        )
    return entry.result(Outcome.SKIPPED, article=holder.pk, reason="has the text of a story that is here already")


def _reason(error: Exception | PassedOver) -> str:
    """Why something did not come in, in one line for people."""
    match error:
        case PassedOver():
            return error.reason
        case UnreadableError():
            return str(error)
        case zlib.error() | zipfile.BadZipFile() | EOFError():
            return f"is damaged: {error}"
        case OSError():
            return f"cannot be read: {error.strerror or error}"
        case _:
            return f"was refused: {type(error).__name__}: {next(iter(str(error).splitlines()), '')[:300]}"
