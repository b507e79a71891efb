"""Private links to what readers do not see yet."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from archive.editing.previewing import PreviewError, revoke_preview, share_preview
from archive.models import PreviewLink
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_a_link_holds_for_two_weeks(contributor):
    link = share_preview(ArticleFactory(), by=contributor)
    assert (link.made_by, link.holds) == (contributor, True)
    assert link.expires_at - link.made_at == pytest.approx(timedelta(days=14), abs=timedelta(seconds=1))
    assert list(PreviewLink.objects.holding()) == [link]


def test_no_two_links_share_a_token_or_a_guess(contributor):
    article = ArticleFactory()
    one, other = (share_preview(article, by=contributor).token for _ in range(2))
    assert one != other
    assert len(one) == len(other) == 32


def test_a_revoked_link_holds_no_longer_and_keeps_its_date(contributor):
    link = share_preview(ArticleFactory(), by=contributor)
    revoke_preview(link, by=contributor)
    revoked_at = link.revoked_at
    revoke_preview(link, by=contributor)
    assert (link.revoked_at, link.holds, PreviewLink.objects.holding().count()) == (revoked_at, False, 0)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"published": True}, "“Talks” is published: share its address."),
        ({"withdrawn": True}, "“Talks” is withdrawn, and shown to nobody without an account."),
    ],
)
def test_what_is_published_or_withdrawn_is_not_shared_in_private(state, told, archivist):
    with pytest.raises(PreviewError) as refused:
        share_preview(ArticleFactory(headline="Talks", **state), by=archivist)
    assert str(refused.value) == told


def test_only_those_who_may_change_the_article_share_it_and_revoke(contributor, editor):
    held = ArticleFactory(published=True, embargo_until=timezone.now() + timedelta(days=1))
    with pytest.raises(PermissionDenied):
        share_preview(held, by=contributor)
    link = share_preview(held, by=editor)
    with pytest.raises(PermissionDenied):
        revoke_preview(link, by=contributor)
    assert PreviewLink.objects.get().holds
