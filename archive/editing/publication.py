"""Publication: draft → in review → published → withdrawn. Nothing else changes a status.

Each step is refused with a PublicationError that tells an editor which article lacks what. The bulk steps do with one
statement what can be done, and say of the rest, up to a bound, why not.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Now
from django.utils import timezone

from archive.editing.rights import Actor, editable, require, require_edit
from archive.models import Article, Status

REFUSALS_TOLD = 20

# The day that has begun somewhere on earth is not in the future, though the clock of record has not reached it.
AHEAD_OF_UTC = timedelta(hours=14)

# For so long a publication can be taken back; from then on an article is withdrawn, with a reason.
TAKEN_BACK_WITHIN = timedelta(days=1)

# The columns that steps change.
STANDING = ("status", "released_at", "released_by", "withdrawn_at", "withdrawn_by", "withdrawal_reason")
Standing = dict[str, Any]

# What an article must have before readers see it: by name, the fault and what to say of it.
FAULTS: Mapping[str, tuple[Q, str]] = {
    "fault_headline": (Q(headline=""), "it has no headline"),
    "fault_date": (Q(published_at__isnull=True), "it has no date of first publication"),
    "fault_future": (
        Q(published_at__isnull=False, published_at__gt=Now() + AHEAD_OF_UTC),
        "its date of first publication lies in the future (an embargo holds it back)",
    ),
    "fault_source": (Q(source__isnull=True), "it has no source"),
    "fault_body": (Q(body="", standfirst=""), "it has neither standfirst nor body"),
    "fault_slug": (Q(slug=""), "it has no address"),
}
# The columns that those faults ask for.
LOOKED_AT = ("headline", "published_at", "source", "standfirst", "body", "slug")


class PublicationError(Exception):
    """An article cannot take this step. The message is for people: which article, and what is missing."""

    def __init__(self, article: Article, *problems: str) -> None:
        self.article = article
        self.problems = problems
        super().__init__(f"“{article}”: {', '.join(problems)}.")


@dataclass(frozen=True)
class BulkOutcome:
    """How many articles took a step, how many did not, and of the first of those why."""

    done: int
    refused: int
    refusals: tuple[PublicationError, ...]


def faults_of(article: Article) -> list[str]:
    """What the article would lack for readers if it were saved as the caller holds it."""
    held: dict[str, Any] = {
        field.name: Value(getattr(article, field.attname), field)
        for field in Article._meta.concrete_fields
        if field.name in LOOKED_AT
    }
    return [told for fault, told in FAULTS.values() if fault.check(held)]


def submit_for_review(article: Article, *, by: Actor) -> None:
    """Put a draft before the editors. Raises PublicationError where it is not a draft."""
    _step(article, by, Status.IN_REVIEW, frm=[Status.DRAFT])


def return_to_draft(article: Article, *, by: Actor) -> None:
    """Give an article in review back to its writers. Raises PublicationError where it is not in review.

    What was once published never becomes a draft again: its address would be gone without a word.
    """
    _step(article, by, Status.DRAFT, frm=[Status.IN_REVIEW])


def publish_article(article: Article, *, by: Actor) -> None:
    """Let readers see an article: now, or when its embargo ends. A withdrawn one may be published again.

    Raises PublicationError naming all that is missing.
    """
    require(by, "publish_article")
    _step(
        article,
        by,
        Status.PUBLISHED,
        frm=[Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN],
        released_at=timezone.now(),
        released_by=by,
        withdrawn_at=None,
        withdrawn_by=None,
        withdrawal_reason="",
    )


def withdraw_article(article: Article, *, by: Actor, reason: str) -> None:
    """Take a published article from readers; its address says when and why.

    Raises PublicationError where it is not published or the reason is blank.
    """
    require(by, "withdraw_article")
    if not reason.strip():
        raise PublicationError(article, "a withdrawal needs a reason, which readers are shown")
    _step(
        article,
        by,
        Status.WITHDRAWN,
        frm=[Status.PUBLISHED],
        withdrawn_at=timezone.now(),
        withdrawn_by=by,
        withdrawal_reason=reason.strip(),
    )


def submit_articles(articles: "QuerySet[Article]", *, by: Actor) -> BulkOutcome:
    """Put all drafts among these before the editors, in one statement."""
    return _step_in_bulk(articles, by, Status.IN_REVIEW, frm=[Status.DRAFT])


def publish_articles(articles: "QuerySet[Article]", *, by: Actor) -> BulkOutcome:
    """Publish all of these that are drafts or in review and lack nothing, in one statement.

    Withdrawn ones are left alone: to publish one of them again is a decision of its own.
    """
    require(by, "publish_article")
    return _step_in_bulk(
        articles,
        by,
        Status.PUBLISHED,
        frm=[Status.DRAFT, Status.IN_REVIEW],
        released_at=Now(),
        released_by=by,
    )


def withdraw_articles(articles: "QuerySet[Article]", *, by: Actor, reason: str) -> BulkOutcome:
    """Take all of these that are published from readers, in one statement. Raises ValueError for a blank reason."""
    require(by, "withdraw_article")
    if not reason.strip():
        raise ValueError("A withdrawal needs a reason, which readers are shown.")
    return _step_in_bulk(
        articles,
        by,
        Status.WITHDRAWN,
        frm=[Status.PUBLISHED],
        withdrawn_at=Now(),
        withdrawn_by=by,
        withdrawal_reason=reason.strip(),
    )


def standings(articles: "QuerySet[Article]") -> dict[int, Standing]:
    """Where each of these articles stands, as JSON keeps it, for `step_back`."""
    rows = articles.order_by().values("pk", *STANDING)
    return {row.pop("pk"): json.loads(json.dumps(row, default=str)) for row in rows}


def step_back(steps: Mapping[int, tuple[Standing, Standing]], *, by: Actor) -> int:
    """Put articles back to where they stood before a step. Returns how many were.

    `steps` says by id where each stood before the step, and after it. What has taken another step since is left alone,
    and so is what is not the actor's to change, or was before readers for more than a day.
    """
    read = Q(status=Status.PUBLISHED, visible_from__lt=Now() - TAKEN_BACK_WITHIN)
    with transaction.atomic():
        held = editable(Article.objects.filter(pk__in=steps), by).exclude(read).select_for_update(of=("self",))
        back = {pk: steps[pk][0] for pk, stands in standings(held).items() if stands == steps[pk][1]}
        named = {before[column] for before in back.values() for column in ("released_by", "withdrawn_by")}
        known = {None, *User.objects.filter(pk__in=named - {None}).values_list("pk", flat=True)}
        for pk, before in back.items():
            people = {f"{name}_id": before[name] for name in ("released_by", "withdrawn_by") if before[name] in known}
            rest = {name: value for name, value in before.items() if name not in ("released_by", "withdrawn_by")}
            Article.objects.filter(pk=pk).update(**rest, **people, changed_at=Now())
    return len(back)


def lift_embargoes() -> int:
    """Take away the embargoes that have run out, so that the kept counts include those articles. Returns how many.

    Readers need not wait for it: a published article is visible from the moment its embargo ends.
    """
    with pghistory.context(command="lift_embargoes"):
        return Article.objects.filter(status=Status.PUBLISHED, embargo_until__lte=Now()).update(
            embargo_until=None, changed_at=Now()
        )


def _step(article: Article, by: Actor, to: Status, *, frm: list[Status], **columns: Any) -> None:
    """Move one article under a lock, and tell the caller's object what became of it."""
    with transaction.atomic():
        held = _with_faults(Article.objects.select_for_update(of=("self",))).get(pk=article.pk)
        if held.status == to:
            raise PublicationError(held, f"it is {held.get_status_display().lower()} already")
        require_edit(by, held)
        if problems := _problems(held, to, frm):
            raise PublicationError(held, *problems)
        columns |= {"status": to, "changed_at": timezone.now()}
        Article.objects.filter(pk=held.pk).update(**columns)
    for name, value in columns.items():
        setattr(article, name, value)


