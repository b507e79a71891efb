"""Topics and people that a search may be after: those of that name or surname, or of one that is written nearly so."""

from collections.abc import Iterator
from difflib import get_close_matches

from django.contrib.postgres.search import SearchQuery

from archive.models import Person, PersonName, Topic, TopicName
from archive.models.names import WordsOfName
from archive.search.people import in_public

# How many names that begin alike are compared with a word that found nothing.
COMPARED = 2_000
LIKE = 0.75


def called(words: str) -> list[Topic | Person]:
    """The topics of exactly this name, and the people with these words in their names. Two queries."""
    return [*Topic.objects.current().called(words)[:3], *in_public(Person.objects.known_by(words))[:3]]


def nearly_called(words: str) -> list[str]:
    """Names that are written nearly so and begin with the same letter: “Did you mean …?” Four queries.

    A word alone is compared with the single words of people's names too. What was asked is not offered again.
    """
    begins, asked = words[:1], words.casefold()
    if not begins.isalpha():
        return []
    names = {name.casefold(): name for name in _topics(begins)}
    for name in _people(begins):
        names[name.casefold()] = name
        if len(words.split()) == 1:
            for word in name.casefold().split():
                names.setdefault(word, name)
    names.pop(asked, None)
    return list(dict.fromkeys(names[near] for near in get_close_matches(asked, names, n=3, cutoff=LIKE)))


def _topics(begins: str) -> Iterator[str]:
    """Names of topics that begin with a letter."""
    for rows in (
        Topic.objects.current().filter(name__istartswith=begins),
        TopicName.objects.filter(name__istartswith=begins),
    ):
        yield from rows.values_list("name", flat=True)[:COMPARED]


def _people(begins: str) -> Iterator[str]:
    """Names of people of which any word begins with a letter."""
    some_word = SearchQuery(f"'{begins}':*", search_type="raw", config="simple")
    for rows in (
        in_public().alias(words=WordsOfName("name")).filter(words=some_word),
        PersonName.objects.alias(words=WordsOfName("name")).filter(words=some_word, person__in=in_public()),
    ):
        yield from rows.values_list("name", flat=True)[:COMPARED]
