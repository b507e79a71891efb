"""Tagging: one article or quote filed under one topic, by whom and when."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from archive.models.article import Article
from archive.models.digest import digest_triggers
from archive.models.history import keeps_history
from archive.models.quote import Quote
from archive.models.tally import counted_in, tally_triggers
from archive.models.topic import Topic
from archive.models.version import VISIBLE, moves_version

# What a tagging adds to.
COUNTED_IN = (
    counted_in("topic", "topic_id", articles="(article_id IS NOT NULL)::int", quotes="(quote_id IS NOT NULL)::int"),
)


class TaggingQuerySet(models.QuerySet["Tagging"]):
    """Questions asked about what is filed where."""

    def public(self) -> Self:
        """The taggings of items that readers may see now."""
        return self.filter(visible_from__lte=Now())

    def of_articles(self) -> Self:
        """Articles filed, newest first."""
        return self.filter(article__isnull=False).order_by("-published_at", "-article_id")

    def of_quotes(self) -> Self:
        """Quotes filed, newest first."""
        return self.filter(quote__isnull=False).order_by("-published_at", "-quote_id")

    def filed(self) -> Self:
        """Those somebody made, without those implied by a narrower topic."""
        return self.filter(implied=False)


@keeps_history(
    exclude=("published_at", "visible_from", "counted"),
    indexes=(models.Index(fields=["topic", "-pgh_id"], name="tagging_gone_from", condition=models.Q(implied=False)),),
)
class Tagging(models.Model):
    """An item filed under a topic; implied rows stand for the broader topics of those it was filed under."""

    topic = models.ForeignKey(Topic, db_index=False, on_delete=models.PROTECT, related_name="taggings")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.CASCADE, related_name="taggings")
    quote = models.ForeignKey(Quote, null=True, blank=True, on_delete=models.CASCADE, related_name="taggings")
    implied = models.BooleanField(
        default=False, editable=False, help_text="Filed under a narrower topic, and so under this one."
    )
    tagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    tagged_at = models.DateTimeField(auto_now_add=True)
    suggestion = models.ForeignKey(
        "Suggestion",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="taggings",
        help_text="The proposal it was accepted from.",
    )

    # Told by the article, by trigger: a topic's page is one scan of one index here.
    published_at = models.DateTimeField(null=True, editable=False)
    visible_from = models.DateTimeField(null=True, editable=False)
    counted = models.BooleanField(default=False, editable=False)

    objects = TaggingQuerySet.as_manager()

    class Meta:
        ordering = ["topic__name"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "article"], name="one_tagging_of_article_and_topic"),
            models.UniqueConstraint(fields=["topic", "quote"], name="one_tagging_of_quote_and_topic"),
            models.CheckConstraint(
                condition=models.Q(article__isnull=False, quote__isnull=True)
                | models.Q(article__isnull=True, quote__isnull=False),
                name="tagging_of_one_item",
            ),
        ]
        indexes = [
            models.Index(
                fields=["topic", "-tagged_at"], name="tagging_latest_filed", condition=models.Q(implied=False)
            ),
            models.Index(
                fields=["topic", "-published_at", "-article"],
                include=["visible_from"],
                name="tagging_public_articles",
                condition=models.Q(visible_from__isnull=False, article__isnull=False),
            ),
            models.Index(
                fields=["topic", "-published_at", "-quote"],
                include=["visible_from"],
                name="tagging_public_quotes",
                condition=models.Q(visible_from__isnull=False, quote__isnull=False),
            ),
            # What a search counts of some hundreds of items at once, each of them on a page of its own.
            models.Index(
                fields=["article"],
                include=["topic"],
                name="tagging_topics_of_article",
                condition=models.Q(article__isnull=False, implied=False),
            ),
            models.Index(
                fields=["quote"],
                include=["topic"],
                name="tagging_topics_of_quote",
                condition=models.Q(quote__isnull=False, implied=False),
            ),
            # What an embargo holds back, or held back until lately: few at any time.
            models.Index(
                fields=["topic", "visible_from"],
                name="tagging_under_embargo",
                condition=models.Q(visible_from__isnull=False, counted=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="take_date_from_item",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.quote_id IS NULL THEN
                        SELECT published_at, visible_from, counted
                        INTO NEW.published_at, NEW.visible_from, NEW.counted
                        FROM archive_article WHERE id = NEW.article_id FOR SHARE;
                    ELSE
                        SELECT published_at, visible_from, counted
                        INTO NEW.published_at, NEW.visible_from, NEW.counted
                        FROM archive_quote WHERE id = NEW.quote_id FOR SHARE;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="imply_broader_topics",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("implied"),
                condition=pgtrigger.Condition("NOT NEW.implied"),
                func="""
                    INSERT INTO archive_tagging (topic_id, article_id, quote_id, implied, tagged_at, counted)
                    SELECT broader, NEW.article_id, NEW.quote_id, true, NEW.tagged_at, false
                    FROM archive_broader_topics(NEW.topic_id) AS broader
                    WHERE broader <> NEW.topic_id
                    ON CONFLICT DO NOTHING;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="imply_no_longer",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("NOT OLD.implied"),
                func="PERFORM archive_imply_anew(OLD.article_id, OLD.quote_id); RETURN NULL;",
            ),
            *digest_triggers("topic_id", "article_id", "quote_id", "NULL::bigint"),
            *tally_triggers(*COUNTED_IN),
            *moves_version(VISIBLE),
        ]

    def __str__(self) -> str:
        return f"{self.article or self.quote} under {self.topic}"
