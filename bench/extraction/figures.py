"""The figures of extraction on annotated stories, as the scorer beside them counts."""

from collections.abc import Callable, Sequence
from typing import Any

from archive.extraction import find_quotations, rows_of
from archive.extraction.ranking import Models
from bench.extraction.corpus import Corpus

Predictions = dict[str, dict[str, Any]]


def predict(stories: Sequence[dict[str, Any]], models_of: Callable[[int], Models | None]) -> Predictions:
    """The rows for each story, by its id; `models_of` gives the models for a story's number (None: the shipped)."""
    return {
        story["id"]: {"quotes": rows_of(find_quotations(story["text"], models=models_of(number)))}
        for number, story in enumerate(stories)
    }


def figures(corpus: Corpus, file: str, predictions: Predictions) -> dict[str, float]:
    """Each figure, in per cent, of the stories of one file."""
    gold = corpus.of_file(file)
    counts, matched, spans, _ = corpus.scorer.run(gold, predictions)
    proposed, required, mentions = counts["pred"], counts["req"], matched["mention"]
    judged = sorted(_judged(corpus.scorer, gold, predictions), reverse=True)
    surest = judged[: int(len(judged) * 0.8)]
    sure = [right for confidence, right in judged if confidence > 0.9]
    return {
        "exact span F1": 100 * spans["ex"][2],
        "span and speaker mention F1": 100 * corpus.scorer.prf(mentions, proposed - mentions, required - mentions)[2],
        "found with the right full name": 100 * matched["name_contain"] / matched["name_all"],
        "surest 80 %: quote and mention right": 100 * sum(right for _, right in surest) / len(surest),
        "confidence above 0.9: right": 100 * sum(sure) / len(sure),
        "confidence above 0.9: share of proposals": 100 * len(sure) / len(judged),
    }


def _judged(scorer: Any, gold: dict[str, Any], predictions: Predictions) -> list[tuple[float, bool]]:
    """Of each proposal that counts: its confidence, and whether its words and its mention are right."""
    judged = []
    for identity, story in gold.items():
        text, rows = story["text"], predictions[identity]["quotes"]
        required = [quote for quote in story["quotes"] if not quote.get("optional")]
        optional = [scorer.norm(text, each["start"], each["end"]) for each in story["quotes"] if each.get("optional")]
        wanted = [scorer.norm(text, each["start"], each["end"]) for each in required]
        found = [scorer.norm(text, each["start"], each["end"]) for each in rows]
        _, match_of = scorer.match(wanted, found, 0.8)
        for at, (row, span) in enumerate(zip(rows, found, strict=True)):
            if at in match_of:
                quote = required[match_of[at]]
                judged.append((row["confidence"], _same_mention(scorer, quote, row)))
            elif not any(scorer.inter(span, other) * 2 >= span[1] - span[0] for other in optional):
                judged.append((row["confidence"], False))
    return judged


def _same_mention(scorer: Any, quote: dict[str, Any], row: dict[str, Any]) -> bool:
    if quote["speaker"] is None or row["speaker_start"] is None:
        return quote["speaker"] is row["speaker_start"] is None
    spans = (quote["speaker_start"], quote["speaker_end"]), (row["speaker_start"], row["speaker_end"])
    return bool(scorer.inter(*spans) > 0)
