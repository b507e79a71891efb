"""Moving what is filed from one topic to another: a few statements, however many items, with a record to move it back.

What broader topics imply is derived anew in the same statements, not row by row as the triggers would.
"""

from typing import Any

import pgtrigger
from django.db import connection

from archive.models import Topic, VocabularyChange

# What is to move is counted up to here before it is asked whether it should; more is “1,000+”.
MOVED_COUNTED = 1_000

_REMEMBER = """
    INSERT INTO archive_moveditem (change_id, article_id, quote_id, tagged_by_id, tagged_at, suggestion_id,
                                   there_already)
    SELECT {change}, filed.article_id, filed.quote_id, filed.tagged_by_id, filed.tagged_at, filed.suggestion_id,
           EXISTS (SELECT FROM archive_tagging AS other
                   WHERE other.topic_id = {target} AND NOT other.implied
                     AND (other.article_id = filed.article_id OR other.quote_id = filed.quote_id))
    FROM archive_tagging AS filed
    WHERE filed.topic_id = {topic} AND NOT filed.implied
"""

# A row that stands under the target by implication gives way to the one that was filed.
_GIVE_WAY = """
    DELETE FROM archive_tagging AS implied USING archive_moveditem AS item
    WHERE {these} AND implied.topic_id = {target} AND implied.implied
      AND implied.{column} = item.{column}
"""

_MOVE = """
    UPDATE archive_tagging AS filed SET topic_id = {target} FROM archive_moveditem AS item
    WHERE {these} AND NOT item.there_already
      AND filed.topic_id = {topic} AND NOT filed.implied AND filed.{column} = item.{column}
"""

_LEAVE = """
    DELETE FROM archive_tagging AS filed USING archive_moveditem AS item
    WHERE {these} AND item.there_already
      AND filed.topic_id = {topic} AND NOT filed.implied AND filed.{column} = item.{column}
"""

_IMPLY = """
    INSERT INTO archive_tagging (topic_id, {column}, implied, tagged_at, counted)
    SELECT above.id, item.{column}, true, now(), false
    FROM archive_moveditem AS item CROSS JOIN archive_broader_topics({target}) AS above (id)
    WHERE {these} AND item.{column} IS NOT NULL
    ON CONFLICT DO NOTHING
"""

_PUT_BACK = """
    UPDATE archive_tagging AS filed SET topic_id = {topic} FROM archive_moveditem AS item
    WHERE {these} AND NOT item.there_already
      AND filed.topic_id = {target} AND NOT filed.implied AND filed.{column} = item.{column}
      AND NOT EXISTS (SELECT FROM archive_tagging AS held
                      WHERE held.topic_id = {topic} AND held.{column} = item.{column})
"""

_FILE_AGAIN = """
    INSERT INTO archive_tagging (topic_id, {column}, implied, tagged_by_id, tagged_at, suggestion_id, counted)
    SELECT {topic}, item.{column}, false, item.tagged_by_id, item.tagged_at, item.suggestion_id, false
    FROM archive_moveditem AS item
    WHERE {these} AND item.there_already AND item.{column} IS NOT NULL
    ON CONFLICT ({column}, topic_id) DO UPDATE SET implied = false
"""

# What stands under the target, and above it, only because these items were there.
_IMPLY_NO_LONGER = """
    DELETE FROM archive_tagging AS gone USING archive_moveditem AS item
    WHERE {these} AND gone.topic_id = {upper} AND gone.implied AND gone.{column} = item.{column}
      AND NOT EXISTS (
          SELECT FROM archive_tagging AS filed
          WHERE filed.{column} = item.{column} AND NOT filed.implied
            AND filed.topic_id = ANY (ARRAY(SELECT archive_narrower_topics({upper}))))
"""

