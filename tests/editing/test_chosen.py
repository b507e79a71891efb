"""What is done to all that is chosen in a list, and taken back, as far as nobody changed it since."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from archive.editing import chosen
from archive.editing.filing import file_under, take_out_of
from archive.editing.publication import publish_article, withdraw_article
from archive.editing.quoting import correct_quote
from archive.jobs import at_once, carry_out, undo
from archive.models import Answer, Article, Job, Quote, Suggestion, Tagging
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SuggestionFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def do(archivist):
    """`do(chosen.publish_chosen, articles)`: have it done at once; returns the job."""

    def do(deed, rows, *, by=archivist, **told):
        ids = [row.pk for row in rows]
        return at_once(deed.ask(by=by, title="All of them", total=len(ids), chosen=ids, **told))

    return do


@pytest.fixture
def back(archivist):
    """`back(job)`: undo it, and return what is said of that."""

    def back(job, *, by=archivist):
        undoing = undo(job, by=by)
        carry_out.func(undoing.pk)
        undoing.refresh_from_db()
        return undoing.outcome or undoing.problem

    return back


def statuses():
    return list(Article.objects.order_by("pk").values_list("status", flat=True))


def test_what_was_published_goes_back_to_where_each_stood(do, back):
    drafts = [ArticleFactory(), ArticleFactory(status="in_review"), ArticleFactory(published_at=None)]
    job = do(chosen.publish_chosen, drafts)
    assert statuses() == ["published", "published", "draft"]
    assert back(job) == "Put back as they were: 2."
    assert statuses() == ["draft", "in_review", "draft"]
    assert list(Article.objects.values_list("released_at", "released_by")) == [(None, None)] * 3


def test_what_took_another_step_since_is_left_alone(do, back, archivist):
    first, second = ArticleFactory.create_batch(2)
    job = do(chosen.publish_chosen, [first, second])
    withdraw_article(first, by=archivist, reason="An error.")
    assert back(job) == (
        "Put back as they were: 1. Left as they are: 1. "
        "They were changed since, have been read for more than a day, or are not yours to change."
    )
    assert statuses() == ["withdrawn", "draft"]


def test_what_readers_had_for_more_than_a_day_stays_published(do, back):
    article = ArticleFactory()
    job = do(chosen.publish_chosen, [article])
    long_ago = timezone.now() - timedelta(days=2)
    Article.objects.filter(pk=article.pk).update(released_at=long_ago)
    item = job.items.get()
    item.before["after"]["released_at"] = str(Article.objects.get().released_at)
    item.save()
    assert back(job).startswith("Put back as they were: 0. Left as they are: 1.")
    assert statuses() == ["published"]


def test_what_was_withdrawn_is_published_again_as_it_was(do, back):
    article = ArticleFactory(published=True)
    job = do(chosen.withdraw_chosen, [article, ArticleFactory()], reason="An error.")
    assert job.outcome.startswith("Withdrawn: 1. Left as they are: 1. “")
    assert back(job) == "Put back as they were: 1."
    again = Article.objects.get(pk=article.pk)
    assert (again.status, again.released_at, again.withdrawn_at, again.withdrawal_reason) == (
        "published", article.released_at, None, "",
    )  # fmt: skip


def test_what_was_filed_is_taken_out_and_what_was_filed_before_stays(do, back, editor):
    planets = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=planets)
    filed, unfiled, refiled = ArticleFactory.create_batch(3)
    TaggingFactory(topic=venus, article=filed)
    job = do(chosen.file_chosen, [filed, unfiled, refiled], topics=[planets.pk, venus.pk])
    assert job.outcome == "Filed under “Planets”, “Venus”: 5."
    for topic in (planets, venus):
        take_out_of(topic, articles=[refiled], by=editor)
    with transaction.atomic():
        file_under(venus, articles=[refiled], by=editor)
    assert back(job).startswith("Put back as they were: 3. Left as they are: 2.")
    assert set(Tagging.objects.filed().values_list("article", "topic__name")) == {
        (filed.pk, "Venus"), (refiled.pk, "Venus"),
    }  # fmt: skip
    assert set(Tagging.objects.filter(implied=True).values_list("article", "topic__name")) == {
        (filed.pk, "Planets"), (refiled.pk, "Planets"),
    }  # fmt: skip


def test_what_was_taken_out_is_filed_again_by_whom_and_when_it_was(do, back, editor):
    venus, quote = TopicFactory(name="Venus"), QuoteFactory()
    file_under(venus, quotes=[quote], by=editor, suggestion=SuggestionFactory(article=quote.article))
    was = Tagging.objects.values("tagged_by", "tagged_at", "suggestion", "quote", "topic").get()
    job = do(chosen.take_out_chosen, [quote], topics=[venus.pk], of="quote")
    assert (job.outcome, Tagging.objects.count()) == ("Taken out of “Venus”: 1.", 0)
    assert back(job) == "Put back as they were: 1."
    assert Tagging.objects.values("tagged_by", "tagged_at", "suggestion", "quote", "topic").get() == was


def test_quotes_go_back_to_their_speakers_and_their_answers(do, back, editor):
    ines, ada, odd = (PersonFactory(name=name) for name in ("Ines", "Ada", "Odd"))
    of_ines, of_nobody, corrected = QuoteFactory(speaker=ines), QuoteFactory(speaker=None), QuoteFactory(speaker=ines)
    SuggestionFactory(
        kind="quote", topic=None, key="q", quote=of_ines, article=of_ines.article, answer=Answer.ACCEPTED,
        answered_at=timezone.now(), answered_by=editor, proposal={"words": "We"},
    )  # fmt: skip
    job = do(chosen.reassign_chosen, [of_ines, of_nobody, corrected], speaker=ada.pk)
    assert (job.outcome, Suggestion.objects.get().answer) == ("Said by Ada now: 3.", "corrected")
    correct_quote(corrected, speaker=odd, by=editor)
    assert back(job).startswith("Put back as they were: 2. Left as they are: 1.")
    assert list(Quote.objects.order_by("pk").values_list("speaker", flat=True)) == [ines.pk, None, odd.pk]
    assert Suggestion.objects.get().answer == "accepted"


@pytest.mark.parametrize(
    ("deed", "told", "problem"),
    [
        (chosen.file_chosen, {"topics": [0]}, "A topic that was chosen is no longer there."),
        (chosen.reassign_chosen, {"speaker": 0}, "The speaker that was chosen is no longer there."),
        (chosen.withdraw_chosen, {"reason": " "}, "A withdrawal needs a reason, which readers are shown."),
    ],
)
def test_what_cannot_be_done_is_said(deed, told, problem, do):
    assert do(deed, [ArticleFactory()], **told).problem == problem


def test_it_goes_on_where_it_was_broken_off(archivist, monkeypatch):
    monkeypatch.setattr("archive.editing.chosen._CHUNK", 1)
    articles = ArticleFactory.create_batch(3)
    job = chosen.publish_chosen.ask(by=archivist, title="All", total=3, chosen=[one.pk for one in articles])
    publish_article(articles[0], by=archivist)  # by what was done before it was broken off
    Job.objects.filter(pk=job.pk).update(done=1, reached=articles[0].pk)
    carry_out.func(job.pk)
    job.refresh_from_db()
    assert (job.outcome, job.done, job.items.count()) == ("Published: 2.", 3, 2)


def test_who_lacks_the_right_can_neither_ask_nor_undo(do, contributor):
    article = ArticleFactory()
    with pytest.raises(PermissionDenied):
        do(chosen.publish_chosen, [article], by=contributor)
    job = do(chosen.publish_chosen, [article])
    with pytest.raises(PermissionDenied):
        undo(job, by=contributor)


@pytest.mark.parametrize("deed", [chosen.publish_chosen, chosen.reassign_chosen, chosen.file_chosen])
def test_a_chunk_asks_as_often_for_one_row_as_for_three(deed, do, archivist, django_assert_num_queries):
    told = {
        chosen.publish_chosen: {},
        chosen.reassign_chosen: {"speaker": PersonFactory().pk},
        chosen.file_chosen: {"topics": [TopicFactory().pk]},
    }[deed]
    counts = []
    archivist.get_all_permissions()  # asked for once
    for rows in (1, 3):
        made = QuoteFactory.create_batch(rows)
        with django_assert_num_queries(100, exact=False) as asked:
            do(deed, made if deed is chosen.reassign_chosen else [one.article for one in made], **told)
        counts.append(len(asked))
    assert counts[0] == counts[1]
