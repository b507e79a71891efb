"""Triggers that look at all rows of a statement at once, as they were before it and as they are after it."""

from collections.abc import Callable

import pgtrigger


def statement_triggers(name: str, body: Callable[[str | None, str | None], str]) -> list[pgtrigger.Trigger]:
    """Triggers after INSERT, UPDATE and DELETE, whose names begin with `name`.

    `body` makes the PL/pgSQL of each, given the tables of the old rows and of the new ones, None where there are none.
    """

    def trigger(after: str, operation: pgtrigger.Operation, old: str | None, new: str | None) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name=f"{name}_{after}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(old=old, new=new),
            func=body(old, new),
        )

    return [
        trigger("insert", pgtrigger.Insert, None, "new_rows"),
        trigger("update", pgtrigger.Update, "old_rows", "new_rows"),
        trigger("delete", pgtrigger.Delete, "old_rows", None),
    ]
