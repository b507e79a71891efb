"""Fields: what exports and front matter call the parts of a story, and how each is taken.

One table of names serves every format that has named fields.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from archive.ingest.dates import Dated, UncertainDateError, read_date
from archive.ingest.document import Document, UnreadableError
from archive.models.article import Doubt
from archive.prose import canonical, is_visible

# In the order of preference: of several that are given, the first that is not empty is taken. Signs and capitals do not
# count: `pub_date`, `PubDate` and `pub-date` are one name.
NAMES: Mapping[str, tuple[str, ...]] = {
    "headline": ("headline", "title", "webtitle", "titel", "titre", "titulo", "título", "titolo", "überschrift",
                 "name"),
    "standfirst": ("standfirst", "dek", "subtitle", "subheadline", "summary", "description", "excerpt", "abstract",
                   "trailtext", "vorspann", "chapo", "resumen"),
    "dateline": ("dateline",),
    "byline": ("byline", "author", "authors", "creator", "writer", "by", "autor", "auteur", "autore", "verfasser"),
    "body": ("body", "text", "content", "article", "fulltext", "bodytext", "articlebody", "articletext", "contenttext",
             "contenthtml", "contentencoded", "bodyhtml", "html", "markdown", "maintext", "story", "storytext",
             "paragraphs", "inhalt", "artikel", "texte", "contenu", "texto", "contenido", "testo", "leadparagraph"),
    "author_note": ("authornote", "biography", "abouttheauthor"),
    "language": ("language", "lang", "inlanguage", "locale", "sprache", "langue", "idioma"),
    "source": ("source", "newssite", "site", "publication", "publisher", "sitename", "sourcename", "publicationname",
               "quelle"),
    "url": ("url", "link", "canonicalurl", "address", "permalink", "publisherurl", "sourceurl", "weburl",
            "mainentityofpage"),
    "published_at": ("published", "publishedat", "dategmt", "date", "pubdate", "publicationdate", "datepublished",
                     "publishdate", "publisheddate", "webpublicationdate", "datum", "fecha", "createdat", "timestamp"),
    "topics": ("topics", "tags", "keywords", "categories", "subjects", "tag", "category", "schlagwörter"),
}  # fmt: skip
# Records in which a record keeps its fields, as some APIs do.
INNER = ("fields", "attributes", "_source")

DEEPEST = 5  # a name in a record in a list, and some more
_NAMING = ("name", "title", "rendered", "main", "original", "value", "text", "url")  # what says what a record is
_NOT_OF_A_NAME = re.compile(r"[\W_]+")
_ZONED = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")
_is_address = URLValidator(schemes=["http", "https"])


def apply_fields(document: Document, fields: Mapping[str, Any], mapping: Mapping[str, str] | None = None) -> None:
    """Fill a document from named fields; a part it has already is kept where no field speaks of it.

    `mapping` says for a part of a story which field holds it, where the names above do not. An uncertain date is left
    open and marked. Raises UnreadableError where a field holds something else than its part can be.
    """
    given = _given(fields)
    for part, names in NAMES.items():
        chosen = (mapping or {}).get(part)
        value = _first_given(given, (_plain(chosen),) if chosen else names)
        if value is not None:
            _TAKE.get(part, _take_line)(document, part, value)


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, by plain names; a field of an inner record counts where the outer has none of its name."""
    given = {_plain(str(name)): value for name, value in fields.items()}
    for inner in (fields[name] for name in INNER if isinstance(fields.get(name), Mapping)):
        given = {_plain(str(name)): value for name, value in inner.items()} | given
    gmt = given.get("dategmt")
    if isinstance(gmt, str) and not _ZONED.search(gmt):
        given["dategmt"] = f"{gmt}Z"  # as the name says
    return given


def date_it(document: Document, dated: Dated) -> None:
    """Give a document its date; an hour whose zone nobody said is marked."""
    if not dated.zoned:
        document.doubts.add(Doubt.ZONE)
    document.published_at, document.precision = dated.at, dated.precision


def knows_any(names: Iterable[str], mapping: Mapping[str, str]) -> bool:
    """Whether any of these names is one of a headline, standfirst or body."""
    known = {
        name for part in ("headline", "standfirst", "body") for name in (*NAMES[part], _plain(mapping.get(part, "")))
    }
    return any(_plain(name) in known for name in names if name)


def _plain(name: str) -> str:
    return _NOT_OF_A_NAME.sub("", name.casefold())


def _first_given(given: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((given[name] for name in names if given.get(name) not in (None, "", [], {})), None)


def _words(part: str, value: Any, depth: int = 0, joint: str = ", ") -> str:
    """The text of a value: of several names a list of them, of a nested record its name."""
    if depth > DEEPEST:
        raise UnreadableError(f"has a {part} that is nested too deeply")
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _words(part, _first_given(value, _NAMING) or "", depth + 1, joint)
    if isinstance(value, list | tuple):
        return joint.join(filter(None, (_words(part, one, depth + 1, joint) for one in value)))
    if isinstance(value, bool):
        raise UnreadableError(f"has {value!r} where its {part} should be")
    return str(value)


def one_line(text: str) -> str:
    """A text in its canonical form on one line, as headlines and names are."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # the same, and most are
    return " ".join(canonical(text).split())


def _take_line(document: Document, part: str, value: Any) -> None:
    setattr(document, part, one_line(_words(part, value)))


def _take_headline(document: Document, part: str, value: Any) -> None:
    headline = one_line(_words(part, value))
    document.headline = headline if is_visible(headline) else ""


def _take_text(document: Document, part: str, value: Any) -> None:
    setattr(document, part, _words(part, value, joint="\n\n"))


def _take_byline(document: Document, part: str, value: Any) -> None:
    line = one_line(_words(part, value))
    document.byline = line[3:] if line[:3].lower() == "by " else line


def _take_date(document: Document, part: str, value: Any) -> None:
    del part
    try:
        dated = read_date(value)
    except UncertainDateError as error:
        document.doubts.add(Doubt.DATE)
        document.leave_out(f"the date is left open: {error}")
        return
    date_it(document, dated)


def _take_topics(document: Document, part: str, value: Any) -> None:
    several = value if isinstance(value, list | tuple) else str(value).replace(";", ",").split(",")
    # A record of a name and a value, {"name": "subject", "value": "Rockets"}, has in its name only of which kind it is.
    values = (one.get("value") or one if isinstance(one, Mapping) else one for one in several)
    names = (one_line(_words(part, one)) for one in values)
    document.topics = tuple(dict.fromkeys(filter(None, names)))


def _take_url(document: Document, part: str, value: Any) -> None:
    url = _words(part, value).strip()
    try:
        _is_address(url)
    except ValidationError:
        document.leave_out(f"“{url[:80]}” is no address of the web, and was left out")
        return
    document.url = url


_TAKE: Mapping[str, Callable[[Document, str, Any], None]] = {
    "headline": _take_headline,
    "standfirst": _take_text,
    "byline": _take_byline,
    "body": _take_text,
    "author_note": _take_text,
    "published_at": _take_date,
    "topics": _take_topics,
    "url": _take_url,
}
