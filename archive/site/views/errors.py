"""Pages for what went wrong, in words that help."""

import re

from django.http import HttpRequest, HttpResponse

from archive.search.patience import TookTooLong, at_most
from archive.site.drawing import render
from archive.site.found import FOUND_ARTICLES
from archive.site.replicas import read_from_replicas
from archive.site.rows import ArticleRow
from archive.site.searching import Search

SUGGESTED = 5
# Words of an address that are looked for. Each more makes a miss dearer.
WORDS = 6
# What the addresses of many pages begin with, which says nothing of what any of them is about.
SECTIONS = {"articles", "people", "quotes", "sources", "topics"}
# Of names like `index.php`, which programs try, nobody has a story.
_FILE = re.compile(r"\.\w+/?$")


@read_from_replicas
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the articles that have the words of the address, and these words offered to the search."""
    del exception
    words = words_of(request.path)
    return render(request, "site/404.html", {"words": words, "articles": _articles_on(words)}, status=404)


def words_of(path: str) -> str:
    """The words of the last parts of an address, without the name of its section, and without years and keys."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in SECTIONS:
        del parts[0]
    words = " ".join(part for part in parts[-3:] if not part.isdecimal())
    return words.replace("-", " ")[:100]


def _articles_on(words: str) -> list[ArticleRow]:
    """The articles that have the most of these words in the best places."""
    plain = [] if _FILE.search(words) else re.findall(r"[^\W\d_]{3,}", words)[-WORDS:]
    search = Search({"q": " OR ".join(f'"{word}"' for word in plain)})
    if not plain or not search.valid:
        return []
    try:
        with at_most():
            best = search.ranked()[:SUGGESTED]
    except TookTooLong:
        return []
    return FOUND_ARTICLES.rows(best)
