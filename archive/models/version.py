"""Version: one number that moves whenever anything changes that readers may see; what was made before is stale then.

A transaction that changes something public notes it once, in a row of its own that nobody waits for. The number moves
as the last thing before that transaction commits, and so together with what it tells of: who reads the new number
reads the new rows, and whoever was quicker kept the old number. Only commits that publish wait for one another, and
only for as long as a commit takes.
"""

from typing import Any

import pgtrigger
from django.db import models

# What of articles readers may see: withdrawn ones too, whose address says why they are gone.
STANDING_IN_PUBLIC = "status IN ('published', 'withdrawn')"
VISIBLE = "visible_from IS NOT NULL"
ANY = "true"


class Version(models.Model):
    """Where what readers may see stands. There is one row."""

    number = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_version")]

    def __str__(self) -> str:
        return f"version {self.number}"


class VersionMove(models.Model):
    """A transaction is about to move the version. No other ever sees the row: the move takes it away."""

    last = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        triggers = [
            # A deferred trigger that queues another comes behind all that a commit has yet to check: whoever holds the
            # version's row waits for nobody else any more.
            pgtrigger.Trigger(
                name="come_last",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="UPDATE archive_versionmove SET last = true WHERE id = NEW.id; RETURN NULL;",
            ),
            # The moment is asked for once the row is held, not before the wait for it: a later number is never earlier.
            pgtrigger.Trigger(
                name="move",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func="""
                    INSERT INTO archive_version (id, number, moved_at) VALUES (1, 1, clock_timestamp())
                    ON CONFLICT (id) DO UPDATE
                    SET number = archive_version.number + 1,
                        moved_at = GREATEST(clock_timestamp(), archive_version.moved_at);
                    DELETE FROM archive_versionmove WHERE id = NEW.id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"move {self.pk}"


def moves_version(public: str = ANY, *, when_made: bool = True) -> list[pgtrigger.Trigger]:
    """Triggers that move the version when rows change of which `public` (SQL over one row) is true, before or after.

    Without `when_made` a new row moves nothing: readers see it only with something else that does.
    """

    def trigger(name: str, operation: pgtrigger.Operation, *rows: str) -> pgtrigger.Trigger:
        met = " OR ".join(f"EXISTS (SELECT FROM {each} WHERE {public})" for each in rows)
        told: dict[str, Any] = {each.removesuffix("_rows"): each for each in rows}
        return pgtrigger.Trigger(
            name=f"version_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**told),
            func=f"""
                IF COALESCE(current_setting('archive.version_moves', true), '') = '' AND ({met}) THEN
                    INSERT INTO archive_versionmove (last) VALUES (false);
                    PERFORM set_config('archive.version_moves', 'yes', true);
                END IF;
                RETURN NULL;
            """,  # noqa: S608 (our own parts)
        )

    return [
        *([trigger("insert", pgtrigger.Insert, "new_rows")] if when_made else []),
        trigger("update", pgtrigger.Update, "old_rows", "new_rows"),
        trigger("delete", pgtrigger.Delete, "old_rows"),
    ]
