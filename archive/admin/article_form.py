"""The article's form: its text, its topics, and the answers to what is proposed for it."""

from typing import Any

from django import forms
from django.contrib.admin import site
from django.core.exceptions import ValidationError

from archive.admin.fields import RecordForm, StockForm, TopicsField
from archive.models import Article, Person, Suggestion, SuggestionKind, Topic
from archive.models.article import Doubt


class ArticleForm(RecordForm):
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
            "body": forms.Textarea(attrs={"rows": 30, "class": "body"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["topics"] = list(Topic.objects.filter(taggings__in=self.instance.taggings.filed()))

    def clean_headline(self) -> str:
        """The headline on one line."""
        return " ".join(str(self.cleaned_data["headline"]).split())


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

    class Meta:
        model = Suggestion
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == SuggestionKind.QUOTE:
            self.initial.update({key: self.instance.proposal.get(key, "") for key in ("name", "role")})
        else:
            del self.fields["name"], self.fields["role"]

    def clean_name(self) -> str:
        """The speaker's name; refused where several people have it and the proposal is to be accepted."""
        name = " ".join(self.cleaned_data["name"].split())
        if self.cleaned_data.get("decision") == self.ACCEPT and name:
            people = Person.objects.called(name)[:2]
            if len(people) > 1:
                raise ValidationError(
                    "Several people are called “%(name)s”. Choose one of them on the review page.",
                    params={"name": name},
                )
        return name

    @property
    def corrections(self) -> dict[str, str]:
        """What was typed instead of what was proposed."""
        return {key: self.cleaned_data[key] for key in ("name", "role") if key in self.changed_data}
