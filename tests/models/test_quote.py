"""Quotes: held to the very characters of their article, and shown where their source allows it."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from archive.models import Article, Quote, Source, Status, Tagging, Visibility
from tests.factories import ArticleFactory, QuoteFactory, SourceFactory, TaggingFactory

pytestmark = pytest.mark.django_db

BROKEN = "“If they choose to,” he added, “they will find us willing.”"


def settle():
    """Have the rules checked that wait for the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@contextmanager
def refused_at_the_end():
    """Expect what is done here to be refused when its transaction ends."""
    refused = pytest.raises(IntegrityError, match=r"quote \d+ is not in the body of article \d+")
    with refused, transaction.atomic():
        yield
        settle()


def test_a_quote_broken_by_its_attribution_is_one_quote_of_two_spans():
    quote = QuoteFactory(article=ArticleFactory(body=BROKEN), spans=[[1, 19], [32, 58]])
    settle()
    assert quote.words == "If they choose to, … they will find us willing."
    assert quote.parts == ["If they choose to,", "they will find us willing."]


def test_the_parts_of_a_quote_with_an_ellipsis_of_its_own_are_its_spans():
    quote = QuoteFactory(article=ArticleFactory(body="“We … wait,” he said. “And see.”"), spans=[[1, 11], [23, 31]])
    assert quote.parts == ["We … wait,", "And see."]


def test_offsets_count_code_points_not_bytes():
    quote = QuoteFactory(article=ArticleFactory(body="🚀 “Zürich wartet”, sagte er."))
    settle()
    assert (quote.spans, quote.words) == ([[3, 16]], "Zürich wartet")


@pytest.mark.parametrize("spans", [[[5, 5]], [[9, 3]], [[1, 9], [4, 12]], [[-1, 4]]])
def test_spans_are_in_order_and_do_not_overlap(spans):
    quote = QuoteFactory(article=ArticleFactory(body=BROKEN))
    with pytest.raises(IntegrityError, match="spans_in_order"), transaction.atomic():
        Quote.objects.filter(pk=quote.pk).update(spans=spans)


def test_a_span_outside_the_body_is_refused():
    quote = QuoteFactory()
    end = len(quote.article.body)
    with refused_at_the_end():
        Quote.objects.filter(pk=quote.pk).update(spans=[[end - 2, end + 5]])


def test_words_that_are_not_the_bodys_are_refused():
    quote = QuoteFactory()
    with refused_at_the_end():
        Quote.objects.filter(pk=quote.pk).update(words="We shall not go.")


def test_a_body_cannot_lose_its_quotes_unnoticed():
    quote = QuoteFactory()
    settle()
    with refused_at_the_end():
        Article.objects.filter(pk=quote.article_id).update(body="Nothing was said.")


def test_a_quote_has_spans_or_is_lost():
    quote = QuoteFactory()
    with pytest.raises(IntegrityError, match="quote_in_the_body_or_lost"), transaction.atomic():
        Quote.objects.filter(pk=quote.pk).update(spans=[])
    Quote.objects.filter(pk=quote.pk).update(spans=[], lost_at=timezone.now())
    settle()
    quote.refresh_from_db()
    assert quote.parts == [quote.words]


def test_a_quote_is_public_when_its_article_is():
    quote = QuoteFactory(article=ArticleFactory())
    TaggingFactory(quote=quote)
    assert (Quote.objects.public().count(), Tagging.objects.public().count()) == (0, 0)
    Article.objects.update(status=Status.PUBLISHED, released_at=timezone.now())
    assert (Quote.objects.public().count(), Tagging.objects.public().count()) == (1, 1)


def test_a_quote_made_in_a_public_article_is_public_at_once():
    QuoteFactory(article=ArticleFactory(published=True))
    assert Quote.objects.public().count() == 1


def test_a_quote_that_the_body_has_lost_is_not_shown():
    quote = QuoteFactory(article=ArticleFactory(published=True))
    TaggingFactory(quote=quote)
    Quote.objects.update(spans=[], lost_at=timezone.now())
    assert (Quote.objects.public().count(), Tagging.objects.public().count()) == (0, 0)
    Quote.objects.update(spans=quote.spans, lost_at=None)
    assert (Quote.objects.public().count(), Tagging.objects.public().count()) == (1, 1)


def test_a_source_that_allows_a_reference_only_shows_no_quotes():
    source = SourceFactory(visibility=Visibility.REFERENCE)
    quote = QuoteFactory(article=ArticleFactory(published=True, source=source))
    TaggingFactory(quote=quote)
    TaggingFactory(article=quote.article)
    assert Quote.objects.public().count() == 0
    assert [tagging.quote for tagging in Tagging.objects.public()] == [None]


def test_quotes_come_and_go_with_what_their_source_allows():
    quote = QuoteFactory(article=ArticleFactory(published=True))
    seen = []
    for visibility in [Visibility.REFERENCE, Visibility.EXCERPT]:
        Source.objects.update(visibility=visibility)
        seen.append(Quote.objects.public().filter(pk=quote.pk).exists())
    assert seen == [False, True]


def test_quotes_follow_an_article_that_moves_to_another_source():
    quote = QuoteFactory(article=ArticleFactory(published=True))
    Article.objects.update(source=SourceFactory(visibility=Visibility.REFERENCE))
    assert not Quote.objects.public().filter(pk=quote.pk).exists()
