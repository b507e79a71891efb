"""Digest: what the latest under a topic, or of a speaker, is about, counted once and kept until any of that changes.

A topic's page tells what else its latest items are filed under, who speaks in them and where they come from; a
person's, in which roles and on what they spoke. Counted at each sight this would cost most of the page. So it is kept,
as are the topics at the top, which several pages begin with and the whole vocabulary would be read for:

- Whatever changes one of those items notes, within its own transaction, that the digests it may stand in are due.
- Readers are given a digest that is kept and not due, else it is counted for them (`archive.site.digests`), the one or
  the other in one snapshot, so that a digest is never out of date, only dearer for a while.
- A worker makes anew what is due (`archive.editing.digesting`).

What is due is noted in rows of its own: writers wait neither for each other nor for the worker. A digest that is due
already is not noted again, so that there are never many.
"""

from typing import Self

import pgtrigger
from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from archive.models.statements import statement_triggers
from archive.models.version import VISIBLE


class DigestQuerySet(models.QuerySet["Digest"]):
    """Questions asked about what is kept."""

    def right(self, subject: "Digest.Subject") -> Self:
        """Of what is kept of one kind, that which is as it would be counted now.

        What is not due, and has no item whose embargo ended since it was counted, which nobody's doing told of.
        """
        due = DueDigest.objects.filter(subject=subject, subject_id=OuterRef("subject_id"))
        right = self.filter(~Exists(due), subject=subject)
        if subject == Digest.Subject.TOP:
            return right
        model, item = ("Quote", "speaker") if subject == Digest.Subject.PERSON else ("Tagging", "topic")
        held_back = apps.get_model("archive", model)._default_manager.filter(counted=False)
        ended = held_back.filter(visible_from__gt=OuterRef("made_at"), visible_from__lte=Now())
        return right.filter(~Exists(ended.filter(**{item: OuterRef("subject_id")})))


class Digest(models.Model):
    """What is kept of one topic or speaker: ids with their counts, as `archive_count_digest` gives them."""

    class Subject(models.TextChoices):
        ARTICLES = "articles", "The latest articles under a topic"
        QUOTES = "quotes", "The latest quotes under a topic"
        PERSON = "person", "The latest quotes of a person"
        TOP = "top", "The topics that lie under no other"

    subject = models.CharField(max_length=8, choices=Subject)
    subject_id = models.BigIntegerField(help_text="Id of the topic or person; 0 for the vocabulary.")
    told = models.JSONField()
    made_at = models.DateTimeField(help_text="When it was begun to count; an embargo that ended since is not in it.")

    objects = DigestQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["subject", "subject_id"], name="one_digest_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"


class DueDigest(models.Model):
    """A digest that may not be right any more, or is not there yet."""

    subject = models.CharField(max_length=8, choices=Digest.Subject)
    subject_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["subject", "subject_id"], name="digest_due")]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} is due"


class CountedAnew(models.Func):
    """A digest as it is counted now, for its kind and the id of its topic or speaker."""

    function = "archive_count_digest"
    output_field = models.JSONField()


def vocabulary_trigger() -> pgtrigger.Trigger:
    """The trigger that notes that other topics may have come to the top."""
    return pgtrigger.Trigger(
        name="digest_of_the_top",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="PERFORM archive_note_due(ARRAY['top'], ARRAY[0]); RETURN NULL;",
    )


def digest_triggers(filed: str, articles: str, quotes: str, speakers: str) -> list[pgtrigger.Trigger]:
    """Triggers that note which digests the changed rows of a table may stand in, where readers can see the rows.

    SQL over one row, or NULL: a topic that it is filed under, its article, its quote, its speaker. What else the
    article or quote is filed under, and who says the quote, is looked up.
    """

    def body(old: str | None, new: str | None) -> str:
        changed = " UNION ALL ".join(f"SELECT * FROM {rows} WHERE {VISIBLE}" for rows in (old, new) if rows)  # noqa: S608
        return f"""
                PERFORM archive_note_due_digests(
                    array_agg(DISTINCT {filed}) FILTER (WHERE {articles} IS NOT NULL),
                    array_agg(DISTINCT {filed}) FILTER (WHERE {quotes} IS NOT NULL),
                    array_agg(DISTINCT {articles}), array_agg(DISTINCT {quotes}), array_agg(DISTINCT {speakers}))
                FROM ({changed}) AS changed HAVING count(*) > 0;
                RETURN NULL;
            """

    return statement_triggers("digests", body)
