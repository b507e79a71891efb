"""What a list shows, as a file: with its filters and its search, all pages of it, newest rows first.

Rows are read some at a time while the file is written, so that memory does not grow with the list.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from archive.admin.dates import as_known
from archive.admin.search import want_all
from archive.admin.tallies import set_tallies
from archive.exports import WRITERS, Record
from archive.models import Article, Person, Quote, Source, Tagging, Tally, Topic

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

AT_ONCE = 500


@dataclass(frozen=True)
class Export:
    """What a file says of each row of a list: its columns, and the records of some rows, one query or a few for all."""

    columns: tuple[str, ...]
    records: Callable[[Sequence[int]], Iterable[Record]]


def _articles(ids: Sequence[int]) -> Iterator[Record]:
    rows = Article.objects.filter(pk__in=ids).select_related("source").defer("body", "words")
    filed = _names(Tagging.objects.filed().filter(article__in=ids), "article_id", "topic__name")
    for row in rows.order_by("-pk"):
        yield {
            "id": row.pk,
            "headline": row.headline,
            "standfirst": row.standfirst,
            "status": row.status,
            "date": as_known(row.published_at, row.precision),
            "source": row.source.name if row.source else "",
            "byline": row.byline,
            "language": row.language,
            "publisher_url": row.publisher_url,
            "topics": filed.get(row.pk, []),
        }


def _quotes(ids: Sequence[int]) -> Iterator[Record]:
    rows = (
        Quote.objects.filter(pk__in=ids).select_related("speaker", "article").defer("article__body", "article__words")
    )
    filed = _names(Tagging.objects.filed().filter(quote__in=ids), "quote_id", "topic__name")
    for row in rows.order_by("-pk"):
        yield {
            "id": row.pk,
            "words": row.words,
            "speaker": row.speaker.name if row.speaker else "",
            "mention": row.speaker_mention,
            "role": row.role,
            "date": as_known(row.article.published_at, row.article.precision),
            "article": row.article_id,
            "headline": row.article.headline,
            "status": row.article.status,
            "topics": filed.get(row.pk, []),
        }


def _people(ids: Sequence[int]) -> Iterator[Record]:
    rows = Person.objects.filter(pk__in=ids).prefetch_related("other_names")
    for row in _with_tallies(Tally.Subject.PERSON, rows):
        yield {
            "id": row.pk,
            "name": row.name,
            "other_names": [other.name for other in row.other_names.all()],
            "description": row.description,
            "identifiers": [f"{key} {value}" for key, value in row.identifiers.items()],
            **_counts(row),
        }


def _topics(ids: Sequence[int]) -> Iterator[Record]:
    rows = Topic.objects.filter(pk__in=ids).prefetch_related("other_names", "broader")
    for row in _with_tallies(Tally.Subject.TOPIC, rows):
        yield {
            "id": row.pk,
            "name": row.name,
            "other_names": [other.name for other in row.other_names.all()],
            "broader": [broader.name for broader in row.broader.all()],
            "scope_note": row.scope_note,
            **_counts(row),
        }


def _sources(ids: Sequence[int]) -> Iterator[Record]:
    rows = Source.objects.filter(pk__in=ids)
    for row in _with_tallies(Tally.Subject.SOURCE, rows):
        yield {
            "id": row.pk,
            "name": row.name,
            "kind": row.kind,
            "place": row.place,
            "language": row.language,
            "homepage": row.homepage,
            "visibility": row.visibility,
            "rights": row.rights,
            "articles": _counts(row)["articles"],
        }


EXPORTS: "Mapping[type[Model], Export]" = {
    Article: Export(
        (
            "id",
            "headline",
            "standfirst",
            "status",
            "date",
            "source",
            "byline",
            "language",
            "publisher_url",
            "topics",
        ),
        _articles,
    ),
    Quote: Export(
        ("id", "words", "speaker", "mention", "role", "date", "article", "headline", "status", "topics"), _quotes
    ),
    Person: Export(("id", "name", "other_names", "description", "identifiers", "articles", "quotes"), _people),
    Topic: Export(("id", "name", "other_names", "broader", "scope_note", "articles", "quotes"), _topics),
    Source: Export(
        ("id", "name", "kind", "place", "language", "homepage", "visibility", "rights", "articles"), _sources
    ),
}


def export_view(model_admin: Any, request: HttpRequest, ending: str) -> HttpResponseBase:
    """The list that the query string asks for as a file; `ending` is one of `archive.exports.WRITERS`."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    want_all(request)
    try:
        rows = model_admin.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        return HttpResponseRedirect(reverse(f"admin:archive_{model_admin.opts.model_name}_changelist"))
    export, write = EXPORTS[model_admin.model], WRITERS.get(ending)
    if write is None:
        raise Http404(f"No list is written as {ending}")
    name = str(model_admin.opts.verbose_name_plural).replace(" ", "-")
    return write(_records(export, rows), export.columns, name)


def _records(export: Export, rows: "QuerySet[Any]") -> Iterator[Record]:
    ids = rows.order_by("-pk").values_list("pk", flat=True).distinct()
    read = ids.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(read, AT_ONCE)):
        yield from export.records(chunk)


def _names(taggings: "QuerySet[Tagging]", item: str, name: str) -> dict[int, list[str]]:
    """The names of the topics of each item."""
    names: dict[int, list[str]] = {}
    for key, topic in taggings.order_by(name).values_list(item, name):
        names.setdefault(key, []).append(topic)
    return names


def _with_tallies(subject: Tally.Subject, rows: "QuerySet[Any]") -> list[Any]:
    """The rows, newest first, with what is kept of their counts."""
    counted = list(rows.order_by("-pk"))
    set_tallies(subject, counted)
    return counted


def _counts(row: Any) -> dict[str, int]:
    return {"articles": row.tally.articles, "quotes": row.tally.quotes}
