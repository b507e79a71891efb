"""Private links to an article that is not published, on a page beside its form: made, copied, listed, revoked."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from archive.admin.fields import row_number
from archive.admin.page import page
from archive.admin.steps import note
from archive.editing.previewing import PreviewError, revoke_preview, share_preview
from archive.editing.rights import may_edit, require_edit
from archive.models import Article, Status

SHOWN = 20


def may_share(user: Any, article: Article) -> bool:
    """Whether the form offers private links: to those who may change what readers do not see yet."""
    return may_edit(user, article) and not article.is_public and article.status != Status.WITHDRAWN


def share_view(model_admin: Any, request: HttpRequest, article: Article) -> HttpResponseBase:
    """The page that lists the links, makes one more, and revokes one."""
    user: Any = request.user
    require_edit(user, article)
    if request.method == "POST":
        return _changed(request, article)
    links = article.preview_links.select_related("made_by").order_by("-id")[:SHOWN]
    context = {
        "title": "Private links",
        "article": article,
        "links": [(link, f"{settings.SITE_URL}{link.get_absolute_url()}") for link in links],
        "may_share": may_share(user, article),
    }
    return page(model_admin, request, "article/share", context)


def _changed(request: HttpRequest, article: Article) -> HttpResponseRedirect:
    """Revoke the link that was named, or make one, and show the list again."""
    user: Any = request.user
    if revoked := request.POST.get("revoke", ""):
        link = get_object_or_404(article.preview_links, pk=row_number(revoked) or 0)
        revoke_preview(link, by=user)
        messages.success(request, "The private link is revoked: whoever opens it is told so.")
        note(user, article, "Private link revoked")
    else:
        try:
            link = share_preview(article, by=user)
        except PreviewError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Whoever has the new link can read the story until {link.expires_at:%-d %B %Y}.")
            note(user, article, "Private link made")
    return HttpResponseRedirect(reverse("admin:archive_article_share", args=[article.pk]))
