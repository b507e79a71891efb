"""How to take a quote along: as text with its citation, for reference managers, and as a card on another page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from django.urls import reverse

from archive.models import Person, Quote
from archive.models.quote import BROKEN_BY_ATTRIBUTION
from archive.site import citing, dating
from archive.site.page import absolute
from archive.site.rows import QuoteRow, SpokenRow

CARD_WIDTH = 560
_LINE = 46  # characters of a card's words in a line, at that width
_LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_LATEX |= {character: f"\\{character}" for character in "&%$#_{}"}


def spoken(quote: Quote | QuoteRow | SpokenRow) -> str:
    """The words standing by themselves: without the commas that only led over to “she said”."""
    return BROKEN_BY_ATTRIBUTION.join(part.removesuffix(",") for part in quote.parts)


def attribution(quote: Quote) -> str:
    """Who said it, and in what role: “Mira Sandoval, head of the agency”."""
    name = str(quote.speaker) if quote.speaker else quote.speaker_mention
    return ", ".join(filter(None, [name, quote.role]))


def as_text(quote: Quote, authors: Sequence[Person], archive: str) -> str:
    """The words, who said them, and where they are to be found."""
    said_by = f"{attribution(quote)}. " if attribution(quote) else ""
    place = absolute(quote.get_absolute_url())
    return f"“{spoken(quote)}”\n\n{said_by}{citing.citation(quote.article, authors, archive, place=place)}\n"


def as_bibtex(quote: Quote, authors: Sequence[Person], archive: str) -> str:
    """An entry of BibLaTeX, whose type for what stands online is `online`."""
    article = quote.article
    # A byline is one name, whatever it says.
    names = [_latex(person.listed_as) for person in authors] or [
        f"{{{_latex(name)}}}" for name in citing.writers(article, [])
    ]
    fields = {
        "author": " and ".join(names),
        "title": f"{{{_latex(article.headline)}}}",
        "journaltitle": _latex(str(article.source)),
        "date": _day(quote),
        "url": absolute(quote.get_absolute_url()),
        "langid": article.language,
        "note": _latex(f"“{spoken(quote)}” ({attribution(quote)})" if attribution(quote) else f"“{spoken(quote)}”"),
        "organization": _latex(archive),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{quote{quote.pk},", *lines, "}", ""])


def as_ris(quote: Quote, authors: Sequence[Person], archive: str) -> str:
    """A record of RIS, for EndNote, Zotero and their kind; its lines end as the format has them."""
    article = quote.article
    tags = [
        ("TY", "NEWS"),
        *(("AU", person.listed_as) for person in authors),
        *(("AU", name) for name in citing.writers(article, []) if not authors),
        ("TI", article.headline),
        ("T2", str(article.source)),
        ("DA", _day(quote).replace("-", "/")),
        ("LA", article.language),
        ("N1", " ".join(f"“{spoken(quote)}” {attribution(quote)}".split())),
        ("DP", archive),
        ("UR", absolute(quote.get_absolute_url())),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags if value or tag == "ER")


@dataclass(frozen=True)
class CitationFormat:
    """A form in which a quote is taken along: the end of its address, its media type, its name for readers."""

    suffix: str
    media_type: str
    label: str
    write: Callable[[Quote, Sequence[Person], str], str]


FORMATS = {
    each.suffix: each
    for each in (
        CitationFormat("txt", "text/plain", "Text", as_text),
        CitationFormat("bib", "application/x-bibtex", "BibTeX", as_bibtex),
        CitationFormat("ris", "application/x-research-info-systems", "RIS", as_ris),
    )
}


def card_height(quote: Quote, width: int = CARD_WIDTH) -> int:
    """How high a card of this width has to be for all to be seen, in CSS pixels, about."""
    lines = -(-len(spoken(quote)) // max(_LINE * width // CARD_WIDTH, 1))
    return 170 + 30 * lines


def card_snippet(quote: Quote, width: int = CARD_WIDTH, height: int | None = None) -> str:
    """The HTML that shows the card on another page: a frame, no script."""
    title = escape(f"Quote of {quote.speaker}") if quote.speaker else "Quote"
    place = absolute(reverse("quote-card", args=[quote.pk]))
    height = height or card_height(quote, width)
    return f'<iframe src="{place}" title="{title}" width="{width}" height="{height}" loading="lazy"></iframe>'


def _day(quote: Quote) -> str:
    article = quote.article
    return dating.without_time(article.published_at, article.precision) if article.published_at else ""


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)
