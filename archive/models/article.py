"""Article: one news story or document, from draft to published to withdrawn."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Greatest, Left, Lower, Now
from django.urls import reverse
from django.utils import timezone

from archive.models.address import SLUG_LENGTH, FormerSlug, address, free_slug, keeps_former_slug, of_the_web
from archive.models.batch import Batch
from archive.models.history import keeps_history
from archive.models.original import Original
from archive.models.person import Person
from archive.models.searched import Slices, WordsOfArticle, WordsOfHead
from archive.models.source import Source
from archive.models.tally import counted_in, tally_triggers
from archive.models.version import STANDING_IN_PUBLIC, moves_version

if TYPE_CHECKING:
    from archive.models.topic import Topic


# Years that a date of publication may have; the rest are slips of a pen, and no address could hold them all.
EARLIEST_YEAR, LATEST_YEAR = 1400, 2199
# Characters of a headline that suggestions go by.
BEGINNING = 60


# What an article adds to.
COUNTED_IN = (counted_in("source", "source_id", articles="1"), counted_in("archive", "0", articles="1"))


class Status(models.TextChoices):
    """Where an article stands. `archive.editing.publication` alone moves it from one to another."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Precision(models.TextChoices):
    """How exactly the date of first publication is known."""

    TIME = "time", "To the minute"
    DAY = "day", "The day"
    MONTH = "month", "The month"
    YEAR = "year", "The year"


class Doubt(models.TextChoices):
    """What the import could not settle and leaves to the editor."""

    HEADLINE = "headline", "The headline was made from the first words"
    DATE = "date", "The date is missing or uncertain"
    ZONE = "zone", "The hour of publication came without a time zone, and was taken for UTC"
    SOURCE = "source", "The source is not known"
    FRAGMENT = "fragment", "The text is a fragment"
    ENCODING = "encoding", "The encoding was guessed"


class YearOfPublication(models.Func):
    """The year of `published_at`, in UTC."""

    template = "(EXTRACT(year FROM %(expressions)s AT TIME ZONE 'UTC'))::smallint"
    output_field = models.SmallIntegerField()


class ArticleQuerySet(models.QuerySet["Article"]):
    """Questions asked about articles."""

    def public(self) -> Self:
        """What readers may see now. Every public door starts here."""
        return self.filter(visible_from__lte=Now())

    def withdrawn(self) -> Self:
        """Those that readers could see once, and whose address now says why they are gone."""
        return self.filter(
            models.Q(embargo_until__isnull=True) | models.Q(embargo_until__lte=models.F("withdrawn_at")),
            status=Status.WITHDRAWN,
            released_at__isnull=False,
        )

    def assigned_to(self, colleague: Any) -> Self:
        """Those that a colleague has yet to see to: theirs, and not published."""
        return self.filter(assigned_to=colleague, status__in=[Status.DRAFT, Status.IN_REVIEW])

    def soon_out_of_embargo(self) -> Self:
        """Those published that an embargo still holds back, and no longer than a day from now."""
        now = timezone.now()
        return self.filter(status=Status.PUBLISHED, embargo_until__range=(now, now + timedelta(days=1)))

    def out_of_embargo(self) -> Self:
        """Those whose embargo has passed, the last to pass first."""
        return self.filter(embargo_until__lte=Now()).order_by("-embargo_until")

    def newest_first(self) -> Self:
        """By date of publication, latest first; the order of every public list."""
        return self.order_by("-published_at", "-id")

    def on_topic(self, topic: "Topic") -> Self:
        """Those filed under the topic or one of its narrower ones."""
        return self.filter(taggings__topic=topic)


