"""From draft to published to withdrawn: who may take which step, and what stops it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from archive.editing.publication import (
    PublicationError,
    publish_article,
    publish_articles,
    return_to_draft,
    submit_articles,
    submit_for_review,
    withdraw_article,
)
from archive.models import Article, Status, Tally
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def withdraw(article, *, by):
    withdraw_article(article, by=by, reason="The agency took the figures back.")


STATES = {
    Status.DRAFT: {},
    Status.IN_REVIEW: {"status": Status.IN_REVIEW},
    Status.PUBLISHED: {"published": True},
    Status.WITHDRAWN: {"withdrawn": True},
}
STEPS = [
    # step, from, to, the first role that may take it
    (submit_for_review, Status.DRAFT, Status.IN_REVIEW, "contributor"),
    (return_to_draft, Status.IN_REVIEW, Status.DRAFT, "contributor"),
    (publish_article, Status.DRAFT, Status.PUBLISHED, "editor"),
    (publish_article, Status.IN_REVIEW, Status.PUBLISHED, "editor"),
    (withdraw, Status.PUBLISHED, Status.WITHDRAWN, "archivist"),
    (publish_article, Status.WITHDRAWN, Status.PUBLISHED, "archivist"),
]
ROLES = ["contributor", "editor", "archivist"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("known_step", STEPS)
def test_each_role_takes_the_steps_that_are_its_own(request, role, known_step):
    step, before, after, first_role = known_step
    article = ArticleFactory(**STATES[before])
    if ROLES.index(role) >= ROLES.index(first_role):
        step(article, by=request.getfixturevalue(role))
        assert Article.objects.get().status == article.status == after
    else:
        with pytest.raises(PermissionDenied, match=role):
            step(article, by=request.getfixturevalue(role))
        assert Article.objects.get().status == before


@pytest.mark.parametrize(
    ("step", "before"),
    [
        (step, before)
        for step in (submit_for_review, return_to_draft, publish_article, withdraw)
        for before in STATES
        if not any(step is known and before == frm for known, frm, _, _ in STEPS)
    ],
)
def test_no_step_is_taken_from_anywhere_else(step, before):
    article = ArticleFactory(headline="Talks pause", **STATES[before])
    with pytest.raises(PublicationError, match="“Talks pause”: it is "):
        step(article, by=None)
    assert Article.objects.get().status == before


def test_publishing_names_all_that_is_missing(editor):
    article = ArticleFactory(headline="Talks pause", source=None, published_at=None, body="")
    with pytest.raises(PublicationError) as refused:
        publish_article(article, by=editor)
    assert str(refused.value) == (
        "“Talks pause”: it has no date of first publication, it has no source, it has neither standfirst nor body."
    )


def test_a_date_that_is_no_day_anywhere_yet_is_not_published(editor):
    begun, ahead = (ArticleFactory(published_at=timezone.now() + timedelta(hours=hours)) for hours in (13, 15))
    publish_article(begun, by=editor)
    with pytest.raises(PublicationError, match="lies in the future") as refused:
        publish_article(ahead, by=editor)
    assert publish_articles(Article.objects.filter(pk=ahead.pk), by=editor).refusals[0].problems == (
        refused.value.problems
    )
    assert Article.objects.get(status=Status.PUBLISHED) == begun


def test_publishing_notes_who_and_when(editor):
    article = ArticleFactory()
    publish_article(article, by=editor)
    kept = Article.objects.get()
    assert kept.released_by == editor
    assert kept.released_at == kept.visible_from == article.released_at
    assert kept.is_public


def test_a_withdrawal_says_who_when_and_why(archivist):
    article = ArticleFactory(published=True)
    withdraw_article(article, by=archivist, reason="  The figures were wrong. ")
    kept = Article.objects.get()
    assert (kept.withdrawn_by, kept.withdrawal_reason) == (archivist, "The figures were wrong.")
    assert not kept.is_public


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_withdrawal_without_a_reason_is_refused(archivist, reason):
    article = ArticleFactory(published=True)
    with pytest.raises(PublicationError, match="needs a reason"):
        withdraw_article(article, by=archivist, reason=reason)
    assert Article.objects.get().is_public


def test_an_article_published_again_bears_no_trace_of_its_withdrawal(archivist):
    publish_article(ArticleFactory(withdrawn=True), by=archivist)
    kept = Article.objects.get()
    assert (kept.withdrawn_at, kept.withdrawal_reason, kept.is_public) == (None, "", True)


def test_what_the_caller_holds_unsaved_is_neither_saved_nor_lost(editor):
    article = ArticleFactory(headline="As saved")
    article.headline = "Not saved yet"
    publish_article(article, by=editor)
    assert article.headline == "Not saved yet"
    assert Article.objects.get().headline == "As saved"


def test_publishing_many_does_what_can_be_done_and_says_why_not_of_the_rest(editor):
    ready = [ArticleFactory(), ArticleFactory(status=Status.IN_REVIEW)]
    ArticleFactory(headline="Undated", published_at=None)
    ArticleFactory(headline="Taken back", withdrawn=True)
    ArticleFactory(published=True)
    outcome = publish_articles(Article.objects.all(), by=editor)
    assert (outcome.done, outcome.refused) == (2, 2)
    assert [str(refusal) for refusal in outcome.refusals] == [
        "“Taken back”: it is withdrawn and cannot become published.",
        "“Undated”: it has no date of first publication.",
    ]
    assert {article.released_by for article in Article.objects.filter(pk__in=[one.pk for one in ready])} == {editor}
    assert Article.objects.filter(status=Status.PUBLISHED).count() == 3


def test_submitting_many_takes_the_drafts(contributor):
    ArticleFactory()
    ArticleFactory(published=True)
    assert submit_articles(Article.objects.all(), by=contributor).done == 1
    assert sorted(Article.objects.values_list("status", flat=True)) == ["in_review", "published"]


def test_many_cannot_be_published_by_a_contributor(contributor):
    ArticleFactory()
    with pytest.raises(PermissionDenied):
        publish_articles(Article.objects.all(), by=contributor)


def test_publishing_many_asks_the_database_as_often_for_one_as_for_three(editor, django_assert_num_queries):
    editor.has_perm("archive.publish_article")
    for count in (1, 3):
        ArticleFactory.create_batch(count)
        ArticleFactory.create_batch(count, published_at=None)
        with django_assert_num_queries(5):
            publish_articles(Article.objects.filter(status=Status.DRAFT), by=editor)


def test_lifting_embargoes_counts_what_has_come_out(capsys):
    now = timezone.now()
    ArticleFactory(published=True, embargo_until=now - timedelta(hours=1))
    ArticleFactory(published=True, embargo_until=now + timedelta(hours=1))
    ArticleFactory(embargo_until=now - timedelta(hours=1))
    for said in ("Embargoes lifted: 1.", "Embargoes lifted: 0."):
        call_command("lift_embargoes")
        assert capsys.readouterr().out.strip() == said
    assert Tally.objects.totals().get(subject=Tally.Subject.ARCHIVE).articles == 1
    assert Article.objects.filter(embargo_until__isnull=False).count() == 2
