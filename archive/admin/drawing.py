"""What the admin draws hundreds of times on one page: by Jinja2, compiled, as readers' pages are."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, FileSystemLoader


def drawn(template: str, **context: Any) -> SafeString:
    """HTML for a page of the admin; `template` is its path below `templates/admin/archive/`."""
    return mark_safe(_engine().get_template(template).render(context))  # noqa: S308 (escaped by the engine)


@cache
def _engine() -> Environment:
    return Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates" / "admin" / "archive"),
        autoescape=True,
        auto_reload=settings.DEBUG,
        trim_blocks=True,
        lstrip_blocks=True,
    )
