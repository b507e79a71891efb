"""Fitting the models of extraction. Needs scikit-learn and SciPy, which the running site does not."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from archive.extraction.confidence import bounded, circumstances
from archive.extraction.features import Setting, candidates_for, observations
from archive.extraction.pronouns import antecedents_of
from archive.extraction.ranking import Models, Weights, chances, log_odds, total
from archive.extraction.speakers import spoken_enough
from archive.extraction.speech import attribution_signs, signs
from archive.extraction.story import Story

RARE = 3
"""Observations seen less often in training are left out."""
SMALL = 0.03
"""Weights nearer to 0 are left out."""
RARE_WORD = 5
"""Likewise of the very words beside marked words."""
WEIGHT_OF_OPTIONAL = 0.5
SPEECH_OF_OPTIONAL = 0.1
"""What marked words count for, as speech, that the annotators took for a fragment or a mixed quotation."""
INNER_FOLDS = 4


@dataclass
class Choice:
    """Several rivals, what is seen of each, and which are right."""

    seen: list[list[str]]
    right: list[bool]
    weight: float = 1.0


@dataclass
class Piece:
    """One piece of marked words in an annotated story."""

    sort: str
    """required, optional, or none: marked words that the annotators did not take for a quote."""
    words: int
    signs: list[str]
    speakers: Choice
    zones: list[tuple[str, str]]
    """Of each candidate: its zone and its verb."""
    circumstances: list[list[str]]
    """Of each candidate: what kind of case it would be (see `archive.extraction.confidence`)."""


@dataclass
class Example:
    """One annotated story, as training sees it."""

    pieces: list[Piece] = field(default_factory=list)
    antecedents: list[Choice] = field(default_factory=list)


def example_of(story: dict[str, Any], scorer: Any) -> Example:
    """What there is to learn from one annotated story."""
    laid_out = Story(story["text"])
    example = Example()
    text = story["text"]
    quotes = {scorer.norm(text, quote["start"], quote["end"]): quote for quote in story["quotes"]}
    optional = [span for span, quote in quotes.items() if quote.get("optional")]
    previous, last_name = None, None
    resolved: set[int] = set()
    for index, marked in enumerate(laid_out.marked):
        span = (marked.start, marked.end)
        quote = quotes.get(span)
        setting = Setting(laid_out, index, previous)
        candidates = candidates_for(setting)
        gold = None if quote is None or quote["speaker"] is None else (quote["speaker_start"], quote["speaker_end"])
        right = [gold is not None and scorer.inter(gold, (each[0].start, each[0].end)) > 0 for each in candidates]
        if quote is not None and not quote.get("optional"):
            sort = "required"
        elif any(scorer.inter(span, other) * 2 >= span[1] - span[0] for other in optional):
            sort = "optional"
        else:
            sort = "none"
        seen = [observations(each) for _, each in candidates]
        example.pieces.append(
            Piece(
                sort,
                text.count(" ", *span) + 1,
                signs(setting),
                Choice(seen, right, WEIGHT_OF_OPTIONAL if sort == "optional" else 1.0),
                [(each.zone, mention.verb) for mention, each in candidates],
                [circumstances(setting, mention, each.zone) for mention, each in candidates],
            )
        )
        if True not in right:
            continue
        previous = candidates[right.index(True)][0]
        name = quote.get("name") if quote else None
        if previous.kind == "pronoun" and name and previous.start not in resolved:
            resolved.add(previous.start)
            people = antecedents_of(laid_out, previous, last_name)
            fits = [scorer.contains(person.name, name) for person in people]
            if True in fits:
                example.antecedents.append(Choice(list(people.values()), fits))
        if previous.person is not None:
            last_name = previous.person
        elif name:
            last_name = next((p for p in laid_out.people.everybody if scorer.contains(p.name, name)), last_name)
    return example


def train(examples: Sequence[Example]) -> Models:
    """All models but the confidence, whose training needs the judgement of models on stories they have not seen."""
    judged: list[tuple[Piece, Weights]] = []
    for number in range(INNER_FOLDS):
        # The speech model sees how sure the speaker model is of stories that it has not learned from, as it will be.
        others = [example for at, example in enumerate(examples) if at % INNER_FOLDS != number]
        speaker = fit_speaker(others)
        judged += [(piece, speaker) for example in examples[number::INNER_FOLDS] for piece in example.pieces]
    return Models(
        speaker=fit_speaker(examples),
        speech=fit_yes_no(
            [_speech_signs(piece, speaker) for piece, speaker in judged],
            [piece.sort != "none" for piece, _ in judged],
            [SPEECH_OF_OPTIONAL if piece.sort == "optional" else 1.0 for piece, _ in judged],
        ),
        antecedent=fit_choices([c for example in examples for c in example.antecedents], penalty=2.0),
        confidence={},
    )


def fit_speaker(examples: Sequence[Example]) -> Weights:
    """The model `speaker` alone."""
    return fit_choices([piece.speakers for example in examples for piece in example.pieces], penalty=3.0)


def _speech_signs(piece: Piece, speaker: Weights) -> list[str]:
    if not piece.speakers.seen:
        return piece.signs
    totals = [total(speaker, seen) for seen in piece.speakers.seen]
    best = int(np.argmax(totals))
    zone, verb = piece.zones[best]
    return piece.signs + attribution_signs(zone, verb, totals[best])


def fit_choices(choices: Sequence[Choice], *, penalty: float) -> Weights:
    """A conditional logit: one weight an observation, such that the right rival has the largest share."""
    choices = [choice for choice in choices if any(choice.right) and len(choice.right) > 1]
    counts = Counter(each for choice in choices for seen in choice.seen for each in seen)
    column = {each: at for at, each in enumerate(sorted(each for each, n in counts.items() if n >= RARE))}
    rows: list[int] = []
    columns: list[int] = []
    group: list[int] = []
    right: list[float] = []
    for number, choice in enumerate(choices):
        for seen, fits in zip(choice.seen, choice.right, strict=True):
            for each in seen:
                if each in column:
                    rows.append(len(group))
                    columns.append(column[each])
            group.append(number)
            right.append(float(fits))
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(group), len(column)))
    groups, fitting = np.array(group), np.array(right)
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    weight = np.array([choice.weight for choice in choices])

    def loss(weights: Any) -> tuple[float, Any]:
        totals = matrix @ weights
        powers = np.exp(totals - np.maximum.reduceat(totals, starts)[groups])
        whole, share = np.add.reduceat(powers, starts), np.add.reduceat(powers * fitting, starts) + 1e-12
        value = (weight * (np.log(whole) - np.log(share))).sum() + penalty / 2 * weights @ weights
        slope = matrix.T @ (weight[groups] * (powers / whole[groups] - powers * fitting / share[groups]))
        return value, slope + penalty * weights

    found = minimize(loss, np.zeros(len(column)), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return {each: round(float(found.x[at]), 2) for each, at in column.items() if abs(found.x[at]) >= SMALL}


def fit_yes_no(seen: Sequence[Sequence[str]], answers: Sequence[bool], weights: Sequence[float]) -> Weights:
    """A logistic regression over observations."""
    counts = Counter(each for some in seen for each in some)
    known = {each for each, n in counts.items() if n >= (RARE_WORD if each.startswith("beside:") else 1)}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(known.intersection(each), 1) for each in seen])
    model = LogisticRegression(C=0.2, max_iter=1000, fit_intercept=False).fit(matrix, answers, sample_weight=weights)
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(each): round(float(weight), 2) for each, weight in named if abs(weight) >= SMALL}


@dataclass
class Judgement:
    """A proposal in a story that its models have not seen, and whether it is right."""

    speaker: float
    """Log odds of its speaker."""
    speech: float
    """Log odds of its being speech."""
    circumstances: list[str]
    right: bool


def judgements(example: Example, models: Models) -> list[Judgement]:
    """The proposals in an unseen story."""
    found = []
    for piece in example.pieces:
        if piece.sort == "optional" or not piece.speakers.seen:
            continue
        totals = [total(models.speaker, seen) for seen in piece.speakers.seen]
        best = int(np.argmax(totals))
        speech = total(models.speech, _speech_signs(piece, models.speaker))
        if spoken_enough(speech, piece.words):
            right = piece.sort == "required" and piece.speakers.right[best]
            found.append(Judgement(log_odds(chances(totals)[best]), speech, piece.circumstances[best], right))
    return found


def fit_confidence(judged: Sequence[Judgement]) -> Weights:
    """How sure to be of a proposal, from how sure the two models are of it and what kind of case it is."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [
            {
                "speaker": each.speaker,
                "speech": bounded(each.speech),
                **dict.fromkeys(each.circumstances, 1),
            }
            for each in judged
        ]
    )
    model = LogisticRegression(C=0.1, max_iter=1000).fit(matrix, [each.right for each in judged])
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(each): round(float(weight), 3) for each, weight in named if abs(weight) >= SMALL}
    return weights | {"bias": round(float(model.intercept_[0]), 3)}


def cross_validate(
    examples: Sequence[Example], *, folds: int = 5, say: Callable[[str], None] = print
) -> tuple[list[Models], Weights]:
    """For each story the models trained on the stories of the other folds; and a confidence fitted on all folds."""
    fold = np.random.RandomState(0).permutation(len(examples)) % folds
    of_fold: list[Models] = []
    judged: list[list[Judgement]] = []
    for number in range(folds):
        models = train([example for example, at in zip(examples, fold, strict=True) if at != number])
        held_out = [example for example, at in zip(examples, fold, strict=True) if at == number]
        judged.append([each for example in held_out for each in judgements(example, models)])
        of_fold.append(models)
        say(f"fold {number + 1} of {folds}: trained on {len(examples) - len(held_out)} stories")
    for number, models in enumerate(of_fold):
        models.confidence = fit_confidence([each for at, some in enumerate(judged) if at != number for each in some])
    everything = fit_confidence([each for some in judged for each in some])
    return [of_fold[at] for at in fold], everything
