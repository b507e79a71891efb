"""Names that may be of one person: told from names that are another's."""

import pytest

from archive.editing import lookalikes
from archive.editing.lookalikes import lookalike_people, lookalike_sources, lookalikes_of
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jim Bridenstine", "Jim Bridenstein"),
        ("J. Bridenstine", "Jim Bridenstine"),
        ("José Ibarra", "Jose Ibarra"),
        ("Sandra R. Lindqvist", "Sandra Lindqvist"),
        ("Martin Luther Okoye Jr.", "Martin Luther Okoye"),
        ("Katherine Oyelaran", "Katharine Oyelaran"),
        ("Castellaw, Winifred", "Winifred Castellaw"),
        ("Okoye, Jr.", "Okoye"),
    ],
)
def test_names_much_alike_are_paired(one, other):
    records = {PersonFactory(name=one), PersonFactory(name=other)}

    [pair] = lookalike_people().pairs

    assert {pair.one, pair.other} == records
    assert lookalikes_of(pair.one) == [pair.other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Abara", "Jane Abara"),
        ("John Abara", "John Oduya"),
        ("Abara", "John Abara"),
        ("Ana Ruiz", "Ann Reyes"),
    ],
)
def test_names_of_others_are_not(one, other):
    record = PersonFactory(name=one)
    PersonFactory(name=other)

    assert lookalike_people().pairs == ()
    assert lookalikes_of(record) == []


def test_sources_are_looked_through_too():
    one, other = SourceFactory(name="Orbit Daily"), SourceFactory(name="The Orbit Daily")
    SourceFactory(name="Lunar Weekly")

    [pair] = lookalike_sources().pairs

    assert (pair.one, pair.other) == (one, other)


def test_the_one_that_readers_find_more_of_is_the_one_to_stay():
    known = PersonFactory(name="Leopold Quaye")
    QuoteFactory(speaker=known, article=ArticleFactory(published=True))
    PersonFactory(name="Dr. Leopold Quaye")

    [pair] = lookalike_people().pairs

    assert pair.other == known


def test_one_look_goes_over_a_stretch_and_says_where_the_next_begins(monkeypatch):
    monkeypatch.setattr(lookalikes, "LOOKED_AT", 2)
    for name in ("Ada Aalto", "Bo Berg", "Cy Cole", "C. Cole"):
        PersonFactory(name=name)

    first = lookalike_people()
    second = lookalike_people(first.onward)

    assert (first.pairs, first.onward) == ((), "cole, c.")
    assert [(pair.one.name, pair.other.name, second.onward) for pair in second.pairs] == [("C. Cole", "Cy Cole", "")]
