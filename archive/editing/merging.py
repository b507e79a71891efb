"""Merging one topic into another: items, names and narrower topics move; the old address redirects; nothing is lost."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from archive.editing.moving_items import MOVED_COUNTED, move_items
from archive.editing.rights import Actor, require
from archive.editing.vocabulary import VocabularyError, lies_under, locked, set_broader
from archive.models import Suggestion, Tagging, Topic, TopicBroader, TopicName, TopicRelation, VocabularyChange
from archive.models.bounded import count_up_to


@dataclass(frozen=True)
class MergePreview:
    """What merging a topic into another would move: numbers, and the names the other gains.

    Articles and quotes are counted up to one beyond `MOVED_COUNTED`.
    """

    articles: int
    quotes: int
    narrower: int
    names: tuple[str, ...]

    @property
    def items(self) -> int | None:
        """How many articles and quotes; None where they are too many to be counted first."""
        return None if max(self.articles, self.quotes) > MOVED_COUNTED else self.articles + self.quotes


def merge_preview(topic: Topic, into: Topic) -> MergePreview:
    """Say what `merge_topics` would do; nothing is changed. Raises VocabularyError where it would be refused."""
    _check(topic, into)
    filed = Tagging.objects.filed().filter(topic=topic)
    return MergePreview(
        articles=count_up_to(MOVED_COUNTED, filed.filter(article__isnull=False)),
        quotes=count_up_to(MOVED_COUNTED, filed.filter(quote__isnull=False)),
        narrower=topic.narrower_links.exclude(narrower=into).count(),
        names=tuple(name for name, _ in _new_names(topic, into)),
    )


def merge_topics(topic: Topic, *, into: Topic, by: Actor) -> VocabularyChange:
    """Let a topic be taken up by another, at once. Returns the record, by which it can be undone.

    Everything filed under it is filed under the other; its names become alternative names of the other; what lay under
    it lies under the other; what it was related to, the other is. The topic itself stays, replaced, so that its address
    redirects. Raises VocabularyError where either was merged before, or the other lies deep under the topic.
    `archive.editing.at_length` does the same in the background.
    """
    with transaction.atomic():
        change = begin_merge(topic, into, by=by)
        move_some(change)
        finish_merge(change)
    return change


def begin_merge(topic: Topic, into: Topic, *, by: Actor, job: int | None = None) -> VocabularyChange:
    """Record a merge that is to be done, by a job if need be. Raises what `merge_topics` does."""
    require(by, "change_topic")
    with transaction.atomic():
        topic, into = locked(topic, into)
        _check(topic, into)
        return VocabularyChange.objects.create(
            kind=VocabularyChange.Kind.MERGE,
            topic=topic,
            other=into,
            made_by=by,
            detail={"under_way": True, "job": job},
        )


def move_some(change: VocabularyChange, most: int | None = None) -> int:
    """Move what is filed under the topic, at most so many items, and return how many; 0 where none is left."""
    return move_items(change, change.topic, other_of(change), most=most, leaving=True)


def finish_merge(change: VocabularyChange) -> None:
    """Once nothing is filed under the topic any more: give its names, its place and its proposals to the other."""
    topic, into = locked(change.topic, other_of(change))
    _check(topic, into)
    broader = list(topic.broader_links.values_list("broader_id", flat=True))
    narrower = list(topic.narrower_links.values_list("narrower_id", flat=True))
    detail: dict[str, Any] = {
        "broader": broader,
        "narrower": narrower,
        "narrower_of_other": list(into.narrower_links.values_list("narrower_id", flat=True)),
        "broader_of_other": list(into.broader_links.values_list("broader_id", flat=True)),
        "names": _give_names(topic, into),
        "related": _give_relations(topic, into),
        "replaced": list(Topic.objects.filter(replaced_by=topic).values_list("pk", flat=True)),
    }
    kept = set(detail["broader_of_other"]) - {topic.pk}
    set_broader(into, kept.union(broader) if into.pk in narrower else kept)
    set_broader(topic, ())
    for one in Topic.objects.filter(pk__in=narrower).exclude(pk=into.pk):
        TopicBroader.objects.get_or_create(narrower=one, broader=into)
    topic.narrower_links.all().delete()
    detail["suggestions"] = _give_suggestions(topic, into)
    Topic.objects.filter(replaced_by=topic).update(replaced_by=into)
    topic.replaced_by = into
    topic.save(update_fields=["replaced_by"])
    change.detail = detail
    change.save(update_fields=["detail"])


def other_of(change: VocabularyChange) -> Topic:
    """The other topic of a merge or split."""
    assert change.other is not None  # noqa: S101 (merges and splits are of two)
    return change.other


def _check(topic: Topic, into: Topic) -> None:
    if topic.pk == into.pk:
        raise VocabularyError("A topic cannot be merged into itself.")
    directly_under = TopicBroader.objects.filter(narrower=into, broader=topic).exists()
    others = Topic.objects.filter(broader=topic).exclude(pk=into.pk)
    if any(lies_under(into, other) for other in others) or (lies_under(into, topic) and not directly_under):
        raise VocabularyError(f"“{into}” lies under “{topic}” by way of another topic: move it out of there first.")


def _new_names(topic: Topic, into: Topic) -> list[tuple[str, bool]]:
    """The names of the topic that the other does not have."""
    known = {into.name, *into.other_names.values_list("name", flat=True)}
    names = [(topic.name, topic.match_case), *topic.other_names.values_list("name", "match_case")]
    return [(name, match_case) for name, match_case in names if name not in known]


def _give_names(topic: Topic, into: Topic) -> list[str]:
    names = _new_names(topic, into)
    TopicName.objects.bulk_create(TopicName(topic=into, name=name, match_case=exact) for name, exact in names)
    return [name for name, _ in names]


def _give_relations(topic: Topic, into: Topic) -> list[int]:
    known = {into.pk, *into.related.values_list("pk", flat=True)}
    related = [one for one in topic.related.exclude(pk__in=known) if one.pk != topic.pk]
    into.related.add(*related)
    TopicRelation.objects.filter(from_topic=into, to_topic=topic).delete()
    TopicRelation.objects.filter(from_topic=topic, to_topic=into).delete()
    return [one.pk for one in related]


def _give_suggestions(topic: Topic, into: Topic) -> list[int]:
    """Let what is proposed and not answered be proposed as the other; what both are proposed for, once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE archive_suggestion AS given SET topic_id = %(into)s, key = replace(key, %(old)s, %(new)s)
            WHERE topic_id = %(topic)s AND answer = 'pending' AND NOT EXISTS (
                SELECT FROM archive_suggestion AS held
                WHERE held.article_id = given.article_id AND held.kind = given.kind
                  AND held.key = replace(given.key, %(old)s, %(new)s))
            RETURNING id
            """,
            {"topic": topic.pk, "into": into.pk, "old": f"topic {topic.pk}", "new": f"topic {into.pk}"},
        )
        given = [row[0] for row in cursor.fetchall()]
    Suggestion.objects.pending().filter(topic=topic).delete()
    return given
