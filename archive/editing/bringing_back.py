"""Bringing back what was deleted, with all that went with it: the history keeps each row as it was.

What goes in one deletion goes in one transaction, so its rows bear the very same moment in the history.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model

from archive.editing.rights import Actor, require, require_edit
from archive.models import (
    Article,
    Authorship,
    Note,
    NoteAnswer,
    Person,
    PersonName,
    Quote,
    Source,
    Status,
    Suggestion,
    Tagging,
    Topic,
    TopicBroader,
    TopicName,
    TopicRelation,
)

SHOWN = 100

Deletable = Article | Quote | Topic | Person | Source

# What goes with a record: each model and the field by which it hangs on it, in the order in which it comes back.
_GOES_WITH: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Article: (
        (Authorship, "article"),
        (Quote, "article"),
        (Suggestion, "article"),
        (Tagging, "article"),
        (Note, "article"),
    ),
    Note: ((NoteAnswer, "note"),),
    Quote: ((Suggestion, "quote"), (Tagging, "quote")),
    Topic: (
        (TopicName, "topic"),
        (TopicBroader, "narrower"),
        (TopicRelation, "from_topic"),
        (TopicRelation, "to_topic"),
    ),
    Person: ((PersonName, "person"),),
}


class BringBackError(Exception):
    """A deleted record cannot be brought back. The message is for people."""


@dataclass(frozen=True)
class Deletion:
    """A record that was deleted, as it was: the entry of the history, and who deleted it, by number."""

    entry: Any
    user: int | None


def deletions_of(model: type[Model]) -> list[Deletion]:
    """The latest deletions of a kind of record that nobody brought back, newest first: a hundred at most.

    What a job deleted is not among them: it is undone with the job.
    """
    history: Any = model.events.rel.related_model._default_manager  # type: ignore[attr-defined]
    gone = history.filter(pgh_label="delete").select_related("pgh_context").order_by("-pgh_id")
    entries = [entry for entry in gone[: SHOWN * 2] if "job" not in _context(entry)][:SHOWN]
    there = set(
        model._default_manager.filter(pk__in=[entry.pgh_obj_id for entry in entries]).values_list("pk", flat=True)
    )
    return [Deletion(entry, _context(entry).get("user")) for entry in entries if entry.pgh_obj_id not in there]


def bring_back(entry: Any, *, by: Actor) -> Deletable:
    """Make a deleted record anew, under its number and address, with all that went with it in the same moment.

    What hung on something else that is gone too is left out, or hangs on nothing. An article comes back as a draft if
    it was published, so that no reader sees it unasked. Raises BringBackError where something has taken its place,
    PermissionDenied where `by` may not delete such a record, or not change the article of the quote.
    """
    model: Any = entry.pgh_tracked_model
    require(by, f"delete_{model._meta.model_name}")
    if model._default_manager.filter(pk=entry.pgh_obj_id).exists():
        raise BringBackError("It is there already.")
    try:
        with transaction.atomic():
            record = _made(model, entry)
            if record is None:
                raise BringBackError("What it belongs to is gone as well: bring that back first.")
            if isinstance(record, Quote):
                require_edit(by, record.article)
            _bring_back_with(record, entry)
    except IntegrityError as error:
        raise BringBackError(
            "Something else has taken its place since: its name, its address or its number."
        ) from error
    assert isinstance(record, Deletable)  # noqa: S101 (as is the model)
    return record


def _bring_back_with(record: Model, entry: Any) -> None:
    for model, field in _GOES_WITH.get(type(record), ()):
        for gone in _gone_with(model, field, record, entry):
            if model._default_manager.filter(pk=gone.pgh_obj_id).exists():
                continue
            made = _filed_again(gone) if model is Tagging else _made(model, gone)
            if made is not None and model in _GOES_WITH:
                _bring_back_with(made, gone)


def _gone_with(model: type[Model], field: str, record: Model, entry: Any) -> Iterator[Any]:
    history: Any = model.events.rel.related_model._default_manager  # type: ignore[attr-defined]
    moment = {"pgh_label": "delete", "pgh_created_at": entry.pgh_created_at, f"{field}_id": record.pk}
    yield from history.filter(**moment).order_by("pgh_id")


def _made(model: type[Model], entry: Any) -> Model | None:
    """A row as the history kept it; None where it needs another that is gone."""
    row = model()
    for field in entry._meta.concrete_fields:
        if field.name.startswith("pgh_"):
            continue
        value = getattr(entry, field.attname)
        if isinstance(field, ForeignKey) and value is not None and not _is_there(field, value):
            if not model._meta.get_field(field.name).null:
                return None
            value = None
        setattr(row, field.attname, value)
    if isinstance(row, Article) and row.status == Status.PUBLISHED:
        row.status, row.released_at, row.released_by_id = Status.DRAFT, None, None
    try:
        row.clean_fields()
    except ValidationError as error:
        raise BringBackError(" ".join(error.messages)) from error
    row.save_base(raw=True, force_insert=True)  # as it is: its moments of making and changing stay
    return row


def _is_there(field: "ForeignKey[Any, Any]", value: Any) -> bool:
    return bool(field.related_model._default_manager.filter(pk=value).exists())


def _filed_again(entry: Any) -> Model | None:
    """A filing by hand. What stood under broader topics by implication, the database derives; it may have done so."""
    if entry.implied:
        return None
    derived = Tagging.objects.filter(topic=entry.topic_id, article=entry.article_id, quote=entry.quote_id, implied=True)
    return None if derived.update(implied=False, tagged_by=entry.tagged_by_id) else _made(Tagging, entry)


def _context(entry: Any) -> dict[str, Any]:
    return entry.pgh_context.metadata if entry.pgh_context else {}