# What gave way to these items, and is implied again.
_IMPLY_AGAIN = """
    INSERT INTO archive_tagging (topic_id, {column}, implied, tagged_at, counted)
    SELECT {target}, item.{column}, true, now(), false
    FROM archive_moveditem AS item
    WHERE {these} AND EXISTS (
        SELECT FROM archive_tagging AS filed
        WHERE filed.{column} = item.{column} AND NOT filed.implied
          AND filed.topic_id = ANY (ARRAY(SELECT archive_narrower_topics({target}))))
    ON CONFLICT DO NOTHING
"""

_TRIGGERS = ("archive.Tagging:imply_no_longer", "archive.Tagging:imply_broader_topics")


def move_items(
    change: VocabularyChange,
    topic: Topic,
    target: Topic,
    chosen: tuple[str, list[Any]] | None = None,
    *,
    most: int | None = None,
    leaving: bool = False,
) -> int:
    """Take what is filed under a topic to another. Returns how many items, and keeps of each how it was filed.

    `chosen` narrows it: SQL with its parameters, true of a row `filed` of the tagging table; `most` is how many to take
    at once: called again, it takes further ones. What the topic's own broader topics hold by implication is settled
    where the items are `leaving` them, and else stays for the caller.
    """
    condition, given = chosen or ("true", [])
    remember = f"{_REMEMBER.format(**_ids(change, topic, target))} AND ({condition}) LIMIT {most or 'ALL'}"
    with connection.cursor() as cursor, pgtrigger.ignore(*_TRIGGERS):
        noted = f"WITH noted AS ({remember} RETURNING id) SELECT count(*), min(id) FROM noted"  # noqa: S608 (our own)
        cursor.execute(noted, given)
        moved, first = cursor.fetchone()
        if not moved:
            return 0
        ids = _ids(change, topic, target, first=first)
        for column in ("article_id", "quote_id"):
            for statement in (_GIVE_WAY, _MOVE, _LEAVE, _IMPLY):
                cursor.execute(statement.format(column=column, **ids))
            for upper in _broader(topic) if leaving else ():
                cursor.execute(_IMPLY_NO_LONGER.format(column=column, upper=upper, **ids))
    change.items += moved
    change.save(update_fields=["items"])
    return int(moved)


def move_items_back(
    change: VocabularyChange, topic: Topic, target: Topic, *, first: int = 0, last: int | None = None
) -> None:
    """File what a change moved as it was filed before, where it still is where it was moved to.

    `first` and `last` are the ids of the first and last of the moved items to see to; without them, all are. What the
    topic's own broader topics come to hold by that is for the caller, who puts the topic under them again.
    """
    ids = _ids(change, topic, target, first=first, last=last)
    uppers = [target.pk, *_broader(target)]
    with connection.cursor() as cursor, pgtrigger.ignore(*_TRIGGERS):
        for column in ("article_id", "quote_id"):
            for statement in (_PUT_BACK, _FILE_AGAIN, _IMPLY_AGAIN):
                cursor.execute(statement.format(column=column, **ids))
            for upper in uppers:
                cursor.execute(_IMPLY_NO_LONGER.format(column=column, upper=upper, **ids))


def imply_anew(topic: Topic) -> None:
    """Let the broader topics of a topic hold again what is filed under it, where its items came back without that."""
    with connection.cursor() as cursor:
        for link in topic.broader_links.all():
            cursor.execute("SELECT archive_link_made(%s, %s)", [topic.pk, link.broader_id])


def _broader(topic: Topic) -> list[int]:
    """The topics above a topic, at any height."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT above FROM archive_broader_topics(%s) AS above WHERE above <> %s", [topic.pk, topic.pk])
        return [row[0] for row in cursor.fetchall()]


def _ids(
    change: VocabularyChange, topic: Topic, target: Topic, *, first: int = 0, last: int | None = None
) -> dict[str, Any]:
    """What the statements name. Numbers stand in them as they are: django-pgtrigger puts a placeholder before each."""
    these = f"item.change_id = {change.pk} AND item.id >= {first}" + (f" AND item.id <= {last}" if last else "")
    return {"change": change.pk, "topic": topic.pk, "target": target.pk, "these": these}
