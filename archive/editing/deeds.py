"""Deeds at the review desk: each is done whole or not at all, and can be taken back for a week.

A deed touches the quotes, proposals and filings of one story. Their rows are read before and after it, and those that
differ are kept (`archive.models.Deed`); to take the deed back is to put these rows back, if they still are as it left
them. So every deed is undone in one way, whatever it was, and a later deed is never undone with it. People whom a deed
made are kept in it too, and go with it where nobody else speaks of them.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, Q
from django.utils import timezone

from archive.editing.review import ReviewError
from archive.editing.rights import require, require_edit
from archive.models import Article, Deed, Person, Quote, Suggestion, Tagging
from archive.models.quote import words_at

KEPT_FOR = timedelta(days=7)
FORGOTTEN_AT_ONCE = 100

Values = dict[str, Any]
Rows = dict[str, dict[str, Values]]

_MODELS: dict[str, type[Model]] = {"quote": Quote, "suggestion": Suggestion, "tagging": Tagging}
# What triggers derive from the article, and the moment of a change, which is a new one when a row is put back.
_DERIVED = {"published_at", "visible_from", "counted", "changed_at"}


@contextmanager
def recorded(article: Article, *, by: User) -> Iterator[Deed]:
    """Do what the block does as one deed, with the article locked. The block says in `said` what it did.

    The deed is kept where it changed anything, and has no id where it changed nothing.
    """
    with transaction.atomic():
        Article.objects.select_for_update(of=("self",)).only("pk").get(pk=article.pk)
        deed = Deed(article=article, done_by=by)
        before, newest = _rows_of(article), _newest_person()
        yield deed
        deed.changed = _difference(before, _rows_of(article))
        if deed.changed:
            deed.changed |= _people_made(deed, newest)
            deed.said = deed.said[:300]
            deed.save()
            _forget_the_oldest()


def take_back(deed: Deed, *, by: User) -> Deed:
    """Put everything back as it was before a deed.

    Raises ReviewError where it is older than a week or was taken back before, where something that it made was changed
    since, or where the text was.
    """
    require(by, "answer_suggestion")
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=deed.article_id)
        require_edit(by, article)
        held = Deed.objects.select_for_update(of=("self",)).get(pk=deed.pk)
        if held.undone_at is not None:
            raise ReviewError(f"This was taken back already: {held.said}")
        if held.done_at < timezone.now() - KEPT_FOR:
            raise ReviewError(f"This was done more than a week ago, so it is not taken back any more: {held.said}")
        now = _rows_of(article)
        if any(now[kind].get(pk) != after for kind, pk, _, after in _changes(held)):
            raise ReviewError(f"Something was changed since, so this cannot be taken back before that: {held.said}")
        _put_back(held, article)
        Person.objects.made_by([held]).unused().delete()
        held.undone_at = timezone.now()
        held.save(update_fields=["undone_at"])
        return held


def _rows_of(article: Article) -> Rows:
    """The quotes, proposals and filings of a story, as JSON keeps them."""
    # The quotes by their ids: joined, either side of the “or” would be looked for in the whole table.
    quotes = list(Quote.objects.filter(article=article).values_list("pk", flat=True))
    rows = {
        "quote": Quote.objects.filter(article=article),
        "suggestion": Suggestion.objects.filter(article=article),
        "tagging": Tagging.objects.filed().filter(Q(article=article) | Q(quote__in=quotes)),
    }
    found = {
        kind: {row["id"]: row for row in rows[kind].order_by().values(*_columns(model))}
        for kind, model in _MODELS.items()
    }
    as_json: Rows = json.loads(json.dumps(found, default=str))
    return as_json


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.name not in _DERIVED]


def _difference(before: Rows, after: Rows) -> dict[str, Any]:
    changed = {
        kind: {
            pk: {"before": before[kind].get(pk), "after": after[kind].get(pk)}
            for pk in {**before[kind], **after[kind]}
            if before[kind].get(pk) != after[kind].get(pk)
        }
        for kind in _MODELS
    }
    return {kind: rows for kind, rows in changed.items() if rows}


def _changes(deed: Deed) -> Iterator[tuple[str, str, Values | None, Values | None]]:
    """Kind and id of each row of the story, its values before and after."""
    for kind in _MODELS:
        for pk, values in deed.changed.get(kind, {}).items():
            yield kind, pk, values["before"], values["after"]


def _newest_person() -> int:
    return Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _people_made(deed: Deed, newest: int) -> dict[str, Any]:
    """The speakers whom a deed gave to quotes and who were not there before it, in the form of changed rows."""
    speakers = {after["speaker_id"] for kind, _, _, after in _changes(deed) if kind == "quote" and after}
    made = sorted(speaker for speaker in speakers if speaker and speaker > newest)
    return {"person": {str(pk): {"before": None, "after": {"id": pk}} for pk in made}} if made else {}


def _put_back(deed: Deed, article: Article) -> None:
    made = {kind: [pk for k, pk, before, _ in _changes(deed) if k == kind and before is None] for kind in _MODELS}
    Tagging.objects.filter(pk__in=made["tagging"]).delete()
    Suggestion.objects.filter(pk__in=made["suggestion"]).delete()
    Quote.objects.filter(pk__in=made["quote"]).delete()
    try:
        with transaction.atomic():
            for kind, model in _MODELS.items():
                for changed, pk, before, _ in _changes(deed):
                    if changed == kind and before is not None:
                        _require_words(before, kind, article.body)
                        _restore(model, pk, before)
            _check_what_they_refer_to()
    except IntegrityError as error:
        raise ReviewError(f"What this needs is no longer in the archive: {deed.said}") from error


def _check_what_they_refer_to() -> None:
    """Have the references of these rows checked now, and not when all is committed.

    Only these: what else waits for the end of the transaction, such as the move of the version, is to come last.
    """
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in _MODELS.values()]
        cursor.execute(
            "SELECT string_agg(quote_ident(conname), ', ') FROM pg_constraint"
            " WHERE contype = 'f' AND condeferrable AND conrelid = ANY(%s::text[]::regclass[])",
            [tables],
        )
        [names] = cursor.fetchone()
        cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")


def _require_words(values: Values, kind: str, body: str) -> None:
    """Raise ReviewError where words that are to come back no longer stand where they stood."""
    held = {"quote": values, "suggestion": values.get("proposal") or {}}.get(kind, {})
    if held.get("spans") and words_at(body, held["spans"]) != held["words"]:
        raise ReviewError("The text was edited since, so this cannot be taken back.")


def _restore(model: type[Model], pk: str, values: Values) -> None:
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    given: Values = {name: fields[name].to_python(value) for name, value in values.items() if name in fields}
    if model is Quote:
        given["changed_at"] = timezone.now()
    if not model._default_manager.filter(pk=pk).update(**given):
        model(pk=int(pk), **given).save_base(raw=True, force_insert=True)  # with its id, and the moments it had


def _forget_the_oldest() -> None:
    past = Deed.objects.filter(done_at__lt=timezone.now() - KEPT_FOR).order_by("done_at")
    Deed.objects.filter(pk__in=past.values("pk")[:FORGOTTEN_AT_ONCE]).delete()
