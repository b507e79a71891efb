"""Two records of one person or source become one; nothing is lost, and they can be told apart again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.editing import joining_records
from archive.editing.joining_records import join, join_people, join_preview
from archive.jobs import JobError, take_back, undo
from archive.models import Authorship, Job, Person, Tally, Visibility
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """“J. Osei”, who said and wrote things, and “Jonathan Osei”, who wrote one of them too."""
    one = PersonFactory(name="J. Osei", description="Deputy administrator.", identifiers={"wikidata": "Q1"})
    one.other_names.create(name="Jon Osei")
    stays = PersonFactory(name="Jonathan Osei")
    both = ArticleFactory(published=True, slug="both")
    for position, person in enumerate((one, stays)):
        Authorship.objects.create(article=both, person=person, position=position)
    QuoteFactory(speaker=one, article=ArticleFactory(published=True, slug="said"))
    return one, stays


def back(job, by):
    """Undo a job, here and now."""
    undoing = undo(job, by=by)
    take_back(undoing)
    return undoing


def test_all_that_hangs_on_a_person_moves_and_the_old_address_redirects(pair, archivist, reader):
    one, stays = pair

    job = join(one, stays, by=archivist)

    assert job.outcome == "2 rows moved to “Jonathan Osei”; the old address redirects to it." or job.outcome.startswith(
        "2"
    )
    stays.refresh_from_db()
    assert [str(quote.article.slug) for quote in stays.quotes.all()] == ["said"]
    assert [link.article.slug for link in stays.authorships.all()] == ["both"]
    assert sorted(stays.other_names.values_list("name", flat=True)) == ["J. Osei", "Jon Osei"]
    assert (stays.description, stays.identifiers) == ("Deputy administrator.", {"wikidata": "Q1"})
    assert not Person.objects.filter(pk=one.pk).exists()
    answer = reader.get(one.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, stays.get_absolute_url())
    assert Tally.objects.of(Tally.Subject.PERSON, stays.pk).totals().get().quotes == 1


def test_undone_both_are_as_they_were(pair, archivist, reader):
    one, stays = pair
    job = join(one, stays, by=archivist)

    back(job, archivist)

    again = Person.objects.get(pk=one.pk)
    stays.refresh_from_db()
    assert (again.name, again.slug, again.description) == (one.name, one.slug, one.description)
    assert [link.article.slug for link in again.authorships.all()] == ["both"]
    assert [link.position for link in again.authorships.all()] == [0]
    assert [quote.article.slug for quote in again.quotes.all()] == ["said"]
    assert list(again.other_names.values_list("name", flat=True)) == ["Jon Osei"]
    assert (stays.description, stays.identifiers, stays.other_names.count()) == ("", {}, 0)
    assert [link.article.slug for link in stays.authorships.all()] == ["both"]
    assert reader.get(one.get_absolute_url()).status_code == 200


def test_what_was_given_to_somebody_else_since_stays_there_when_undone(pair, archivist):
    one, stays = pair
    job = join(one, stays, by=archivist)
    third = PersonFactory()
    stays.quotes.update(speaker=third)

    back(job, archivist)

    assert third.quotes.count() == 1
    assert Person.objects.get(pk=one.pk).quotes.count() == 0


def test_addresses_that_led_to_the_record_before_lead_to_the_one_that_stays(pair, archivist, reader):
    one, stays = pair
    first = one.get_absolute_url()
    one.slug = "osei-of-accra"
    one.save()

    join(one, stays, by=archivist)

    assert reader.get(first)["Location"] == stays.get_absolute_url()


def test_a_job_broken_off_goes_on_and_moves_nothing_twice(pair, archivist, monkeypatch):
    one, stays = pair
    job = join_people.ask(by=archivist, title="Join", record=one.pk, into=stays.pk)
    with monkeypatch.context() as patched:
        patched.setattr("archive.editing.joining_records._given_up", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            join_people(job, record=one.pk, into=stays.pk)

    said = join_people(job, record=one.pk, into=stays.pk)

    assert said == "2 rows moved to “Jonathan Osei”; the old address redirects to it."
    assert join_people(job, record=one.pk, into=stays.pk) == said
    assert job.done == 2


def test_articles_move_to_the_source_that_stays_with_its_rights(archivist, reader):
    one = SourceFactory(name="Orbit Daily", visibility=Visibility.FULL)
    stays = SourceFactory(name="The Orbit Daily", visibility=Visibility.REFERENCE)
    article = ArticleFactory(published=True, source=one, slug="moved")
    quote = QuoteFactory(article=article)

    preview = join_preview(one, stays)
    job = join(one, stays, by=archivist)

    assert (
        "Readers will see of these articles",
        "Reference only: headline, date and link; now: Full text",
    ) in preview.facts
    assert stays.articles.get() == article
    assert reader.get(quote.get_absolute_url()).status_code == 404
    back(job, archivist)
    article.refresh_from_db()
    assert article.source_id == one.pk
    assert reader.get(quote.get_absolute_url()).status_code == 200


def test_a_preview_names_what_moves_and_what_is_gained(pair):
    one, stays = pair

    preview = join_preview(one, stays)

    assert preview.facts == (
        ("Quotes to move", "1"),
        ("Authorships to move", "1"),
        ("Names gained", "“J. Osei”, “Jon Osei”"),
        ("Address that redirects", one.get_absolute_url()),
    )
    assert preview.total == 2


@pytest.mark.parametrize("other", ["itself", "a source"])
def test_what_cannot_be_joined_is_refused_in_words(pair, archivist, other):
    one, _ = pair
    into = one if other == "itself" else SourceFactory()
    with pytest.raises(JobError, match=r"itself|two kinds"):
        join(one, into, by=archivist)


def test_nobody_without_the_right_joins(pair, editor):
    with pytest.raises(PermissionDenied):
        join(*pair, by=UserFactory())
    assert not Job.objects.exists()


@pytest.mark.parametrize("gone", [0, 1], ids=["the one given up", "the one that stays"])
def test_a_record_that_another_join_took_meanwhile_is_told_in_words(gone, pair, archivist, monkeypatch):
    one, stays = pair
    job = join_people.ask(by=archivist, title="Join", record=one.pk, into=stays.pk)
    Authorship.objects.all().delete()
    Person.objects.get(pk=one.pk).quotes.all().delete()

    def delete_first(*_):
        Person.objects.filter(pk=pair[gone].pk).delete()

    monkeypatch.setattr(joining_records, "_check", delete_first)  # the look at both is over by then
    with pytest.raises(JobError, match="One of the two records is gone"):
        join_people(job, record=one.pk, into=stays.pk)


def test_a_join_does_not_take_the_work_of_another_for_its_own(pair, archivist):
    one, stays = pair
    late = join_people.ask(by=archivist, title="Join", record=one.pk, into=stays.pk)
    join(one, PersonFactory(name="J. K. Osei"), by=archivist)
    with pytest.raises(JobError, match="One of the two records is gone"):
        join_people(late, record=one.pk, into=stays.pk)


def test_an_undoing_broken_off_at_its_end_goes_on(pair, archivist, monkeypatch):
    job = join(*pair, by=archivist)
    undoing = undo(job, by=archivist)
    with monkeypatch.context() as patched:
        patched.setattr(Job, "end", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_back(undoing)
    take_back(Job.objects.get(pk=undoing.pk))
    job.refresh_from_db()
    assert (job.state, job.items.count(), Person.objects.filter(pk=pair[0].pk).count()) == ("Undone", 0, 1)


def test_authorships_move_in_the_same_queries_whatever_their_number(archivist):
    counts = []
    for number in (1, 3):
        one, stays = PersonFactory(), PersonFactory()
        for article in ArticleFactory.create_batch(number):
            Authorship.objects.create(article=article, person=one, position=0)
            Authorship.objects.create(article=article, person=stays, position=1)
        job = join_people.ask(by=archivist, title="Join", record=one.pk, into=stays.pk)
        with CaptureQueriesContext(connection) as queries:
            join_people(job, record=one.pk, into=stays.pk)
        counts.append(len(queries))
        assert one.authorships.count() == 0
    assert counts[0] == counts[1]
