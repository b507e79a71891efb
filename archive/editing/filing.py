"""Filing: articles and quotes under a topic, and out of it again.

Each is one statement, however many items it is for. Broader topics follow by the tagging table's own triggers.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from archive.editing.rights import Actor, editable_statuses, require
from archive.models import Article, Quote, Suggestion, Tagging, Topic

Articles = QuerySet[Article] | Iterable[Article]
Quotes = QuerySet[Quote] | Iterable[Quote]


class FilingError(Exception):
    """Nothing can be filed under this topic. The message is for people."""


@dataclass(frozen=True)
class FilingPreview:
    """What filing these items under a topic, or taking them out, would meet: counts of items."""

    chosen: int
    filed: int
    """Filed under the topic itself, and so what could be taken out."""
    closed: int
    """Not the actor's to change, and so passed over."""

    @property
    def unfiled(self) -> int:
        """Not filed yet, and so what could be filed."""
        return self.chosen - self.filed - self.closed


def file_under(
    topic: Topic, *, articles: Articles = (), quotes: Quotes = (), by: Actor, suggestion: Suggestion | None = None
) -> int:
    """File articles and quotes under a topic. Returns how many were not filed under it before.

    Given a queryset, nothing is loaded. What the actor may not change is passed over; what was there by implication
    of a narrower topic becomes filed. Raises FilingError where another topic took this one's place.
    """
    require(by, "add_tagging")
    if topic.replaced_by is not None:
        raise FilingError(f"“{topic}” was replaced by “{topic.replaced_by}”: file under that.")
    with transaction.atomic():
        return _file(topic, "article_id", _articles(articles, by), by, suggestion) + _file(
            topic, "quote_id", _quotes(quotes, by), by, suggestion
        )


def take_out_of(topic: Topic, *, articles: Articles = (), quotes: Quotes = (), by: Actor) -> int:
    """Take articles and quotes out of a topic. Returns how many were filed there.

    What a narrower topic implies stays; what the actor may not change is passed over.
    """
    require(by, "delete_tagging")
    filed = Tagging.objects.filter(topic=topic, implied=False)
    with transaction.atomic():
        from_articles, _ = filed.filter(article__in=_articles(articles, by)).delete()
        from_quotes, _ = filed.filter(quote__in=_quotes(quotes, by)).delete()
    return from_articles + from_quotes


def file_again(taken_out: Iterable[Tagging], *, by: Actor) -> int:
    """File again what was taken out, as these taggings say that it was: by whom, when, of which proposal.

    Returns how many are filed again. Left alone: what was filed anew meanwhile, what is gone, what is not the actor's
    to change, and topics that another took the place of.
    """
    of_topic = defaultdict(list)
    for tagging in taken_out:
        of_topic[tagging.topic_id].append(tagging)
    again = 0
    for topic in Topic.objects.current().filter(pk__in=of_topic):
        again += _again(topic, of_topic[topic.pk], by)
    return again


def filed_under(
    topics: Iterable[Topic], *, articles: Iterable[int] = (), quotes: Iterable[int] = ()
) -> "QuerySet[Tagging]":
    """What is filed under these topics of the articles and quotes with these ids."""
    of_items = Q(article__in=articles) | Q(quote__in=quotes)
    return Tagging.objects.filed().filter(of_items, topic__in=topics).order_by("pk")


def filing_preview(topic: Topic, *, articles: Articles = (), quotes: Quotes = (), by: Actor) -> FilingPreview:
    """Count what `file_under` and `take_out_of` would do for the same arguments; nothing is changed."""
    chosen = Article.objects.filter(pk__in=_ids(articles)).count() + Quote.objects.filter(pk__in=_ids(quotes)).count()
    open_articles, open_quotes = _articles(articles, by), _quotes(quotes, by)
    filed = Tagging.objects.filed().filter(topic=topic)
    return FilingPreview(
        chosen=chosen,
        filed=filed.filter(Q(article__in=open_articles) | Q(quote__in=open_quotes)).count(),
        closed=chosen - open_articles.count() - open_quotes.count(),
    )


def _again(topic: Topic, taken_out: list[Tagging], by: Actor) -> int:
    articles = {tagging.article_id: tagging for tagging in taken_out if tagging.article_id}
    quotes = {tagging.quote_id: tagging for tagging in taken_out if tagging.quote_id}
    with transaction.atomic():
        there = set(filed_under([topic], articles=articles, quotes=quotes).values_list("pk", flat=True))
        file_under(
            topic, articles=Article.objects.filter(pk__in=articles), quotes=Quote.objects.filter(pk__in=quotes), by=by
        )
        filed = list(filed_under([topic], articles=articles, quotes=quotes).exclude(pk__in=there))
        users = set(
            User.objects.filter(pk__in={one.tagged_by_id for one in taken_out if one.tagged_by_id}).values_list(
                "pk", flat=True
            )
        )
        proposals = {one.suggestion_id for one in taken_out if one.suggestion_id}
        proposals = set(Suggestion.objects.filter(pk__in=proposals).values_list("pk", flat=True))
        for tagging in filed:
            was = articles[tagging.article_id] if tagging.article_id else quotes[tagging.quote_id or 0]
            tagging.tagged_at = was.tagged_at
            tagging.tagged_by_id = was.tagged_by_id if was.tagged_by_id in users else None
            tagging.suggestion_id = was.suggestion_id if was.suggestion_id in proposals else None
        Tagging.objects.bulk_update(filed, ["tagged_at", "tagged_by", "suggestion"])
    return len(filed)


def _articles(chosen: Articles, by: Actor) -> "QuerySet[Any, Any]":
    """The ids of these articles that the actor may change, as a query."""
    return Article.objects.filter(pk__in=_ids(chosen), status__in=editable_statuses(by)).order_by().values("pk")


def _quotes(chosen: Quotes, by: Actor) -> "QuerySet[Any, Any]":
    """The ids of these quotes whose article the actor may change, as a query."""
    statuses = editable_statuses(by)
    return Quote.objects.filter(pk__in=_ids(chosen), article__status__in=statuses).order_by().values("pk")


def _ids(items: "QuerySet[Any, Any] | Iterable[Any]") -> Any:
    return items.order_by().values("pk") if isinstance(items, QuerySet) else [item.pk for item in items]


def _file(topic: Topic, column: str, chosen: "QuerySet[Any, Any]", by: Actor, suggestion: Suggestion | None) -> int:
    try:
        items, params = chosen.query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO archive_tagging (topic_id, {column}, implied, tagged_by_id, tagged_at, suggestion_id, counted)
            SELECT %s, item.id, false, %s, now(), %s, false FROM ({items}) AS item (id)
            ON CONFLICT ({column}, topic_id) DO UPDATE
            SET implied = false, tagged_by_id = EXCLUDED.tagged_by_id, tagged_at = EXCLUDED.tagged_at,
                suggestion_id = EXCLUDED.suggestion_id
            WHERE archive_tagging.implied
            """,  # noqa: S608 (the column is this module's own, the items a compiled query)
            [topic.pk, by.pk if by else None, suggestion.pk if suggestion else None, *params],
        )
        return int(cursor.rowcount)
