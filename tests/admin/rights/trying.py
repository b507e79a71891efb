"""What is asked and sent to try a right: pages, forms, deeds of a list."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


def its_number(row: Any) -> list[Any]:
    return [row.pk] if row is not None else []


@dataclass(frozen=True)
class Look:
    """A page that is only looked at."""

    address: str
    row: Callable[[], Any] = lambda: None
    takes: Callable[[Any], list[Any]] = its_number
    asked: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Send:
    """A form that is sent: `sent` makes what is in it of the row, `form` begins with what the page shows in it.

    `sent_by` is for what depends on who sends it. `changes` is the only kind of record that is watched, where a form
    saves more than what it is tried for. Its page is looked at as well, unless it opens to others than the sending.
    """

    address: str
    row: Callable[[], Any] = lambda: None
    sent: Callable[[Any], dict[str, Any]] = lambda row: {}
    takes: Callable[[Any], list[Any]] = its_number
    form: bool = False
    sent_by: Callable[[Any, Any], dict[str, Any]] = lambda row, user: {}
    changes: Any = None
    page: bool = True


Tries = list[Look | Send]


def record(name: str, make: Callable[[], Any]) -> Tries:
    """The list, one record and its history."""
    pages = (f"admin:archive_{name}_{page}" for page in ("change", "history"))
    return [Look(f"admin:archive_{name}_changelist"), *(Look(page, make) for page in pages)]


def view_kept(name: str) -> Tries:
    return [Send(f"admin:archive_{name}_views", sent=lambda _: {"name": "Mine", "query": "q=venus"})]


def file_of(name: str) -> Tries:
    listed = f"admin:archive_{name}_listed"
    return [Look(listed, takes=lambda _: ["csv"]), Look(listed, takes=lambda _: ["jsonl"])]


def form_of(name: str, make: Callable[[], Any], /, **changes: Any) -> Tries:
    return [Send(f"admin:archive_{name}_change", make, lambda _: changes, form=True)]


def no_forms(name: str, make: Callable[[], Any], *forms: str) -> Tries:
    return [
        Send(f"admin:archive_{name}_{form}", (lambda: None) if form == "add" else make, lambda _: {"post": "yes"})
        for form in forms or ("add", "change", "delete")
    ]


def deletion(name: str, make: Callable[[], Any]) -> Tries:
    return [Send(f"admin:archive_{name}_delete", make, lambda _: {"post": "yes"})]


def in_the_list(name: str, action: str, make: Callable[[], Any], changes: Any = None, **told: Any) -> Tries:
    """A deed of the list, confirmed, with one row chosen. What is not theirs of the rows is told by a job, so what the
    deed `changes` is watched alone."""

    def sent(row: Any) -> dict[str, Any]:
        more = {key: given(row) if callable(given) else given for key, given in told.items()}
        return {"action": action, "_selected_action": row.pk, "step": "confirm", "post": "yes", **more}

    return [Send(f"admin:archive_{name}_changelist", make, sent, takes=lambda _: [], changes=changes)]


def bringing_back(name: str, make: Callable[[], Any]) -> Tries:
    def deleted() -> Any:
        row = make()
        history, key = type(row).events.rel.related_model, row.pk
        row.delete()
        return history.objects.get(pgh_obj_id=key, pgh_label="delete")

    return [
        Send(f"admin:archive_{name}_deleted", deleted, lambda entry: {"entry": entry.pgh_id}, takes=lambda _: []),
    ]


def putting_back(name: str, make: Callable[[], Any], changed: str) -> Tries:
    def with_a_former_version() -> Any:
        row = make()
        setattr(row, changed, f"{getattr(row, changed)} More.")
        row.save()
        return row

    def takes(row: Any) -> list[Any]:
        return [row.pk, row.events.latest("pgh_id").pgh_id]

    return [Send(f"admin:archive_{name}_put_back", with_a_former_version, takes=takes)]
