"""Quote: words that an article puts in somebody's mouth, held to their very place in its body."""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from archive.models.address import address
from archive.models.article import Article
from archive.models.digest import digest_triggers
from archive.models.history import keeps_history
from archive.models.person import Person
from archive.models.searched import Slices, WordsOfQuote
from archive.models.tally import counted_in, tally_triggers
from archive.models.version import VISIBLE, moves_version

BROKEN_BY_ATTRIBUTION = " … "
# What a quote adds to.
COUNTED_IN = (counted_in("person", "speaker_id", quotes="1"), counted_in("archive", "0", quotes="1"))


def words_at(body: str, spans: list[list[int]]) -> str:
    """The words of a body at these spans, in code points, joined by an ellipsis where an attribution breaks them.

    The database holds every quote to the same rule (`archive_words_at` in the first migration).
    """
    return BROKEN_BY_ATTRIBUTION.join(body[start:end] for start, end in spans)


def parts_of(words: str, spans: list[list[int]]) -> list[str]:
    """What `words_at` joined: the words of each span; all in one where there is none."""
    if not spans:
        return [words]
    parts, start = [], 0
    for first, last in spans:
        parts.append(words[start : start + last - first])
        start += last - first + len(BROKEN_BY_ATTRIBUTION)
    return parts


class SpansInOrder(models.Func):
    """Whether spans are pairs of start and end, start before end, each after the one before it."""

    function = "archive_spans_in_order"
    output_field = models.BooleanField()


class ShownWithArticle(models.Func):
    """Whether a quote is shown wherever its article is: the rule of `archive_quotes_shown`."""

    function = "archive_quotes_shown"
    output_field = models.BooleanField()


class QuoteQuerySet(models.QuerySet["Quote"]):
    """Questions asked about quotes."""

    def public(self) -> Self:
        """What readers may see now: the quotes of public articles.

        Not those that the body has lost, nor those of a source that allows a reference only (`archive_quotes_shown`).
        """
        return self.filter(visible_from__lte=Now())

    def shown_with_article(self) -> Self:
        """What readers see as soon as they see the articles; for pages shown before that, in private."""
        return self.filter(ShownWithArticle("article__source_id", "lost_at"))

    def newest_first(self) -> Self:
        """By the article's date, latest first; within an article from its first words to its last."""
        return self.order_by("-published_at", "-article_id", "position", "id")


@keeps_history(exclude=("published_at", "visible_from", "counted"))
class Quote(models.Model):
    """One utterance: one span of the body, or several where an attribution breaks it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="quotes")
    spans = ArrayField(
        ArrayField(models.IntegerField(), size=2),
        default=list,
        help_text="Start and end of each part in the body, in Unicode code points, without quotation marks.",
    )
    position = models.IntegerField(
        default=0,
        editable=False,
        help_text="Where its first words stand, which orders the quotes of an article.",
    )
    words = models.TextField(editable=False, help_text="The words at the spans; kept when the body loses them.")
    speaker = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="quotes",
        help_text="Who said it.",
    )
    speaker_mention = models.CharField(
        max_length=300, blank=True, help_text="The speaker as named beside the words: “he”, “the ambassador”."
    )
    mention_start = models.IntegerField(null=True, blank=True, editable=False)
    mention_end = models.IntegerField(null=True, blank=True, editable=False)
    role = models.CharField(
        max_length=300,
        blank=True,
        help_text="The role they spoke in: “Russian ambassador to the United States”.",
    )
    partial = models.BooleanField(default=False, help_text="A few words inside somebody else's sentence.")
    lost_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When an edit of the body took its words away."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    # Told by the article, by trigger, so that lists of quotes need not ask it.
    published_at = models.DateTimeField(null=True, editable=False)
    visible_from = models.DateTimeField(null=True, editable=False)
    counted = models.BooleanField(default=False, editable=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["article", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=SpansInOrder("spans"), name="spans_in_order"),
            models.CheckConstraint(
                condition=models.Q(lost_at__isnull=True) & ~models.Q(spans=[])
                | models.Q(lost_at__isnull=False, spans=[]),
                name="quote_in_the_body_or_lost",
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="quote_has_words"),
            models.CheckConstraint(
                condition=models.Q(mention_start__isnull=True, mention_end__isnull=True)
                | models.Q(mention_start__gte=0, mention_end__gt=models.F("mention_start")),
                name="mention_in_order",
            ),
        ]
        indexes = [
            # Who speaks in an article is read in it, for hundreds of articles at once.
            models.Index(fields=["article", "position"], include=["speaker", "visible_from"], name="quote_of_article"),
            models.Index(
                fields=["-published_at", "-article", "position", "id"],
                name="quote_public_newest",
                condition=models.Q(visible_from__isnull=False),
            ),
            models.Index(
                fields=["speaker", "-published_at", "-article", "position", "id"],
                include=["visible_from"],
                name="quote_public_of_speaker",
                condition=models.Q(visible_from__isnull=False),
            ),
            models.Index(
                fields=["speaker", "visible_from"],
                name="quote_under_embargo",
                condition=models.Q(visible_from__isnull=False, counted=False),
            ),
            models.Index(fields=["speaker", "-id"], name="quote_of_speaker"),
            models.Index(fields=["speaker", "-article"], name="quote_articles_of_speaker"),
            models.Index(fields=["-created_at", "-id"], name="quote_latest_made"),
            GinIndex(WordsOfQuote("words"), Slices("published_at"), name="quote_searched"),
            models.Index(fields=["-id"], name="quote_lost", condition=models.Q(lost_at__isnull=False)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="take_date_from_article",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("lost_at"),
                # FOR SHARE: an article being published elsewhere is waited for, not misread.
                func="""
                    SELECT article.published_at,
                           CASE WHEN shown THEN article.visible_from END,
                           article.counted AND shown
                    INTO NEW.published_at, NEW.visible_from, NEW.counted
                    FROM archive_article AS article,
                         archive_quotes_shown(article.source_id, NEW.lost_at) AS shown
                    WHERE article.id = NEW.article_id FOR SHARE OF article;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="tell_taggings",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.published_at, OLD.visible_from, OLD.counted)"
                    " IS DISTINCT FROM (NEW.published_at, NEW.visible_from, NEW.counted))"
                ),
                func="""
                    UPDATE archive_tagging
                    SET published_at = NEW.published_at, visible_from = NEW.visible_from, counted = NEW.counted
                    WHERE quote_id = NEW.id;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="words_are_in_body",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("spans", "words", "article_id"),
                timing=pgtrigger.Deferred,
                func="PERFORM archive_check_quotes(NEW.article_id, NEW.id); RETURN NULL;",
            ),
            *digest_triggers("NULL::bigint", "article_id", "id", "speaker_id"),
            *tally_triggers(*COUNTED_IN),
            *moves_version(VISIBLE),
        ]

    def __str__(self) -> str:
        return f"“{self.words[:80]}{'…' if len(self.words) > 80 else ''}”"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the position of its first span."""
        if self.spans:
            self.position = self.spans[0][0]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("quote", self.pk)

    @property
    def parts(self) -> list[str]:
        """The words of each span; all of them in one where the body has lost them."""
        return parts_of(self.words, self.spans)
