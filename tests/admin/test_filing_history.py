"""What was filed under a topic and what left it, in its history and in those of the article and the quote."""

from datetime import UTC, datetime, timedelta

import pghistory
import pytest

from archive.editing.filing import file_under, take_out_of
from archive.editing.merging import merge_topics
from archive.editing.review import accept_suggestion
from archive.editing.vocabulary_undo import undo_change
from archive.models import Article, Quote, Tagging
from tests.admin.conftest import admin_url
from tests.factories import ArticleFactory, QuoteFactory, SuggestionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def lines_of(response):
    return [(line.who, line.said, [name for name, _ in line.items]) for line in response.context["filings"]]


@pytest.fixture
def topic():
    return TopicFactory(name="Venus", under=TopicFactory(name="Planets"))


def test_a_topics_history_tells_what_was_filed_and_what_left(at, topic, editor, archivist):
    article, quote = ArticleFactory(headline="Talks pause"), QuoteFactory()
    file_under(topic, articles=[article], by=editor)
    file_under(topic, quotes=[quote], by=archivist)
    with pghistory.context(user=archivist.pk):
        take_out_of(topic, articles=[article], by=archivist)
    page = at("editor").get(admin_url("topic_history", topic.pk))
    words = f"“{quote.words}”"
    assert sorted(lines_of(page)) == [
        ("archivist", "Filed here", [words]),
        ("archivist", "Taken out", ["Talks pause"]),
        ("editor", "Filed here, and gone since", ["Talks pause"]),
    ]
    assert f'href="{admin_url("article_change", article.pk)}"' in page.content.decode()
    # what follows by implication is told of the narrower topic alone
    above = at("editor").get(admin_url("topic_history", topic.broader.get().pk))
    assert lines_of(above) == []
    assert "Nothing was filed here yet." in above.content.decode()


def test_what_one_did_to_many_is_one_line_of_each_day(at, topic, editor):
    articles = ArticleFactory.create_batch(12)
    file_under(topic, articles=articles, by=editor)
    old = datetime(2020, 3, 1, tzinfo=UTC)
    Tagging.objects.filter(article=articles[0]).update(tagged_at=old)
    [today, before] = at("editor").get(admin_url("topic_history", topic.pk)).context["filings"]
    assert (today.count, len(today.items), today.more, before.count) == (11, 8, 3, 1)


def test_what_a_merge_moved_is_told_where_it_went(at, topic, editor, archivist):
    file_under(topic, articles=[ArticleFactory(headline="Talks pause")], by=editor)
    with pghistory.context(user=archivist.pk):
        merge_topics(topic, into=TopicFactory(name="Morning star"), by=archivist)
    [moved, came] = lines_of(at("editor").get(admin_url("topic_history", topic.pk)))
    assert moved == ("archivist", "Moved to “Morning star”", ["Talks pause"])
    assert came == ("editor", "Filed here, and gone since", ["Talks pause"])


def test_what_moved_is_told_though_it_moved_on_and_was_taken_out_there(at, topic, editor, archivist):
    article, star, dusk = ArticleFactory(headline="Talks pause"), TopicFactory(name="Star"), TopicFactory(name="Dusk")
    file_under(topic, articles=[article], by=editor)
    merge_topics(topic, into=star, by=archivist)
    merge_topics(star, into=dusk, by=archivist)
    take_out_of(dusk, articles=[article], by=editor)
    moved, came = lines_of(at("editor").get(admin_url("topic_history", topic.pk)))
    assert (moved[1:], came[1]) == (("Moved to “Star”", ["Talks pause"]), "Filed here, and gone since")


def test_a_topic_that_was_deleted_since_is_told_as_gone(at, topic, editor):
    article = ArticleFactory()
    file_under(topic, articles=[article], by=editor)
    take_out_of(topic, articles=[article], by=editor)
    topic.delete()
    [out, filed] = at("editor").get(admin_url("article_history", article.pk)).context["changes"]
    assert (out.fields[0].before, filed.fields[0].after) == ("a topic that is gone", "a topic that is gone")


def test_an_undone_merge_leaves_what_stands_here_again_untold_of(at, topic, editor, archivist):
    file_under(topic, articles=[ArticleFactory(headline="Talks pause")], by=editor)
    change = merge_topics(topic, into=TopicFactory(name="Star"), by=archivist)
    undo_change(change, by=archivist)
    assert lines_of(at("editor").get(admin_url("topic_history", topic.pk))) == [
        ("editor", "Filed here", ["Talks pause"])
    ]


def test_an_article_that_is_gone_is_told_as_gone(at, topic, editor):
    article = ArticleFactory()
    file_under(topic, articles=[article], by=editor)
    article.delete()
    assert {items[0] for _, _, items in lines_of(at("editor").get(admin_url("topic_history", topic.pk)))} == {
        "one that is gone"
    }


@pytest.mark.parametrize("kind", ["article", "quote"])
def test_the_history_of_what_was_filed_tells_of_its_topics_too(at, topic, editor, archivist, kind):
    item = ArticleFactory() if kind == "article" else QuoteFactory()
    file_under(topic, **{f"{kind}s": [item]}, by=editor)
    with pghistory.context(user=archivist.pk):
        take_out_of(topic, **{f"{kind}s": [item]}, by=archivist)
    changes = at("editor").get(admin_url(f"{kind}_history", item.pk)).context["changes"]
    told = [(change.who, field.name, field.before, field.after) for change in changes for field in change.fields]
    assert told == [("archivist", "filed under", "Venus", ""), ("editor", "filed under", "", "Venus")]


def test_what_came_with_a_proposal_is_told_by_its_answer_and_when_it_goes(at, topic, editor):
    article = ArticleFactory()
    accept_suggestion(SuggestionFactory(article=article, topic=topic), by=editor)
    take_out_of(topic, articles=[article], by=editor)
    changes = at("editor").get(admin_url("article_history", article.pk)).context["changes"]
    assert sorted(field.name for change in changes for field in change.fields) == ["filed under", "proposed topic"]


def test_a_topics_history_is_bounded_and_asks_as_often_for_any_number(at, topic, editor, django_assert_num_queries):
    client, moment = at("editor"), datetime(2020, 1, 1, tzinfo=UTC)
    for rows in (1, 120):
        articles = ArticleFactory.create_batch(rows)
        quotes = QuoteFactory.create_batch(2)
        file_under(topic, articles=articles, quotes=quotes, by=editor)
        take_out_of(topic, articles=articles[: rows // 2 + 1], by=editor)
        for number, pk in enumerate(Tagging.objects.order_by("pk").values_list("pk", flat=True)):
            Tagging.objects.filter(pk=pk).update(tagged_at=moment + timedelta(days=number))
        client.get(admin_url("topic_history", topic.pk))
        with django_assert_num_queries(15):
            page = client.get(admin_url("topic_history", topic.pk))
    assert sum(line.count for line in page.context["filings"]) == 100
    assert "The latest hundred" in page.content.decode()
    assert Article.objects.count() + Quote.objects.count() > 100
