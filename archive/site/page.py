"""What every page says of the archive and of itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import urlencode

from archive.site.version import shown_by

# What of a query string makes another page; all else shows the same one, or a selection that is nobody's page.
OF_THE_PAGE = ("older", "newer", "year", "from")


def absolute(address: str) -> str:
    """An address of this site in full, under the site's one name whatever name the request used."""
    return f"{settings.SITE_URL}{address}"


def canonical(request: HttpRequest) -> str:
    """The one address of a page."""
    kept = {name: request.GET[name] for name in OF_THE_PAGE if name in request.GET}
    return absolute(request.path) + (f"?{urlencode(kept)}" if kept else "")


def page(request: HttpRequest) -> dict[str, Any]:
    """What the template of every page is given."""
    return {"request": request, "edition": shown_by(request).edition, "canonical": canonical(request)}
