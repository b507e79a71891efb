"""The smaller records: people, originals, suggestions, the edition."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.models import Answer, Article, Edition, Original, Person, PersonName, Source, Suggestion
from tests.factories import ArticleFactory, PersonFactory, SuggestionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Ines Halvorsen", "ines halvorsen", "Inés Halvorsen-Roth"])
def test_a_person_is_found_by_any_of_their_names(name):
    ines = PersonFactory(name="Ines Halvorsen")
    PersonName.objects.create(person=ines, name="Inés Halvorsen-Roth")
    PersonFactory(name="Ines Halvor")
    assert list(Person.objects.called(name)) == [ines]


def test_two_people_may_share_a_name_but_not_an_address():
    assert [PersonFactory(name="Ada Brandvold").slug for _ in range(2)] == ["ada-brandvold", "ada-brandvold-2"]


@pytest.mark.parametrize(("model", "field"), [(Article, "publisher_url"), (Source, "homepage")])
def test_an_address_elsewhere_is_of_the_web_whoever_writes_it(model, field):
    ArticleFactory()
    model.objects.update(**{field: "HTTPS://ledger.example/"})
    for script in ("javascript:alert(1)", " https://ledger.example/", "data:text/html,x#https://"):
        with pytest.raises(IntegrityError, match=f"{field}_of_the_web"), transaction.atomic():
            model.objects.update(**{field: script})


def test_the_same_is_not_proposed_twice_for_an_article():
    first = SuggestionFactory()
    with pytest.raises(IntegrityError, match="one_proposal_of_a_kind_and_key"), transaction.atomic():
        Suggestion.objects.create(
            kind=first.kind, article=first.article, topic=first.topic, key=first.key, confidence=0.5, made_by="tests"
        )


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_a_confidence_lies_between_0_and_1(confidence):
    SuggestionFactory()
    with pytest.raises(IntegrityError, match="confidence_between_0_and_1"), transaction.atomic():
        Suggestion.objects.update(confidence=confidence)


def test_an_answer_is_given_at_some_moment():
    SuggestionFactory()
    with pytest.raises(IntegrityError, match="answered_at_some_moment"), transaction.atomic():
        Suggestion.objects.update(answer=Answer.DECLINED)
    Suggestion.objects.update(answer=Answer.DECLINED, answered_at=timezone.now())
    assert Suggestion.objects.pending().count() == 0


def test_a_checksum_is_hexadecimal():
    with pytest.raises(IntegrityError, match="original_sha256_is_hex"), transaction.atomic():
        Original.objects.create(sha256="not a checksum", size=1, media_type="text/plain", filename="a", origin="a")


def test_there_is_one_edition():
    assert Edition.current().title == "Archive of record"
    Edition.objects.create(pk=1, title="The Orbit Papers")
    assert Edition.current().title == "The Orbit Papers"
    with pytest.raises(IntegrityError, match="one_edition"), transaction.atomic():
        Edition.objects.create(pk=2)
