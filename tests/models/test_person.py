"""People: the name they are listed under."""

import pytest
from django.core.exceptions import ValidationError

from archive.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "family_name", "listed_as"),
    [
        ("Mira Sandoval", "", "Sandoval, Mira"),
        ("Ada B. Brandvold", "", "Brandvold, Ada B."),
        ("Zoë van der Meer", "", "van der Meer, Zoë"),
        ("Ivan Divan Beek", "", "Beek, Ivan Divan"),
        ("Odile Taillon-Grieve", "", "Taillon-Grieve, Odile"),
        ("Chidi Okoro, Jr.", "", "Okoro, Chidi Jr."),
        ("Henry Ashdown III", "", "Ashdown, Henry III"),
        ("Xi Jinping", "Xi", "Xi, Jinping"),
        ("Gabriel García Márquez", "García Márquez", "García Márquez, Gabriel"),
        ("Laika", "", "Laika"),
        ("Lee Lee", "", "Lee Lee"),
        ("Юрий Гагарин", "", "Гагарин, Юрий"),
    ],
)
def test_a_person_is_listed_by_family_name(name, family_name, listed_as):
    person = PersonFactory(name=name, family_name=family_name)
    assert Person.objects.get(pk=person.pk).listed_as == listed_as


def test_a_family_name_is_a_part_of_the_name():
    with pytest.raises(ValidationError, match="The family name is not a part of the name"):
        PersonFactory(name="Mira Sandoval", family_name="Sandoz")


def test_the_order_knows_neither_case_nor_accents():
    for name in ("Zoë van der Meer", "Álvaro Östling", "Otto Ostler"):
        PersonFactory(name=name)
    assert [person.name for person in Person.objects.listed().order_by("place")] == [
        "Otto Ostler",
        "Álvaro Östling",
        "Zoë van der Meer",
    ]
