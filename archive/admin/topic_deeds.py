"""What is done to a topic as a whole, each on a page of its own: rename, move, merge, split. Asked, previewed, done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse

from archive.admin.fields import ProseField, RowSelect, RowsSelect, row_number
from archive.admin.page import page
from archive.editing.at_length import merge_at_length, move_at_length, split_at_length
from archive.editing.merging import merge_preview, merge_topics
from archive.editing.moving_items import MOVED_COUNTED
from archive.editing.splitting import articles_with, split_topic
from archive.editing.vocabulary import VocabularyError, move_topic, rename_topic
from archive.jobs import AT_ONCE
from archive.models import Job, Topic, TopicBroader, VocabularyChange
from archive.models.bounded import count_up_to, in_words

_TOPIC = TopicBroader._meta.get_field("broader")


class RenameForm(forms.Form):
    """The new name."""

    name = forms.CharField(
        max_length=200,
        help_text="The name it has now becomes an alternative name, and its address redirects to the new one.",
    )

    def preview(self, topic: Topic) -> dict[str, Any]:
        """What will be."""
        return {"Its name": self.cleaned_data["name"], "An alternative name": topic.name}

    def do(self, topic: Topic, by: Any) -> VocabularyChange:
        """Rename."""
        return rename_topic(topic, self.cleaned_data["name"], by=by)

    def size(self, topic: Topic) -> int:
        """How many items it touches."""
        del topic
        return 0


class MoveForm(forms.Form):
    """Where in the tree."""

    under = forms.ModelMultipleChoiceField(
        Topic.objects.current(),
        widget=RowsSelect(_TOPIC, admin.site),
        required=False,
        label="Move under",
        help_text="All the topics it is to lie under; none to let it stand at the top of the tree.",
    )

    def preview(self, topic: Topic) -> dict[str, Any]:
        """What will be."""
        return {
            "Lies under now": ", ".join(str(one) for one in topic.broader.all()) or "nothing",
            "Will lie under": ", ".join(str(one) for one in self.cleaned_data["under"]) or "nothing",
        }

    def do(self, topic: Topic, by: Any) -> VocabularyChange:
        """Move."""
        return move_topic(topic, under=self.cleaned_data["under"], by=by)

    def size(self, topic: Topic) -> int:
        """How many items it touches."""
        return count_up_to(AT_ONCE, topic.taggings.all())

    def ask(self, topic: Topic, **asked: Any) -> Job:
        """Move in the background."""
        under = [one.pk for one in self.cleaned_data["under"]]
        return move_at_length.ask(**asked, topic=topic.pk, under=under)


class MergeForm(forms.Form):
    """Into which."""

    into = forms.ModelChoiceField(
        Topic.objects.current(),
        widget=RowSelect(_TOPIC, admin.site),
        label="Merge into",
        help_text="Takes up what is filed here, and the names. The address of this topic redirects to it.",
    )

    def preview(self, topic: Topic) -> dict[str, Any]:
        """What will move."""
        moved = merge_preview(topic, self.cleaned_data["into"])
        return {
            "Articles to move": in_words(moved.articles, MOVED_COUNTED),
            "Quotes to move": in_words(moved.quotes, MOVED_COUNTED),
            "Narrower topics to move": moved.narrower,
            "Alternative names it gains": ", ".join(moved.names) or "none",
        }

    def do(self, topic: Topic, by: Any) -> VocabularyChange:
        """Merge."""
        return merge_topics(topic, into=self.cleaned_data["into"], by=by)

    def size(self, topic: Topic) -> int:
        """How many items it touches."""
        items = merge_preview(topic, self.cleaned_data["into"]).items
        return AT_ONCE + 1 if items is None else items

    def ask(self, topic: Topic, **asked: Any) -> Job:
        """Merge in the background."""
        into = self.cleaned_data["into"]
        return merge_at_length.ask(**asked, total=merge_preview(topic, into).items, topic=topic.pk, into=into.pk)


class SplitForm(forms.Form):
    """What goes to the new topic."""

    name = forms.CharField(max_length=200, label="Name of the new topic")
    words = forms.CharField(
        label="Take the articles that have these words",
        help_text="As in the readers' search: all of the words, "
        "“…” around words that stand together, - before one to leave out.",
    )
    scope_note = ProseField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    below = forms.BooleanField(
        required=False, initial=True, label="Under this topic", help_text="Else beside it, under the same broader ones."
    )

    def preview(self, topic: Topic) -> dict[str, Any]:
        """What will move."""
        return {"Articles to take along": in_words(self.size(topic), MOVED_COUNTED)}

    def size(self, topic: Topic) -> int:
        """How many articles it touches, counted up to one beyond `MOVED_COUNTED`."""
        return count_up_to(MOVED_COUNTED, articles_with(topic, self.cleaned_data["words"]))

    def ask(self, topic: Topic, **asked: Any) -> Job:
        """Split in the background."""
        given = {name: self.cleaned_data[name] for name in ("name", "words", "scope_note", "below")}
        return split_at_length.ask(**asked, topic=topic.pk, **given)

    def do(self, topic: Topic, by: Any) -> VocabularyChange:
        """Split."""
        given = self.cleaned_data
        return split_topic(
            topic,
            given["name"],
            articles=articles_with(topic, given["words"]),
            by=by,
            scope_note=given["scope_note"],
            below=given["below"],
        )


@dataclass(frozen=True)
class Deed:
    """A deed: its part of the address, its title and verb, its form, and what the form begins with."""

    name: str
    title: str
    verb: str
    form: type[Any]
    initial: Callable[[Topic, QueryDict], dict[str, Any]]


DEEDS = (
    Deed("rename", "Rename", "Rename", RenameForm, lambda topic, _: {"name": topic.name}),
    Deed("move", "Move in the tree", "Move", MoveForm, lambda topic, _: {"under": list(topic.broader.all())}),
    Deed(
        "merge",
        "Merge into another topic",
        "Merge",
        MergeForm,
        lambda _, given: {"into": row_number(given.get("into"))},
    ),
    Deed("split", "Split off a part", "Split off", SplitForm, lambda _, __: {"below": True}),
)


def deed_view(deed: Deed, model_admin: Any, request: HttpRequest, topic: Topic) -> HttpResponseBase:
    """The page of a deed: its form, what it would do, and once confirmed the doing."""
    step = request.POST.get("step")
    form = deed.form(request.POST if step else None, initial=deed.initial(topic, request.GET))
    preview = None
    if step and form.is_valid():
        try:
            if step == "confirm" and form.size(topic) > AT_ONCE:
                title = f"{deed.title}: {topic}"
                job = form.ask(topic, by=request.user, title=title, onward=reverse("admin:archive_topic_changes"))
                return HttpResponseRedirect(reverse("admin:archive_job_change", args=[job.pk]))
            if step == "confirm":
                change = form.do(topic, request.user)
                messages.success(request, f"“{topic}” {change.told()}. It can be undone among the changes.")
                return HttpResponseRedirect(reverse("admin:archive_topic_tree"))
            preview = form.preview(topic)
        except VocabularyError as error:
            form.add_error(None, str(error))
    context = {
        "title": f"{deed.title}: {topic}",
        "deed": deed,
        "topic": topic,
        "form": form,
        "media": model_admin.media + form.media,
        "preview": preview,
        "facts": _in_words(preview or {}),
    }
    return page(model_admin, request, "topic/deed", context)


def _in_words(preview: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts of a preview; only what is a count is written as one, not a name that begins with a number."""
    return [(label, f"{value:,}" if isinstance(value, int) else value) for label, value in preview.items()]
