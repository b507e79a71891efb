"""The queue of the review desk: what it gives, to whom, and how a story leaves it."""

import pytest
from django.urls import reverse

from archive.models import Article, Lease, Status
from tests.factories import ArticleFactory, BatchFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_queue_gives_the_story_and_leases_it(editor, sign_in, article):
    response = sign_in(editor).get(reverse("admin:review"))
    assert response.url == reverse("admin:review-story", args=[article.pk])
    assert Lease.objects.get().held_by == editor


def test_the_queue_of_an_import_gives_its_stories_one_after_the_other(editor, sign_in, article):
    batch = BatchFactory()
    first, second = ArticleFactory.create_batch(2, status=Status.IN_REVIEW, batch=batch)
    client, queue = sign_in(editor), reverse("admin:review")
    story = "admin:review-story"
    assert client.get(queue, {"batch": batch.pk}).url == reverse(story, args=[first.pk])
    assert client.get(queue, {"after": first.pk}).url == reverse(story, args=[second.pk])
    Article.objects.filter(batch=batch).update(status=Status.DRAFT)  # with nothing to confirm
    assert f"Nothing of import {batch.pk} waits" in client.get(queue, {"after": second.pk}).text
    assert client.get(queue).url == reverse(story, args=[article.pk])


def test_an_empty_queue_says_so(editor, sign_in):
    response = sign_in(editor).get(reverse("admin:review"))
    assert "Nothing waits for you" in response.content.decode()


def test_a_colleague_at_the_same_story_is_named(desk, article, sign_in):
    other = UserFactory(username="ada", is_superuser=True)
    sign_in(other).get(reverse("admin:review-story", args=[article.pk]))
    assert desk().context["at_it"].held_by == other


def test_publishing_goes_to_the_next_story(desk, article, editor, sign_in):
    behind = ArticleFactory(status=Status.IN_REVIEW)
    client = sign_in(editor)
    response = client.post(reverse("admin:review-publish", args=[article.pk]), follow=True)
    assert [address for address, _ in response.redirect_chain] == [
        reverse("admin:review") + f"?after={article.pk}",
        reverse("admin:review-story", args=[behind.pk]),
    ]
    assert Article.objects.get(pk=article.pk).status == Status.PUBLISHED


def test_a_story_that_lacks_something_is_not_published(desk, article):
    Article.objects.update(source=None)
    assert desk("publish").context["error"] == "“Talks pause”: it has no source."
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_draft_can_be_submitted_instead(desk, article):
    Article.objects.update(status=Status.DRAFT)
    desk("publish", submit="1")
    assert Article.objects.get().status == Status.IN_REVIEW
