"""The rows of lists, drawn by Jinja2, which compiles a template where Django's own engine walks a tree for every row.

A page stays a Django template and draws its rows by `{% rows "articles" articles=page.items %}`: that is
`templates/rows/articles.html`.
"""

from typing import Any

from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment

from archive.models.address import address

ENGINE = "rows"


def environment(**options: Any) -> Environment:
    """The engine of the rows, with what their templates may ask."""
    from archive.site import quoting, tags

    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 (Django asks for autoescape)
    made.filters |= {"dated": tags.dated, "summary": tags.summary, "spoken": quoting.spoken}
    made.globals["address"] = address
    return made


def drawn(kind: str, context: dict[str, Any]) -> SafeString:
    """The rows of a kind as HTML."""
    html: str = engines[ENGINE].get_template(f"{kind}.html").render(context)
    return mark_safe(html)  # noqa: S308 (escaped by the engine)