@keeps_history(exclude=("year", "visible_from", "counted", "words", "batch"))
class Article(models.Model):
    """A story or document with its provenance and its standing."""

    headline = models.CharField(max_length=400, help_text="As the publication printed it.")
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        blank=True,
        db_index=False,
        help_text="Its part of the address, unique within the year. A change redirects the old address.",
    )
    standfirst = models.TextField(blank=True, help_text="The sentence or two that stand between headline and text.")
    dateline = models.CharField(max_length=120, blank=True, help_text="The place a report was sent from: WASHINGTON.")
    byline = models.CharField(max_length=300, blank=True, help_text="Who wrote it, as printed, without “By”.")
    authors = models.ManyToManyField(Person, through="Authorship", related_name="written", blank=True)
    body = models.TextField(
        blank=True,
        help_text=(
            "Plain text. Paragraphs are parted by a blank line; a line that starts with “## ” is a subheading. "
            "Quotes keep their place when the text around them changes."
        ),
    )
    author_note = models.TextField(
        blank=True, help_text="The author's biography that closed the text. Not part of the body."
    )
    language = models.CharField(max_length=12, default="en", help_text="Language of the text: en, fr, de …")
    source = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="articles",
        help_text="The publication it comes from. Needed before it can be published.",
    )
    publisher_url = models.URLField(
        max_length=1000, blank=True, help_text="Address of the article at its publisher, if it is online."
    )
    published_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Date of first publication by the source, in UTC. Needed before it can be published.",
    )
    precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, help_text="How much of that date is known."
    )
    broken_off = models.BooleanField(default=False, help_text="The text stops before its end.")
    doubts = ArrayField(
        models.CharField(max_length=12, choices=Doubt),
        default=list,
        blank=True,
        help_text="What the import left open.",
    )

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="Readers see a published article only from this moment on (UTC)."
    )
    released_at = models.DateTimeField(null=True, editable=False, help_text="When it was published here.")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawal_reason = models.TextField(blank=True, editable=False, help_text="Shown to readers.")

    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        db_index=False,
        on_delete=models.SET_NULL,
        related_name="assigned",
        help_text="The colleague who sees to it. It stands on their desk until it is published.",
    )

    original = models.ForeignKey(Original, null=True, editable=False, on_delete=models.PROTECT, related_name="articles")
    batch = models.ForeignKey(
        Batch,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="articles",
        help_text="The import it came in with.",
    )
    body_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="SHA-256 of the body as imported, to know it again.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    # Derived by the database from the columns above.
    year = models.GeneratedField(
        expression=YearOfPublication("published_at"), output_field=models.SmallIntegerField(), db_persist=True
    )
    visible_from = models.GeneratedField(
        expression=models.Case(
            models.When(status=Status.PUBLISHED, then=Greatest("released_at", "embargo_until")), default=None
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    counted = models.GeneratedField(
        expression=models.Case(
            models.When(status=Status.PUBLISHED, embargo_until__isnull=True, then=True), default=False
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    words = models.GeneratedField(
        expression=WordsOfArticle("language", "headline", "standfirst", "body"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        permissions = [
            ("publish_article", "Can publish articles"),
            ("withdraw_article", "Can withdraw articles"),
        ]
        constraints = [
            models.UniqueConstraint(
                "slug",
                "year",
                name="one_article_of_a_slug_in_a_year",
                condition=~models.Q(slug=""),
                violation_error_message="Another article of that year has this address.",
            ),
            of_the_web("article", "publisher_url"),
            models.CheckConstraint(
                name="published_with_date_source_and_slug",
                condition=models.Q(status__in=[Status.DRAFT, Status.IN_REVIEW])
                | models.Q(published_at__isnull=False, source__isnull=False) & ~models.Q(slug=""),
                violation_error_message="An article needs a date and a source before it is published.",
            ),
            models.CheckConstraint(
                name="published_since_some_moment",
                condition=~models.Q(status=Status.PUBLISHED) | models.Q(released_at__isnull=False),
            ),
            models.CheckConstraint(
                name="withdrawn_with_moment_and_reason",
                condition=~models.Q(status=Status.WITHDRAWN)
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawal_reason=""),
            ),
            models.CheckConstraint(
                name="published_in_a_likely_year",
                condition=models.Q(published_at__isnull=True)
                | models.Q(
                    published_at__gte=datetime(EARLIEST_YEAR, 1, 1, tzinfo=UTC),
                    published_at__lt=datetime(LATEST_YEAR + 1, 1, 1, tzinfo=UTC),
                ),
                violation_error_message=f"The year of publication lies between {EARLIEST_YEAR} and {LATEST_YEAR}.",
            ),
            models.CheckConstraint(
                name="article_slug_is_no_month",
                condition=~models.Q(slug__regex="^(0[1-9]|1[0-2])$"),
                violation_error_message="01 to 12 are the addresses of the months: choose another slug.",
            ),
            models.CheckConstraint(name="article_status_known", condition=models.Q(status__in=Status.values)),
            models.CheckConstraint(name="article_precision_known", condition=models.Q(precision__in=Precision.values)),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="article_public_newest",
                condition=models.Q(visible_from__isnull=False),
            ),
            models.Index(
                fields=["source", "-published_at", "-id"],
                name="article_public_of_source",
                condition=models.Q(visible_from__isnull=False),
            ),
            models.Index(fields=["status", "-id"], name="article_of_status"),
            models.Index(fields=["source", "-id"], name="article_of_source"),
            models.Index(fields=["-published_at", "-id"], name="article_newest"),
            models.Index(
                fields=["embargo_until"], name="article_embargo", condition=models.Q(embargo_until__isnull=False)
            ),
            models.Index(fields=["-id"], name="article_to_check", condition=~models.Q(doubts=[])),
            models.Index(
                fields=["assigned_to", "-id"], name="article_assigned", condition=models.Q(assigned_to__isnull=False)
            ),
            models.Index(fields=["-id"], name="article_broken_off", condition=models.Q(broken_off=True)),
            models.Index(fields=["body_sha256"], name="article_body_sha256"),
            models.Index(fields=["publisher_url"], name="article_publisher_url"),
            GinIndex("words", WordsOfHead("words"), Slices("published_at", "language"), name="article_searched"),
            models.Index(
                OpClass(Lower(Left("headline", BEGINNING)), "text_pattern_ops"),
                name="article_headline_begins",
                condition=models.Q(visible_from__isnull=False),
            ),
        ]
        triggers = [
            keeps_former_slug(FormerSlug.Kind.ARTICLE, year="OLD.year"),
            pgtrigger.Trigger(
                name="tell_quotes_and_taggings",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                func="""
                    IF (OLD.published_at, OLD.visible_from, OLD.counted, OLD.source_id)
                       IS DISTINCT FROM (NEW.published_at, NEW.visible_from, NEW.counted, NEW.source_id) THEN
                        PERFORM archive_tell_items(NEW.id);
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="quotes_still_in_body",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("body"),
                timing=pgtrigger.Deferred,
                func="PERFORM archive_check_quotes(NEW.id); RETURN NULL;",
            ),
            *tally_triggers(*COUNTED_IN),
            *moves_version(STANDING_IN_PUBLIC),
        ]

    def __str__(self) -> str:
        return self.headline

    def clean(self) -> None:
        """Make the slug before the rules are checked, one of which asks for it."""
        self.fill_slug()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with a slug made of the headline where there is none."""
        self.fill_slug()
        super().save(*args, **kwargs)

    def fill_slug(self) -> None:
        """Make a slug of the headline, free within its year, where there is none."""
        if not self.slug:
            year = self.published_at.year if self.published_at else None
            former = FormerSlug.objects.filter(kind=FormerSlug.Kind.ARTICLE, year=year or 0)
            self.slug = free_slug(Article.objects.filter(year=year).exclude(pk=self.pk), self.headline, former=former)

    def get_absolute_url(self) -> str:
        """Its public address; an article without a date has none yet, and gives the admin's."""
        if self.published_at is None:
            return reverse("admin:archive_article_change", args=[self.pk])
        return address("article", self.published_at.year, self.slug)

    @property
    def is_public(self) -> bool:
        """Whether readers may see it now; the same rule as `ArticleQuerySet.public`."""
        if self.status != Status.PUBLISHED or self.released_at is None:
            return False
        return max(self.released_at, self.embargo_until or self.released_at) <= timezone.now()

    @property
    def standing(self) -> tuple[str, str]:
        """The status as editors are told it, key and words: what is published and held back is under embargo."""
        if self.status == Status.PUBLISHED and not self.is_public:
            return "embargo", "Under embargo"
        return self.status, self.get_status_display()


@keeps_history()
class Authorship(models.Model):
    """A person wrote an article; several are kept in the order of the byline."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorships")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="one_authorship_of_a_person")]
        triggers = moves_version(f"article_id IN (SELECT id FROM archive_article WHERE {STANDING_IN_PUBLIC})")  # noqa: S608

    def __str__(self) -> str:
        return f"{self.person} wrote {self.article}"
