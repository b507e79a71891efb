"""How readers' pages are drawn: by Jinja2, which compiles a template where Django's own engine walks a tree for it.

The templates stand in `templates/site/`; what pages share is in its folders `rows/` and `includes/`, as macros where it
differs from page to page. The admin's, and the pages of a refusal, are Django's.
"""

from collections.abc import MutableMapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import capfirst
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from archive.models import Article, Precision, Quote
from archive.models.address import address
from archive.site import dating, quoting, reading, structured
from archive.site.compiling import LighterCode
from archive.site.kept_counts import Counts, in_words, number_of
from archive.site.page import absolute, page
from archive.site.rows import ArticleLink, ArticleRow, QuoteRow


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    content_type: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page that a template makes of its context and of what every page is given."""
    text = environment().get_template(template).render({**page(request), **context})
    return HttpResponse(text, content_type=content_type, status=status)


class _Engine(Environment):
    """Jinja2's, with the names that templates may ask for in one dictionary each.

    Of its own chain of dictionaries the keys are counted one by one whenever a template imports from another.
    """

    code_generator_class = LighterCode

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


@cache
def environment() -> Environment:
    """The engine, with what templates may ask."""
    made = _Engine(
        loader=FileSystemLoader(settings.BASE_DIR / "templates"),
        autoescape=True,
        auto_reload=settings.DEBUG,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    if not settings.DEBUG:
        made.get_template = cache(made.get_template)  # type: ignore[method-assign]
    made.filters |= {
        "as_json_ld": structured.as_json_ld,
        "capfirst": capfirst,
        "counted": counted,
        "dated": dated,
        "day": day,
        "figure": "{:,}".format,
        "in_full": absolute,
        "month": "{:%B %Y}".format,
        "of": number_of,
        "size": filesizeformat,
        "spoken": quoting.spoken,
        "summary": reading.summary,
    }
    made.globals |= {"address": address, "reverse": reverse, "static": cache(static), "dating": dating}
    return made


def dated(item: Article | Quote | ArticleLink | ArticleRow | QuoteRow) -> str:
    """The date of first publication of an article, or of a quote's article, as a `<time>` element."""
    article = item.article if isinstance(item, Quote) else item
    return day(article.published_at, article.precision) if article.published_at else ""


@lru_cache(4096)  # lists of one day's articles say the same one again and again
def day(at: datetime, precision: str = Precision.DAY) -> Markup:
    """A date, no more exact than it is known, as a `<time>` element."""
    return Markup(  # noqa: S704 (digits, names of months and our own marks)
        f'<time datetime="{dating.for_machines(at, precision)}">{dating.in_words(at, precision)}</time>'
    )


def counted(tally: Counts | None) -> str:
    """The counts of a topic, person or source in words: “1,204 articles, 1 quote”; nothing where all are 0."""
    return in_words(tally.articles, tally.quotes) if tally else ""
