"""History: what a row said before each change of it, kept by triggers, so that no way of writing escapes it."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

# Deletions are rare, and listed among any number of changes.
_DELETED = models.Index(fields=["-pgh_id"], name="%(class)s_deleted", condition=models.Q(pgh_label="delete"))

ModelClass = TypeVar("ModelClass", bound=type[models.Model])


def keeps_history(
    *, exclude: tuple[str, ...] = (), indexes: tuple[models.Index, ...] = ()
) -> Callable[[ModelClass], ModelClass]:
    """Keep the former state of a model's rows at each update and deletion, with who did it and when.

    The row itself is its newest version, so a change costs one stored version and an import none
    (`docs/decisions/0003-history-keeps-what-was.md`). `exclude` names columns that are derived from others;
    `indexes` are those of the history.
    """
    track: Callable[[ModelClass], ModelClass] = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        meta={"indexes": [_DELETED, *indexes]},
    )
    return track
