"""Ask before an action of a list is done to all that is chosen: how much there is, and what would become of it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KT
from django.http import HttpRequest
from django.template.response import TemplateResponse

from archive.admin.page import page
from archive.admin.story import people_called
from archive.editing.filing import filing_preview
from archive.editing.rights import Actor, editable_statuses
from archive.models import Article, Quote, Status, Suggestion, Tagging
from archive.models.bounded import COUNTED, count_up_to, in_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from archive.models.suggestion import SuggestionQuerySet

LOOKED_AT = 1_000  # of all that is chosen, by a preview
Facts = list[tuple[str, str]]
Told = dict[str, Any]
_NOT_YOURS = "Not yours to change, and left alone"


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the page that asks has been answered with yes."""
    return request.POST.get("step") == "confirm"


def ask(
    model_admin: Any,
    request: HttpRequest,
    rows: "QuerySet[Any]",
    *,
    action: str,
    verb: str,
    facts: Facts,
    title: str = "",
    form: forms.Form | None = None,
) -> TemplateResponse:
    """The page that says what the action would do to the rows chosen, and asks for one more press of a button.

    Where it has to be told something first, that is the form; without facts there is nothing to confirm yet.
    """
    context = {
        "title": title or f"{verb} all that is chosen",
        "action": action,
        "verb": verb,
        "chosen": in_words(count_up_to(COUNTED, rows), COUNTED),
        "facts": facts,
        "form": form,
        "media": model_admin.media + form.media if form and form.fields else None,
        "kept": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "select_across": request.POST.get("select_across", "0"),
    }
    return page(model_admin, request, "confirm", context)


def answers_preview(chosen: "SuggestionQuerySet", by: Actor, *, accepting: bool) -> Facts:
    """What answering these proposals would touch; and accepting them make, at most, of new people.

    Of more than a thousand the last are looked at, and each number says that there may be more.
    """
    ids, more = _last(chosen)
    pending = Suggestion.objects.pending().filter(pk__in=ids).order_by()
    open_ones = pending.filter(article__status__in=editable_statuses(by))
    touched = {
        "Quotes": open_ones.quotes().count(),
        "Topics": open_ones.topics().count(),
        "In stories": open_ones.values("article").distinct().count(),
        "Not yours to change, and left waiting": pending.exclude(article__status__in=editable_statuses(by)).count(),
    }
    if accepting:
        touched["New people, at most"] = _new_people(open_ones)
    return _facts(touched, more)


def publication_preview(chosen: "QuerySet[Article]", by: Actor, told: Told) -> Facts:
    """Of the articles that would be published, how many nobody has gone through to the end; bounded as above."""
    del told
    ids, more = _last(chosen)
    ready = Article.objects.filter(pk__in=ids, status__in=[Status.DRAFT, Status.IN_REVIEW]).order_by()
    unanswered = Exists(Suggestion.objects.pending().filter(article=OuterRef("pk")))
    filed = Exists(Tagging.objects.filter(article=OuterRef("pk")))
    touched = {
        "Drafts and in review": ready.count(),
        "With proposals that nobody answered": ready.filter(unanswered).count(),
        "Filed under no topic": ready.exclude(filed).count(),
        **_closed(ready, by),
    }
    return _facts(touched, more)


def submission_preview(chosen: "QuerySet[Article]", by: Actor, told: Told) -> Facts:
    """How many of the articles are drafts, and would be before the editors; bounded as above."""
    del told
    ids, more = _last(chosen)
    drafts = Article.objects.filter(pk__in=ids, status=Status.DRAFT).order_by()
    return _facts({"Drafts": drafts.count(), **_closed(drafts, by)}, more)


def withdrawal_preview(chosen: "QuerySet[Article]", by: Actor, told: Told) -> Facts:
    """How many of the articles readers would no longer find; bounded as above."""
    del told
    ids, more = _last(chosen)
    published = Article.objects.filter(pk__in=ids, status=Status.PUBLISHED).order_by()
    touched = {
        "Published, and to be withdrawn": published.count(),
        "Not published, and left as they are": Article.objects.filter(pk__in=ids).count() - published.count(),
        **_closed(published, by),
    }
    return _facts(touched, more)


def filing_facts(chosen: "QuerySet[Any]", by: Actor, told: Told) -> Facts:
    """How many of the articles or quotes are filed under each topic now, and how many are not; bounded as above."""
    ids, more = _last(chosen)
    facts: Facts = []
    closed = 0
    for topic in told["topics"]:
        rows = {"articles" if chosen.model is Article else "quotes": chosen.model._default_manager.filter(pk__in=ids)}
        preview = filing_preview(topic, by=by, **rows)
        facts += [
            (f"Filed under “{topic}” already", _number(preview.filed, more=more)),
            (f"Not filed under “{topic}”", _number(preview.unfiled, more=more)),
        ]
        closed = preview.closed
    return [*facts, (_NOT_YOURS, _number(closed, more=more))]


def reassigning_preview(chosen: "QuerySet[Quote]", by: Actor, told: Told) -> Facts:
    """How many of the quotes would get another speaker, and from how many; bounded as above."""
    ids, more = _last(chosen)
    quotes = Quote.objects.filter(pk__in=ids, article__status__in=editable_statuses(by)).order_by()
    others = quotes.exclude(speaker=told["speaker"])
    touched = {
        f"Said by {told['speaker']} already": quotes.filter(speaker=told["speaker"]).count(),
        "Said by somebody else": others.filter(speaker__isnull=False).count(),
        "Other speakers who lose quotes": others.filter(speaker__isnull=False).values("speaker").distinct().count(),
        "Without a speaker": others.filter(speaker__isnull=True).count(),
        _NOT_YOURS: len(ids) - quotes.count(),
    }
    return _facts(touched, more)


def _closed(articles: "QuerySet[Article]", by: Actor) -> dict[str, int]:
    return {_NOT_YOURS: articles.exclude(status__in=editable_statuses(by)).count()}


def _last(chosen: "QuerySet[Any]") -> tuple[list[int], bool]:
    """The ids of the last of the rows chosen, and whether there are more."""
    ids = list(chosen.order_by("-pk").values_list("pk", flat=True)[: LOOKED_AT + 1])
    return ids[:LOOKED_AT], len(ids) > LOOKED_AT


def _new_people(pending: "SuggestionQuerySet") -> int:
    """How many names are proposed that nobody has."""
    said = pending.quotes().annotate(said=KT("proposal__name")).exclude(said="")
    names = {" ".join(name.split()).casefold() for name in said.values_list("said", flat=True).distinct() if name}
    return len(names - set(people_called(names)))


def _facts(numbers: dict[str, int], more: bool) -> Facts:
    return [(name, _number(number, more=more)) for name, number in numbers.items()]


def _number(number: int, *, more: bool) -> str:
    return f"{number:,}+" if more else f"{number:,}"
