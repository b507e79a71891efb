"""What is done from a list for all that is chosen."""

import pytest
from django.utils import timezone

from archive.models import Answer, Article, Status, Suggestion, Tagging
from tests.admin.conftest import admin_url, told
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SuggestionFactory, TaggingFactory, TopicFactory

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
    response = act("article", "publish", [ready, undated], step="confirm")
    assert told(response) == [
        "Published: 1.",
        "Left as they are: 1. “Undated”: it has no date of first publication.",
    ]
    assert Article.objects.get(status=Status.PUBLISHED) == ready


def test_drafts_are_submitted_together(act):
    assert told(act("article", "submit_for_review", ArticleFactory.create_batch(2))) == ["In review now: 2."]


def test_proposals_are_accepted_and_declined_together(act):
    accepted, declined = SuggestionFactory.create_batch(2), SuggestionFactory.create_batch(2)
    assert told(act("suggestion", "accept", accepted, step="confirm")) == ["Accepted: 2."]
    assert told(act("suggestion", "decline", declined, step="confirm")) == ["Declined: 2."]
    assert Tagging.objects.count() == 2
    assert [one.answer for one in Suggestion.objects.order_by("id")] == ["accepted"] * 2 + ["declined"] * 2


def quote_proposed(name, **fields):
    proposal = {"name": name, "words": "We wait"}
    return SuggestionFactory(kind="quote", topic=None, key=f"quote {name}", proposal=proposal, **fields)


def test_accepting_first_says_what_it_would_make(act):
    PersonFactory(name="Ines Halvorsen")
    names = ["ines halvorsen", "Ada Brandvold", "Ada  Brandvold", "", "Odd Lunde"]
    proposed = [quote_proposed(name) for name in names]
    topic = SuggestionFactory(article=proposed[0].article)
    closed = quote_proposed("Nobody Else", article=ArticleFactory(withdrawn=True))
    page = act("suggestion", "accept", [*proposed, topic, closed])
    assert (page.context["chosen"], page.context["facts"]) == ("7", [
        ("Quotes", "5"), ("Topics", "1"), ("In stories", "5"),
        ("Not yours to change, and left waiting", "1"), ("New people, at most", "2"),
    ])  # fmt: skip
    assert Suggestion.objects.pending().count() == 7


def test_declining_first_says_how_much_it_is(act):
    page = act("suggestion", "decline", [SuggestionFactory()], select_across="1")
    assert page.context["facts"] == [
        ("Quotes", "0"), ("Topics", "1"), ("In stories", "1"), ("Not yours to change, and left waiting", "0"),
    ]  # fmt: skip
    assert (page.context["select_across"], Suggestion.objects.pending().count()) == ("1", 1)


def test_publishing_first_says_what_was_not_gone_through(act):
    open_story, filed, bare, out = *ArticleFactory.create_batch(3), ArticleFactory(published=True)
    SuggestionFactory(article=open_story)
    TaggingFactory(article=filed)
    page = act("article", "publish", [open_story, filed, bare, out])
    assert (page.context["chosen"], page.context["facts"]) == ("4", [
        ("Drafts and in review", "3"), ("With proposals that nobody answered", "1"), ("Filed under no topic", "2"),
    ])  # fmt: skip
    assert Article.objects.filter(status=Status.PUBLISHED).get() == out


def test_counting_for_the_question_stops_at_the_bound(act, monkeypatch):
    monkeypatch.setattr("archive.admin.confirming.COUNTED", 2)
    page = act("suggestion", "accept", [quote_proposed(name) for name in ("Ada", "Ines", "Odd")])
    assert (page.context["chosen"], {value for _, value in page.context["facts"]}) == ("2+", {"2+", "0+"})


@pytest.mark.parametrize(("name", "action"), [("article", "publish"), ("suggestion", "accept")])
def test_a_question_asks_as_often_for_one_row_as_for_three(name, action, act, django_assert_num_queries):
    counts = []
    for rows in (1, 3):
        chosen = [quote_proposed(f"Ada {number}") for number in range(rows)]
        with django_assert_num_queries(30, exact=False) as asked:
            act(name, action, [one.article for one in chosen] if name == "article" else chosen)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_only_what_waits_is_answered_by_an_action(act):
    answered = SuggestionFactory(answer=Answer.DECLINED, answered_at=timezone.now())
    act("suggestion", "accept", [answered], step="confirm")
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
