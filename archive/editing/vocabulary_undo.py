"""Undoing a change of the vocabulary: what was is put back, as far as nobody changed it since."""

from django.db import transaction

from archive.editing.merging import merge_topics, other_of
from archive.editing.moving_items import imply_anew, move_items_back
from archive.editing.rights import Actor, require
from archive.editing.vocabulary import VocabularyError, set_broader
from archive.models import Job, Suggestion, Topic, TopicBroader, TopicRelation, VocabularyChange


def undo_change(change: VocabularyChange, *, by: Actor) -> None:
    """Undo a change. Addresses that came into being with it redirect as well.

    Raises VocabularyError where it was undone before, or a later change stands in the way.
    """
    require(by, "change_topic")
    with transaction.atomic():
        change = held_to_undo(change)
        _UNDO[VocabularyChange.Kind(change.kind)](change, by)
        change.undone(by)


def held_to_undo(change: VocabularyChange) -> VocabularyChange:
    """A change as it stands, locked. Raises VocabularyError where it is undone, as another may have been quicker."""
    changes = VocabularyChange.objects.select_for_update(of=("self",)).select_related("topic", "other")
    held = changes.get(pk=change.pk)
    if held.undone_at is not None:
        raise VocabularyError("This was undone already.")
    return held


def _undo_rename(change: VocabularyChange, by: Actor) -> None:
    del by
    topic, was = change.topic, change.detail
    if topic.name != was["renamed"]:
        raise VocabularyError(f"It was renamed again meanwhile, to “{topic.name}”: undo that first.")
    if Topic.objects.filter(name__iexact=was["name"]).exclude(pk=topic.pk).exists():
        raise VocabularyError(f"Another topic is called “{was['name']}” by now.")
    if was["name_kept"]:
        topic.other_names.filter(name=was["name_kept"]).delete()
    if was["name_taken_up"]:
        name, match_case = was["name_taken_up"]
        topic.other_names.get_or_create(name=name, defaults={"match_case": match_case})
    topic.name, topic.match_case, topic.slug = was["name"], was["match_case"], was["slug"]
    topic.save(update_fields=["name", "match_case", "slug"])


def _undo_move(change: VocabularyChange, by: Actor) -> None:
    del by
    if set(change.topic.broader_links.values_list("broader_id", flat=True)) != set(change.detail["to_ids"]):
        raise VocabularyError("It was moved again meanwhile: undo that first.")
    set_broader(change.topic, _still_there(change.detail["from_ids"]))


def _undo_merge(change: VocabularyChange, by: Actor) -> None:
    del by
    part_again(change)
    move_items_back(change, change.topic, other_of(change))
    put_back_in_place(change)


def part_again(change: VocabularyChange) -> None:
    """Of a merge that is undone, what comes first: the topic is one of its own again, with its names and relations.

    Raises VocabularyError where the other was merged meanwhile, or the merge is still under way.
    """
    topic, into, was = change.topic, other_of(change), change.detail
    if change.under_way:
        if Job.objects.filter(pk=was["job"], ended_at__isnull=True).exists():
            raise VocabularyError("This is still under way.")
        return
    if topic.replaced_by_id != into.pk:
        raise VocabularyError(f"“{into}” was merged into another topic meanwhile: undo that first.")
    topic.replaced_by = None
    topic.save(update_fields=["replaced_by"])
    Topic.objects.filter(pk__in=was["replaced"], replaced_by=into).update(replaced_by=topic)
    into.other_names.filter(name__in=was["names"]).delete()
    TopicRelation.objects.filter(from_topic=into, to_topic__in=was["related"]).delete()
    TopicRelation.objects.filter(to_topic=into, from_topic__in=was["related"]).delete()
    theirs = set(was["narrower"]) - set(was["narrower_of_other"])
    TopicBroader.objects.filter(broader=into, narrower__in=theirs).delete()


def put_back_in_place(change: VocabularyChange) -> None:
    """Of a merge that is undone, what comes last, once the items are back: the tree, and what is proposed."""
    topic, into, was = change.topic, other_of(change), change.detail
    if change.under_way:
        imply_anew(topic)
        return
    set_broader(topic, _still_there(was["broader"]))
    if into.pk in was["narrower"]:
        set_broader(into, _still_there(was["broader_of_other"]))
    for one in Topic.objects.filter(pk__in=was["narrower"]).exclude(pk=into.pk):
        TopicBroader.objects.get_or_create(narrower=one, broader=topic)
    pending = Suggestion.objects.pending().filter(pk__in=was["suggestions"], topic=into)
    for suggestion in pending.iterator():
        suggestion.topic = topic
        suggestion.key = suggestion.key.replace(f"topic {into.pk}", f"topic {topic.pk}")
        suggestion.save(update_fields=["topic", "key"])


def _undo_split(change: VocabularyChange, by: Actor) -> None:
    """What was split off goes back, with what was filed there since; its address redirects."""
    merge_topics(other_of(change), into=change.topic, by=by)


def _still_there(ids: list[int]) -> list[int]:
    return list(Topic.objects.current().filter(pk__in=ids).values_list("pk", flat=True))


_UNDO = {
    VocabularyChange.Kind.RENAME: _undo_rename,
    VocabularyChange.Kind.MOVE: _undo_move,
    VocabularyChange.Kind.MERGE: _undo_merge,
    VocabularyChange.Kind.SPLIT: _undo_split,
}
