"""What is done from a list for all that is chosen."""

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from archive.models import Answer, Article, Job, Quote, Status, Suggestion, Tagging
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


UNDO = " Look at it, or undo it"


def said(response):
    """The messages of a page, as they read."""
    return [strip_tags(message) for message in told(response)]


def test_filing_asks_for_the_topics_then_shows_what_will_happen_then_does_it(act):
    venus = TopicFactory(name="Venus")
    articles = ArticleFactory.create_batch(3)
    TaggingFactory(topic=venus, article=articles[0])
    chosen = [*articles, ArticleFactory(withdrawn=True)]

    asked = act("article", "file_under_topic", chosen)
    assert (asked.context["chosen"], asked.context["facts"]) == ("4", [])

    preview = act("article", "file_under_topic", chosen, topics=venus.pk, step="preview")
    assert preview.context["facts"] == [
        ("Filed under “Venus” already", "1"),
        ("Not filed under “Venus”", "2"),
        ("Not yours to change, and left alone", "1"),
    ]
    assert Tagging.objects.count() == 1

    done = act("article", "file_under_topic", chosen, topics=venus.pk, step="confirm")
    assert said(done) == ["Filed under “Venus”: 2. Left as they are: 1. They are not yours to change." + UNDO]
    assert set(Tagging.objects.values_list("article", flat=True)) == {article.pk for article in articles}


def test_taking_out_does_the_reverse(act):
    venus, article = TopicFactory(name="Venus"), ArticleFactory()
    TaggingFactory(topic=venus, article=article)
    done = act("article", "take_out_of_topic", [article], topics=venus.pk, step="confirm")
    assert said(done) == ["Taken out of “Venus”: 1." + UNDO]
    assert not Tagging.objects.exists()


def test_all_that_match_are_filed_when_all_are_chosen(act):
    venus, mars = TopicFactory(), TopicFactory()
    first, *_ = ArticleFactory.create_batch(3)
    act("article", "file_under_topic", [first], topics=[venus.pk, mars.pk], step="confirm", select_across="1")
    assert Tagging.objects.count() == 6


def test_quotes_are_filed_from_their_list(act):
    venus, quote = TopicFactory(), QuoteFactory()
    act("quote", "file_under_topic", [quote], topics=venus.pk, step="confirm")
    assert Tagging.objects.get().quote == quote


def test_without_a_topic_nothing_is_filed(act):
    response = act("article", "file_under_topic", [ArticleFactory()], step="confirm")
    assert response.context["form"].errors == {"topics": ["This field is required."]}
    assert not Tagging.objects.exists()


def test_publishing_says_what_was_left_and_why(act):
    ready, undated = ArticleFactory(), ArticleFactory(headline="Undated", published_at=None)
    response = act("article", "publish", [ready, undated], step="confirm")
    assert said(response) == [
        "Published: 1. Left as they are: 1. “Undated”: it has no date of first publication." + UNDO
    ]
    assert Article.objects.get(status=Status.PUBLISHED) == ready


def test_drafts_are_submitted_together(act):
    drafts = ArticleFactory.create_batch(2)
    preview = act("article", "submit_for_review", drafts)
    assert preview.context["facts"] == [("Drafts", "2"), ("Not yours to change, and left alone", "0")]
    assert said(act("article", "submit_for_review", drafts, step="confirm")) == ["In review now: 2." + UNDO]


def test_withdrawing_asks_for_the_reason_that_readers_see(archivist, sign_in):
    client, url = sign_in(archivist), admin_url("article_changelist")
    out, draft = ArticleFactory(published=True), ArticleFactory()
    chosen = {"action": "withdraw", "_selected_action": [out.pk, draft.pk]}
    assert client.post(url, chosen).context["facts"] == [
        ("Published, and to be withdrawn", "1"), ("Not published, and left as they are", "1"),
        ("Not yours to change, and left alone", "0"),
    ]  # fmt: skip
    blank = client.post(url, chosen | {"reason": " ", "step": "confirm"})
    assert list(blank.context["form"].errors) == ["reason"]
    client.post(url, chosen | {"reason": "Figures taken back.", "step": "confirm"})
    assert list(Article.objects.order_by("pk").values_list("status", "withdrawal_reason")) == [
        ("withdrawn", "Figures taken back."), ("draft", ""),
    ]  # fmt: skip


def test_quotes_are_given_another_speaker(act):
    ines, ada = PersonFactory(name="Ines"), PersonFactory(name="Ada")
    quotes = [QuoteFactory(speaker=ines), QuoteFactory(speaker=None), QuoteFactory(speaker=ada)]
    preview = act("quote", "reassign", quotes, speaker=ada.pk, step="preview")
    assert preview.context["facts"] == [
        ("Said by Ada already", "1"), ("Said by somebody else", "1"), ("Other speakers who lose quotes", "1"),
        ("Without a speaker", "1"), ("Not yours to change, and left alone", "0"),
    ]  # fmt: skip
    assert said(act("quote", "reassign", quotes, speaker=ada.pk, step="confirm")) == ["Said by Ada now: 2." + UNDO]
    assert set(Quote.objects.values_list("speaker__name", flat=True)) == {"Ada"}


def test_what_is_much_is_done_in_the_background_and_followed_on_the_page_of_its_job(
    act, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("archive.jobs.AT_ONCE", 1)
    articles = ArticleFactory.create_batch(2)
    with django_capture_on_commit_callbacks(execute=True):
        response = act("article", "publish", articles, step="confirm")
    job = Job.objects.get()
    assert response.redirect_chain == [(admin_url("job_change", job.pk), 302)]
    assert (job.title, job.done, job.outcome) == ("Publish: 2 articles", 2, "Published: 2.")


def test_more_than_the_bound_is_not_begun(act, monkeypatch):
    monkeypatch.setattr("archive.editing.chosen.AT_MOST", 1)
    response = act("article", "publish", ArticleFactory.create_batch(2), step="confirm")
    assert told(response) == ["Choose no more than 1 at once: narrow the list by its filters."]
    assert not Job.objects.exists()


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
        ("Not yours to change, and left alone", "0"),
    ])  # fmt: skip
    assert Article.objects.filter(status=Status.PUBLISHED).get() == out


def test_counting_for_the_question_stops_at_the_bound(act, monkeypatch):
    for bound in ("COUNTED", "LOOKED_AT"):
        monkeypatch.setattr(f"archive.admin.confirming.{bound}", 2)
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
            act(name, action, articles, topics=venus.pk, step="confirm")
        counts.append(len(asked))
    assert counts[0] == counts[1]
