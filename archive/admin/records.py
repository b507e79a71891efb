"""What every list and form of the admin shares: bounded counts, few queries, forms that never answer with a 500."""

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR, ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, models, transaction
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from archive.admin.bringing_back import deleted_view
from archive.admin.exporting import EXPORTS, export_view
from archive.admin.fields import IdentifiersField, MomentField, ProseField, RecordForm, RowSelect, row_number
from archive.admin.history import Change, history_of
from archive.admin.putting_back import put_back_view
from archive.admin.saved_views import default_of, saved_views_view, views_of
from archive.admin.search import newest_found, wants_all
from archive.admin.violations import Violation, violation_of
from archive.editing.bringing_back import Deletable
from archive.editing.putting_back import Restorable
from archive.models.bounded import COUNTED, count_up_to
from archive.search.patience import TookTooLong, at_most

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    StockAdmin = admin.ModelAdmin[Any]
else:
    StockAdmin = admin.ModelAdmin


HELD_TOLD = 20
NOT_LOOKED_FOR = {PAGE_VAR, ERROR_FLAG, "all"}


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages over the first ten thousand rows: nobody turns more pages, and counting on costs with the archive."""

    counted_in_order: Sequence[str] = ()
    newest_found = False
    """Whether these are but the newest rows that a search has found."""

    @cached_property
    def reached(self) -> int:
        """How many rows there are, counted up to one beyond the bound."""
        return count_up_to(COUNTED, self.object_list, *self.counted_in_order)  # type: ignore[arg-type]

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self.reached, COUNTED)

    @property
    def has_more(self) -> bool:
        """Whether there are rows beyond the bound, or beyond what a search has looked for."""
        return self.reached > COUNTED or self.newest_found


class RecordList(ChangeList):
    """A list that leaves out the long columns, and completes its page with what the admin asks once for all rows.

    A page is found by ids alone, which an index gives, and only its own rows are read.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_popup:
            self.title = str(self.opts.verbose_name_plural).capitalize()

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> "QuerySet[Any]":
        """The rows chosen by filters and search. Raises IncorrectLookupParameters where no text can be so."""
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            raise IncorrectLookupParameters
        return super().get_queryset(request, exclude_parameters)

    def get_filters(self, request: HttpRequest) -> Any:
        """The filters. None of ours gives a row twice; what is written into the address by hand may."""
        specs, some, remaining, _, active = super().get_filters(request)
        twice = any(lookup_spawns_duplicates(self.lookup_opts, name) for name in remaining)
        return specs, some, remaining, twice, active

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        """The address of the list with another choice; without any it is everything, and not the default view."""
        query: str = super().get_query_string(new_params, remove)
        return "?all=" if query == "?" else query

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page and let the admin add to its rows; no page where all rows are wanted, for a file."""
        if wants_all(request):
            return
        super().get_results(request)
        self.paginator.newest_found = newest_found(request)
        ids = list(self.result_list.values_list("pk", flat=True))
        rows = self.apply_select_related(self.root_queryset).defer(*self.model_admin.list_defer)  # type: ignore[attr-defined]
        by_id = rows.order_by().in_bulk(ids)
        self.result_list = [by_id[pk] for pk in ids if pk in by_id]
        self.model_admin.complete_page(self.result_list)  # type: ignore[attr-defined]


class RecordAdmin(StockAdmin):
    """The stock ModelAdmin as this archive wants it."""

    form = RecordForm
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    list_defer: Sequence[str] = ()
    counted_in_order: Sequence[str] = ()
    """Where what is looked for lies at one end of the table, such as what is new, it is counted from there."""
    formfield_overrides = {
        models.TextField: {"form_class": ProseField},
        models.DateTimeField: {"form_class": MomentField},
        models.JSONField: {"form_class": IdentifiersField},
        models.URLField: {"assume_scheme": "https"},
    }
    object_history_template = "admin/archive/history.html"

    @property
    def media(self) -> Any:
        """With what the filters' autocompletes need."""
        return super().media + AutocompleteSelect(None, self.admin_site).media + Media(js=["admin_archive/filters.js"])

    def get_paginator(self, request: HttpRequest, queryset: "QuerySet[Any]", *given: Any, **more: Any) -> Any:
        """The pages, with their rows counted in the order that this admin says.

        Of the admin's own log none: a history is read from the database's, and no index leads to one record's entries.
        """
        if queryset.model is LogEntry:
            queryset = queryset.none()
        paginator: Any = super().get_paginator(request, queryset, *given, **more)
        paginator.counted_in_order = self.counted_in_order
        return paginator

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The class of the list."""
        del request, kwargs
        return RecordList

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list. What somebody looks for that no index leads to is broken off before it takes all day."""
        if not request.GET.keys() - NOT_LOOKED_FOR:
            return super().get_changelist_instance(request)
        try:
            with at_most():
                return super().get_changelist_instance(request)
        except TookTooLong as error:
            messages.error(request, "This took too long to look for: choose fewer filters, or other words.")
            raise IncorrectLookupParameters from error

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """The rows that have the words typed."""
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field, with an autocomplete that asks for ids alone."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RowSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def response_action(self, request: HttpRequest, queryset: "QuerySet[Any]", *place: Any, **places: Any) -> Any:
        """Do what was asked with the rows chosen; what is the id of none was not chosen."""
        sent = request.POST.copy()
        chosen = [one for one in sent.getlist(ACTION_CHECKBOX_NAME) if row_number(one) is not None]
        sent.setlist(ACTION_CHECKBOX_NAME, chosen)
        request.POST = sent  # type: ignore[assignment]
        return super().response_action(request, queryset, *place, **places)

    def complete_page(self, rows: list[Any]) -> None:
        """Set on the rows of one page what its columns show beside their own; one query for all of them each."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows of a rule of the database that this request has broken."""
        form = super().get_form(request, obj, change=change, **kwargs)
        violation: Violation | None = getattr(request, "violation", None)
        return type(form.__name__, (form,), {"violation": violation, "actor": request.user})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The form. What only the database can refuse is shown by its field, with everything as it was typed."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                self._hold(object_id)
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            request.violation = violation_of(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _hold(self, object_id: str | None) -> None:
        """Let only one save a record at a time, so that the second knows what the first has saved."""
        if number := row_number(object_id):
            self.model._default_manager.select_for_update(of=("self",)).filter(pk=number).first()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and say what was kept of others' changes."""
        self.tell_taken_over(request, form)
        super().save_model(request, obj, form, change)

    def tell_taken_over(self, request: HttpRequest, form: Any) -> None:
        """Name the fields that somebody else changed while the form was open, and that were left so."""
        if form.taken_over:
            messages.warning(request, f"Changed by somebody else meanwhile, and kept: {', '.join(form.taken_over)}.")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, set[Any], Any]:
        """What goes with them. Rows that are only looked at go with what they belong to, and are asked for nothing.

        Where anything holds them back, some of that is told and nothing else: it may be a million articles.
        """
        if held := list(_holding_back(self.model, objs)):
            return [], {}, set(), held
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        made_elsewhere = {
            model._meta.verbose_name
            for model in apps.get_app_config("archive").get_models()
            if self.admin_site.is_registered(model) and isinstance(self.admin_site.get_model_admin(model), ReadOnly)
        }
        return rows, counts, set(lacking) - made_elsewhere, protected

    def changes_of(self, record: Any) -> list[Change]:
        """What the page of its history lists."""
        return history_of(record)

    def get_urls(self) -> list[URLPattern]:
        """One's own views of the list, and what else there is for records of this kind, before the stock pages."""
        name, gate = f"archive_{self.opts.model_name}", self.admin_site.admin_view
        pages = [path("views/", gate(require_POST(partial(saved_views_view, self))), name=f"{name}_views")]
        if issubclass(self.model, Restorable):
            view = gate(partial(put_back_view, self))
            pages.append(path("<int:pk>/history/<int:version>/", view, name=f"{name}_put_back"))
        if issubclass(self.model, Deletable):
            pages.append(path("deleted/", gate(partial(deleted_view, self)), name=f"{name}_deleted"))
        if self.model in EXPORTS:
            pages.append(path("listed.<slug:ending>", gate(partial(export_view, self)), name=f"{name}_listed"))
        return [*pages, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list, with one's own views of it, and the ways to what was deleted and to a file of it.

        Raises PermissionDenied where something is to be done to rows that this colleague may not do.
        """
        if asked := set(request.POST.getlist("action")) - {"", *self.get_actions(request)}:
            told = f"{request.user} may not do this to {self.opts.verbose_name_plural}: {', '.join(sorted(asked))}."
            raise PermissionDenied(told)
        views = views_of(request, self.opts.model_name or "")
        if default := default_of(request, views["saved_views"]):
            return HttpResponseRedirect(f"{request.path}?{default}")
        may = issubclass(self.model, Deletable) and self.has_delete_permission(request)
        context = {"may_bring_back": may, "exports": self.model in EXPORTS, **views}
        return super().changelist_view(request, context | (extra_context or {}))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The changes of one record, from the database's own history."""
        record: Model | None = self.get_object(request, object_id)
        context = {
            "changes": self.changes_of(record) if record is not None else [],
            "may_put_back": isinstance(record, Restorable) and self.has_change_permission(request, record),
        }
        return super().history_view(request, object_id, context | (extra_context or {}))


def _holding_back(model: "type[Model]", records: Any) -> "Iterator[str]":
    """What hangs on the records and may not go with them: of each kind the first few, and whether there are more."""
    for relation in model._meta.related_objects:
        if relation.on_delete is not models.PROTECT:
            continue
        rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": records})
        some = list(rows.order_by("pk")[: HELD_TOLD + 1])
        kind = relation.related_model._meta
        yield from (f"{str(kind.verbose_name).capitalize()}: {row}" for row in some[:HELD_TOLD])
        if len(some) > HELD_TOLD:
            yield f"More {kind.verbose_name_plural}"


class ReadOnly(RecordAdmin):
    """A list to look at: its rows are made and changed elsewhere."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is added here."""
        del request, obj
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        del request, obj
        return False