def _step_in_bulk(
    articles: "QuerySet[Article]", by: Actor, to: Status, *, frm: list[Status], **columns: Any
) -> BulkOutcome:
    chosen = Article.objects.filter(pk__in=articles.order_by().values("pk"))
    ready = editable(chosen, by).filter(status__in=frm)
    if to == Status.PUBLISHED:
        for fault, _ in FAULTS.values():
            ready = ready.exclude(fault)
    with transaction.atomic():
        others = chosen.exclude(pk__in=ready.values("pk")).exclude(status=to)
        refused = others.count()
        refusals = tuple(
            PublicationError(article, *(_problems(article, to, frm) or ["it is not yours to change"]))
            for article in _with_faults(others.order_by("-id"))[:REFUSALS_TOLD]
        )
        done = ready.update(status=to, changed_at=Now(), **columns)
    return BulkOutcome(done, refused, refusals)


def _with_faults(articles: "QuerySet[Article]") -> "QuerySet[Article]":
    """Annotate each article with what it lacks."""
    return articles.annotate(
        **{name: Case(When(fault, then=Value(True)), default=Value(False)) for name, (fault, _) in FAULTS.items()}
    )


def _problems(article: Article, to: Status, frm: list[Status]) -> list[str]:
    if article.status not in frm:
        return [f"it is {article.get_status_display().lower()} and cannot become {to.label.lower()}"]
    if to == Status.PUBLISHED:
        return [told for name, (_, told) in FAULTS.items() if getattr(article, name)]
    return []
