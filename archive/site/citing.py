"""How to cite what is on a page: in words, for reference managers in meta tags, and as OpenURL (COinS)."""

from collections.abc import Sequence
from urllib.parse import urlencode

from archive.models import Article, Person
from archive.site import dating
from archive.site.page import absolute
from archive.site.rows import AuthorRow


def writers(article: Article, authors: Sequence[Person | AuthorRow]) -> list[str]:
    """The names of those who wrote it: the people, or the byline where nobody is known as a person."""
    return [person.name for person in authors] or ([article.byline] if article.byline else [])


def citation(article: Article, authors: Sequence[Person | AuthorRow], archive: str, *, place: str = "") -> str:
    """The citation in words: “Ines Halvorsen: A second moon. The Orbital Ledger, 4 October 1957. In: …, address”.

    The place is an address in full; where none is given, that of the article.
    """
    names = ", ".join(writers(article, authors))
    date = dating.in_words(article.published_at, article.precision) if article.published_at else "undated"
    place = place or absolute(article.get_absolute_url())
    itself = article.headline.rstrip("'’\"”»)").endswith((".", "!", "?", "…"))
    ended = article.headline if itself else f"{article.headline}."
    return f"{names}{': ' if names else ''}{ended} {article.source}, {date}. {archive}, {place}"


def highwire(article: Article, authors: Sequence[Person | AuthorRow]) -> list[tuple[str, str]]:
    """Names and contents of the meta tags that reference managers read."""
    tags = [("citation_title", article.headline)]
    names = [_family_name_first(person) for person in authors] or writers(article, [])
    tags += [("citation_author", name) for name in names]
    if article.published_at:
        # As Google Scholar and Zotero read it.
        date = dating.without_time(article.published_at, article.precision).replace("-", "/")
        tags.append(("citation_publication_date", date))
    tags.append(("citation_journal_title", str(article.source)))
    tags.append(("citation_language", article.language))
    tags.append(("citation_public_url", absolute(article.get_absolute_url())))
    return tags


def _family_name_first(person: Person | AuthorRow) -> str:
    """The name as reference managers read it best, who cannot know where a name like “van der Meer” begins.

    Where both parts have several words, Zotero takes what stands before and after the comma for two people: then as it
    is.
    """
    return person.name if all(" " in part for part in person.listed_as.split(", ")) else person.listed_as


def coins(article: Article, authors: Sequence[Person | AuthorRow]) -> str:
    """The same as a ContextObject in Span (Z39.88-2004), for readers of pages that know no meta tags."""
    known = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", article.headline),
        ("rft.jtitle", str(article.source)),
        ("rft_id", absolute(article.get_absolute_url())),
    ]
    if article.published_at:
        known.append(("rft.date", dating.without_time(article.published_at, article.precision)))
    known += [("rft.au", name) for name in writers(article, authors)]
    return urlencode(known)
