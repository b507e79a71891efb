"""Previewing: private links to an article that readers do not see yet."""

from django.utils import timezone

from archive.editing.rights import Actor, require_edit
from archive.models import Article, PreviewLink, Status


class PreviewError(Exception):
    """There is nothing to preview. The message is for people: which article, and why."""


def share_preview(article: Article, *, by: Actor) -> PreviewLink:
    """Make a private link to an article, which holds for two weeks.

    Raises PreviewError where readers see the article anyway, or where it was taken from them.
    """
    require_edit(by, article)
    if article.is_public:
        raise PreviewError(f"“{article}” is published: share its address.")
    if article.status == Status.WITHDRAWN:
        raise PreviewError(f"“{article}” is withdrawn, and shown to nobody without an account.")
    return PreviewLink.objects.create(article=article, made_by=by)


def revoke_preview(link: PreviewLink, *, by: Actor) -> None:
    """Let a private link hold no longer. One that is revoked already stays as it was."""
    require_edit(by, link.article)
    PreviewLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    link.refresh_from_db(fields=["revoked_at"])
