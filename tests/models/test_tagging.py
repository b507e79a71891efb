"""Filing under a topic: what is implied, what is counted, what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.models import Article, Status, Tagging, Tally, TopicBroader
from tests.factories import ArticleFactory, QuoteFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def planets():
    return TopicFactory(name="Planets", under=TopicFactory(name="Destinations"))


@pytest.fixture
def venus(planets):
    return TopicFactory(name="Venus", under=planets)


def filed(**item):
    return list(Tagging.objects.filter(**item).order_by("topic__name").values_list("topic__name", "implied"))


def counts(subject):
    kind = Tally.Subject(subject._meta.model_name)
    rows = Tally.objects.of(kind, subject.pk).order_by("year").values_list("year", "articles", "quotes")
    return [row for row in rows if row[1:] != (0, 0)]


def test_filing_under_a_topic_files_under_its_broader_ones(venus):
    article = ArticleFactory()
    TaggingFactory(topic=venus, article=article)
    assert filed(article=article) == [("Destinations", True), ("Planets", True), ("Venus", False)]


def test_taking_a_tag_away_keeps_what_another_implies(venus, planets):
    article = ArticleFactory()
    mars = TopicFactory(name="Mars", under=planets)
    on_venus = TaggingFactory(topic=venus, article=article)
    TaggingFactory(topic=mars, article=article)
    on_venus.delete()
    assert filed(article=article) == [("Destinations", True), ("Mars", False), ("Planets", True)]


def test_taking_a_broad_tag_away_leaves_it_implied_by_the_narrower(venus, planets):
    article = ArticleFactory()
    on_planets = TaggingFactory(topic=planets, article=article)
    TaggingFactory(topic=venus, article=article)
    on_planets.delete()
    assert filed(article=article) == [("Destinations", True), ("Planets", True), ("Venus", False)]


def test_moving_a_topic_moves_what_is_filed_under_it(venus, planets):
    article = ArticleFactory(published=True)
    quote = QuoteFactory(article=article)
    TaggingFactory(topic=venus, article=article)
    TaggingFactory(topic=venus, quote=quote)
    science = TopicFactory(name="Science", under=TopicFactory(name="Inquiry"))
    TopicBroader.objects.filter(narrower=venus).update(broader=science)
    moved = [("Inquiry", True), ("Science", True), ("Venus", False)]
    assert filed(article=article) == filed(quote=quote) == moved
    assert counts(planets) == []
    assert counts(science) == [(0, 1, 1), (2017, 1, 1)]


def test_a_link_taken_away_leaves_what_another_path_implies(venus, planets):
    article = ArticleFactory()
    TaggingFactory(topic=venus, article=article)
    inner = TopicFactory(name="Inner planets", under=planets)
    TopicBroader.objects.create(narrower=venus, broader=inner)
    TopicBroader.objects.filter(narrower=venus, broader=planets).delete()
    paths = [("Destinations", True), ("Inner planets", True), ("Planets", True), ("Venus", False)]
    assert filed(article=article) == paths
    TopicBroader.objects.filter(narrower=venus).delete()
    assert filed(article=article) == [("Venus", False)]


def test_what_an_editor_filed_under_the_broader_topic_stays_there(venus, planets):
    article = ArticleFactory()
    TaggingFactory(topic=planets, article=article)
    TaggingFactory(topic=venus, article=article)
    TopicBroader.objects.filter(narrower=venus).delete()
    assert filed(article=article) == [("Destinations", True), ("Planets", False), ("Venus", False)]


def test_one_item_is_filed_under_a_topic_once(venus):
    article = ArticleFactory()
    TaggingFactory(topic=venus, article=article)
    with pytest.raises(IntegrityError, match="one_tagging_of_article_and_topic"), transaction.atomic():
        TaggingFactory(topic=venus, article=article)


def test_a_tagging_is_of_an_article_or_a_quote_not_both(venus):
    quote = QuoteFactory()
    with pytest.raises(IntegrityError, match="tagging_of_one_item"), transaction.atomic():
        TaggingFactory(topic=venus, article=quote.article, quote=quote)


def test_drafts_are_not_counted_and_published_articles_are(venus, planets):
    article = ArticleFactory()
    TaggingFactory(topic=venus, article=article)
    TaggingFactory(topic=venus, quote=QuoteFactory(article=article))
    assert counts(venus) == []
    Article.objects.update(status=Status.PUBLISHED, released_at=timezone.now())
    assert counts(venus) == counts(planets) == [(0, 1, 1), (2017, 1, 1)]


def test_counts_follow_the_date_when_it_is_corrected(venus):
    article = ArticleFactory(published=True)
    TaggingFactory(topic=venus, article=article)
    Article.objects.update(published_at="1969-07-21T00:00Z")
    assert counts(venus) == [(0, 1, 0), (1969, 1, 0)]


def test_withdrawing_takes_an_article_out_of_the_counts(venus):
    article = ArticleFactory(published=True)
    TaggingFactory(topic=venus, article=article)
    Article.objects.update(
        status=Status.WITHDRAWN, withdrawn_at=timezone.now(), withdrawal_reason="A figure was wrong."
    )
    assert counts(venus) == []


def test_an_embargoed_article_is_filed_but_not_yet_public(venus):
    article = ArticleFactory(published=True, embargo_until=timezone.now() + timedelta(days=1))
    TaggingFactory(topic=venus, article=article)
    assert counts(venus) == []
    assert Tagging.objects.public().count() == 0
    assert Article.objects.public().count() == 0
