"""Filing and taking out: what is counted, what is passed over, what is implied."""

import pytest
from django.core.exceptions import PermissionDenied

from archive.editing.filing import FilingError, file_under, take_out_of
from archive.models import Article, Quote, Status, Tagging
from tests.factories import ArticleFactory, QuoteFactory, TaggingFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def venus():
    return TopicFactory(name="Venus", under=TopicFactory(name="Planets"))


def filed():
    return sorted(Tagging.objects.filed().values_list("topic__name", "article", "quote"), key=str)


def test_filing_says_how_many_were_not_there_before(venus, contributor):
    first, second = ArticleFactory.create_batch(2)
    assert file_under(venus, articles=[first], by=contributor) == 1
    assert file_under(venus, articles=[first, second], by=contributor) == 1
    assert filed() == [("Venus", first.pk, None), ("Venus", second.pk, None)]
    assert {tagging.tagged_by for tagging in Tagging.objects.filed()} == {contributor}


def test_articles_and_quotes_are_filed_together(venus, editor):
    quote = QuoteFactory()
    assert file_under(venus, articles=[quote.article], quotes=[quote], by=editor) == 2
    assert take_out_of(venus, articles=[quote.article], quotes=[quote], by=editor) == 2
    assert not Tagging.objects.exists()


def test_who_filed_first_stays_on_record(venus, contributor, editor):
    article = ArticleFactory()
    file_under(venus, articles=[article], by=contributor)
    assert file_under(venus, articles=[article], by=editor) == 0
    assert Tagging.objects.get(topic=venus).tagged_by == contributor


def test_what_was_implied_becomes_filed(venus, editor):
    planets = venus.broader.get()
    article = ArticleFactory()
    file_under(venus, articles=[article], by=editor)
    assert file_under(planets, articles=[article], by=editor) == 1
    take_out_of(venus, articles=[article], by=editor)
    assert filed() == [("Planets", article.pk, None)]


def test_what_a_narrower_topic_implies_is_not_taken_out(venus, editor):
    article = ArticleFactory()
    file_under(venus, articles=[article], by=editor)
    assert take_out_of(venus.broader.get(), articles=[article], by=editor) == 0
    assert Tagging.objects.filter(implied=True).count() == 1


def test_a_contributor_files_only_what_readers_do_not_see(venus, contributor):
    draft, in_review = ArticleFactory(), ArticleFactory(status=Status.IN_REVIEW)
    public = QuoteFactory(article=ArticleFactory(published=True))
    ArticleFactory(withdrawn=True)
    assert file_under(venus, articles=Article.objects.all(), quotes=Quote.objects.all(), by=contributor) == 2
    assert filed() == [("Venus", draft.pk, None), ("Venus", in_review.pk, None)]
    TaggingFactory(topic=venus, quote=public)
    assert take_out_of(venus, quotes=Quote.objects.all(), by=contributor) == 0


def test_somebody_without_a_role_files_nothing(venus):
    with pytest.raises(PermissionDenied):
        file_under(venus, articles=[ArticleFactory()], by=UserFactory())
    with pytest.raises(PermissionDenied):
        take_out_of(venus, articles=[ArticleFactory()], by=UserFactory())


def test_nothing_is_filed_under_a_topic_that_another_replaced(venus, editor):
    old = TopicFactory(name="Morning star", replaced_by=venus)
    with pytest.raises(FilingError, match="“Morning star” was replaced by “Venus”"):
        file_under(old, articles=[ArticleFactory()], by=editor)


@pytest.mark.parametrize("nothing", [(), Article.objects.none()])
def test_nothing_given_files_nothing(venus, editor, nothing):
    assert file_under(venus, articles=nothing, by=editor) == 0
    assert take_out_of(venus, articles=nothing, by=editor) == 0


def test_a_thousand_articles_are_filed_in_one_statement(venus, editor, django_assert_num_queries):
    editor.has_perm("archive.add_tagging")
    ArticleFactory.create_batch(3)
    with django_assert_num_queries(3):  # the statement, between a savepoint and its release
        assert file_under(venus, articles=Article.objects.all(), by=editor) == 3
