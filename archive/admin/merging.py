"""Two people at one record: what another saved meanwhile is kept, and what both changed is decided by a person.

A form remembers the version it was made from: the last entry of the record's history. When it is sent and there are
newer ones, each field is compared three ways. Changed by the other alone, the other's value stays; changed by both,
it is an error at the field that shows the other's value, and a second sending decides for one's own.
"""

from typing import Any

from django.db.models import Model
from django.forms import CheckboxInput

from archive.admin.history import described


def latest_version(record: Model) -> int:
    """The number of the record's newest version in its history; 0 where it was never changed or has no history."""
    events: Any = getattr(record, "events", None)
    newest = events.order_by("-pgh_id").values_list("pgh_id", flat=True).first() if events is not None else None
    return newest or 0


def version_seen(record: Model, seen: int) -> Any:
    """What the record was when its newest version was `seen`: the first kept after it. None if it is so still.

    The history keeps what a row said before each change.
    """
    events: Any = getattr(record, "events", None)
    return events.filter(pgh_id__gt=seen).order_by("pgh_id").first() if events is not None else None


def merge(form: Any) -> None:
    """Merge what was typed into the form with what others saved since it was opened; to be called in its `clean`."""
    record, seen = form.instance, form.cleaned_data.get("seen")
    base = version_seen(record, seen) if record.pk and seen is not None else None
    if base is None:
        return
    kept = []
    for field in record._meta.concrete_fields:
        if field.name not in form.cleaned_data or not hasattr(base, field.attname):
            continue
        typed = form.cleaned_data[field.name]
        mine = typed.pk if isinstance(typed, Model) else typed
        theirs, before = getattr(record, field.attname), getattr(base, field.attname)
        if theirs in (before, mine):
            continue
        if mine == before:
            form.cleaned_data[field.name] = getattr(record, field.name)
            form.taken_over.append(str(field.verbose_name))
            kept.append(field.name)
        else:
            form.add_error(
                field.name,
                f"Somebody else changed this meanwhile, to: {described(record, field) or 'nothing'}. "
                "Save again to put yours in its place.",
            )
    if form.errors:  # the form is shown again, and now made from the newest version: so it shows what was kept of that
        form.data = form.data.copy()
        form.data[form.add_prefix("seen")] = str(latest_version(record))
        for name in kept:
            _show_as_it_is(form, name)
        if kept:
            form.add_error(
                None, f"Changed by somebody else meanwhile, and so shown here: {', '.join(form.taken_over)}."
            )


def _show_as_it_is(form: Any, name: str) -> None:
    """Let the form show in a field what the record holds, as if that had been typed."""
    field, sent = form.fields[name], form.add_prefix(name)
    widget, shown = field.widget, field.prepare_value(form.get_initial_for_field(field, name))
    if hasattr(widget, "decompress"):  # date and time, in two inputs
        parts = zip(widget.widgets_names, widget.widgets, widget.decompress(shown), strict=True)
        for part, input_of_part, shown_in_it in parts:
            form.data[sent + part] = input_of_part.format_value(shown_in_it) or ""
    elif isinstance(widget, CheckboxInput):
        form.data[sent] = "on" if shown else ""
    elif getattr(widget, "allow_multiple_selected", False):
        form.data.setlist(sent, shown)
    else:
        form.data[sent] = "" if shown is None else str(shown)
