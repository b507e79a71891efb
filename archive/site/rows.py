"""The rows of lists, drawn by Jinja2, which compiles a template where Django's own engine walks a tree for every row.

A page stays a Django template and draws its rows by `{% rows "articles" articles=page.items %}`: that is
`templates/rows/articles.html`.
"""

from typing import Any

from jinja2 import Environment

from archive.models.address import address
from archive.site import quoting, reading, tags


def environment(**options: Any) -> Environment:
    """The engine of the rows, with what their templates may ask."""
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 (Django asks for autoescape)
    made.filters |= {
        "dated": tags.dated,
        "marked": tags.marked,
        "spoken": quoting.spoken,
        "summary": reading.summary,
    }
    made.globals["address"] = address
    return made
