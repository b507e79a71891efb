"""What templates of the readers' pages may ask."""

from typing import Any

from django import template
from django.utils.html import format_html

from archive.models import Article, Quote
from archive.site import dating, reading

register = template.Library()


@register.filter
def dated(item: Article | Quote) -> str:
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
def summary(article: Article) -> str:
    """What a list says of an article, as far as its source allows."""
    return reading.summary(article)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """The value of a key that a variable holds; None where there is none."""
    return mapping.get(key)
