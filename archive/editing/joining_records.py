"""Joining two records of one person, or of one source: all that hangs on the one moves to the other, and can go back.

The record that is given up is deleted; its addresses redirect. What is moved goes in chunks, in the background, and is
kept by the job row by row (`archive.jobs`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict

from archive.jobs import Background, JobError, at_once, background
from archive.models import Article, Authorship, FormerSlug, Job, JobItem, Person, PersonName, Quote, Source
from archive.models.bounded import COUNTED, count_up_to, in_words
from archive.models.job import ITEMS_A_CHUNK

_GONE = "One of the two records is gone: it was joined with another meanwhile, or deleted."

Joined = Person | Source
Links = Mapping[type[Model], str]

# What hangs on a record: each model, and its field.
_OF_PERSON: Links = {Quote: "speaker", Authorship: "person"}
_OF_SOURCE: Links = {Article: "source"}


@dataclass(frozen=True)
class JoinPreview:
    """What joining would do, in words: what moves, and what the record that stays gains or changes for readers."""

    facts: tuple[tuple[str, str], ...]
    total: int
    """How many rows move, counted up to ten thousand of each kind."""


def join_preview(record: Joined, into: Joined) -> JoinPreview:
    """Say what joining would do; nothing is changed. Raises JobError where it would be refused."""
    _check(record, into)
    numbers = {model: count_up_to(COUNTED, rows) for model, rows in _hanging(record)}
    facts = [
        (f"{str(model._meta.verbose_name_plural).capitalize()} to move", in_words(number, COUNTED))
        for model, number in numbers.items()
    ]
    if isinstance(record, Person) and isinstance(into, Person):
        facts.append(("Names gained", ", ".join(f"“{name}”" for name in _new_names(record, into)) or "none"))
    if isinstance(record, Source) and isinstance(into, Source) and record.visibility != into.visibility:
        facts.append(
            (
                "Readers will see of these articles",
                f"{into.get_visibility_display()}; now: {record.get_visibility_display()}",
            )
        )
    return JoinPreview((*facts, ("Address that redirects", record.get_absolute_url())), sum(numbers.values()))


def join(record: Joined, into: Joined, *, by: User | None) -> Job:
    """Have a record taken up by another of its kind; little is done at once, much in the background.

    Returns the job, by which it can be undone. Raises JobError where the two are one or are of two kinds,
    PermissionDenied where `by` may not.
    """
    total = join_preview(record, into).total
    function = _function_for(record)
    job = function.ask(
        by=by,
        title=f"Join “{record}” with “{into}”",
        total=total if total <= COUNTED else None,
        onward=into.get_absolute_url(),
        record=record.pk,
        into=into.pk,
    )
    return at_once(job)


def _separate(job: Job, undone: Job) -> str:
    """Make the record that was given up anew, with its number and addresses, and give back what still is where it went.

    What was moved on meanwhile, or is gone, is left alone.
    """
    model: type[Joined] = Person if undone.kind == join_people.kind else Source
    kind = model._meta.model_name or ""
    given_up = JobItem.objects.filter(job=undone, object_type=kind).first()
    into = model._default_manager.filter(pk=undone.arguments["into"]).first()
    if given_up is None or into is None:
        raise JobError(f"“{into or 'The record that took it up'}” is not there any more, or nothing was joined.")
    with transaction.atomic():
        record = _made_anew(model, given_up.object_id, given_up.before, into)
    back = 0
    for linked, field in _links_of(record).items():
        for items in undone.chunks_to_undo(of=linked._meta.model_name or ""):
            with transaction.atomic():
                ids = [item.object_id for item in items]
                back += linked._default_manager.filter(pk__in=ids, **{field: into}).update(**{field: record})
                for item in items:
                    back += _written_again(item, record)
                undone.items.filter(pk__in=[item.pk for item in items]).delete()
                job.advance(job.done + len(items))
    # The item of the record itself stays until the undoing has ended: `take_back` drops it.
    return f"“{record}” is a record of its own again; {back:,} {'row' if back == 1 else 'rows'} went back to it."


@background(needs="delete_person", undo=_separate)
def join_people(job: Job, *, record: int, into: int) -> str:
    """Let one record of a person be taken up by another: quotes, authorships, names, identifiers, addresses."""
    return _join(job, Person, record, into)


@background(needs="delete_source", undo=_separate)
def join_sources(job: Job, *, record: int, into: int) -> str:
    """Let one record of a source be taken up by another: articles and addresses. Rights are the other's from then."""
    return _join(job, Source, record, into)


def _join(job: Job, model: type[Joined], record_id: int, into_id: int) -> str:
    found = model._default_manager.in_bulk([record_id, into_id])
    into = found.get(into_id)
    if into is None:
        raise JobError("The record that was to take it up is gone.")
    kind = model._meta.model_name
    if record := found.get(record_id):
        _check(record, into)
        while not _given_up(job, record, into):
            for linked, rows in _hanging(record):
                _move(job, linked, rows, into)
    elif not job.items.filter(object_type=kind, object_id=record_id).exists():
        raise JobError(_GONE)
    moved = job.items.exclude(object_type=kind).count()
    return f"{moved:,} {'row' if moved == 1 else 'rows'} moved to “{into}”; the old address redirects to it."


