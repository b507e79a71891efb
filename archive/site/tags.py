"""What templates of the readers' pages may ask."""

import json
from typing import Any

from django import template
from django.template import engines
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from archive.models import Article, Quote
from archive.search.context import Piece
from archive.site import dating, quoting, reading, structured
from archive.site.kept_counts import Counts, in_words
from archive.site.listing import ArticleRow, QuoteRow
from archive.site.page import absolute

register = template.Library()
register.filter(quoting.spoken)
register.filter(reading.summary)


@register.filter
def dated(item: Article | Quote | ArticleRow | QuoteRow) -> str:
    """The date of first publication of an article, or of a quote's article, as a `<time>` element."""
    article = item.article if isinstance(item, Quote) else item
    if article.published_at is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>',
        dating.for_machines(article.published_at, article.precision),
        dating.in_words(article.published_at, article.precision),
    )


@register.filter
def marked(pieces: list[Piece]) -> str:
    """The pieces of a text with what was searched for in `<mark>` elements."""
    found = (format_html("<mark>{}</mark>", each.text) if each.found else each.text for each in pieces)
    return format_html_join("", "{}", ((each,) for each in found))


@register.filter
def counted(tally: Counts | None) -> str:
    """The counts of a topic, person or source in words: “1,204 articles, 1 quote”; nothing where all are 0."""
    return in_words(tally.articles, tally.quotes) if tally else ""


@register.simple_tag
def rows(kind: str, **context: Any) -> SafeString:
    """The rows of a list: `{% rows "articles" articles=page.items %}`. See `archive.site.rows`."""
    html: str = engines["rows"].get_template(f"{kind}.html").render(context)
    return mark_safe(html)  # noqa: S308 (escaped by the engine)


@register.filter
def in_full(address: str) -> str:
    """An address of this site with scheme and host, as what is read elsewhere needs it."""
    return absolute(address)


@register.filter
def as_json_ld(thing: dict[str, Any]) -> str:
    """A description of a page as a JSON-LD script element, which no text in it can end."""
    text = json.dumps(structured.without_blanks(thing), ensure_ascii=False)
    safe = text.translate({ord(c): f"\\u{ord(c):04X}" for c in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(safe))  # noqa: S308 (just made so)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """The value of a key that a variable holds; None where there is none."""
    return mapping.get(key)
