"""An article as readers may see it: how much of its text, and the quotes marked in that."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from archive import prose
from archive.models import Article, Quote, Source, Topic, Visibility
from archive.site.listing import OPENING
from archive.site.rows import ArticleRow, SourceRow, SpokenRow, TopicLink

# What is shown of a text that its source does not allow in full.
EXCERPT_WORDS = 90
# What a list shows of an article without standfirst.
OPENING_WORDS = 40

AnyQuote = Quote | SpokenRow
AnyTopic = Topic | TopicLink


def shown_text(article: Article) -> str:
    """As much of the body as the source allows: all of it, its beginning, or nothing. Always a prefix of the body."""
    return allowed(article.body, article.source)


def allowed(body: str, source: Source | SourceRow | None) -> str:
    """As much of a body as its source allows."""
    visibility = source.visibility if source else Visibility.REFERENCE
    if visibility == Visibility.FULL:
        return body
    if visibility == Visibility.EXCERPT:
        return prose.excerpt(body, EXCERPT_WORDS)
    return ""


def shown_whole(text: str, quote: AnyQuote) -> bool:
    """Whether all words of a quote stand within the beginning of the body that is shown."""
    return quote.spans[-1][1] <= len(text)


def summary(article: Article | ArticleRow) -> str:
    """What a list says of an article: its standfirst, or the opening of its text, as far as its source allows.

    Reads the annotation `beginning` of `listing.articles_listed` instead of the body.
    """
    source = article.source
    if source is None or source.visibility == Visibility.REFERENCE:
        return ""
    if article.standfirst:
        return article.standfirst
    beginning: str = getattr(article, "beginning", "")
    if len(beginning) == OPENING + 1:  # cut off there (`listing.beginning_of`), within a word, maybe
        beginning = beginning.rpartition(" ")[0] or beginning
    return prose.excerpt(prose.first_paragraph(beginning), OPENING_WORDS)


class Stretch(NamedTuple):
    """Text under the same quote, if any. `anchors` are the quotes to be found here; `again` says the quote was open."""

    text: str
    quote: AnyQuote | None
    anchors: tuple[Hashable, ...]
    again: bool


class Note(NamedTuple):
    """What the margin says of a speaker beside a paragraph: who, in what role at first sight, about what."""

    quote: AnyQuote
    introduces: bool
    topics: tuple[AnyTopic, ...]


class Passage(NamedTuple):
    """A paragraph or subheading as its stretches, with a note for each speaker who begins to speak in it."""

    is_subheading: bool
    stretches: tuple[Stretch, ...]
    notes: tuple[Note, ...]


def passages(
    text: str, quotes: Iterable[AnyQuote], topics_of_quotes: Mapping[int, Sequence[AnyTopic]] | None = None
) -> list[Passage]:
    """The paragraphs of a text with the quotes marked in them. What lies beyond the text is left out.

    A quote that the text breaks off is marked as far as it goes, but anchored where all its words stand.
    """
    by_key: dict[Hashable, AnyQuote] = {quote.pk: quote for quote in quotes}
    marks = [prose.Mark(quote.pk, quote.spans) for quote in by_key.values()]
    introduced: dict[str, tuple[AnyTopic, ...]] = {}  # with what they last spoke of; the last to speak stands last
    found = []
    for block in prose.blocks(text, marks):
        beginning = [by_key[key] for run in block.runs for key in run.opens]
        notes = tuple(_notes(beginning, topics_of_quotes or {}, introduced))
        found.append(Passage(block.is_subheading, tuple(_stretches(block.runs, by_key, text)), notes))
    return found


def _notes(
    beginning: Iterable[AnyQuote],
    topics_of_quotes: Mapping[int, Sequence[AnyTopic]],
    introduced: dict[str, tuple[AnyTopic, ...]],
) -> Iterator[Note]:
    speaking: dict[str, list[AnyQuote]] = {}
    for quote in beginning:
        speaking.setdefault(str(quote.speaker or quote.speaker_mention), []).append(quote)
    for name, quotes in speaking.items():
        topics = tuple(dict.fromkeys(topic for quote in quotes for topic in topics_of_quotes.get(quote.pk, ())))
        fresh = topics if topics != introduced.get(name) else ()
        # Who goes on speaking of the same is not named again.
        if fresh or name != next(reversed(introduced), None):
            yield Note(quotes[0], name not in introduced, fresh)
        introduced.pop(name, None)
        introduced[name] = topics


def _stretches(runs: Sequence[prose.Run], by_key: dict[Hashable, AnyQuote], text: str) -> Iterator[Stretch]:
    for run in runs:
        # Of quotes that overlap, the one that began last is the innermost.
        quote = by_key[run.keys[-1]] if run.keys else None
        anchors = tuple(key for key in run.opens if shown_whole(text, by_key[key]))
        yield Stretch(run.text, quote, anchors, again=quote is not None and quote.pk not in run.opens)


def around(text: str, quote: AnyQuote) -> list[Passage]:
    """The paragraphs that a quote stands in, with the quote marked; empty where the text does not reach it."""
    return [
        passage
        for passage in passages(text, [quote])
        if any(stretch.quote is not None for stretch in passage.stretches)
    ]