def _move(job: Job, linked: type[Model], rows: "QuerySet[Any]", into: Joined) -> None:
    """Let rows hang on the other record, some at a time. An article that both wrote keeps one authorship."""
    field = _links_of(into)[linked]
    name = linked._meta.model_name or ""
    while some := list(rows.order_by("pk")[:ITEMS_A_CHUNK]):
        with transaction.atomic():
            twice = _twice(some, into) if linked is Authorship else {}
            job.keep(name, {row.pk: twice.get(row.pk, {}) for row in some})
            Authorship.objects.filter(pk__in=list(twice)).delete()
            linked._default_manager.filter(pk__in=[row.pk for row in some]).update(**{field: into})
            job.advance(job.done + len(some))


def _twice(some: list[Any], into: Joined) -> dict[int, dict[str, int]]:
    """The authorships of articles of which the other has one as well, by id: what it takes to write them again."""
    held = Authorship.objects.filter(person_id=into.pk, article__in=[row.article_id for row in some])
    articles = set(held.values_list("article", flat=True))
    return {row.pk: {"article": row.article_id, "position": row.position} for row in some if row.article_id in articles}


def _written_again(item: JobItem, record: Joined) -> int:
    """Write a dropped authorship again, where its article is still there; how many were written."""
    if not (isinstance(record, Person) and item.before):
        return 0
    if not Article.objects.filter(pk=item.before["article"]).exists():
        return 0
    _, written = Authorship.objects.get_or_create(
        article_id=item.before["article"], person=record, defaults={"position": item.before["position"]}
    )
    return int(written)


def _given_up(job: Job, record: Joined, into: Joined) -> bool:
    """Delete the record now that nothing hangs on it, and give what it was to the other; False where something does.

    Raises JobError where one of them was taken up by another meanwhile.
    """
    model = type(record)
    with transaction.atomic():
        held: Any = model._default_manager.select_for_update().in_bulk([record.pk, into.pk])
        if held.keys() != {record.pk, into.pk}:
            raise JobError(_GONE)
        record, into = held[record.pk], held[into.pk]
        if any(rows.exists() for _, rows in _hanging(record)):
            return False
        kind = FormerSlug.Kind(str(model._meta.model_name))
        addresses = FormerSlug.objects.filter(kind=kind, object_id=record.pk)
        before: dict[str, Any] = {
            "fields": model_to_dict(record),
            "addresses": list(addresses.values_list("slug", flat=True)),
        }
        if isinstance(record, Person) and isinstance(into, Person):
            before |= _give_names(record, into)
        job.keep(str(kind), {record.pk: before})
        addresses.update(object_id=into.pk)
        FormerSlug.objects.update_or_create(kind=kind, year=0, slug=record.slug, defaults={"object_id": into.pk})
        record.delete()  # it is locked, so nothing was hung on it since the look
        job.advance(job.done)
    return True


def _give_names(record: Person, into: Person) -> dict[str, Any]:
    """Give the names, identifiers and description to the other where it lacks them; return what it takes to go back."""
    names = _new_names(record, into)
    own = list(record.other_names.values_list("name", flat=True))
    PersonName.objects.bulk_create(PersonName(person=into, name=name) for name in names)
    identifiers = {key: value for key, value in record.identifiers.items() if key not in into.identifiers}
    described = record.description if not into.description else ""
    if identifiers or described:
        into.identifiers = into.identifiers | identifiers
        into.description = into.description or described
        into.save(update_fields=["identifiers", "description"])
    return {"names": own, "given": {"names": names, "identifiers": identifiers, "description": described}}


def _made_anew(model: type[Joined], pk: int, before: dict[str, Any], into: Joined) -> Joined:
    """The record that was given up, with its number and addresses, and the other without what it gained by it."""
    made = model._default_manager.filter(pk=pk).first()
    if made is not None:
        return made
    kind = FormerSlug.Kind(str(model._meta.model_name))
    FormerSlug.objects.filter(kind=kind, year=0, slug=before["fields"]["slug"], object_id=into.pk).delete()
    FormerSlug.objects.filter(kind=kind, year=0, slug__in=before["addresses"], object_id=into.pk).update(object_id=pk)
    record = model(**{"id": pk, **before["fields"]})
    record.save(force_insert=True)
    if isinstance(record, Person) and isinstance(into, Person):
        given = before["given"]
        into.other_names.filter(name__in=given["names"]).delete()
        PersonName.objects.bulk_create(PersonName(person=record, name=name) for name in before["names"])
        into.identifiers = {key: value for key, value in into.identifiers.items() if key not in given["identifiers"]}
        if given["description"] and into.description == given["description"]:
            into.description = ""
        into.save(update_fields=["identifiers", "description"])
    return record


def _new_names(record: Person, into: Person) -> list[str]:
    """The names of the one that the other does not have; case does not matter."""
    known = {name.casefold() for name in (into.name, *into.other_names.values_list("name", flat=True))}
    names = dict.fromkeys([record.name, *record.other_names.values_list("name", flat=True)])
    return [name for name in names if name.casefold() not in known]


def _check(record: Joined, into: Joined) -> None:
    if type(record) is not type(into):
        raise JobError(f"“{record}” and “{into}” are records of two kinds.")
    if record.pk == into.pk:
        raise JobError(f"“{record}” cannot be joined with itself: choose the other record.")


def _links_of(record: Joined) -> Links:
    return _OF_PERSON if isinstance(record, Person) else _OF_SOURCE


def _hanging(record: Joined) -> "Iterator[tuple[type[Model], QuerySet[Any]]]":
    """What hangs on a record: the rows of each model."""
    for model, field in _links_of(record).items():
        yield model, model._default_manager.filter(**{field: record}).order_by()


def _function_for(record: Joined) -> Background:
    return join_people if isinstance(record, Person) else join_sources
