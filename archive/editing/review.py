"""Review: an editor accepts, corrects or declines what the software proposes; the answer is kept.

Every answer is given once: a second one, from a double click or a stale page, changes nothing. The article is locked
before the proposal, in the order in which a change of its body takes the same rows.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from archive.editing.filing import FilingError, file_under
from archive.editing.rights import Actor, editable_statuses, require, require_edit
from archive.models import Answer, Article, Person, Quote, Suggestion, SuggestionKind, Topic
from archive.models.quote import words_at
from archive.prose import is_visible
from archive.suggestion.quote_topics import propose_for_quotes, speaking_of, topics_spoken_of
from archive.suggestion.topic_names import current_vocabulary

if TYPE_CHECKING:
    from archive.models.suggestion import SuggestionQuerySet

REFUSALS_TOLD = 20
NAMESAKES_TOLD = 10


class ReviewError(Exception):
    """A proposal cannot be accepted as it is. The message is for people."""


class AmbiguousNameError(ReviewError):
    """Several people have the name; `people` are the first of them, to choose from."""

    def __init__(self, name: str, people: list[Person]) -> None:
        self.name = name
        self.people = people
        super().__init__(f"Several people are called “{name}”: choose one of them.")


@dataclass(frozen=True)
class BulkAnswer:
    """How many proposals were answered, how many were not, and of the first of those why."""

    done: int
    refused: int
    refusals: tuple[str, ...]


def accept_suggestion(suggestion: Suggestion, *, by: Actor, **corrections: Any) -> Suggestion:
    """Make what is proposed: the quote, exactly at its spans, or the filing under the topic. Returns the suggestion.

    A topic that a story is filed under is one of its quotes' too where it is named in their words or beside them,
    whichever of the two is accepted first. Of what else the quote names, topics are proposed for it.

    Corrections of a quote: `speaker` (a Person, chosen) or `name` (found among all names of people, or made), `role`,
    `mention`, `spans` (start and end in code points), `partial`. Of a topic: `topic`. Those that differ from the
    proposal make the answer “corrected”. Raises ReviewError where the words are no longer in the body, where several
    people have the name, or where a correction does not fit; answered proposals are returned as they stand.
    """
    require(by, "answer_suggestion")
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=suggestion.article_id)
        held = Suggestion.objects.select_for_update(of=("self",)).select_related("topic", "quote").get(pk=suggestion.pk)
        if held.answer != Answer.PENDING:
            return held
        require_edit(by, article)
        if held.kind == SuggestionKind.QUOTE:
            corrected = _accept_quote(held, article, by, corrections)
        else:
            corrected = _accept_topic(held, article, by, corrections)
        return answered(held, Answer.CORRECTED if corrected else Answer.ACCEPTED, by)


def decline_suggestion(suggestion: Suggestion, *, by: Actor) -> Suggestion:
    """Say no to a proposal; it is not proposed again. One that is answered already is returned as it stands."""
    require(by, "answer_suggestion")
    with transaction.atomic():
        held = Suggestion.objects.select_for_update(of=("self",)).select_related("article").get(pk=suggestion.pk)
        if held.answer != Answer.PENDING:
            return held
        require_edit(by, held.article)
        return answered(held, Answer.DECLINED, by)


def accept_suggestions(suggestions: "SuggestionQuerySet", *, by: Actor) -> BulkAnswer:
    """Accept all that are pending among these, each for itself; what cannot be accepted stays pending and is told."""
    require(by, "answer_suggestion")
    done, refusals = 0, []
    pending = suggestions.pending().order_by("article_id", "id")
    for suggestion in pending.iterator(chunk_size=500):
        try:
            accept_suggestion(suggestion, by=by)
        except (ReviewError, FilingError, PermissionDenied) as error:
            refusals.append(f"{suggestion}: {error}")
        else:
            done += 1
    return BulkAnswer(done, len(refusals), tuple(refusals[:REFUSALS_TOLD]))


def decline_suggestions(suggestions: "SuggestionQuerySet", *, by: Actor) -> BulkAnswer:
    """Decline all that are pending among these, in one statement; those of articles closed to the actor stay."""
    require(by, "answer_suggestion")
    pending = Suggestion.objects.pending().filter(pk__in=suggestions.order_by().values("pk"))
    asked = pending.count()
    done = pending.filter(article__status__in=editable_statuses(by)).update(
        answer=Answer.DECLINED, answered_by=by, answered_at=Now()
    )
    return BulkAnswer(done, asked - done, ("Their articles are not yours to change.",) if done < asked else ())


def person_called(name: str, *, by: Actor) -> Person:
    """The one person who has this name among theirs, or a new one.

    Raises ReviewError where several have it, or where there is nothing in it to read. Two editors who accept the same
    new speaker at once make one person.
    """
    name = " ".join(name.split())
    if not is_visible(name):
        raise ReviewError("There is nothing to read in the speaker's name: type it anew.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('archive: person ' || lower(%s)))", [name])
        people = list(Person.objects.called(name)[:NAMESAKES_TOLD])
        if len(people) > 1:
            raise AmbiguousNameError(name, people)
        if people:
            return people[0]
        require(by, "add_person")
        return Person.objects.create(name=name)


def _accept_quote(suggestion: Suggestion, article: Article, by: Actor, corrections: dict[str, Any]) -> bool:
    """Make the quote and bind it to its proposal. Whether anything was corrected."""
    proposed = {"name": "", "role": "", "mention": "", "partial": False, "spans": []} | suggestion.proposal
    chosen: Person | None = corrections.pop("speaker", None)
    if unknown := corrections.keys() - {"name", "role", "mention", "partial", "spans"}:
        raise TypeError(f"a proposed quote has no {', '.join(sorted(unknown))} to correct")
    given = proposed | corrections
    spans = [list(span) for span in given["spans"]]
    check_spans(article.body, spans, None if "spans" in corrections else proposed.get("words"))
    name = given["name"].strip()
    speaker = chosen or (person_called(name, by=by) if name else None)
    mention_kept = given["mention"] == proposed["mention"]
    # Somebody may have marked the same words by hand meanwhile: they stay one quote, as that person made it.
    suggestion.quote = Quote.objects.filter(article=article, spans=spans).first() or Quote.objects.create(
        article=article,
        spans=spans,
        words=words_at(article.body, spans),
        speaker=speaker,
        speaker_mention=given["mention"],
        mention_start=proposed.get("mention_start") if mention_kept else None,
        mention_end=proposed.get("mention_end") if mention_kept else None,
        role=given["role"],
        partial=given["partial"],
        created_by=by,
    )
    vocabulary = current_vocabulary()
    of_story = Topic.objects.current().filter(taggings__article=article, taggings__implied=False)
    for topic in of_story.filter(pk__in=topics_spoken_of(suggestion.quote, vocabulary)):
        file_under(topic, quotes=[suggestion.quote], by=by, suggestion=suggestion)
    propose_for_quotes([suggestion.quote], vocabulary)
    another_speaker = (chosen is not None or name != proposed["name"].strip()) and not _is(speaker, proposed["name"])
    return another_speaker or any(given[key] != proposed[key] for key in ("role", "mention", "partial", "spans"))


def _is(speaker: Person | None, name: str) -> bool:
    """Whether the proposed name is one of this speaker's; no name, and nobody, are the same."""
    if speaker is None:
        return not name.strip()
    return Person.objects.called(" ".join(name.split())).filter(pk=speaker.pk).exists()


