"""Person: somebody who writes or speaks; one record, many names."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models.functions import Lower

from archive.models.address import SLUG_LENGTH, FormerSlug, address, free_slug, keeps_former_slug
from archive.models.history import keeps_history
from archive.models.names import NamedQuerySet, WordsOfName
from archive.models.version import moves_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.models.deed import Deed


class ListedAs(models.Func):
    """A name with its family name first, as libraries list it: “Sandoval, Mira”."""

    function = "archive_listed_as"
    output_field = models.CharField(max_length=302)


class PlaceOfName(models.Func):
    """Where a name stands in an alphabetical list: case and accents do not matter."""

    template = "archive_fold(lower(%(expressions)s))"
    output_field = models.TextField()


class PersonQuerySet(NamedQuerySet["Person"]):
    """Questions asked about people."""

    def called(self, name: str) -> "PersonQuerySet":
        """Those who have exactly this name, as their own or as another one; case does not matter."""
        return self.filter(models.Q(name__iexact=name) | models.Q(other_names__name__iexact=name)).distinct()

    def known_by(self, words: str, *, most: int | None = None) -> "PersonQuerySet":
        """Those who have a name with all these words in it, such as their surname; case and accents do not matter.

        At `most` some so many of them.
        """
        asked = SearchQuery(models.Func(models.Value(words), function="archive_fold"), config="simple")
        return self._with_name(asked, most)

    def made_by(self, deeds: "Iterable[Deed]") -> "PersonQuerySet":
        """Those who were new to the archive when these deeds named them."""
        return self.filter(pk__in={int(pk) for deed in deeds for pk in deed.changed.get("person", {})})

    def unused(self) -> "PersonQuerySet":
        """Those on whom nothing hangs, and whom nobody changed since they were made."""
        return self.filter(quotes=None, authorships=None, other_names=None, events=None, description="")

    def listed(self) -> "PersonQuerySet":
        """Each with its `place` in the order of family names."""
        return self.annotate(place=PlaceOfName("listed_as"))

    def listed_from(self, place: str) -> "PersonQuerySet":
        """Those from this place on in the order of family names, in that order."""
        return self.annotate(place=PlaceOfName("listed_as")).filter(place__gte=place).order_by("place", "slug")


@keeps_history(exclude=("listed_as",))
class Person(models.Model):
    """A speaker or an author. Roles belong to what was said when: see `Quote.role`."""

    name = models.CharField(max_length=200, help_text="The name readers know them by, in full.")
    family_name = models.CharField(
        max_length=100,
        blank=True,
        help_text="The part of the name they are listed under, where it is not its end: “Xi”, “García Márquez”.",
    )
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text="Their part of the address. Filled from the name; a change redirects the old address.",
    )
    description = models.TextField(blank=True, help_text="Who they are, in a sentence or two.")
    identifiers = models.JSONField(
        default=dict, blank=True, help_text='Identifiers elsewhere, such as {"wikidata": "Q…"}.'
    )

    # Derived by the database.
    listed_as = models.GeneratedField(
        expression=ListedAs("name", "family_name"), output_field=models.CharField(max_length=302), db_persist=True
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(Lower("name"), name="person_name_any_case"),
            GinIndex(WordsOfName("name"), name="person_name_words"),
            models.Index(PlaceOfName("listed_as"), "slug", name="person_listed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name__contains=models.F("family_name")),
                name="family_name_in_name",
                violation_error_message="The family name is not a part of the name.",
            )
        ]
        triggers = [keeps_former_slug(FormerSlug.Kind.PERSON), *moves_version(when_made=False)]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with a slug made of the name where there is none."""
        if not self.slug:
            former = FormerSlug.objects.filter(kind=FormerSlug.Kind.PERSON)
            self.slug = free_slug(Person.objects.exclude(pk=self.pk), self.name, former=former)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("person", self.slug)


@keeps_history()
class PersonName(models.Model):
    """Another name of a person: a short form, a former name, another spelling."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200, help_text="A name that texts use for this person.")

    class Meta:
        ordering = ["name"]
        verbose_name = "other name"
        indexes = [
            models.Index(Lower("name"), name="person_other_name_any_case"),
            GinIndex(WordsOfName("name"), name="person_other_name_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                "person",
                Lower("name"),
                name="one_of_each_name_of_a_person",
                violation_error_message="The person has this name already.",
            )
        ]
        triggers = moves_version()

    def __str__(self) -> str:
        return self.name
