"""The gate: who may do what to what. Every deed of this package asks here first, and the admin asks the same.

An actor is a colleague with an account, or None: a command run by the operator on the server, who may do everything.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from archive.models import Article, Status

if TYPE_CHECKING:
    from django.db.models import QuerySet

Actor = User | None

# What it takes to change an article, by where it stands: what readers see is not a contributor's to change.
NEEDED_TO_EDIT = {
    Status.DRAFT: "change_article",
    Status.IN_REVIEW: "change_article",
    Status.PUBLISHED: "publish_article",
    Status.WITHDRAWN: "withdraw_article",
}


def may(actor: Actor, permission: str) -> bool:
    """Whether the actor holds this permission of the archive, such as `publish_article`."""
    return actor is None or actor.has_perm(f"archive.{permission}")


def require(actor: Actor, permission: str) -> None:
    """Let the actor pass, or raise PermissionDenied with the name and the permission that is missing."""
    if not may(actor, permission):
        raise PermissionDenied(f"{actor} lacks the permission {permission}.")


def editable_statuses(actor: Actor) -> list[Status]:
    """The statuses in which the actor may change an article, its quotes and its topics."""
    return [status for status, permission in NEEDED_TO_EDIT.items() if may(actor, permission)]


def may_edit(actor: Actor, article: Article) -> bool:
    """Whether the actor may change this article, its quotes and its topics as it stands now."""
    return may(actor, NEEDED_TO_EDIT[Status(article.status)])


def require_edit(actor: Actor, article: Article) -> None:
    """Let the actor change this article, or raise PermissionDenied naming both."""
    if not may_edit(actor, article):
        raise PermissionDenied(f"{actor} may not change “{article}” ({article.get_status_display().lower()}).")


def editable(articles: "QuerySet[Article]", actor: Actor) -> "QuerySet[Article]":
    """Those of these articles that the actor may change."""
    return articles.filter(status__in=editable_statuses(actor))
