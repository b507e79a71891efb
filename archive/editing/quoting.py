"""Quotes by an editor's hand: marked, corrected, placed anew, split, joined, removed.

Where a quote came of a proposal, the answer to that follows: what was proposed and what was made of it stand side by
side, for people to read and for later proposals to learn from.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.functions import Now

from archive.editing.anchoring import Spans
from archive.editing.filing import file_under
from archive.editing.parting import joined, parted
from archive.editing.review import ReviewError, answered, check_spans, person_called
from archive.editing.rights import Actor, editable_statuses, require, require_edit
from archive.models import Answer, Article, Person, Quote, Suggestion, Topic
from archive.models.quote import words_at
from archive.suggestion.quote_topics import propose_for_quotes

if TYPE_CHECKING:
    from django.db.models import QuerySet


def mark_quote(
    article: Article, *, spans: Spans, by: Actor, speaker: Person | None = None, name: str = "", role: str = ""
) -> Quote:
    """Make a quote of the words at these spans, or give the one that has exactly these; topics are proposed for it.

    The speaker is a Person, or is found by any of their names, or made. Raises ReviewError where the spans are none of
    the body, or overlap another quote, or where several people have the name.
    """
    require(by, "add_quote")
    with transaction.atomic():
        held = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        require_edit(by, held)
        check_spans(held.body, spans)
        if same := Quote.objects.filter(article=held, spans=spans).first():
            return same
        _require_apart(held, spans)
        if speaker is None and name.strip():
            speaker = person_called(name, by=by)
        quote = Quote.objects.create(
            article=held, spans=spans, words=words_at(held.body, spans), speaker=speaker, role=role, created_by=by
        )
        propose_for_quotes([quote])
        return quote


def _require_apart(article: Article, spans: Spans) -> None:
    """Raise ReviewError where words are those of a quote already: nobody's words are counted twice."""
    for other in Quote.objects.filter(article=article, lost_at=None):
        if any(start < end_of_other and begin < end for start, end in spans for begin, end_of_other in other.spans):
            raise ReviewError(
                f"These words overlap a quote that is marked: {other}. Correct that one, or select others."
            )


def correct_quote(
    quote: Quote,
    *,
    by: Actor,
    spans: Spans | None = None,
    speaker: Person | None = None,
    name: str | None = None,
    role: str | None = None,
) -> Quote:
    """Give a quote other words of its body, another speaker, another role; what is None stays.

    A quote that the body had lost is found again by its spans. A name is one of a Person's, or makes a new one; the
    empty name is nobody. Raises ReviewError where the spans are none of the body or several people have the name.
    """
    with _held(quote, "change_quote", by) as held:
        before = (held.spans, held.speaker, held.role)
        if spans is not None:
            check_spans(held.article.body, spans)
            held.spans, held.words, held.lost_at = spans, words_at(held.article.body, spans), None
        if speaker is not None:
            held.speaker = speaker
        elif name is not None and name.strip() != (held.speaker.name if held.speaker else ""):
            held.speaker = person_called(name, by=by) if name.strip() else None
        if role is not None:
            held.role = role
        if (held.spans, held.speaker, held.role) != before:
            held.save()
            _answer(held, Answer.CORRECTED, by)
        return held


def reassign_quotes(quotes: "QuerySet[Quote]", speaker: Person, *, by: Actor) -> dict[int, dict[str, Any]]:
    """Say of all these quotes that this person said them; what the actor may not change is passed over.

    Returns by id what the changed ones were, as JSON keeps it, for `give_back_speakers`.
    """
    require(by, "change_quote")
    with transaction.atomic():
        others = _open(quotes, by).exclude(speaker=speaker)
        before: dict[int, dict[str, Any]] = {
            pk: {"speaker": was, "answers": {}} for pk, was in others.values_list("pk", "speaker")
        }
        answers = Suggestion.objects.quotes().filter(quote__in=before)
        for pk, quote, answer in answers.values_list("pk", "quote", "answer"):
            before[quote or 0]["answers"][str(pk)] = answer
        Quote.objects.filter(pk__in=before).update(speaker=speaker, changed_at=Now())
        answers.update(answer=Answer.CORRECTED, answered_by=by, answered_at=Now())
    return before


def give_back_speakers(before: Mapping[int, dict[str, Any]], speaker: Person, *, by: Actor) -> int:
    """Undo `reassign_quotes`. Returns how many quotes are again their former speaker's.

    Left alone: quotes that have another speaker since, that are not the actor's to change, or whose former speaker is
    no longer in the archive.
    """
    require(by, "change_quote")
    with transaction.atomic():
        held = set(_open(Quote.objects.filter(pk__in=before, speaker=speaker), by).values_list("pk", flat=True))
        people = Person.objects.in_bulk({was["speaker"] for was in before.values() if was["speaker"]})
        back = [pk for pk in held if before[pk]["speaker"] is None or before[pk]["speaker"] in people]
        for former in {before[pk]["speaker"] for pk in back}:
            of_former = [pk for pk in back if before[pk]["speaker"] == former]
            Quote.objects.filter(pk__in=of_former).update(speaker=former, changed_at=Now())
        answers = {int(one): answer for pk in back for one, answer in before[pk]["answers"].items()}
        for answer in set(answers.values()):
            given = [one for one, was in answers.items() if was == answer]
            corrected = Suggestion.objects.filter(pk__in=given, quote__in=back, answer=Answer.CORRECTED)
            corrected.update(answer=answer)
    return len(back)


