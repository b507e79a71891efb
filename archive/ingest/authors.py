"""Authors: the people of the archive who are named in bylines."""

import re
from collections.abc import Sequence

from django.db.models.functions import Lower

from archive.models import Article, Authorship, Person, PersonName

_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|/|\band\b|&|\bwith\b)\s*", re.IGNORECASE)


def link_authors(articles: Sequence[Article]) -> None:
    """Record who wrote these new articles, where every name of the byline is exactly one person's of the archive.

    Nobody is made of a byline, and none is linked in part, since pages show the people in its stead: whom it means is
    the editor's to say where the archive does not know a name.
    """
    bylines = {article.pk: list(filter(None, _BETWEEN_NAMES.split(article.byline.lower()))) for article in articles}
    people = _people_called({name for names in bylines.values() for name in names})
    Authorship.objects.bulk_create(
        Authorship(article_id=article, person_id=person, position=position)
        for article, names in bylines.items()
        if all(name in people for name in names)
        for position, person in enumerate(dict.fromkeys(people[name] for name in names))
    )


def _people_called(names: set[str]) -> dict[str, int]:
    """The ids of people by their names in small letters; names that several have are left out."""
    if not names:
        return {}
    own = Person.objects.annotate(called=Lower("name")).filter(called__in=names).values_list("called", "id")
    other = PersonName.objects.annotate(called=Lower("name")).filter(called__in=names).values_list("called", "person")
    holders: dict[str, set[int]] = {}
    for name, person in own.union(other):
        holders.setdefault(name, set()).add(person)
    return {name: several.pop() for name, several in holders.items() if len(several) == 1}
