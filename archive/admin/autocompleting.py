"""What autocomplete offers: a bounded number of rows from an index, whatever was typed and however many there are."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView

if TYPE_CHECKING:
    from django.db.models import QuerySet

AMONG = 1_000


class Autocomplete(AutocompleteJsonView):
    """The stock view, over the first thousand rows that have what was typed."""

    def get_queryset(self) -> "QuerySet[Any]":
        """Those rows, in the order of their list. Where nothing is typed they are the first of the list."""
        rows: Any = super().get_queryset()
        ids = (rows.order_by() if self.term.strip() else rows).values("pk")[:AMONG]
        offered: Any = self.model_admin.get_queryset(self.request)
        return offered.filter(pk__in=ids)  # type: ignore[no-any-return]
