"""The review queue: which story an editor is given next, and that no other editor is given it meanwhile.

What is in review comes first, then drafts with proposals to answer; of each in the order in which they came in.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from archive.models import Article, Batch, Lease, Status, Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

LEASE = timedelta(minutes=15)
WAITING = (Status.IN_REVIEW, Status.DRAFT)
TRIES = 20


def next_story(user: User, *, after: Article | None = None, batch: Batch | None = None) -> Article | None:
    """The story for this editor, leased to them; None where nothing waits.

    The one they are at already, or, with `after`, the one behind that in the queue, which is given up. With `batch`,
    only of the stories that came in with that import.
    """
    if after is not None:
        give_up(after, user)
    with transaction.atomic():
        if after is None and (held := _held_by(user, batch)):
            take(held, user)
            return held
        for waiting in _in_turn(after):
            for _ in range(TRIES):
                story = _free_for(user, _of(batch, waiting)).first()
                if story is None:
                    break
                if take(story, user):
                    return story
    return None


def take(article: Article, user: User) -> bool:
    """Lease a story to an editor for the next quarter of an hour, or renew it. False where it is with another."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO archive_lease (article_id, held_by_id, until) VALUES (%s, %s, now() + %s::interval)
            ON CONFLICT (article_id) DO UPDATE SET held_by_id = EXCLUDED.held_by_id, until = EXCLUDED.until
            WHERE archive_lease.until <= now() OR archive_lease.held_by_id = EXCLUDED.held_by_id
            """,
            [article.pk, user.pk, f"{LEASE.total_seconds()} seconds"],
        )
        return bool(cursor.rowcount)


def give_up(article: Article, user: User) -> None:
    """Let others have the story, if it is with this editor."""
    Lease.objects.filter(article=article, held_by=user).delete()


def held_by_another(article: Article, user: User) -> Lease | None:
    """The lease of another editor who is at this story now."""
    return Lease.objects.current().filter(article=article).exclude(held_by=user).select_related("held_by").first()


def _held_by(user: User, batch: Batch | None) -> Article | None:
    leases = Lease.objects.current().filter(held_by=user)
    held = Article.objects.filter(lease__in=leases, status__in=WAITING)
    return _of(batch, held).order_by("lease__until").last()


def _of(batch: Batch | None, stories: "QuerySet[Article]") -> "QuerySet[Article]":
    return stories.filter(batch=batch) if batch else stories


def _waiting(status: Status) -> "QuerySet[Article]":
    stories = Article.objects.filter(status=status).order_by("id")
    if status == Status.DRAFT:
        return stories.filter(Exists(Suggestion.objects.pending().filter(article=OuterRef("pk"))))
    return stories


def _in_turn(after: Article | None) -> "Iterator[QuerySet[Article]]":
    """The parts of the queue in the order in which to look: from behind a story to the end, then from the front."""
    if after is not None and after.status in WAITING:
        place = WAITING.index(Status(after.status))
        yield _waiting(WAITING[place]).filter(id__gt=after.pk)
        for status in WAITING[place + 1 :]:
            yield _waiting(status)
    for status in WAITING:
        yield _waiting(status) if after is None else _waiting(status).exclude(pk=after.pk)


def _free_for(user: User, stories: "QuerySet[Article]") -> "QuerySet[Article]":
    with_others: Any = Lease.objects.current().filter(article=OuterRef("pk")).exclude(held_by=user)
    return stories.filter(~Exists(with_others)).select_for_update(skip_locked=True, of=("self",))
