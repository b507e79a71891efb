"""Topics and people that a search may be after: those of exactly that name, or of one that is written nearly so."""

from difflib import get_close_matches

from archive.models import Person, PersonName, Topic, TopicName

# How many names that begin alike are compared with a word that found nothing.
COMPARED = 2_000
LIKE = 0.75


def called(words: str) -> list[Topic | Person]:
    """The topics and people of exactly this name, whatever its case. Two queries."""
    return [*Topic.objects.current().called(words)[:3], *Person.objects.called(words)[:3]]


def nearly_called(words: str) -> list[str]:
    """Names that are written nearly so and begin with the same letter: “Did you mean …?” Four queries."""
    begins = words[:1]
    if not begins.isalpha():
        return []
    names: dict[str, str] = {}
    for rows in (
        Topic.objects.current().filter(name__istartswith=begins),
        TopicName.objects.filter(name__istartswith=begins),
        Person.objects.filter(name__istartswith=begins),
        PersonName.objects.filter(name__istartswith=begins),
    ):
        names |= {name.casefold(): name for name in rows.values_list("name", flat=True)[:COMPARED]}
    return [names[near] for near in get_close_matches(words.casefold(), names, n=3, cutoff=LIKE)]
