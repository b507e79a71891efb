"""What every page says of the archive: its title, its tagline, its notice."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from archive.models import Edition


def edition(request: HttpRequest) -> dict[str, Any]:
    """The context processor: the edition, read from the database where a template first asks for it."""
    del request
    return {"edition": SimpleLazyObject(Edition.current)}
