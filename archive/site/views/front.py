"""The front page."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from archive.models import Tally
from archive.site import structured
from archive.site.anniversaries import on_this_day
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.listing import all_articles, all_quotes
from archive.site.motion import in_motion, lately
from archive.site.rows import QuoteRow
from archive.site.version import shown_by
from archive.site.vocabulary import at_the_top

LATEST = 9
QUOTES_OF_NOTE = 3
# Among how many of the newest quotes those of note are looked for.
CANDIDATES = 40
# A quote of note is long enough to stand alone and short enough to be taken in at once. In characters.
LENGTH_OF_NOTE = range(60, 260)


@reader_page
def front(request: HttpRequest) -> HttpResponse:
    """The latest articles, quotes of note, topics in motion, what was published on this day, the top of the topics."""
    archive = Tally.objects.of(Tally.Subject.ARCHIVE, 0).totals().first() or Tally()
    newest = lately(archive.articles)
    return render(
        request,
        "site/front.html",
        {
            "described": structured.of_site(shown_by(request).edition),
            "articles": all_articles.newest(LATEST),
            "quotes": of_note(all_quotes.newest(CANDIDATES)),
            "newest": newest,
            "moving": in_motion(newest, archive.articles),
            "earlier": on_this_day(datetime.now(UTC).date()),
            "topics": [topic for topic in at_the_top() if topic.articles or topic.quotes],
            "archive": archive,
        },
    )


def of_note(quotes: Iterable[QuoteRow]) -> list[QuoteRow]:
    """Whole utterances of a good length, each from another article and by another speaker, newest first."""
    chosen: list[QuoteRow] = []
    for quote in quotes:
        is_new = all(
            quote.article_id != other.article_id and quote.speaker_slug != other.speaker_slug for other in chosen
        )
        if is_new and quote.speaker_slug and not quote.partial and len(quote.words) in LENGTH_OF_NOTE:
            chosen.append(quote)
    return chosen[:QUOTES_OF_NOTE]
