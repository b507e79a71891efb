"""What autocomplete offers: a bounded number of rows from an index, whatever was typed and however many there are."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, JsonResponse

from archive.search.patience import TookTooLong, at_most

if TYPE_CHECKING:
    from django.db.models import QuerySet

AMONG = 500


class Autocomplete(AutocompleteJsonView):
    """The stock view, over the first five hundred rows that have what was typed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The rows offered; where these take too long to find, a line that says so and cannot be chosen."""
        try:
            with at_most():
                return super().get(request, *args, **kwargs)
        except TookTooLong:
            told = {"id": "", "text": "This took too long to look for: type more of it.", "disabled": True}
            return JsonResponse({"results": [told], "pagination": {"more": False}})

    def get_queryset(self) -> "QuerySet[Any]":
        """Those rows, in the order of their list; where nothing is typed, the first of the list.

        Of what has names, first those whose own name has what was typed, then those found by another of their names.
        """
        rows: Any = super().get_queryset()
        typed = self.term.replace("\0", "").strip()
        ids = (rows.order_by() if typed else rows).values("pk")[:AMONG]
        offered: Any = self.model_admin.get_queryset(self.request)
        found = offered.filter(pk__in=ids)
        if typed and "other_names__name" in self.model_admin.search_fields:
            by_its_own = Case(When(name__icontains=typed, then=0), default=1)
            found = found.order_by(by_its_own, *(found.query.order_by or found.model._meta.ordering))
        return found  # type: ignore[no-any-return]
