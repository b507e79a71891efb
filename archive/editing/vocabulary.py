"""The vocabulary as a whole: topics renamed and moved in the tree; and what its other changes share.

Each change is recorded with all that it takes to undo it: `archive.editing.vocabulary_undo`. Merging and splitting,
which move what is filed, are in `archive.editing.merging` and `archive.editing.splitting`.
"""

from collections.abc import Iterable

from django.db import IntegrityError, connection, transaction

from archive.editing.rights import Actor, require
from archive.models import FormerSlug, Topic, TopicBroader, VocabularyChange
from archive.models.address import free_slug


class VocabularyError(Exception):
    """The vocabulary cannot be changed so. The message is for people."""


def rename_topic(topic: Topic, name: str, *, by: Actor) -> VocabularyChange:
    """Give a topic another preferred name. The one it had becomes an alternative name; its old address redirects.

    Raises VocabularyError where the name is empty, its own, or another topic's.
    """
    require(by, "change_topic")
    name = " ".join(name.split())
    with transaction.atomic():
        held = locked(topic)[0]
        if not name or name == held.name:
            raise VocabularyError("Give the topic another name than it has.")
        if other := Topic.objects.filter(name__iexact=name).exclude(pk=held.pk).first():
            raise VocabularyError(f"“{other}” has that name already: merge the two, or choose another.")
        taken_up = held.other_names.filter(name=name).first()
        match_case = taken_up.match_case if taken_up else held.match_case
        kept, made = held.other_names.get_or_create(name=held.name, defaults={"match_case": held.match_case})
        change = VocabularyChange.objects.create(
            kind=VocabularyChange.Kind.RENAME,
            topic=held,
            made_by=by,
            detail={
                "name": held.name,
                "slug": held.slug,
                "match_case": held.match_case,
                "renamed": name,
                "name_kept": kept.name if made else None,
                "name_taken_up": [taken_up.name, taken_up.match_case] if taken_up else None,
            },
        )
        if taken_up:
            taken_up.delete()
        held.name, held.match_case, held.slug = name, match_case, slug_for(name, held)
        held.save(update_fields=["name", "match_case", "slug"])
    topic.refresh_from_db()
    return change


def move_topic(topic: Topic, *, under: Iterable[Topic], by: Actor) -> VocabularyChange:
    """Put a topic under these, and under no others; under none it stands at the top.

    What is filed below follows by the database. Raises VocabularyError where it would come to lie under itself.
    """
    require(by, "change_topic")
    with transaction.atomic():
        held = locked(topic)[0]
        before = {link.broader_id: link.broader for link in held.broader_links.select_related("broader")}
        wanted = {one.pk: one for one in under}
        if before.keys() == wanted.keys():
            raise VocabularyError(f"“{held}” lies there already.")
        for one in wanted.values():
            if lies_under(one, held):
                raise VocabularyError(f"“{one}” lies under “{held}”: the two would lie under each other.")
        change = VocabularyChange.objects.create(
            kind=VocabularyChange.Kind.MOVE,
            topic=held,
            made_by=by,
            detail={
                "from_ids": sorted(before),
                "from": sorted(one.name for one in before.values()),
                "to_ids": sorted(wanted),
                "to": sorted(one.name for one in wanted.values()),
            },
        )
        set_broader(held, wanted)
    return change


def lies_under(topic: Topic, other: Topic) -> bool:
    """Whether a topic is the other one, or lies under it at any depth."""
    if other.pk is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s = %s OR %s IN (SELECT archive_broader_topics(%s))", [topic.pk, other.pk, other.pk, topic.pk]
        )
        return bool(cursor.fetchone()[0])


def set_broader(topic: Topic, broader_ids: Iterable[int]) -> None:
    """Let a topic lie under these and no others. Raises VocabularyError where that closes a circle."""
    wanted = set(broader_ids)
    there = set(topic.broader_links.values_list("broader_id", flat=True))
    try:
        with transaction.atomic():
            for broader in sorted(wanted - there):
                TopicBroader.objects.create(narrower=topic, broader_id=broader)
    except IntegrityError as error:
        raise VocabularyError(f"The tree has changed meanwhile: {error.__cause__}") from error
    topic.broader_links.exclude(broader__in=wanted).delete()


def locked(*topics: Topic) -> list[Topic]:
    """The topics as they are now, in the order given, kept from other changes until the transaction ends."""
    held = Topic.objects.select_for_update(of=("self",)).in_bulk(sorted(topic.pk for topic in topics))
    for topic in topics:
        if topic.pk not in held:
            raise VocabularyError(f"“{topic}” is no longer there.")
        if held[topic.pk].replaced_by_id is not None:
            raise VocabularyError(f"“{topic}” was merged into another topic already.")
    return [held[topic.pk] for topic in topics]


def slug_for(name: str, topic: Topic) -> str:
    """A free slug for a topic's new name; one that it had before may be its own again."""
    former = FormerSlug.objects.filter(kind=FormerSlug.Kind.TOPIC).exclude(object_id=topic.pk)
    return free_slug(Topic.objects.exclude(pk=topic.pk), name, former=former)
