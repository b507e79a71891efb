"""The article's form: its text, its topics, and the answers to what is proposed for it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.db.models import Q

from archive.admin.fields import RecordForm, StockForm, TopicsField
from archive.editing.publication import faults_of
from archive.editing.review import NAMESAKES_TOLD
from archive.models import Answer, Article, Person, Status, Suggestion, SuggestionKind, Topic
from archive.models.article import Doubt

if TYPE_CHECKING:
    StockChoice = forms.ModelChoiceField[Person]
else:
    StockChoice = forms.ModelChoiceField


class ReadersForm(RecordForm):
    """A form of an article; what readers see is held to what let it be published: it is withdrawn, never emptied."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.instance.status == Status.PUBLISHED and not self.errors:
            for told in faults_of(self.instance):
                self.add_error(None, f"Readers see this article, and with this change {told}.")


class ArticleForm(ReadersForm):
    """An article with the topics it is filed under."""

    topics = TopicsField(
        site,
        label="Filed under",
        help_text="Type a name. Broader topics follow by themselves.",
    )
    doubts = forms.MultipleChoiceField(
        choices=Doubt,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="What the import left open. Take a tick away once it is settled.",
    )

    class Meta:
        model = Article
        exclude: list[str] = []
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2, "class": "headline"}),
            "standfirst": forms.Textarea(attrs={"rows": 2, "class": "standfirst"}),
            "body": forms.Textarea(attrs={"rows": 30, "class": "body"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["topics"] = list(Topic.objects.filter(taggings__in=self.instance.taggings.filed()))
        if "assigned_to" in self.fields:  # not on the form of those who only look
            self._offer_colleagues(self.fields["assigned_to"])

    def _offer_colleagues(self, field: Any) -> None:
        """Those who may sign in, and whoever has it, though the account be closed since; no links to the accounts."""
        field.widget = field.widget.widget
        able, has_it = Q(is_staff=True, is_active=True), Q(pk=self.instance.assigned_to_id)
        field.queryset = User.objects.filter(able | has_it).order_by("username")

    def clean_headline(self) -> str:
        """The headline on one line."""
        return " ".join(str(self.cleaned_data["headline"]).split())


class NamesakeField(StockChoice):
    """One of several people of a name, told apart by what the archive says of them."""

    def label_from_instance(self, obj: Person) -> str:
        """The name, and who that is."""
        return f"{obj.name}, {obj.description or obj.slug}"


class SuggestionForm(StockForm):
    """The answer to one proposal, given with the article's form: later, accept, or decline; the speaker corrected."""

    LATER, ACCEPT, DECLINE = "", "accept", "decline"
    decision = forms.ChoiceField(
        choices=[(ACCEPT, "Accept"), (DECLINE, "Decline"), (LATER, "Later")],
        widget=forms.RadioSelect,
        required=False,
        initial=LATER,
    )
    name = forms.CharField(max_length=200, required=False, label="Speaker")
    role = forms.CharField(max_length=300, required=False)
    speaker = NamesakeField(Person.objects.none(), widget=forms.RadioSelect, label="Which of them")

    class Meta:
        model = Suggestion
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == SuggestionKind.QUOTE:
            self.initial.update({key: self.instance.proposal.get(key, "") for key in ("name", "role")})
        else:
            del self.fields["name"], self.fields["role"]
        self._offer_namesakes()

    def _offer_namesakes(self) -> None:
        """Ask which of them is meant where several people have the name that is to be accepted."""
        field: Any = self.fields.pop("speaker")
        if not self.is_accepting or "name" not in self.fields:
            return
        name = " ".join(str(self["name"].data or "").split())
        people = [person.pk for person in Person.objects.called(name)[:NAMESAKES_TOLD]] if name else []
        if len(people) > 1:
            field.queryset = Person.objects.filter(pk__in=people)
            field.error_messages["required"] = f"Several people are called “{name}”: choose one of them."
            self.fields["speaker"] = field

    @property
    def is_accepting(self) -> bool:
        """Whether it was sent to accept a proposal that still waits."""
        return not self.answered_before and bool(self["decision"].data == self.ACCEPT)

    @property
    def answered_before(self) -> str:
        """What to tell whoever answers a proposal that waits no more; nothing of one that does."""
        if self.instance.pk is None:
            return "A proposal is not there any more: it was not answered."
        if self.instance.answer != Answer.PENDING:
            return f"Answered already by {self.instance.answered_by or 'somebody'}, and left so: {self.instance}."
        return ""

    def clean_name(self) -> str:
        """The speaker's name, with single spaces."""
        return " ".join(self.cleaned_data["name"].split())

    @property
    def corrections(self) -> dict[str, Any]:
        """What was typed or chosen instead of what was proposed."""
        return {key: self.cleaned_data[key] for key in ("name", "role", "speaker") if key in self.changed_data}
