"""Putting back a former version of a record: the words and facts that an editor can change, as they were then.

A record's standing (published, withdrawn, held back, merged into another) and its address are not put back: they have
deeds of their own.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, ForeignKey, Model

from archive.editing.anchoring import change_body
from archive.editing.publication import faults_of
from archive.editing.rights import Actor, require, require_edit
from archive.editing.vocabulary import VocabularyError, rename_topic
from archive.models import Article, Person, Quote, Source, Status, Topic
from archive.models.quote import words_at

Restorable = Article | Quote | Topic | Person | Source

_LEFT = {"id", "slug", "article", "assigned_to", "embargo_until", "replaced_by"}
_OF_QUOTE = {
    "spans",
    "words",
    "position",
    "speaker",
    "speaker_mention",
    "mention_start",
    "mention_end",
    "role",
    "partial",
}


class PutBackError(Exception):
    """A version cannot be put back. The message is for people."""


def fields_put_back(record: Model) -> "list[Field[Any, Any]]":
    """The fields of a record that putting back a version sets."""
    if isinstance(record, Quote):
        return [field for field in record._meta.concrete_fields if field.name in _OF_QUOTE]
    return [field for field in record._meta.concrete_fields if field.editable and field.name not in _LEFT]


def put_back(record: Restorable, version: Any, *, by: Actor) -> None:
    """Give a record the words and facts of a former version of it, as the history keeps it.

    An article's quotes keep to their words, a topic's present name becomes another name of it. Raises PutBackError
    where what the version names is gone, where its words no longer stand in the body, or where a rule refuses it now;
    PermissionDenied where `by` may not.
    """
    with transaction.atomic():
        held: Any = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
        _require(held, by)
        if version.pgh_obj_id != held.pk:
            raise PutBackError("This is a version of another record.")
        if isinstance(held, Topic) and held.name != version.name:
            held = _renamed(held, version.name, by)
        if isinstance(held, Article) and held.body != version.body:
            change_body(held, version.body, by=by)
        for field in fields_put_back(held):
            _set(held, field, getattr(version, field.attname))
        if isinstance(held, Quote):
            _check_words(held)
        try:
            held.full_clean()
        except ValidationError as error:
            raise PutBackError(" ".join(error.messages)) from error
        if isinstance(held, Article) and held.status == Status.PUBLISHED and (lacking := faults_of(held)):
            raise PutBackError(f"Readers see this article, and with that version {', '.join(lacking)}.")
        held.save()


def _require(record: Model, by: Actor) -> None:
    if isinstance(record, Article):
        require_edit(by, record)
    elif isinstance(record, Quote):
        require(by, "change_quote")
        require_edit(by, record.article)
    else:
        require(by, f"change_{record._meta.model_name}")


def _renamed(topic: Topic, name: str, by: Actor) -> Topic:
    try:
        rename_topic(topic, name, by=by)
    except VocabularyError as error:
        raise PutBackError(str(error)) from error
    return Topic.objects.get(pk=topic.pk)


def _set(record: Model, field: "Field[Any, Any]", value: Any) -> None:
    if isinstance(field, ForeignKey) and value is not None:
        related = field.related_model
        if not related._default_manager.filter(pk=value).exists():
            raise PutBackError(f"The {field.verbose_name} of that version, no. {value}, is not there any more.")
    setattr(record, field.attname, value)


def _check_words(quote: Quote) -> None:
    """The words of a quote are those at its spans, in the body as it is now."""
    if not quote.spans or words_at(quote.article.body, quote.spans) != quote.words:
        raise PutBackError(f"The words “{quote.words}” do not stand there in the text as it is now.")
    quote.lost_at = None
    mentioned = quote.article.body[quote.mention_start or 0 : quote.mention_end or 0]
    if quote.mention_start is not None and mentioned != quote.speaker_mention:
        quote.mention_start = quote.mention_end = None