def split_quote(quote: Quote, *, at: int, by: Actor) -> Quote:
    """Make a quote of its own of what stands from this place in the body on; same speaker, same topics. Returns it.

    Raises ReviewError where there are no words on one side of the place.
    """
    require(by, "add_quote")
    with _held(quote, "change_quote", by) as held:
        body = held.article.body
        held.spans, behind = parted(held.spans, at, body)
        held.words = words_at(body, held.spans)
        held.save()
        second = Quote.objects.create(
            article=held.article,
            spans=behind,
            words=words_at(body, behind),
            speaker=held.speaker,
            speaker_mention=held.speaker_mention,
            role=held.role,
            partial=held.partial,
            created_by=by,
        )
        for topic in _filed_under(held):
            file_under(topic, quotes=[second], by=by)
        _answer(held, Answer.CORRECTED, by)
        return second


def join_quotes(quote: Quote, other: Quote, *, by: Actor) -> Quote:
    """Make one utterance of two quotes of a story: the first takes over the words and topics of the other, which goes.

    Raises ReviewError where two people said them, or they share some of their words.
    """
    with _held(quote, "change_quote", by) as held:
        if held.speaker_id and other.speaker_id and held.speaker_id != other.speaker_id:
            raise ReviewError(f"{held.speaker} said the one, {other.speaker} the other: correct a speaker first.")
        held.spans = joined(held.spans, other.spans, held.article.body)
        held.words = words_at(held.article.body, held.spans)
        held.speaker, held.role = held.speaker or other.speaker, held.role or other.role
        held.save()
        for topic in _filed_under(other):
            file_under(topic, quotes=[held], by=by)
        Suggestion.objects.quotes().filter(quote=other).update(quote=held)
        _answer(held, Answer.CORRECTED, by)
        remove_quote(other, by=by)
        return held


def join_suggestion(quote: Quote, suggestion: Suggestion, *, by: Actor) -> Quote:
    """Make a proposed quote part of a quote of the story: one utterance, said by whom the quote says.

    Raises ReviewError where the proposal is answered already, or they share some of their words.
    """
    require(by, "answer_suggestion")
    with _held(quote, "change_quote", by) as held:
        waiting = Suggestion.objects.pending().quotes().select_for_update(of=("self",))
        proposed = waiting.filter(pk=suggestion.pk, article=held.article).first()
        if proposed is None:
            raise ReviewError("It is answered already: nothing was changed.")
        spans = joined(held.spans, proposed.proposal.get("spans") or [], held.article.body)
        proposed.quote = correct_quote(held, spans=spans, by=by)
        answered(proposed, Answer.CORRECTED, by)
        return proposed.quote


def remove_quote(quote: Quote, *, by: Actor) -> None:
    """Take a quote out of its story, and out of its topics. The proposal it came of counts as declined."""
    with _held(quote, "delete_quote", by) as held:
        _answer(held, Answer.DECLINED, by)
        held.delete()


@contextmanager
def _held(quote: Quote, permission: str, by: Actor) -> Iterator[Quote]:
    """The quote as it stands now, its article locked before it. Raises ReviewError where it is gone."""
    require(by, permission)
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=quote.article_id)
        require_edit(by, article)
        held = Quote.objects.select_for_update(of=("self",)).select_related("speaker").filter(pk=quote.pk).first()
        if held is None:
            raise ReviewError("This quote is no longer there: nothing was changed.")
        held.article = article
        yield held


def _open(quotes: "QuerySet[Quote]", by: Actor) -> "QuerySet[Quote]":
    """Those of these quotes that the actor may change, locked with their articles."""
    articles = Article.objects.filter(pk__in=quotes.order_by().values("article"), status__in=editable_statuses(by))
    locked = list(articles.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    chosen = Quote.objects.filter(pk__in=quotes.order_by().values("pk"), article__in=locked)
    return chosen.order_by("pk").select_for_update(of=("self",))


def _answer(quote: Quote, answer: Answer, by: Actor) -> None:
    """Let the answer to the proposal that a quote came of say what became of it."""
    for suggestion in Suggestion.objects.quotes().filter(quote=quote):
        answered(suggestion, answer, by)


def _filed_under(quote: Quote) -> list[Topic]:
    return list(Topic.objects.current().filter(taggings__quote=quote, taggings__implied=False))
