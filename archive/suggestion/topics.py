"""Topics for an article: weighed by where their names stand and how often, or named by the file it came in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.models import Article, SuggestionKind
from archive.models.article import Doubt
from archive.suggestion.proposed import Proposed
from archive.suggestion.topic_names import Vocabulary

MOST_PROPOSED = 20  # a longer list is not read by the editor who has to answer it
SURENESS_OF_A_FILE = 0.9


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article, and how much a name in it says of what the story is about."""

    text: str
    weight: float
    called: str


def proposed_topics(article: Article, vocabulary: Vocabulary, named: Iterable[str] = ()) -> list[Proposed]:
    """The topics whose names the article has, the surest first; `named` are those of its file.

    Each name found is taken for independent evidence: the confidence is one less the product of the doubts left.
    """
    doubt: dict[int, float] = defaultdict(lambda: 1.0)
    found: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for name in named:
        for topic in vocabulary.called(name):
            doubt[topic] = 1 - SURENESS_OF_A_FILE
            found[topic][name, "given by the file"] += 1
    for part in _parts(article):
        for one in vocabulary.occurrences(part.text):
            doubt[one.topic] *= 1 - part.weight
            found[one.topic][part.text[one.start : one.end], part.called] += 1
    surest = sorted(found, key=lambda topic: (doubt[topic], topic))[:MOST_PROPOSED]
    return [
        Proposed(
            kind=SuggestionKind.TOPIC,
            article=article.pk,
            topic=topic,
            key=f"topic {topic}",
            confidence=round(1 - doubt[topic], 3),
            why=_why(found[topic]),
            made_by="archive.suggestion.topic_names",
        )
        for topic in surest
    ]


def _parts(article: Article) -> Iterator[Part]:
    first, _, rest = article.body.partition("\n\n")
    if Doubt.HEADLINE not in article.doubts:  # made from the first words, it says nothing that they do not
        yield Part(article.headline, 0.6, "in the headline")
    yield Part(article.standfirst, 0.5, "in the standfirst")
    yield Part(first, 0.4, "in the first paragraph")
    yield Part(rest, 0.15, "in the text")


def _why(found: dict[tuple[str, str], int]) -> list[str]:
    return [
        f"“{words[:200]}” {called}{f', {times} times' if times > 1 else ''}"
        for (words, called), times in list(found.items())[:6]
    ]
