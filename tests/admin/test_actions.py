"""What is done from a list for all that is chosen."""

import pytest
from django.utils import timezone

from archive.models import Answer, Article, Status, Suggestion, Tagging
from tests.admin.conftest import admin_url, told
from tests.factories import ArticleFactory, QuoteFactory, SuggestionFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def act(editor, sign_in):
    """`act("article", "publish", articles)`: choose rows of a list and run an action on them."""
    client = sign_in(editor)

    def act(name, action, rows, **more):
        chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
        return client.post(admin_url(f"{name}_changelist"), chosen | more, follow=True)

    return act


def test_filing_asks_for_the_topic_then_shows_what_will_happen_then_does_it(act):
    venus = TopicFactory(name="Venus")
    articles = ArticleFactory.create_batch(3)
    TaggingFactory(topic=venus, article=articles[0])
    withdrawn = ArticleFactory(withdrawn=True)

    asked = act("article", "file_under_topic", [*articles, withdrawn])
    assert (asked.context["chosen"], asked.context["preview"]) == (4, None)

    preview = act("article", "file_under_topic", [*articles, withdrawn], topic=venus.pk, step="preview")
    shown = preview.context["preview"]
    assert (shown.filed, shown.unfiled, shown.closed) == (1, 2, 1)
    assert Tagging.objects.count() == 1

    done = act("article", "file_under_topic", [*articles, withdrawn], topic=venus.pk, step="confirm")
    assert told(done) == ["Filed under “Venus”: 2."]
    assert set(Tagging.objects.values_list("article", flat=True)) == {article.pk for article in articles}


def test_taking_out_does_the_reverse(act):
    venus, article = TopicFactory(name="Venus"), ArticleFactory()
    TaggingFactory(topic=venus, article=article)
    done = act("article", "take_out_of_topic", [article], topic=venus.pk, step="confirm")
    assert told(done) == ["Taken out of “Venus”: 1."]
    assert not Tagging.objects.exists()


def test_all_that_match_are_filed_when_all_are_chosen(act):
    venus = TopicFactory()
    first, *_ = ArticleFactory.create_batch(3)
    act("article", "file_under_topic", [first], topic=venus.pk, step="confirm", select_across="1")
    assert Tagging.objects.count() == 3


def test_quotes_are_filed_from_their_list(act):
    venus, quote = TopicFactory(), QuoteFactory()
    act("quote", "file_under_topic", [quote], topic=venus.pk, step="confirm")
    assert Tagging.objects.get().quote == quote


def test_without_a_topic_nothing_is_filed(act):
    response = act("article", "file_under_topic", [ArticleFactory()], topic="", step="confirm")
    assert response.context["form"].errors == {"topic": ["This field is required."]}
    assert not Tagging.objects.exists()


def test_publishing_says_what_was_left_and_why(act):
    ready, undated = ArticleFactory(), ArticleFactory(headline="Undated", published_at=None)
    response = act("article", "publish", [ready, undated])
    assert told(response) == [
        "Published: 1.",
        "Left as they are: 1. “Undated”: it has no date of first publication.",
    ]
    assert Article.objects.get(status=Status.PUBLISHED) == ready


def test_drafts_are_submitted_together(act):
    assert told(act("article", "submit_for_review", ArticleFactory.create_batch(2))) == ["In review now: 2."]


def test_proposals_are_accepted_and_declined_together(act):
    accepted, declined = SuggestionFactory.create_batch(2), SuggestionFactory.create_batch(2)
    assert told(act("suggestion", "accept", accepted)) == ["Accepted: 2."]
    assert told(act("suggestion", "decline", declined)) == ["Declined: 2."]
    assert Tagging.objects.count() == 2
    assert [one.answer for one in Suggestion.objects.order_by("id")] == ["accepted"] * 2 + ["declined"] * 2


def test_only_what_waits_is_answered_by_an_action(act):
    answered = SuggestionFactory(answer=Answer.DECLINED, answered_at=timezone.now())
    act("suggestion", "accept", [answered])
    assert Suggestion.objects.get().answer == Answer.DECLINED


@pytest.mark.parametrize(("name", "action"), [("article", "file_under_topic"), ("article", "publish")])
def test_an_action_asks_as_often_for_one_row_as_for_three(name, action, act, django_assert_num_queries):
    venus = TopicFactory()
    counts = []
    for rows in (1, 3):
        articles = ArticleFactory.create_batch(rows)
        with django_assert_num_queries(100, exact=False) as asked:
            act(name, action, articles, topic=venus.pk, step="confirm")
        counts.append(len(asked))
    assert counts[0] == counts[1]
