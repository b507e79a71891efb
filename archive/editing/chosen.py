"""Deeds done to all that is chosen in a list: filed, taken out, submitted, published, withdrawn, given another speaker.

Each is a job, which goes through the chosen ids some at a time, by the rules of `filing`, `publication` and `quoting`,
and keeps what each item was, so that it can be undone. What the rules refuse is left, and told. An undoing leaves alone
what was changed since.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.dateparse import parse_datetime

from archive.editing.filing import FilingError, file_again, file_under, filed_under, take_out_of
from archive.editing.publication import (
    REFUSALS_TOLD,
    BulkOutcome,
    publish_articles,
    standings,
    step_back,
    submit_articles,
    withdraw_articles,
)
from archive.editing.quoting import give_back_speakers, reassign_quotes
from archive.editing.rights import editable_statuses
from archive.jobs import JobError, background
from archive.models import Article, Job, JobItem, Person, Quote, Tagging, Topic

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_MOST = 1_000_000
_CHUNK = 200
_LEFT = "left"  # the type of the items that say how many of a chunk were left as they are, and why

Ids = list[int]


def _undo_filing(job: Job, undone: Job) -> str:
    return _undo(job, undone, _taken_out_again)


def _undo_taking_out(job: Job, undone: Job) -> str:
    def filed_again(items: list[JobItem], by: User | None) -> int:
        was = [Tagging(pk=item.object_id, **item.before | _moment(item.before)) for item in items]
        return file_again(was, by=by)

    return _undo(job, undone, filed_again)


def _undo_step(job: Job, undone: Job) -> str:
    def stepped_back(items: list[JobItem], by: User | None) -> int:
        steps = {item.object_id: (item.before["before"], item.before["after"]) for item in items}
        return step_back(steps, by=by)

    return _undo(job, undone, stepped_back)


def _undo_reassigning(job: Job, undone: Job) -> str:
    speaker = _person(undone.arguments["speaker"])

    def given_back(items: list[JobItem], by: User | None) -> int:
        return give_back_speakers({item.object_id: item.before for item in items}, speaker, by=by)

    return _undo(job, undone, given_back)


@background(needs="add_tagging", undo=_undo_filing)
def file_chosen(job: Job, *, chosen: Ids, topics: Ids, of: str = "article") -> str:
    """File the articles, or quotes, with these ids under these topics."""
    named = _topics(topics)

    def do(chunk: Ids) -> None:
        before = set(_filings(named, of, chunk).values_list("pk", flat=True))
        for topic in named:
            try:
                file_under(topic, by=job.asked_by, **_items(of, chunk))
            except FilingError as error:
                raise JobError(str(error)) from error
        made = _filings(named, of, chunk).exclude(pk__in=before)
        job.keep("tagging", {tagging.pk: _as_kept(tagging) for tagging in made})
        _leave_closed(job, of, chunk)

    return _each(job, chosen, do, f"Filed under {_in_words(named)}")


@background(needs="delete_tagging", undo=_undo_taking_out)
def take_out_chosen(job: Job, *, chosen: Ids, topics: Ids, of: str = "article") -> str:
    """Take the articles, or quotes, with these ids out of these topics."""
    named = _topics(topics)

    def do(chunk: Ids) -> None:
        before = {tagging.pk: _as_kept(tagging) for tagging in _filings(named, of, chunk)}
        for topic in named:
            take_out_of(topic, by=job.asked_by, **_items(of, chunk))
        there = set(_filings(named, of, chunk).values_list("pk", flat=True))
        job.keep("tagging", {pk: was for pk, was in before.items() if pk not in there})
        _leave_closed(job, of, chunk)

    return _each(job, chosen, do, f"Taken out of {_in_words(named)}")


@background(needs="change_article", undo=_undo_step)
def submit_chosen(job: Job, *, chosen: Ids) -> str:
    """Put the drafts among the articles with these ids before the editors."""
    return _each(job, chosen, _step(job, lambda articles: submit_articles(articles, by=job.asked_by)), "In review now")


@background(needs="publish_article", undo=_undo_step)
def publish_chosen(job: Job, *, chosen: Ids) -> str:
    """Publish those of the articles with these ids that lack nothing."""
    return _each(job, chosen, _step(job, lambda articles: publish_articles(articles, by=job.asked_by)), "Published")


@background(needs="withdraw_article", undo=_undo_step)
def withdraw_chosen(job: Job, *, chosen: Ids, reason: str) -> str:
    """Withdraw the published ones among the articles with these ids; readers are shown the reason."""
    if not reason.strip():
        raise JobError("A withdrawal needs a reason, which readers are shown.")

    def withdraw(articles: "QuerySet[Article]") -> BulkOutcome:
        return withdraw_articles(articles, by=job.asked_by, reason=reason)

    return _each(job, chosen, _step(job, withdraw), "Withdrawn")


@background(needs="change_quote", undo=_undo_reassigning)
def reassign_chosen(job: Job, *, chosen: Ids, speaker: int) -> str:
    """Say of the quotes with these ids that this person said them."""
    person = _person(speaker)

    def do(chunk: Ids) -> None:
        job.keep("quote", reassign_quotes(Quote.objects.filter(pk__in=chunk), person, by=job.asked_by))
        _leave_closed(job, "quote", chunk)

    return _each(job, chosen, do, f"Said by {person} now")


def _each(job: Job, chosen: Ids, do: Callable[[Ids], None], said: str) -> str:
    """Do it to the chosen ids, which ascend, a chunk in each transaction, from where the job stands on."""
    for begin in range(bisect_right(chosen, job.reached), len(chosen), _CHUNK):
        chunk = chosen[begin : begin + _CHUNK]
        with transaction.atomic():
            do(chunk)
            job.advance(begin + len(chunk), reached=chunk[-1])
    done = job.items.exclude(object_type=_LEFT).count()
    return f"{said}: {done:,}.{_told_of_left(job)}"


def _undo(job: Job, undone: Job, put_back: Callable[[list[JobItem], User | None], int]) -> str:
    undone.items.filter(object_type=_LEFT).delete()
    job.advance(job.done, job.done + undone.items.count())
    for items in undone.chunks_to_undo():
        with transaction.atomic():
            back = put_back(items, job.asked_by)
            why = ["they were changed since, have been read for more than a day, or are not yours to change"]
            _leave(job, items[0].object_id, len(items) - back, why)
            undone.items.filter(pk__in=[item.pk for item in items]).delete()
            job.advance(job.done + len(items))
    return f"Put back as they were: {job.done - _number_left(job):,}.{_told_of_left(job)}"


def _step(job: Job, take: Callable[["QuerySet[Article]"], BulkOutcome]) -> Callable[[Ids], None]:
    """A step of publication for a chunk of ids, which keeps where each article stood."""

    def do(chunk: Ids) -> None:
        articles = Article.objects.filter(pk__in=chunk)
        list(articles.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
        before = standings(articles)
        outcome = take(articles)
        after = standings(articles)
        moved = {pk: {"before": was, "after": after[pk]} for pk, was in before.items() if after[pk] != was}
        job.keep("article", moved)
        _leave(job, chunk[0], outcome.refused, [str(refusal).removesuffix(".") for refusal in outcome.refusals])

    return do


def _leave(job: Job, key: int, number: int, why: list[str]) -> None:
    if number:
        job.keep(_LEFT, {key: {"number": number, "why": why}})


def _leave_closed(job: Job, of: str, chunk: Ids) -> None:
    """Keep how many of these articles, or quotes, are not to be changed by whoever asked for the job."""
    articles = Article.objects.exclude(status__in=editable_statuses(job.asked_by)).order_by()
    closed = Quote.objects.filter(article__in=articles) if of == "quote" else articles
    _leave(job, chunk[0], closed.filter(pk__in=chunk).count(), ["they are not yours to change"])


def _number_left(job: Job) -> int:
    return sum(was["number"] for was in job.items.filter(object_type=_LEFT).values_list("before", flat=True))


def _told_of_left(job: Job) -> str:
    left = job.items.filter(object_type=_LEFT).order_by("object_id").values_list("before", flat=True)
    why = dict.fromkeys(reason for was in left for reason in was["why"])
    if not why:
        return ""
    told = " ".join(f"{reason[:1].upper()}{reason[1:]}." for reason in list(why)[:REFUSALS_TOLD])
    return f" Left as they are: {_number_left(job):,}. {told}"


def _taken_out_again(items: list[JobItem], by: User | None) -> int:
    """Take out what a job filed, where it stands as the job filed it."""
    made = {item.object_id: item.before | _moment(item.before) for item in items}
    back = 0
    for topic in Topic.objects.filter(taggings__in=made).distinct():
        filed = Tagging.objects.filed().filter(pk__in=made, topic=topic)
        same = [one for one in filed if all(getattr(one, name) == was for name, was in made[one.pk].items())]
        articles = Article.objects.filter(pk__in=[one.article_id for one in same if one.article_id])
        quotes = Quote.objects.filter(pk__in=[one.quote_id for one in same if one.quote_id])
        back += take_out_of(topic, articles=articles, quotes=quotes, by=by)
    return back


def _as_kept(tagging: Tagging) -> dict[str, Any]:
    columns = ("topic_id", "article_id", "quote_id", "tagged_by_id", "suggestion_id")
    return {name: getattr(tagging, name) for name in columns} | {"tagged_at": tagging.tagged_at.isoformat()}


def _moment(kept: dict[str, Any]) -> dict[str, Any]:
    return {"tagged_at": parse_datetime(kept["tagged_at"])}


def _items(of: str, chunk: Ids) -> dict[str, Any]:
    """The argument of the functions of `filing`."""
    if of == "quote":
        return {"quotes": Quote.objects.filter(pk__in=chunk)}
    return {"articles": Article.objects.filter(pk__in=chunk)}


def _filings(topics: Iterable[Topic], of: str, chunk: Ids) -> "QuerySet[Tagging]":
    return filed_under(topics, **{f"{of}s": chunk})


def _topics(pks: Ids) -> list[Topic]:
    found = list(Topic.objects.filter(pk__in=pks))
    if not found or len(found) < len(set(pks)):
        raise JobError("A topic that was chosen is no longer there.")
    return found


def _person(pk: int) -> Person:
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise JobError("The speaker that was chosen is no longer there.")
    return person


def _in_words(topics: list[Topic]) -> str:
    return ", ".join(f"“{topic}”" for topic in topics)
