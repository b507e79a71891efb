"""The review queue: in which order stories come, and that no two editors are given the same one."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from archive.editing.queue import give_up, held_by_another, next_story, take
from archive.editing.review import accept_suggestion
from archive.models import Article, Lease, Quote, Status, Suggestion, SuggestionKind
from tests.factories import ArticleFactory, BatchFactory, SuggestionFactory, UserFactory

pytestmark = pytest.mark.django_db
COMMITTED = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def waiting(headline, **columns):
    return ArticleFactory(headline=headline, status=Status.IN_REVIEW, **columns)


def test_what_is_in_review_comes_first_then_drafts_with_proposals_the_oldest_of_each_first(editor):
    SuggestionFactory(article=ArticleFactory(headline="Draft with a proposal"))
    ArticleFactory(headline="Draft without one")
    ArticleFactory(published=True)
    waiting("First in review")
    waiting("Second in review")
    given, story = [], next_story(editor)
    while story and story.headline not in given:
        given.append(story.headline)
        story = next_story(editor, after=story)
    assert given == ["First in review", "Second in review", "Draft with a proposal"]
    assert story.headline == "First in review"


def test_an_editor_who_comes_back_is_given_the_story_she_was_at(editor):
    waiting("First")
    second = waiting("Second")
    take(second, editor)
    assert next_story(editor) == second


def test_of_one_import_only_its_stories_are_given(editor):
    held = ArticleFactory(status=Status.IN_REVIEW)
    batch = BatchFactory()
    first, second = ArticleFactory.create_batch(2, status=Status.IN_REVIEW, batch=batch)
    assert next_story(editor) == held
    assert next_story(editor, batch=batch) == first
    assert next_story(editor, after=first, batch=batch) == second
    first.delete()
    assert next_story(editor, after=second, batch=batch) is None


def test_two_editors_are_given_two_stories_and_a_third_none(editor):
    waiting("First"), waiting("Second")
    given = [next_story(user) for user in (editor, UserFactory(), UserFactory())]
    assert [story and story.headline for story in given] == ["First", "Second", None]


def test_a_story_that_was_given_up_goes_to_another(editor):
    story, other = waiting("Only"), UserFactory()
    assert next_story(editor) == story
    assert next_story(other) is None
    give_up(story, editor)
    assert next_story(other) == story


def test_a_lease_runs_out(editor):
    story, other = waiting("Only"), UserFactory()
    next_story(editor)
    assert held_by_another(story, other).held_by == editor
    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert held_by_another(story, other) is None
    assert next_story(other) == story
    assert not take(story, editor)


def test_a_story_that_was_published_is_given_to_nobody(editor):
    story = waiting("Only")
    next_story(editor)
    Article.objects.update(status=Status.PUBLISHED, released_at=timezone.now())
    story.refresh_from_db()
    assert next_story(editor) is None
    assert next_story(editor, after=story) is None


def at_once(*deeds):
    """Run these in threads that start together; what each returned."""
    together, results = Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        together.wait(timeout=10)
        results[number] = deed()
        connection.close()

    threads = [Thread(target=run, args=(number, deed)) for number, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return results


@COMMITTED
def test_editors_who_ask_at_the_same_moment_are_given_different_stories():
    for number in range(4):
        waiting(f"Story {number}")
    users = UserFactory.create_batch(4)
    given = at_once(*(lambda user=user: next_story(user) for user in users))
    assert len({story.pk for story in given}) == 4


@COMMITTED
def test_a_double_click_makes_one_quote_and_one_person(editor):
    article = ArticleFactory()
    words = "We will go when we are ready,"
    proposal = {"spans": [[1, 30]], "words": words, "name": "Ines Halvorsen"}
    common = {"article": article, "kind": SuggestionKind.QUOTE, "topic": None}
    suggestion = SuggestionFactory(key="quote", proposal=proposal, **common)
    at_once(*(lambda: accept_suggestion(suggestion, by=editor) for _ in range(4)))
    assert Quote.objects.count() == 1
    assert Quote.objects.get().speaker.name == "Ines Halvorsen"
    assert Suggestion.objects.get().answer == "accepted"


@COMMITTED
def test_the_same_new_speaker_accepted_twice_at_once_is_one_person(editor):
    suggestions = [
        SuggestionFactory(
            article=ArticleFactory(),
            kind=SuggestionKind.QUOTE,
            topic=None,
            key="quote",
            proposal={"spans": [[1, 30]], "words": "We will go when we are ready,", "name": "Ines Halvorsen"},
        )
        for _ in range(3)
    ]
    at_once(*(lambda one=one: accept_suggestion(one, by=editor) for one in suggestions))
    assert len(set(Quote.objects.values_list("speaker", flat=True))) == 1
    assert Quote.objects.count() == 3
