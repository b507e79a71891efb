"""Slugs that were given up still know whose they were."""

from datetime import UTC, datetime

import pytest

from archive.models import Article, FormerSlug, Person, Source, Topic
from tests.factories import ArticleFactory, PersonFactory, SourceFactory, TopicFactory

pytestmark = pytest.mark.django_db


def former():
    return list(FormerSlug.objects.order_by("id").values_list("kind", "year", "slug", "object_id"))


@pytest.mark.parametrize(
    ("make", "kind"), [(TopicFactory, "topic"), (PersonFactory, "person"), (SourceFactory, "source")]
)
def test_a_renamed_slug_is_remembered(make, kind):
    row = make(slug="old")
    row.slug = "new"
    row.save()
    assert former() == [(kind, 0, "old", row.pk)]


@pytest.mark.parametrize(("make", "model"), [(TopicFactory, Topic), (PersonFactory, Person), (SourceFactory, Source)])
def test_a_rename_in_bulk_is_remembered_too(make, model):
    row = make(slug="old")
    model.objects.filter(pk=row.pk).update(slug="new")
    assert [slug for _, _, slug, _ in former()] == ["old"]


def test_an_article_is_remembered_with_the_year_of_its_old_address():
    article = ArticleFactory(slug="talks", published_at=datetime(2016, 12, 31, tzinfo=UTC))
    Article.objects.update(published_at=datetime(2017, 1, 1, tzinfo=UTC))
    assert former() == [("article", 2016, "talks", article.pk)]


def test_a_slug_that_was_once_another_topics_is_not_given_out_again():
    venus = TopicFactory(name="Venus")
    venus.slug = "planet-venus"
    venus.save()
    assert TopicFactory(name="Venus!").slug == "venus-2"


def test_of_two_owners_of_a_former_slug_the_later_one_counts():
    for name in ["First", "Second"]:
        topic = TopicFactory(name=name, slug="shared")
        topic.slug = name.lower()
        topic.save()
    assert former() == [("topic", 0, "shared", topic.pk)]
