"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive import prose
from archive.models import Article
from archive.search.candidates import candidates
from archive.search.filters import ArticleFilter
from archive.search.words import InContext, in_context
from archive.site import paging
from archive.site.caching import reader_page
from archive.site.reading import shown_text


@reader_page
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what matches it, newest first, with the words marked where they stand."""
    filters = ArticleFilter(request.GET, queryset=Article.objects.public())
    asked = any(request.GET.get(name, "").strip() for name in filters.filters)
    filters.form.label_suffix = ""
    context = {"form": filters.form, "asked": asked}
    if asked and filters.form.is_valid():
        found = candidates(filters.qs)
        listed = found.articles.select_related("source").defer("words", "author_note")
        page = paging.page_of(listed, paging.ARTICLES, request.GET)
        words: str = filters.form.cleaned_data["q"]
        context |= {"found": found, "page": page, "in_context": _in_context(page.items, words)}
    return render(request, "site/search.html", context)


def _in_context(articles: list[Article], words: str) -> dict[int, InContext]:
    """The words looked for, in the headline and in as much of the text as the source allows, by article."""
    if not words or not articles:
        return {}
    texts = [" ".join(block.text for block in prose.blocks(shown_text(article))) for article in articles]
    marked = in_context([(article.headline, text) for article, text in zip(articles, texts, strict=True)], words)
    return {article.pk: each for article, each in zip(articles, marked, strict=True)}
