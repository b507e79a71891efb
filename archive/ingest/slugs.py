"""Slugs for many new articles at once, in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable

from archive.models import Article, FormerSlug
from archive.models.address import slug_stem

Home = tuple[str, int | None]  # a slug and the year within which it is unique


def fill_slugs(articles: Iterable[Article]) -> None:
    """Give each article that has no slug one that is free within its year, as `Article.fill_slug` does for one.

    A headline that a year already has is numbered; numbers are tried in growing strides, so that the hundredth
    “Daily report” of a year costs no hundred queries.
    """
    waiting: dict[Home, list[Article]] = defaultdict(list)
    for article in articles:
        if not article.slug:
            year = article.published_at.year if article.published_at else None
            waiting[slug_stem(article.headline), year].append(article)
    first, stride = 1, 0
    while waiting:
        numbers = range(first, first + stride + max(map(len, waiting.values())))
        taken = _taken({_numbered(stem, number) for stem, _ in waiting for number in numbers})
        for (stem, year), several in list(waiting.items()):
            free = [number for number in numbers if (_numbered(stem, number), year) not in taken]
            for number in free[: len(several)]:
                several.pop(0).slug = _numbered(stem, number)
            if not several:
                del waiting[stem, year]
        first, stride = numbers.stop, (stride or 1) * 8


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def _taken(slugs: set[str]) -> set[Home]:
    """Where these slugs are, or were, an article's."""
    now = Article.objects.filter(slug__in=slugs).values_list("slug", "year")
    former = FormerSlug.objects.filter(kind=FormerSlug.Kind.ARTICLE, slug__in=slugs).values_list("slug", "year")
    return {(slug, year or None) for slug, year in now.union(former)}
