"""Near copies: the import says which articles are, an editor which are not."""

from django.utils import timezone

from archive.editing.rights import Actor, require_edit
from archive.models import Resemblance


def decline_resemblance(resemblance: Resemblance, *, by: Actor) -> None:
    """Say that two articles are not the same story. It is not asked again.

    Readers are told of near copies neither way.
    """
    require_edit(by, resemblance.article)
    resemblance.declined_at, resemblance.declined_by = timezone.now(), by
    resemblance.save(update_fields=["declined_at", "declined_by"])
