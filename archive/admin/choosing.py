"""Filters of lists: by a related record, which autocomplete offers however many there are; by what still waits."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.admin import FieldListFilter, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.forms.models import ModelChoiceField

from archive.admin.fields import RowSelect, row_number

if TYPE_CHECKING:
    from django.db.models import ForeignKey, QuerySet


class ChosenFilter(FieldListFilter):
    """`list_filter = [("source", ChosenFilter)]`: one related record, chosen by typing its name."""

    template = "admin/archive/chosen_filter.html"

    def __init__(self, field: Any, request: Any, params: Any, *place: Any, field_path: str) -> None:
        self.parameter = f"{field_path}__exact"
        if params.get(self.parameter) == [""]:  # the choice was taken away
            del params[self.parameter]
        self.chosen = params.get(self.parameter, [""])[-1]
        model, model_admin = place
        super().__init__(field, request, params, model, model_admin, field_path)
        self.title = str(field.verbose_name)
        self.others = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in {self.parameter, "p"}
        ]
        self.relation: ForeignKey[Any, Any] = field
        self.admin_site = model_admin.admin_site

    def queryset(self, request: Any, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        """The rows of the record chosen. Of many that hang on a row, those that name it are looked for by themselves:

        joined, they would have to be made one again.
        """
        name, _, naming = self.field_path.partition("__")
        if not naming or not self.chosen:
            return super().queryset(request, queryset)
        if row_number(self.chosen) is None:
            raise IncorrectLookupParameters
        link: Any = queryset.model._meta.get_field(name)
        back = link.field.name
        hanging = link.related_model._default_manager.filter(**{naming: self.chosen, f"{back}__isnull": False})
        return queryset.filter(pk__in=hanging.values(back))

    @property
    def select(self) -> str:
        """The widget, as HTML, with the chosen row in it."""
        attrs = {"id": f"filter-{self.parameter}", "aria-label": self.title}
        rows = self.relation.remote_field.model._default_manager.all()
        field = ModelChoiceField(rows, widget=RowSelect(self.relation, self.admin_site, attrs=attrs), required=False)
        return str(field.widget.render(self.parameter, self.chosen, attrs))

    def expected_parameters(self) -> list[str | None]:
        """The name in the address."""
        return [self.parameter]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """One, which the template draws as a form."""
        yield {"query_string": changelist.get_query_string(remove=[self.parameter]), "filter": self}


class WaitingFirst(SimpleListFilter):
    """By what became of each; where no choice is made, the list has what waits, and not everything."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The stock ones, of which the first means what waits."""
        for number, choice in enumerate(super().choices(changelist)):
            yield choice | {"display": "Waiting"} if number == 0 else choice
