"""An invented archive: its rows, drawn so that a few topics, people and words are very frequent and most are rare.

Frequencies follow Zipf's law (the n-th most frequent is 1/n as frequent as the first), which word counts and the use of
subject headings both come near to. Dates lie over seventy years, more of them late than early.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate

FIRST_DAY = datetime(1957, 10, 4, tzinfo=UTC)
DAYS = 25_000
SYLLABLES = [
    "al",
    "an",
    "ar",
    "bel",
    "cor",
    "da",
    "del",
    "en",
    "for",
    "ga",
    "hal",
    "im",
    "jor",
    "ka",
    "lan",
    "mar",
    "nor",
    "or",
    "pel",
    "qua",
    "ran",
    "sel",
    "tor",
    "ul",
    "van",
    "wes",
    "yor",
    "zan",
]
WORDS, SENTENCES = 20_000, 5_000
SENTENCES_OF_AN_ARTICLE = 14  # some 250 words
QUOTES_OF_AN_ARTICLE = 3
TOPICS_OF_AN_ARTICLE = 3
LEVEL_WIDTHS = (20, 400)  # topics at the top, and below those; the rest lie on the third level


class Zipf:
    """Draws numbers from 0 up to `size`, the n-th as often as 1/n says."""

    def __init__(self, size: int, dice: random.Random) -> None:
        self.numbers = range(size)
        self.weights = list(accumulate(1 / rank for rank in range(1, size + 1)))
        self.dice = dice

    def draw(self, count: int) -> list[int]:
        """So many numbers; some may be equal."""
        return self.dice.choices(self.numbers, cum_weights=self.weights, k=count)


@dataclass(frozen=True)
class Article:
    """One invented article with its quotes; ids count from 1."""

    id: int
    headline: str
    body: str
    published_at: datetime
    source: int
    topics: list[int]
    quotes: list[tuple[int, int, int, int]]  # start, end, person, topic


@dataclass(frozen=True)
class Plan:
    """How large the archive is to be; the same plan gives the same archive."""

    articles: int  # published; drafts come beside them

    @property
    def drafts(self) -> int:
        """Articles that wait for review, with the highest ids: one for fifty published."""
        return max(20, self.articles // 50)

    @property
    def everything(self) -> int:
        """Articles and drafts."""
        return self.articles + self.drafts

    @property
    def topics(self) -> int:
        """As many as a vocabulary has that grows with its archive: 10,000 for a million articles."""
        return max(500, self.articles // 100)

    @property
    def people(self) -> int:
        """One for thirty articles."""
        return max(100, self.articles // 30)

    @property
    def sources(self) -> int:
        """As many as matter."""
        return 40

    @cached_property
    def words(self) -> list[str]:
        """The words that texts are made of, the most frequent first."""
        dice = random.Random(WORDS)
        return [f"{dice.choice(SYLLABLES)}{dice.choice(SYLLABLES)}{n % 97 or ''}" for n in range(WORDS)]

    @cached_property
    def broader(self) -> list[int | None]:
        """The broader topic of each topic, by its number; None at the top."""
        top, middle = LEVEL_WIDTHS
        return [None if n < top else n % top if n < top + middle else top + n % middle for n in range(self.topics)]

    def with_broader(self, topic: int) -> list[int]:
        """A topic, and those above it."""
        line = [topic]
        while (above := self.broader[line[-1]]) is not None:
            line.append(above)
        return line

    def generate(self) -> Iterator[Article]:
        """All articles and then the drafts, oldest id first, in no order of date."""
        dice = random.Random(self.articles)
        draw_words = Zipf(WORDS, dice)
        sentences = [" ".join(self.words[n] for n in draw_words.draw(18)).capitalize() + "." for _ in range(SENTENCES)]
        topics, people, sources = (Zipf(size, dice) for size in (self.topics, self.people, self.sources))
        for id_ in range(1, self.everything + 1):
            parts = dice.choices(sentences, k=SENTENCES_OF_AN_ARTICLE)
            body, quotes = _lay_out(parts, people.draw(QUOTES_OF_AN_ARTICLE), topics.draw(QUOTES_OF_AN_ARTICLE), id_)
            yield Article(
                id=id_,
                headline=f"{parts[0][:70].rsplit(' ', 1)[0]} {id_}",
                body=body,
                # the square root puts half of all dates into the last fifth of the years
                published_at=FIRST_DAY
                + timedelta(days=int(DAYS * dice.random() ** 0.43), seconds=dice.randrange(86400)),
                source=sources.draw(1)[0] + 1,
                topics=sorted({topic + 1 for topic in topics.draw(TOPICS_OF_AN_ARTICLE)}),
                quotes=quotes,
            )


def _lay_out(
    parts: list[str], people: list[int], topics: list[int], id_: int
) -> tuple[str, list[tuple[int, int, int, int]]]:
    """The body of these sentences, every fourth said by somebody, and where those quotes lie in it."""
    body, quotes = f"Report {id_:x}th. ", []
    for number, part in enumerate(parts):
        said = number % 4 == 1 and len(quotes) < QUOTES_OF_AN_ARTICLE
        if said:
            body += "“"
            start = len(body)
            quotes.append((start, start + len(part), people[len(quotes)] + 1, topics[len(quotes)] + 1))
        body += part + ("” said the speaker." if said else "") + ("\n\n" if number % 4 == 3 else " ")
    return body.strip(), quotes
