"""The date and the source of a story, mended at the review desk by a small form, as forgiving as the article's own.

A date is written as exactly as it is known, 1987, 1987-05, 1987-05-04 or 1987-05-04 12:30, in UTC.
"""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from archive.admin.article_form import ReadersForm
from archive.admin.dates import FORMS, as_known
from archive.admin.merging import version_seen
from archive.models import Article, Precision, Source
from archive.models.article import Doubt

_EXACTLY = list(reversed(FORMS))  # from the year to the minute
_SETTLED_BY = {"published_at": {Doubt.DATE, Doubt.ZONE}, "source": {Doubt.SOURCE}}


class ProvenanceForm(ReadersForm):
    """When a story was first published, how exactly that is known, and by whom."""

    published_at = forms.CharField(
        label="First published",
        required=False,
        max_length=40,
        help_text="As exactly as it is known, in UTC: 1987, 1987-05, 1987-05-04 or 1987-05-04 12:30.",
    )
    source = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"})
    )
    settled = forms.MultipleChoiceField(
        label="Checked, and right as it stands", required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["seen"]  # by which the others are judged

    class Meta:
        model = Article
        fields = ["published_at", "precision", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        article = self.instance
        self.initial.update(published_at=_as_typed(article), source=str(article.source or ""))
        here = set().union(*_SETTLED_BY.values())
        doubts: Any = self.fields["settled"]
        doubts.choices = [(one, Doubt(one).label) for one in article.doubts if one in here]
        if not doubts.choices:
            del self.fields["settled"]

    def clean_published_at(self) -> datetime | None:
        """The moment that was typed; as it was kept where the text is as the page showed it."""
        text = " ".join(self.cleaned_data["published_at"].split())
        if text == _as_typed(self._seen):
            return self._seen.published_at  # type: ignore[no-any-return]
        if not text:
            return None
        moment = _read(text)
        if moment is None:
            raise ValidationError("This is no date: write it as 1987, 1987-05, 1987-05-04 or 1987-05-04 12:30.")
        return moment[0]

    def clean_precision(self) -> str:
        """As chosen, or else as the date was typed. Raises ValidationError where it says less than was chosen."""
        chosen = str(self.cleaned_data["precision"])
        text = " ".join(self.data.get(self.add_prefix("published_at"), "").split())
        read = _read(text)
        if read is None or (text == _as_typed(self._seen) and chosen == self._seen.precision):
            return chosen
        if chosen == self._seen.precision:
            return read[1]
        if _EXACTLY.index(chosen) > _EXACTLY.index(read[1]):
            raise ValidationError(f"“{text}” does not say so much: write the date as exactly as it is known.")
        return chosen

    def clean_source(self) -> Source | None:
        """The source of the name that was typed."""
        name = " ".join(self.cleaned_data["source"].split())
        if not name:
            return None
        source = Source.objects.called(name).first()
        if source is None:
            raise ValidationError(f"No source is called “{name}”: choose another, or add it under Sources first.")
        return source

    @cached_property
    def _seen(self) -> Any:
        """The article as it was when the page showed it; not to be asked for before `seen` is cleaned."""
        seen = self.cleaned_data.get("seen")
        return (version_seen(self.instance, seen) if seen is not None else None) or self.instance

    def mend(self, before: Article) -> list[str]:
        """Save what was typed, and settle the doubts about it. Returns what differs from `before`, in words."""
        article, changed = self.instance, []
        settled = set(self.cleaned_data.get("settled", ()))
        for field, label in (("published_at", "date"), ("precision", "precision"), ("source_id", "source")):
            if getattr(article, field) != getattr(before, field):
                changed.append(label)
                settled |= _SETTLED_BY.get(field.removesuffix("_id"), set())
        article.doubts = [doubt for doubt in article.doubts if doubt not in settled]
        if article.doubts != before.doubts:
            changed.append("what is to check")
        if changed:
            article.save(update_fields=["published_at", "precision", "source", "doubts", "slug", "changed_at"])
        return changed


def _as_typed(article: Any) -> str:
    return as_known(article.published_at, article.precision) if article.published_at else ""


def _read(text: str) -> tuple[datetime, str] | None:
    """A date as it is written here, and how exactly it says when; None for what is none."""
    for precision in _EXACTLY:
        try:
            return datetime.strptime(text, FORMS[precision]).replace(tzinfo=UTC), Precision(precision)
        except ValueError:
            continue
    return None
