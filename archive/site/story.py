"""What the page of an article holds: of one that readers see, and of one that is shown in private before that."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from archive.models import Article, Quote, Tagging, Topic
from archive.site import citing
from archive.site.corrections import corrections_of
from archive.site.neighbours import neighbours
from archive.site.reading import passages, shown_text, shown_whole

if TYPE_CHECKING:
    from django.db.models import QuerySet


def story(
    article: Article, quotes: "QuerySet[Quote]", taggings: "QuerySet[Tagging]", *, archive: str
) -> dict[str, Any]:
    """The context of `site/article.html`: the text as far as the source allows, its quotes marked, its topics.

    Of `quotes` and `taggings` those of the article are taken: whoever asks says which of them may be shown. `archive`
    is its name, for the citation; an article without source or date is not to be cited yet.
    """
    told = list(quotes.filter(article=article).select_related("speaker").order_by("position", "id"))
    filed = (
        taggings.filed()  # type: ignore[attr-defined]  # the stubs lose the manager's class
        .filter(Q(article=article) | Q(quote__in=[quote.pk for quote in told]))
        .select_related("topic")
        .order_by("topic__name")
    )
    topics: list[Topic] = []
    topics_of_quotes: dict[int, list[Topic]] = {quote.pk: [] for quote in told}
    for tagging in filed:
        (topics if tagging.quote_id is None else topics_of_quotes[tagging.quote_id]).append(tagging.topic)

    # In the margin a quote's topics say something only where they are not simply the article's.
    of_quotes_alone = {pk: filed for pk, filed in topics_of_quotes.items() if set(filed) != set(topics)}
    authors = list(article.authors.order_by("authorships__position"))
    text = shown_text(article)
    return {
        "article": article,
        "authors": authors,
        "quotes": told,
        "passages": passages(text, told, of_quotes_alone),
        "abridged": len(text) < len(article.body),
        "beyond": [quote for quote in told if not shown_whole(text, quote)],
        "topics": topics,
        "corrections": corrections_of(article),
        "neighbours": neighbours(article, topics),
        "citation": citing.citation(article, authors, archive) if article.source and article.published_at else "",
    }
