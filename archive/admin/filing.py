"""Filing from the form of an article or a quote, by its field of topics."""

from typing import Any

from archive.admin.fields import row_number
from archive.editing.filing import file_under, take_out_of
from archive.models import Topic


def file_chosen(form: Any, *, by: Any, **items: Any) -> None:
    """File the form's article or quote under the topics added in its field `topics`; take it out of those removed.

    Added and removed since the form was opened, which it says itself: what others filed meanwhile stays.
    """
    if "topics" not in form.changed_data:
        return
    opened_with = [row_number(one) for one in form.data.getlist(form.add_initial_prefix("topics"))]
    before, after = set(Topic.objects.filter(pk__in=filter(None, opened_with))), set(form.cleaned_data["topics"])
    for topic in sorted(after - before, key=str):
        file_under(topic, by=by, **items)
    for topic in sorted(before - after, key=str):
        take_out_of(topic, by=by, **items)
