"""Topics for quotes, from the words themselves, the paragraphs they stand in, and the story's own topics."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from archive.models import Quote, Suggestion, SuggestionKind, Tagging, Topic
from archive.suggestion.topic_names import Vocabulary, current_vocabulary

MADE_BY = "archive.suggestion.quote_topics"
_IN_WORDS = 0.6
_BESIDE = 0.3
_OF_STORY = 0.3  # the story is filed there as well


def propose_for_quotes(quotes: Sequence[Quote], vocabulary: Vocabulary | None = None) -> int:
    """Save the topics named in or around these quotes as pending suggestions. Returns how many are new.

    What was proposed before is not proposed again; a topic that a quote is filed under is not proposed at all. The
    vocabulary is the current one, given where the caller has asked for it already.
    """
    vocabulary = vocabulary or current_vocabulary()
    articles = [quote.article_id for quote in quotes]
    filed = set(Tagging.objects.filed().filter(quote__in=quotes).values_list("quote_id", "topic_id"))
    of_story: defaultdict[int, set[int]] = defaultdict(set)
    for article, topic in Tagging.objects.filed().filter(article__in=articles).values_list("article_id", "topic_id"):
        of_story[article].add(topic)
    held = set(Suggestion.objects.topics().filter(quote__in=quotes).values_list("article_id", "key"))
    new = [
        suggestion
        for quote in quotes
        for suggestion in _proposed(quote, vocabulary, of_story[quote.article_id])
        if (quote.article_id, suggestion.key) not in held and (quote.pk, suggestion.topic_id) not in filed
    ]
    Suggestion.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    return len(new)


def speaking_of(topic: Topic, quotes: Sequence[Quote]) -> list[Quote]:
    """Those of these quotes that name the topic in their words or in the paragraphs they stand in."""
    if not quotes:
        return []
    vocabulary = current_vocabulary()
    return [quote for quote in quotes if topic.pk in topics_spoken_of(quote, vocabulary)]


def topics_spoken_of(quote: Quote, vocabulary: Vocabulary) -> set[int]:
    """The ids of the topics named in the words of a quote or in the paragraphs they stand in."""
    return {one.topic for text in (quote.words, _around(quote)) for one in vocabulary.occurrences(text)}


def _proposed(quote: Quote, vocabulary: Vocabulary, of_story: set[int]) -> Iterator[Suggestion]:
    doubt: defaultdict[int, float] = defaultdict(lambda: 1.0)
    why: defaultdict[int, list[str]] = defaultdict(list)
    for text, weight, place in ((quote.words, _IN_WORDS, "in the words"), (_around(quote), _BESIDE, "beside them")):
        for one in vocabulary.occurrences(text):
            doubt[one.topic] *= 1 - weight
            reason = f"“{text[one.start : one.end][:200]}” {place}"
            if reason not in why[one.topic]:
                why[one.topic].append(reason)
    for topic in doubt:
        if topic in of_story:
            doubt[topic] *= 1 - _OF_STORY
            why[topic].append("the story is filed there")
        yield Suggestion(
            kind=SuggestionKind.TOPIC,
            article_id=quote.article_id,
            topic_id=topic,
            quote=quote,
            key=f"topic {topic} quote {quote.pk}",
            confidence=round(1 - doubt[topic], 3),
            why=why[topic],
            made_by=MADE_BY,
        )


def _around(quote: Quote) -> str:
    """The paragraphs that the quote stands in, without its words; nothing where it stands nowhere any more."""
    if not quote.spans:
        return ""
    body = quote.article.body
    start = body.rfind("\n\n", 0, quote.spans[0][0]) + 1
    end = body.find("\n\n", quote.spans[-1][1])
    kept, reached = [], start
    for from_, to in [*quote.spans, [end if end >= 0 else len(body)] * 2]:
        kept.append(body[reached:from_])
        reached = to
    return " … ".join(kept)
