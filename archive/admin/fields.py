"""Form fields and widgets of the admin: prose in one form, rows chosen by autocomplete, identifiers elsewhere."""

import re
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

from archive.admin.merging import latest_version, merge
from archive.admin.violations import Violation
from archive.models import Tagging, Topic
from archive.prose import canonical, is_visible

if TYPE_CHECKING:
    from django.contrib.admin.sites import AdminSite

    StockForm = forms.ModelForm[Any]
    StockChoices = forms.ModelMultipleChoiceField[Any]
else:
    StockForm = forms.ModelForm
    StockChoices = forms.ModelMultipleChoiceField


NEVER_KEPT = re.compile("[\0\ud800-\udfff]")  # the database has no place for these
LONGEST_NUMBER = 18  # digits of the ids that the database can hold


def row_number(sent: Any) -> int | None:
    """The id of a row as a browser sends it; None for what is none."""
    text = str(sent)
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


class ProseField(forms.CharField):
    r"""Text in its canonical form, so that a browser's `\r\n` is no change."""

    widget = AdminTextareaWidget

    def to_python(self, value: Any) -> Any:
        """The text as it is kept."""
        text = super().to_python(value)
        return canonical(text) if isinstance(text, str) else text


class MomentField(forms.SplitDateTimeField):
    """A date and a time, in UTC; of a date alone, its beginning."""

    def compress(self, data_list: Any) -> datetime | None:
        """The moment; None where nothing was written."""
        if data_list and data_list[0] and data_list[1] in self.empty_values:
            data_list = [data_list[0], time.min]
        return super().compress(data_list)


class IdentifiersField(forms.JSONField):
    """Identifiers elsewhere: one JSON object of texts by their names."""

    default_error_messages = {"invalid": 'Write one object of names and texts, such as {"wikidata": "Q313"}.'}

    def to_python(self, value: Any) -> Any:
        """The object; an empty one where nothing was written."""
        try:
            given = super().to_python(value)
        except (ValueError, RecursionError) as error:  # numbers and nestings beyond what can be read
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if given is None:
            return {}
        texts = [*given, *given.values()] if isinstance(given, dict) else [None]
        if not all(isinstance(text, str) and not NEVER_KEPT.search(text) for text in texts):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return given

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was written, as it was written where it is refused."""
        try:
            self.to_python(data)
        except ValidationError:
            return InvalidJSONInput(data)
        return super().bound_data(data, initial)


class LegibleForm(StockForm):
    """A form whose lines of text are empty or can be read."""

    def clean(self) -> Any:
        """What was typed, with an error at each field that would show as nothing."""
        cleaned = super().clean()
        for name, typed in list(self.cleaned_data.items()):
            if isinstance(typed, str) and typed and not is_visible(typed):
                self.add_error(name, "There is nothing to read in this: type it anew.")
        return cleaned


class RecordForm(LegibleForm):
    """A form that loses nothing: not what was typed when the database refuses it, nor what another saved meanwhile.

    `RecordAdmin.get_form` sets who is at it, and the rule that this request has broken, if one was.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    violation: Violation | None = None
    actor: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken_over: list[str] = []
        if self.instance.pk:
            self.initial["seen"] = latest_version(self.instance)

    def clean(self) -> Any:
        """What was typed; with the broken rule as an error where there is one."""
        cleaned = super().clean()
        merge(self)
        if self.violation is not None:
            field = self.violation.field if self.violation.field in self.fields else None
            self.add_error(field, self.violation.message)
        return cleaned


class ChosenRows:
    """An autocomplete that asks for the rows chosen by their ids alone, whatever else was sent as one."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The options of the rows that are chosen."""
        numbers = [one for one in value if row_number(one) is not None]
        return super().optgroups(name, numbers, attr)  # type: ignore[misc]


class RowSelect(ChosenRows, AutocompleteSelect):
    """One row, by autocomplete."""


class RowsSelect(ChosenRows, AutocompleteSelectMultiple):
    """Several rows, by autocomplete. Each is taken away by itself: the button for all of them would break the list."""

    def build_attrs(self, *given: Any, **more: Any) -> dict[str, Any]:
        """The attributes, without that button."""
        return {**super().build_attrs(*given, **more), "data-allow-clear": "false"}


class TopicsField(StockChoices):
    """The topics an article or quote is filed under, chosen by autocomplete."""

    def __init__(self, admin_site: "AdminSite", **kwargs: Any) -> None:
        widget = RowsSelect(Tagging._meta.get_field("topic"), admin_site)
        super().__init__(Topic.objects.current(), widget=widget, required=False, show_hidden_initial=True, **kwargs)


class KnownSelect(RowSelect):
    """An autocomplete whose chosen row is known already: a formset of many asks the database for none of them."""

    known: Any = None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The empty choice and the known one, where it is the one chosen."""
        if self.known is None or str(self.known.pk) not in map(str, value):
            return super().optgroups(name, value, attr)
        option = self.create_option(name, self.known.pk, str(self.known), selected=True, index=1)
        empty = self.create_option(name, "", "", selected=False, index=0)
        return [(None, [empty, option], 0)]
