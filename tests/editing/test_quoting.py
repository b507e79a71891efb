"""Quotes marked by hand."""

import pytest
from django.core.exceptions import PermissionDenied

from archive.editing.quoting import mark_quote
from archive.editing.review import AmbiguousNameError, ReviewError
from archive.models import Quote
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_chosen_words_become_a_quote(editor):
    quote = mark_quote(ArticleFactory(), spans=[[1, 11]], by=editor, name="Ines Halvorsen", role="minister")
    assert (quote.words, quote.speaker.name, quote.role, quote.created_by) == (
        "We will go", "Ines Halvorsen", "minister", editor,
    )  # fmt: skip


def test_the_same_words_are_marked_once(editor):
    article = ArticleFactory()
    first = mark_quote(article, spans=[[1, 11]], by=editor)
    assert mark_quote(article, spans=[[1, 11]], by=editor, name="Somebody") == first
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("spans", [[], [[5, 5]], [[0, 10_000]], [[5, 9], [1, 3]]])
def test_spans_that_are_none_are_refused(editor, spans):
    with pytest.raises(ReviewError):
        mark_quote(ArticleFactory(), spans=spans, by=editor)


def test_of_several_people_one_is_chosen(editor):
    _, second = PersonFactory.create_batch(2, name="Ines Halvorsen")
    with pytest.raises(AmbiguousNameError) as refused:
        mark_quote(ArticleFactory(), spans=[[1, 11]], by=editor, name="Ines Halvorsen")
    assert second in refused.value.people
    assert mark_quote(ArticleFactory(), spans=[[1, 11]], by=editor, speaker=second).speaker == second


def test_a_contributor_marks_none(contributor):
    with pytest.raises(PermissionDenied):
        mark_quote(ArticleFactory(), spans=[[1, 11]], by=contributor)


def test_an_editor_marks_none_in_a_withdrawn_article(editor):
    with pytest.raises(PermissionDenied):
        mark_quote(ArticleFactory(withdrawn=True), spans=[[1, 11]], by=editor)
