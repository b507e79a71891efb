"""Filings that came and went: of one article or quote as changes among its others, of a topic in lines of their own.

What is filed now stands in the table of filings, what was taken out in its history, with who filed it and when. What
stands under a topic by implication alone is left out: it follows from what is told here.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.text import Truncator

from archive.admin.history import SHOWN, Change, FieldChange, who_was_at_work
from archive.models import Article, Quote, Tagging, Topic

NAMED = 8  # items of one line


@dataclass(frozen=True)
class Move:
    """One item that came or went: when, by whom, what happened, and the ids of the article or the quote."""

    when: datetime
    who: str
    said: str
    article: int | None
    quote: int | None


@dataclass(frozen=True)
class Moves:
    """What one colleague did in a day to one or many items of a topic: said in a word, with the first items by name.

    The items are names and addresses; "" where one is gone.
    """

    when: datetime
    who: str
    said: str
    count: int
    items: tuple[tuple[str, str], ...]

    @property
    def more(self) -> int:
        """How many items are not named."""
        return self.count - len(self.items)


def filings_of(item: Article | Quote) -> Iterator[Change]:
    """The filings of an article or quote by people, and what was taken out of topics, the latest hundred of each.

    What was filed with a proposal is told by the proposal's answer, and here only when it goes.
    """
    of_item = {str(item._meta.model_name): item}
    filed = Tagging.objects.filed().filter(suggestion__isnull=True, **of_item).select_related("topic", "tagged_by")
    for one in filed.order_by("-tagged_at")[:SHOWN]:
        yield Change(one.tagged_at, str(one.tagged_by or ""), (FieldChange("filed under", "", str(one.topic)),))
    gone = _history().filter(pgh_label="delete", implied=False, **{f"{name}_id": it.pk for name, it in of_item.items()})
    events = list(gone.select_related("pgh_context").order_by("-pgh_id")[:SHOWN])
    who, filers = who_was_at_work(events), _names({one.tagged_by_id for one in events})
    topics = _topics_called({one.topic_id for one in events})
    for event in events:
        called = topics[event.topic_id]
        yield Change(event.pgh_created_at, who[event.pgh_id], (FieldChange("filed under", called, ""),))
        if event.suggestion_id is None:
            made = (FieldChange("filed under", "", called),)
            yield Change(event.tagged_at, filers.get(event.tagged_by_id, ""), made)


def filings_under(topic: Topic) -> list[Moves]:
    """What was filed under a topic, and what was taken out or moved elsewhere: the latest hundred of each, in lines.

    Ten queries at most, by an index each, however much is filed there.
    """
    moves = sorted([*_filed(topic), *_gone(topic)], key=lambda move: move.when, reverse=True)[:SHOWN]
    named = _named(moves)
    lines = []
    for (_, who, said), run in groupby(moves, key=_deed):
        same = list(run)
        items = tuple(named.get((one.article, one.quote), ("one that is gone", "")) for one in same[:NAMED])
        lines.append(Moves(same[0].when, who, said, len(same), items))
    return lines


def _deed(move: Move) -> tuple[date, str, str]:
    return move.when.date(), move.who, move.said


def _filed(topic: Topic) -> list[Move]:
    filed = Tagging.objects.filed().filter(topic=topic).order_by("-tagged_at")[:SHOWN]
    rows = list(filed.values_list("tagged_at", "tagged_by", "article", "quote"))
    names = _names({by for _, by, _, _ in rows})
    return [Move(when, names.get(by, ""), "Filed here", article, quote) for when, by, article, quote in rows]


def _gone(topic: Topic) -> Iterator[Move]:
    """What was filed here and went, with its coming."""
    events = list(
        _history()
        .filter(topic_id=topic.pk, implied=False, pgh_label__in=["delete", "update"])
        .select_related("pgh_context")
        .order_by("-pgh_id")[:SHOWN]
    )
    moved = _moved_on(topic, [one.pgh_obj_id for one in events if one.pgh_label == "update"])
    who, filers = who_was_at_work(events), _names({one.tagged_by_id for one in events})
    for event in events:
        if event.pgh_label == "update" and event.pgh_id not in moved:
            continue  # it was changed where it stands, or stands here again
        said = "Taken out" if event.pgh_label == "delete" else f"Moved to “{moved[event.pgh_id]}”"
        yield Move(event.pgh_created_at, who[event.pgh_id], said, event.article_id, event.quote_id)
        came = filers.get(event.tagged_by_id, "")
        yield Move(event.tagged_at, came, "Filed here, and gone since", event.article_id, event.quote_id)


def _moved_on(topic: Topic, filings: Sequence[int]) -> dict[int, str]:
    """By event, what the topic is called that a filing went to next; of those of these filings that are away."""
    then = dict(Tagging.objects.filter(pk__in=filings).values_list("pk", "topic"))
    away = [pk for pk in filings if then.get(pk) != topic.pk]
    went = {}
    events = _history().filter(pgh_obj_id__in=away).order_by("-pgh_id")
    for event, filing, stood in events.values_list("pgh_id", "pgh_obj_id", "topic_id"):
        if stood == topic.pk and then.get(filing, stood) != stood:
            went[event] = then[filing]
        then[filing] = stood
    called = _topics_called(set(went.values()))
    return {event: called[pk] for event, pk in went.items()}


def _named(moves: Sequence[Move]) -> dict[tuple[int | None, int | None], tuple[str, str]]:
    """What the items are called, and where they are changed."""
    named: dict[tuple[int | None, int | None], tuple[str, str]] = {}
    articles = Article.objects.filter(pk__in={move.article for move in moves if move.article})
    for pk, headline in articles.values_list("pk", "headline"):
        named[pk, None] = (headline, reverse("admin:archive_article_change", args=[pk]))
    quotes = Quote.objects.filter(pk__in={move.quote for move in moves if move.quote})
    for pk, words in quotes.values_list("pk", "words"):
        named[None, pk] = (f"“{Truncator(words).words(12)}”", reverse("admin:archive_quote_change", args=[pk]))
    return named


def _names(users: Iterable[int | None]) -> dict[int | None, str]:
    return {pk: str(user) for pk, user in User.objects.in_bulk({pk for pk in users if pk}).items()}


def _topics_called(topics: Collection[int]) -> dict[int, str]:
    """The names of topics, by their ids; of those too that were deleted since."""
    there = Topic.objects.in_bulk(topics)
    return {pk: str(there.get(pk, "a topic that is gone")) for pk in topics}


def _history() -> Any:
    return Tagging.events.rel.related_model._default_manager  # type: ignore[attr-defined]
