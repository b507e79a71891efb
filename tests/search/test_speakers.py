"""Quotes found by who speaks and what is said, in one breath."""

import pytest

from archive.models import PersonName, Quote
from archive.search.filters import QuoteFilter
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Conor O'Brien", "Conor O’Brien"])
@pytest.mark.parametrize("typed", ["o'brien venus", "O’Brien Venus", "oʼbrien venus"])
def test_an_apostrophe_is_one_straight_or_curly(typed, name):
    article = ArticleFactory(published=True, body="“Venus is next,” it was said.")
    quote = QuoteFactory(article=article, speaker=PersonFactory(name=name))
    assert list(QuoteFilter({"q": typed}, queryset=Quote.objects.public()).qs) == [quote]


@pytest.fixture
def said():
    """Mira speaks of Venus and of Mars, Inès of Venus."""
    mira, ines = PersonFactory(name="Mira Sandoval"), PersonFactory(name="Inès Halvorsen")
    PersonName.objects.create(person=mira, name="M. Quaye")
    for speaker, words in ((mira, "Venus is next"), (mira, "Mars can wait"), (ines, "Venus, says Sandoval")):
        QuoteFactory(article=ArticleFactory(published=True, body=f"“{words},” it was said."), speaker=speaker)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sandoval venus", ["Venus is next,", "Venus, says Sandoval,"]),
        ("Mira Sandoval Mars", ["Mars can wait,"]),
        ("quaye venus", ["Venus is next,"]),
        ("ines venus", ["Venus, says Sandoval,"]),
        ("sandoval -venus", ["Mars can wait,"]),
        ("halvorsen", ["Venus, says Sandoval,"]),
        ("halvorsen mars", []),
        ('"sandoval venus"', []),
        ("it's o'neill", []),
    ],
)
def test_words_may_name_the_speaker(words, found, said):
    quotes = QuoteFilter({"q": words}, queryset=Quote.objects.public()).qs
    assert sorted(quotes.values_list("words", flat=True)) == found
