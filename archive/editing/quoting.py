"""Quotes marked by hand: the words an editor chose in a body, and who said them."""

from django.db import transaction

from archive.editing.anchoring import Spans
from archive.editing.review import check_spans, person_called
from archive.editing.rights import Actor, require, require_edit
from archive.models import Article, Person, Quote
from archive.models.quote import words_at


def mark_quote(
    article: Article, *, spans: Spans, by: Actor, speaker: Person | None = None, name: str = "", role: str = ""
) -> Quote:
    """Make a quote of the words at these spans, or give the one that has exactly these.

    The speaker is a Person, or is found by any of their names, or made. Raises ReviewError where the spans are none of
    the body or several people have the name.
    """
    require(by, "add_quote")
    with transaction.atomic():
        held = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        require_edit(by, held)
        check_spans(held.body, spans)
        if same := Quote.objects.filter(article=held, spans=spans).first():
            return same
        if speaker is None and name.strip():
            speaker = person_called(name, by=by)
        return Quote.objects.create(
            article=held, spans=spans, words=words_at(held.body, spans), speaker=speaker, role=role, created_by=by
        )
