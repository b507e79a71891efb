"""The history of a record as people read it: who changed which field from what to what, and when.

The triggers keep what a row said before each change, so a change lies between one kept version and the next one kept,
or the row as it is now.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Field, ForeignKey, Model

from archive.differences import Differences, differences

SHOWN = 100
PASSED_OVER = {"id", "changed_at"}
COMPARED = 80  # signs; of longer texts the words that differ are shown, not both in full


@dataclass(frozen=True)
class FieldChange:
    """One field before and after."""

    name: str
    before: str
    after: str

    @property
    def words(self) -> Differences | None:
        """Where two long texts differ, word by word; None where both are short or they have little in common."""
        if not (self.before and self.after) or max(len(self.before), len(self.after)) <= COMPARED:
            return None
        found = differences(self.before, self.after)
        return found if any(part.same for place in found.places for part in place) else None


@dataclass(frozen=True)
class Change:
    """One change of a record. `who` is a colleague, the name of a command, or "" where nobody knows.

    `version` is the number of what the record was before it, where that can be put back.
    """

    when: datetime
    who: str
    fields: tuple[FieldChange, ...]
    version: int | None = None


def history_of(record: Model) -> list[Change]:
    """The latest changes of a record, newest first, at most a hundred. Empty for a model without history.

    A version kept by a saving that changed nothing that is shown is no change.
    """
    events: Any = getattr(record, "events", None)
    if events is None:
        return []
    versions = list(events.select_related("pgh_context").order_by("-pgh_id")[:SHOWN])
    who = who_was_at_work(versions)
    named = _names([record, *versions])
    changes = (
        Change(before.pgh_created_at, who[before.pgh_id], tuple(_differences(before, after, named)), before.pgh_id)
        for after, before in pairwise([record, *versions])
    )
    return [change for change in changes if change.fields]


def latest_first(changes: Iterable[Change]) -> list[Change]:
    """Changes told from several sides as one history, newest first, at most a hundred."""
    return sorted(changes, key=lambda change: change.when, reverse=True)[:SHOWN]


def changes_to(record: Model, version: Any, fields: "Sequence[Field[Any, Any]]") -> tuple[FieldChange, ...]:
    """What putting back a former version would change in these fields of a record."""
    among = {field.name for field in fields}
    named = _names([record, version])
    return tuple(_differences(record, version, named, among))


def described(record: Model, field: "Field[Any, Any]") -> str:
    """The value of a field as people read it; "" for none."""
    named = {}
    if isinstance(field, ForeignKey) and getattr(record, field.attname) is not None:
        named[field.related_model, getattr(record, field.attname)] = str(getattr(record, field.name))
    return _in_words(field, getattr(record, field.attname), named)


def _kept_fields(version: Any) -> "list[Field[Any, Any]]":
    return [
        field
        for field in version._meta.concrete_fields
        if not field.name.startswith("pgh_") and field.name not in PASSED_OVER
    ]


def _differences(
    before: Any, after: Any, named: dict[tuple[type[Model], Any], str], among: Collection[str] | None = None
) -> list[FieldChange]:
    changes = []
    for field in _kept_fields(before if hasattr(before, "pgh_id") else after):
        if among is not None and field.name not in among:
            continue
        was, became = getattr(before, field.attname), getattr(after, field.attname)
        if was != became:
            shown = [_in_words(field, value, named) for value in (was, became)]
            changes.append(FieldChange(str(field.verbose_name), *shown))
    return changes


def _in_words(field: "Field[Any, Any]", value: Any, named: dict[tuple[type[Model], Any], str]) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(field, ForeignKey):
        return named.get((field.related_model, value), f"no. {value} (gone)")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(dict(field.flatchoices).get(value, value) if field.choices else value)


def _names(versions: Sequence[Any]) -> dict[tuple[type[Model], Any], str]:
    """What the records that are pointed at are called: one query for each kind of them, and only where one changed."""
    wanted: dict[type[Model], set[Any]] = {}
    for field in _kept_fields(versions[-1]):
        if isinstance(field, ForeignKey) and not field.name.startswith("pgh_"):
            ids = {getattr(version, field.attname) for version in versions}
            if len(ids) > 1:
                wanted.setdefault(field.related_model, set()).update(ids - {None})
    return {
        (model, pk): str(row)
        for model, ids in wanted.items()
        for pk, row in model._default_manager.in_bulk(list(ids)).items()
    }


def who_was_at_work(versions: Sequence[Any]) -> dict[int, str]:
    """By event, the colleague or command that the request or command noted."""
    noted = {version.pgh_id: version.pgh_context.metadata if version.pgh_context else {} for version in versions}
    users = User.objects.in_bulk({context["user"] for context in noted.values() if context.get("user")})
    return {
        event: str(users.get(context.get("user"), "")) or context.get("command", "") for event, context in noted.items()
    }
