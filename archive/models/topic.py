"""Topic: a subject under which articles and quotes are filed. The words are those of SKOS (W3C, 2009)."""

from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower

from archive.models.address import SLUG_LENGTH, FormerSlug, address, free_slug, keeps_former_slug
from archive.models.digest import vocabulary_trigger
from archive.models.history import keeps_history
from archive.models.names import NamedQuerySet, WordsOfName
from archive.models.version import moves_version


class TopicQuerySet(NamedQuerySet["Topic"]):
    """Questions asked of the vocabulary."""

    def current(self) -> "TopicQuerySet":
        """Those still in use: not replaced by another."""
        return self.filter(replaced_by__isnull=True)

    def called(self, name: str) -> "TopicQuerySet":
        """Those with this slug, or this preferred or alternative name; case does not matter."""
        return self.filter(
            models.Q(slug=name) | models.Q(name__iexact=name) | models.Q(other_names__name__iexact=name)
        ).distinct()


@keeps_history()
class Topic(models.Model):
    """A concept of the vocabulary: preferred name, alternative names, scope note, broader and related topics."""

    name = models.CharField(max_length=200, help_text="The preferred name (SKOS prefLabel), unique whatever its case.")
    match_case = models.BooleanField(
        default=False, help_text="The name counts in a text only in this case, as with “Dragon” or “ISS”."
    )
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text="Its part of the address. Filled from the name; a change redirects the old address.",
    )
    scope_note = models.TextField(blank=True, help_text="What belongs here and what does not (SKOS scopeNote).")
    broader = models.ManyToManyField(
        "self",
        through="TopicBroader",
        through_fields=("narrower", "broader"),
        symmetrical=False,
        related_name="narrower",
        blank=True,
    )
    related = models.ManyToManyField("self", through="TopicRelation", blank=True)
    replaced_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
        help_text="The topic that took this one's place; its address redirects there.",
    )
    identifiers = models.JSONField(
        default=dict, blank=True, help_text='Identifiers elsewhere, such as {"wikidata": "Q313"}.'
    )
    statements = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="What an imported vocabulary says of it that has no field here; exported again as it came.",
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name"], name="topic_by_name"),
            GinIndex(WordsOfName("name"), name="topic_name_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="one_topic_of_a_name",
                violation_error_message="Another topic has this name.",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by__isnull=True) | ~models.Q(replaced_by=models.F("id")),
                name="topic_not_replaced_by_itself",
            ),
        ]
        triggers = [
            keeps_former_slug(FormerSlug.Kind.TOPIC),
            vocabulary_trigger(),
            *moves_version(),
            # One step leads from a replaced topic to the one in use: no chains, no circles.
            pgtrigger.Trigger(
                name="replaced_in_one_step",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("replaced_by_id"),
                condition=pgtrigger.Condition("NEW.replaced_by_id IS NOT NULL"),
                func="""
                    PERFORM pg_advisory_xact_lock(hashtext('archive: replaced topics'));
                    NEW.replaced_by_id := COALESCE(
                        (SELECT replaced_by_id FROM archive_topic WHERE id = NEW.replaced_by_id), NEW.replaced_by_id);
                    IF NEW.replaced_by_id = NEW.id THEN
                        RAISE EXCEPTION 'topic % cannot be replaced by one that it replaces itself', NEW.name
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'replaced_in_one_step';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="replaced_topics_follow",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("replaced_by_id"),
                condition=pgtrigger.Condition("NEW.replaced_by_id IS NOT NULL"),
                func="""
                    UPDATE archive_topic SET replaced_by_id = NEW.replaced_by_id WHERE replaced_by_id = NEW.id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with a slug made of the name where there is none."""
        if not self.slug:
            former = FormerSlug.objects.filter(kind=FormerSlug.Kind.TOPIC)
            self.slug = free_slug(Topic.objects.exclude(pk=self.pk), self.name, former=former)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("topic", self.slug)


@keeps_history()
class TopicName(models.Model):
    """An alternative name of a topic (SKOS altLabel)."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200, help_text="Another name that texts use for this topic.")
    match_case = models.BooleanField(
        default=False, help_text="Counts in a text only in this case, as with “ISS” or “SLS”."
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "alternative name"
        indexes = [
            models.Index(Lower("name"), name="topic_other_name_any_case"),
            GinIndex(WordsOfName("name"), name="topic_other_name_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "name"],
                name="one_of_each_name_of_a_topic",
                violation_error_message="The topic has this name already.",
            )
        ]
        triggers = moves_version()

    def __str__(self) -> str:
        return self.name


@keeps_history()
class TopicBroader(models.Model):
    """One topic lies under another. A topic may have several broader ones; circles are refused."""

    narrower = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="broader_links")
    broader = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="narrower_links")

    class Meta:
        verbose_name = "broader topic"
        constraints = [
            models.UniqueConstraint(fields=["narrower", "broader"], name="one_link_between_two_topics"),
            models.CheckConstraint(condition=~models.Q(narrower=models.F("broader")), name="topic_not_under_itself"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_cycle_of_topics",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                # The lock keeps two transactions from closing a circle between them, each seeing half of it.
                func="""
                    PERFORM pg_advisory_xact_lock(hashtext('archive: broader topics'));
                    IF NEW.narrower_id IN (SELECT archive_broader_topics(NEW.broader_id)) THEN
                        RAISE EXCEPTION 'topic % cannot lie under %: it would lie under itself',
                            (SELECT name FROM archive_topic WHERE id = NEW.narrower_id),
                            (SELECT name FROM archive_topic WHERE id = NEW.broader_id)
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_cycle_of_topics';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # What is filed under the narrower topic comes to lie under the broader one, or no longer does.
            pgtrigger.Trigger(
                name="imply_by_new_link",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="PERFORM archive_link_made(NEW.narrower_id, NEW.broader_id); RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="imply_by_moved_link",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                func="""
                    PERFORM archive_link_gone(OLD.narrower_id, OLD.broader_id);
                    PERFORM archive_link_made(NEW.narrower_id, NEW.broader_id);
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="imply_no_longer_by_link",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="PERFORM archive_link_gone(OLD.narrower_id, OLD.broader_id); RETURN NULL;",
            ),
            vocabulary_trigger(),
            *moves_version(),
        ]

    def __str__(self) -> str:
        return f"{self.narrower} under {self.broader}"


@keeps_history()
class TopicRelation(models.Model):
    """Two topics worth reading together (SKOS related). Stored in both directions."""

    from_topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    to_topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "related topic"
        constraints = [
            models.UniqueConstraint(fields=["from_topic", "to_topic"], name="one_relation_of_two_topics"),
            models.CheckConstraint(
                condition=~models.Q(from_topic=models.F("to_topic")), name="topic_not_related_to_itself"
            ),
        ]
        triggers = moves_version()

    def __str__(self) -> str:
        return f"{self.from_topic} and {self.to_topic}"
