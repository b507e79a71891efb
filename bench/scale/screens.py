"""What editors ask for: every screen of the admin, signed in as one who may do everything, and as an editor.

Lists are found in the admin itself: each of its lists, with each of its filters, orders and searches, so that none that
is added later is forgotten.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client, RequestFactory
from django.urls import reverse

from archive.admin.choosing import ChosenFilter
from archive.models import (
    Article,
    Batch,
    Deed,
    Failure,
    Original,
    Person,
    Quote,
    Source,
    Suggestion,
    Tagging,
    Topic,
)
from bench.scale.generate import Plan
from bench.scale.measure import Asked, Pages

CHOICES = 4  # of a filter, that are asked for
TOKEN = "b" * 32  # as Django would make it, but for chance
FREQUENT, MIDDLING = 5, 500  # ranks of words
# What names are searched by: the beginning of many, of a few, and of none.
NAMES: dict[type[Any], tuple[str, str, str]] = {
    Topic: ("topic+1", "topic+77", "zzyx"),
    Person: ("person+1", "person+77", "zzyx"),
    Source: ("source", "source+7", "zzyx"),
    Original: ("story-1", "story-77.", "zzyx"),
    User: ("editor", "editor-7", "zzyx"),
}


@contextmanager
def signed_in() -> Iterator[tuple[User, User]]:
    """A colleague who may do everything, and an editor, with sessions; what they answer is taken back at the end."""
    may_all, editor = User.objects.get(username="editor-1"), User.objects.get(username="editor-2")
    User.objects.filter(pk=may_all.pk).update(is_superuser=True)
    editor.groups.add(Group.objects.get(name="editor"))
    may_all.refresh_from_db()
    try:
        yield may_all, editor
    finally:
        deeds = Deed.objects.filter(done_by__in=[may_all, editor])
        answered = {int(pk) for deed in deeds for pk in deed.changed.get("suggestion", {})}
        again = Suggestion.objects.filter(pk__in=answered, answered_by__in=[may_all, editor])
        again.update(answer="pending", answered_by=None, answered_at=None)
        deeds.delete()


def screens(plan: Plan, may_all: User, editor: User) -> Pages:
    """The screens by name; each call asks for another example, where there are several."""
    dice = random.Random(2)
    whole = dict(_lists(plan, may_all)) | _single(plan, dice)
    of_editor = _single(plan, dice)
    chosen = {f"{name}, as an editor": of_editor[name] for name in AS_EDITOR}
    return {
        **{name: _signed(one, _session(may_all)) for name, one in whole.items()},
        **{name: _signed(one, _session(editor)) for name, one in chosen.items()},
    }


AS_EDITOR = ("desk", "articles to look through", "form of a draft with proposals", "review: the next story")


def _session(user: User) -> str:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return f"{cookies}; csrftoken={TOKEN}"


def _signed(next_one: Callable[[], Asked], cookies: str) -> Callable[[], Asked]:
    def asked() -> Asked:
        one = next_one()
        form = None if one.form is None else {**one.form, "csrfmiddlewaretoken": TOKEN}
        return replace(one, form=form, headers={"Cookie": cookies})

    return asked


def _always(address: str, **more: Any) -> Callable[[], Asked]:
    return lambda: Asked(address, **more)


def _lists(plan: Plan, user: User) -> Iterator[tuple[str, Callable[[], Asked]]]:
    """Every list: as it opens, its last page, and with each filter, order and search that it offers."""
    for model, model_admin in admin.site._registry.items():  # noqa: SLF001 (nothing else tells all)
        if model._meta.app_label not in {"archive", "auth"}:
            continue
        name = str(model._meta.verbose_name_plural)
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        request = RequestFactory().get(address)
        request.user, request.session = user, Client().session  # type: ignore[assignment]
        changes: Any = model_admin.get_changelist_instance(request)
        ways = dict(_ways(changes, model_admin, request))
        words = NAMES.get(model, (plan.words[FREQUENT], plan.words[MIDDLING], f"{77:x}th"))
        told = ("a frequent word", "a middling word", "a rare word")
        searches = {way: f"q={word}" for way, word in zip(told, words, strict=True) if changes.search_fields}
        largest = {way: query for way, query in ways.items() if "the largest" in way}
        orders = {way: query for way, query in ways.items() if "by " in way}
        both = {f"{one}, {other}": f"{ways[one]}&{ways[other]}" for one in largest for other in orders}
        both |= {
            f"{one}, {other}": f"{ways[one]}&{searches[other]}"
            for one in largest
            for other in ("a frequent word", "a rare word")
            if other in searches
        }
        for way, query in {"": "all=" if model is not User else "", **ways, **searches, **both}.items():
            yield f"{name}{way and ': '}{way}", _always(f"{address}?{query}")


def _ways(changes: Any, model_admin: Any, request: Any) -> Iterator[tuple[str, str]]:
    if changes.paginator.num_pages > 1:
        yield "last page", f"p={changes.paginator.num_pages}"
    for spec in changes.filter_specs:
        title = str(spec.title)
        if isinstance(spec, ChosenFilter):
            related = spec.relation.remote_field.model._default_manager
            yield f"{title}, the largest", f"{spec.parameter}=1"
            yield f"{title}, the rarest", f"{spec.parameter}={related.order_by('-pk').values_list('pk', flat=True)[0]}"
            continue
        for choice in islice(spec.choices(changes), CHOICES):
            if not choice["selected"]:
                yield f"{title}, {choice['display']}", choice["query_string"].removeprefix("?")
    sortable = model_admin.get_sortable_by(request)
    for number, column in enumerate(changes.list_display):
        if column in sortable and changes.get_ordering_field(column):
            yield f"by {column}", f"o={number}"
            yield f"by {column}, backwards", f"o=-{number}"


def _single(plan: Plan, dice: random.Random) -> dict[str, Callable[[], Asked]]:
    """All screens but the lists."""
    waiting = Suggestion.objects.pending().topics().order_by("pk").values_list("article_id", "pk")[:1000]
    answers = iter(waiting)

    def draft() -> int:
        return dice.randint(plan.articles + 1, plan.everything)

    def answer() -> Asked:
        article, suggestion = next(answers)
        return Asked(f"/admin/review/{article}/answer/{suggestion}/", form={"verb": "decline"})

    def of(model: type[Any], page: str = "change", pk: Callable[[], int] | None = None) -> Callable[[], Asked]:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        return lambda: Asked(reverse(name, args=[pk() if pk else dice.randint(1, newest)]))

    def first() -> int:
        return 1

    def chosen(model: type[Any], action: str, **more: str) -> Callable[[], Asked]:
        address = reverse(f"admin:archive_{model._meta.model_name}_changelist")
        newest = str(model._default_manager.order_by("-pk").values_list("pk", flat=True)[0])
        given = {"action": action, "select_across": "1", "index": "0", "_selected_action": newest, **more}
        return _always(f"{address}?all=", form=given)

    def completed(model: str, field: str, term: str) -> Callable[[], Asked]:
        given = f"app_label=archive&model_name={model}&field_name={field}&term={term}"
        return _always(f"/admin/autocomplete/?{given}")

    def listed(model: type[Any], ending: str) -> Callable[[], Asked]:
        return _always(reverse(f"admin:archive_{model._meta.model_name}_listed", args=[ending]), to_the_end=False)

    near_copy = dice.randint(1, plan.everything // 50) * 50
    frequent = plan.words[FREQUENT]
    return {
        "desk": _always("/admin/"),
        "articles to look through": _always("/admin/archive/article/?all="),
        "search over everything, frequent word": _always(f"/admin/search/?q={frequent}"),
        "search over everything, middling word": _always(f"/admin/search/?q={plan.words[MIDDLING]}"),
        "search over everything, rare word": _always("/admin/search/?q=4dth"),
        "search over everything, a frequent name": _always("/admin/search/?q=person"),
        "form of an article with quotes": of(Article, pk=lambda: dice.randint(1, plan.articles)),
        "form of a draft with proposals": of(Article, pk=draft),
        "form of a near copy": of(Article, pk=lambda: near_copy),
        "form of a quote": of(Quote),
        "form of the largest topic": of(Topic, pk=first),
        "form of some topic": of(Topic),
        "form of the most quoted person": of(Person, pk=first),
        "form of some person": of(Person),
        "form of the largest source": of(Source, pk=first),
        "import": of(Batch),
        "original": of(Original),
        "proposal": of(Suggestion),
        "failure": of(Failure),
        "tagging": of(Tagging),
        "colleague": of(User, pk=lambda: dice.randint(1, 20)),
        **{
            f"new {model._meta.verbose_name}": _always(f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/")
            for model in (Article, Quote, Topic, Person, Source, User)
        },
        "import page": _always("/admin/archive/batch/add/"),
        "undo an import": of(Batch, "undo"),
        **{
            f"history of {model._meta.verbose_name}": of(model, "history", pk=pk)
            for model, pk in ((Article, None), (Quote, None), (Topic, first), (Person, first), (Source, first))
        },
        "topics typed": completed("tagging", "topic", "topic"),
        "topics typed further": completed("tagging", "topic", "topic+77"),
        "broader topics typed": completed("topicbroader", "broader", "top"),
        "speakers typed": completed("quote", "speaker", "per"),
        "speakers typed further": completed("quote", "speaker", "person+77"),
        "speakers typed that are none": completed("quote", "speaker", "qqqq"),
        "sources typed": completed("article", "source", "sou"),
        "articles typed": completed("quote", "article", frequent),
        "articles typed, nothing yet": completed("quote", "article", ""),
        "speakers typed, nothing yet": completed("quote", "speaker", ""),
        "topics typed, nothing yet": completed("tagging", "topic", ""),
        "review: the next story": _always("/admin/review/"),
        "review: a story": lambda: Asked(f"/admin/review/{draft()}/"),
        "review: an answer": answer,
        "review: a name typed": _always("/admin/review/name/?name=Person+77"),
        "preview": lambda: Asked(f"/preview/article/{draft()}/"),
        "publish all, asked first": chosen(Article, "publish"),
        "file all, form": chosen(Article, "file_under_topic"),
        "file all, asked first": chosen(Article, "file_under_topic", step="preview", topics="1"),
        "withdraw all, asked first": chosen(
            Article, "withdraw", step="preview", reason="Wrong", withdrawal_reason="Wrong"
        ),
        "reassign all, asked first": chosen(Quote, "reassign", step="preview", speaker="2"),
        "accept all, asked first": chosen(Suggestion, "accept"),
        "merge the largest topic": of(Topic, "merge", pk=first),
        "merge the largest topic, asked first": _always(
            "/admin/archive/topic/1/merge/", form={"step": "preview", "into": "2"}
        ),
        "move the largest topic": of(Topic, "move", pk=first),
        "split the largest topic, asked first": _always(
            "/admin/archive/topic/1/split/",
            form={"step": "preview", "name": "Half", "words": plan.words[MIDDLING], "below": "on"},
        ),
        "tree of topics": _always("/admin/archive/topic/tree/"),
        "branch of the largest topic": _always("/admin/archive/topic/tree/?at=1"),
        "what wants a look": _always("/admin/archive/topic/wanting/"),
        "changes of the vocabulary": _always("/admin/archive/topic/changes/"),
        "join the most quoted person": of(Person, "join", pk=first),
        "join the most quoted person, asked first": _always(
            "/admin/archive/person/1/join/", form={"step": "preview", "into": "2"}
        ),
        "join the largest source, asked first": _always(
            "/admin/archive/source/1/join/", form={"step": "preview", "into": "2"}
        ),
        "people much alike": _always("/admin/archive/person/lookalikes/"),
        "sources much alike": _always("/admin/archive/source/lookalikes/"),
        "delete a draft, asked first": of(Article, "delete", pk=draft),
        "delete the largest topic, asked first": of(Topic, "delete", pk=first),
        "delete the most quoted person, asked first": of(Person, "delete", pk=first),
        "delete the largest source, asked first": of(Source, "delete", pk=first),
        "deleted articles": _always("/admin/archive/article/deleted/"),
        "articles as CSV, the first bytes": listed(Article, "csv"),
        "quotes as JSON Lines, the first bytes": listed(Quote, "jsonl"),
    }