def check_spans(body: str, spans: list[list[int]], words: str | None = None) -> None:
    """Raise ReviewError where spans are none, out of order, outside the body, or not these words."""
    if not spans:
        raise ReviewError(f"The words “{(words or '')[:80]}” are no longer in the body.")
    reached = 0
    for start, end in spans:
        if not reached <= start < end <= len(body):
            raise ReviewError(f"No words from {start} to {end}: parts stand in order within {len(body)} characters.")
        reached = end
    if words is not None and words_at(body, spans) != words:
        raise ReviewError(f"The words “{words[:80]}” no longer stand where they were proposed.")


def _accept_topic(suggestion: Suggestion, article: Article, by: Actor, corrections: dict[str, Any]) -> bool:
    """File the article, or the quote the topic is proposed for. Whether another topic was chosen."""
    topic: Topic | None = corrections.pop("topic", None) or suggestion.topic
    assert topic is not None  # noqa: S101 (a constraint says so)
    if corrections:
        raise TypeError(f"a proposed topic has no {', '.join(sorted(corrections))} to correct")
    if suggestion.quote is not None:
        file_under(topic, quotes=[suggestion.quote], by=by, suggestion=suggestion)
    else:
        speaking_of_it = speaking_of(topic, list(article.quotes.all()))
        file_under(topic, articles=[article], quotes=speaking_of_it, by=by, suggestion=suggestion)
        asked_for_them = Suggestion.objects.pending().topics().filter(quote__in=speaking_of_it, topic=topic)
        asked_for_them.update(answer=Answer.ACCEPTED, answered_by=by, answered_at=Now())
    return topic != suggestion.topic


def answered(suggestion: Suggestion, answer: Answer, by: Actor) -> Suggestion:
    """Write an answer down; for the deeds of this package, which hold the proposal and have asked for the right."""
    suggestion.answer = answer
    suggestion.answered_by = by
    suggestion.answered_at = timezone.now()
    suggestion.save(update_fields=["answer", "answered_by", "answered_at", "quote"])
    return suggestion
