"""Articles: what the database refuses, and when readers see them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.models import Article, Status
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("missing", [{"published_at": None}, {"source": None}, {"slug": ""}])
def test_a_published_article_has_date_source_and_address(missing):
    article = ArticleFactory(published=True)
    with pytest.raises(IntegrityError, match="published_with_date_source_and_slug"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**missing)


def test_the_rule_speaks_to_the_editor_before_the_database_does():
    with pytest.raises(ValidationError, match="An article needs a date and a source before it is published"):
        ArticleFactory(published=True, source=None)


def test_a_withdrawal_has_a_reason():
    article = ArticleFactory(withdrawn=True)
    with pytest.raises(IntegrityError, match="withdrawn_with_moment_and_reason"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(withdrawal_reason="")


@pytest.mark.parametrize("year", [1399, 2200, 3017])
def test_a_slip_in_the_year_is_refused(year):
    with pytest.raises(ValidationError, match="The year of publication lies between 1400 and 2199"):
        ArticleFactory(published_at=datetime(year, 5, 1, tzinfo=UTC))


@pytest.mark.parametrize("slug", ["01", "12"])
def test_a_slug_that_reads_as_a_month_is_refused(slug):
    with pytest.raises(ValidationError, match="the addresses of the months"):
        ArticleFactory(slug=slug)


def test_a_headline_that_reads_as_a_month_has_an_address_of_its_own():
    assert ArticleFactory(headline="07").slug == "no-07"


@pytest.mark.parametrize("column", ["status", "precision"])
def test_only_known_words_stand_in_a_column_of_choices(column):
    article = ArticleFactory()
    with pytest.raises(IntegrityError, match=f"article_{column}_known"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**{column: "odd"})


@pytest.mark.parametrize(
    ("standing", "public"),
    [
        ({}, False),
        ({"status": Status.IN_REVIEW}, False),
        ({"published": True}, True),
        ({"published": True, "embargo_until": timezone.now() + timedelta(days=1)}, False),
        ({"published": True, "embargo_until": timezone.now() - timedelta(days=1)}, True),
        ({"withdrawn": True}, False),
    ],
)
def test_readers_see_what_is_published_and_free(standing, public):
    article = ArticleFactory(**standing)
    assert Article.objects.public().exists() is public
    assert article.is_public is public


def test_the_newest_stand_first_and_the_latest_made_before_its_equals():
    day = datetime(2017, 1, 31, tzinfo=UTC)
    first, second = ArticleFactory(published_at=day), ArticleFactory(published_at=day)
    older = ArticleFactory(published_at=day - timedelta(days=1))
    assert list(Article.objects.newest_first()) == [second, first, older]


def test_a_slug_is_made_of_the_headline_and_unique_within_its_year():
    def slug_of(year):
        return ArticleFactory(headline="Talks on Venus", published_at=datetime(year, 5, 1, tzinfo=UTC)).slug

    assert [slug_of(2017), slug_of(2017), slug_of(2018)] == ["talks-on-venus", "talks-on-venus-2", "talks-on-venus"]


def test_a_headline_without_letters_has_an_address_too():
    assert ArticleFactory(headline="…").slug == "untitled"


def test_the_year_of_an_address_is_the_year_in_utc():
    article = ArticleFactory(published_at=datetime(2016, 12, 31, 23, 59, tzinfo=UTC))
    article.refresh_from_db()
    assert article.year == 2016
    assert article.get_absolute_url() == f"/articles/2016/{article.slug}/"


def test_an_article_without_a_date_is_found_in_the_admin():
    article = ArticleFactory(published_at=None)
    assert article.get_absolute_url() == f"/admin/archive/article/{article.pk}/change/"
