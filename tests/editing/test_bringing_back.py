"""What was deleted comes back whole, under its number and address; and never unasked before readers."""

import pytest
from django.core.exceptions import PermissionDenied

from archive.editing.bringing_back import BringBackError, bring_back, deletions_of
from archive.editing.filing import file_under
from archive.models import Article, Authorship, Person, Quote, Status, Suggestion, Tagging, Topic
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    QuoteFactory,
    SourceFactory,
    SuggestionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def deleted(record):
    """Delete a record; return the entry of the history that keeps it."""
    record.delete()
    return deletions_of(type(record))[0].entry


def test_an_article_comes_back_with_all_that_went_with_it(archivist):
    stations = TopicFactory(name="Stations")
    station = TopicFactory(name="ISS", under=stations)
    article = ArticleFactory(headline="Lost and found", slug="lost")
    quote = QuoteFactory(article=article)
    Authorship.objects.create(article=article, person=PersonFactory(name="Ada Brandvold"), position=1)
    file_under(station, articles=[article], by=archivist)
    file_under(stations, articles=[article], by=archivist)
    file_under(station, quotes=[quote], by=archivist)
    SuggestionFactory(article=article)
    was = Article.objects.values().get(pk=article.pk)
    filed = set(Tagging.objects.values_list("topic__name", "article", "quote", "implied", "tagged_by"))
    entry = deleted(Article.objects.get(pk=article.pk))
    assert (Quote.objects.count(), Tagging.objects.count()) == (0, 0)

    bring_back(entry, by=archivist)

    assert Article.objects.values().get(pk=article.pk) == {**was, "batch_id": None}
    assert Quote.objects.get() == quote
    assert Quote.objects.get().words == quote.words
    assert [(link.person.name, link.position) for link in article.authorships.all()] == [("Ada Brandvold", 1)]
    assert set(Tagging.objects.values_list("topic__name", "article", "quote", "implied", "tagged_by")) == filed
    assert Suggestion.objects.get().article_id == article.pk
    assert deletions_of(Article) == []


def test_what_was_published_comes_back_as_a_draft(archivist, reader):
    article = ArticleFactory(published=True, slug="seen")
    address = article.get_absolute_url()
    bring_back(deleted(article), by=archivist)

    assert Article.objects.get().status == Status.DRAFT
    assert reader.get(address).status_code == 404


def test_a_topic_comes_back_with_its_names_and_its_place_in_the_tree(archivist):
    above = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=above)
    venus.other_names.create(name="Morning star")
    venus.related.add(TopicFactory(name="Mars"))

    bring_back(deleted(venus), by=archivist)

    again = Topic.objects.get(name="Venus")
    assert [one.name for one in again.broader.all()] == ["Planets"]
    assert [one.name for one in again.other_names.all()] == ["Morning star"]
    assert [one.name for one in again.related.all()] == ["Mars"]


def test_a_person_comes_back_with_their_other_names(archivist):
    person = PersonFactory(name="Mira Sandoval")
    person.other_names.create(name="M. Sandoval")

    bring_back(deleted(person), by=archivist)

    assert [one.name for one in Person.objects.get().other_names.all()] == ["M. Sandoval"]


def test_what_has_taken_its_place_stands_and_is_told(archivist):
    entry = deleted(SourceFactory(name="Orbit Daily"))
    SourceFactory(name="Orbit Daily")

    with pytest.raises(BringBackError, match="taken its place"):
        bring_back(entry, by=archivist)


def test_nothing_comes_back_twice(archivist):
    entry = deleted(SourceFactory())
    bring_back(entry, by=archivist)
    with pytest.raises(BringBackError, match="there already"):
        bring_back(entry, by=archivist)


def test_a_quote_without_its_article_says_what_to_bring_back_first(archivist):
    quote = QuoteFactory()
    quote.article.delete()
    entry = deletions_of(Quote)[0].entry

    with pytest.raises(BringBackError, match="bring that back first"):
        bring_back(entry, by=archivist)


def test_nobody_brings_a_quote_back_to_an_article_that_they_may_not_change(editor):
    entry = deleted(QuoteFactory(article=ArticleFactory(withdrawn=True)))
    with pytest.raises(PermissionDenied):
        bring_back(entry, by=editor)
    assert not Quote.objects.exists()


def test_nobody_brings_back_what_they_may_not_delete(contributor):
    entry = deleted(SourceFactory())
    with pytest.raises(PermissionDenied):
        bring_back(entry, by=contributor)
