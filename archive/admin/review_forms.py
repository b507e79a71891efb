"""The review desk's forms: an answer with its corrections, a quote's change, words to mark, a topic by any name."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from archive.admin.fields import ProseField
from archive.editing.anchoring import Spans, only_places
from archive.editing.review import ReviewError
from archive.models import Person, Quote, Suggestion, SuggestionKind, Topic


class SpansField(forms.CharField):
    """Start and end of each part, as JSON: `[[10, 24], [40, 61]]`."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The spans, or none."""
        if not value:
            return None
        try:
            spans = [[int(start), int(end)] for start, end in json.loads(value)]
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise ValidationError("These are no spans: start and end of each part are needed.") from error
        return sorted(spans)


class DeskForm(forms.Form):
    """A form of one request; what is wrong with it is told in one sentence."""

    @property
    def first_error(self) -> str:
        """The first fault, with the field it concerns where that is not said."""
        return next(str(error) for errors in self.errors.values() for error in errors)


def verb_of(*verbs: str) -> forms.ChoiceField:
    """The button that was pressed, one of these."""
    return forms.ChoiceField(choices=[(verb, verb) for verb in verbs])


class SpokenForm(DeskForm):
    """Words of a body, given by their place or by themselves, and who said them."""

    words = ProseField(required=False)
    spans = SpansField(required=False)
    name = forms.CharField(max_length=200, required=False)
    role = forms.CharField(max_length=300, required=False)
    speaker = forms.ModelChoiceField(Person.objects.all(), required=False)
    at = forms.IntegerField(min_value=0, required=False)

    def __init__(self, *args: Any, body: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body

    def spans_of(self, words: str) -> Spans:
        """Where these words stand. Raises ValidationError where they do not stand once."""
        spans = only_places(words, self.body)
        if spans is None:
            raise ValidationError("These words do not stand in the body exactly once: select them in it.")
        return spans

    @property
    def place(self) -> int:
        """The place in the body that was chosen; its beginning, where no quote can be split, where none was."""
        return self.cleaned_data.get("at") or 0

    @property
    def corrections(self) -> dict[str, Any]:
        """What of this was sent: speaker, name, role and spans, as `archive.editing` takes them."""
        sent = {key: self.cleaned_data[key] for key in ("name", "role") if key in self.data}
        return sent | {key: self.cleaned_data[key] for key in ("spans", "speaker") if self.cleaned_data.get(key)}


class CorrectingForm(SpokenForm):
    """Words that are there already, as they are or corrected."""

    words_before: str

    def clean(self) -> Any:
        """With spans found for words that were changed."""
        cleaned = super().clean() or {}
        words = cleaned.get("words")
        if words and not cleaned.get("spans") and words != self.words_before:
            cleaned["spans"] = self.spans_of(words)
        return cleaned


class AnswerForm(CorrectingForm):
    """What an editor says to one proposal."""

    verb = verb_of("accept", "decline", "split", "join")

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestion = suggestion
        self.words_before = suggestion.proposal.get("words", "")

    @property
    def corrections(self) -> dict[str, Any]:
        """What `accept_suggestion` takes, of what was sent."""
        return {} if self.suggestion.kind == SuggestionKind.TOPIC else super().corrections


class QuoteForm(CorrectingForm):
    """What an editor does to a confirmed quote; `seen` says how it was when the page showed it."""

    verb = verb_of("correct", "split", "join", "remove")
    seen = forms.CharField()

    def __init__(self, *args: Any, quote: Quote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quote = quote
        self.words_before = quote.words

    def require_unchanged(self) -> None:
        """Raise ReviewError where somebody changed the quote since the page showed it."""
        if self.cleaned_data["seen"] != as_seen(Quote.objects.get(pk=self.quote.pk)):
            raise ReviewError("This quote was changed meanwhile: nothing was done. It stands here as it is now.")


def as_seen(quote: Quote) -> str:
    """The state of a quote that a page shows, in short."""
    return quote.changed_at.isoformat()


class MarkForm(SpokenForm):
    """A quote that the software has not found."""

    def clean(self) -> Any:
        """With the spans of the words."""
        cleaned = super().clean() or {}
        if not cleaned.get("spans"):
            if not cleaned.get("words"):
                raise ValidationError("Select the words in the body, or type them.")
            cleaned["spans"] = self.spans_of(cleaned["words"])
        return cleaned


class TopicForm(DeskForm):
    """A topic by its preferred name or another."""

    topic = forms.CharField(max_length=200, error_messages={"required": "Type the name of a topic."})

    def clean_topic(self) -> Topic:
        """The one topic of that name."""
        name = self.cleaned_data["topic"]
        topics = list(Topic.objects.current().called(name)[:5])
        if not topics:
            raise ValidationError(f"No topic is called “{name}”.")
        preferred = [topic for topic in topics if topic.name.casefold() == name.casefold()]
        if len(topics) > 1 and not preferred:
            raise ValidationError(f"“{name}” may be {' or '.join(map(str, topics))}: type one of these.")
        return (preferred or topics)[0]
