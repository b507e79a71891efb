"""Addresses that never change: slugs, and what becomes of a slug that was given up."""

from typing import Any

import pgtrigger
from django.db import models
from django.urls import reverse
from slugify import slugify

SLUG_LENGTH = 100
# An address elsewhere, as readers may follow it: never a script. PostgreSQL's and Python's expressions agree on it.
OF_THE_WEB = "^(https?|ftps?)://"


def address(name: str, *parts: str | int) -> str:
    """The path of a page of ours, as `reverse` gives it but at a fraction of its cost: a list is full of links.

    The parts are slugs and numbers, which need no quoting.
    """
    form = _FORMS.get(name)
    if form is None:
        form = _FORMS[name] = _form(name, parts)
    return form % parts


# The path of each name asked for so far, with a gap (%s) for each part.
_FORMS: dict[str, str] = {}


def _form(name: str, parts: tuple[str | int, ...]) -> str:
    samples = [1957 if isinstance(part, int) else f"sample-{number}" for number, part in enumerate(parts)]
    path = reverse(name, args=samples).replace("%", "%%")
    for sample in samples:
        path = path.replace(str(sample), "%s", 1)
    return path


def of_the_web(model: str, field: str) -> models.CheckConstraint:
    """The constraint that a field of a model holds an address of the web, or nothing."""
    return models.CheckConstraint(
        condition=models.Q((field, "")) | models.Q((f"{field}__iregex", OF_THE_WEB)),
        name=f"{model}_{field}_of_the_web",
        violation_error_message="An address of the web begins with https:// or http://.",
    )


def slug_stem(text: str) -> str:
    """The slug that a text would have if nobody else had it; "untitled" where it leaves no letter.

    A number of two digits is written "no-07": in the address of an article it would be a month.
    """
    stem = slugify(text, max_length=SLUG_LENGTH - 8, word_boundary=True) or "untitled"
    return f"no-{stem}" if stem.isdecimal() and len(stem) == 2 else stem


def free_slug(queryset: "models.QuerySet[Any]", text: str, *, former: "models.QuerySet[FormerSlug]") -> str:
    """A slug made of the text that neither a row of the queryset has nor a former address holds.

    "venus", then "venus-2", "venus-3" …; "untitled" where the text leaves no letter.
    """
    stem = slug_stem(text)
    taken = set(queryset.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= set(former.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


class FormerSlug(models.Model):
    """A slug that an article, topic, person or source once had, and whose it was: the old address redirects."""

    class Kind(models.TextChoices):
        ARTICLE = "article"
        TOPIC = "topic"
        PERSON = "person"
        SOURCE = "source"

    kind = models.CharField(max_length=10, choices=Kind)
    year = models.SmallIntegerField(default=0, help_text="An article's year; 0 for everything else.")
    slug = models.SlugField(max_length=SLUG_LENGTH, db_index=False)
    object_id = models.BigIntegerField()
    given_up_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year", "slug"], name="one_owner_of_a_former_slug")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


def keeps_former_slug(kind: FormerSlug.Kind, *, year: str = "0") -> pgtrigger.Trigger:
    """A trigger that notes a row's slug when it changes. `year` is the SQL for the year of the old row."""
    changed = "OLD.slug IS DISTINCT FROM NEW.slug"
    if year != "0":
        changed += " OR OLD.year IS DISTINCT FROM NEW.year"
    return pgtrigger.Trigger(
        name="keep_former_slug",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        func=f"""
            IF ({changed}) AND {year} IS NOT NULL AND OLD.slug <> '' THEN
                INSERT INTO archive_formerslug (kind, year, slug, object_id, given_up_at)
                VALUES ('{kind.value}', {year}, OLD.slug, OLD.id, now())
                ON CONFLICT (kind, year, slug) DO UPDATE SET object_id = EXCLUDED.object_id, given_up_at = now();
            END IF;
            RETURN NULL;
        """,  # noqa: S608 (the parts are this module's own)
    )
