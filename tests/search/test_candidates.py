"""The plan of a search follows how many match."""

import pytest

from archive.models import Article
from archive.search import candidates as module
from archive.search.candidates import candidates
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    return [ArticleFactory(published=True) for _ in range(4)]


def test_few_matches_are_counted_exactly(articles, monkeypatch):
    monkeypatch.setattr(module, "FEW", 4)
    found = candidates(Article.objects.public())
    assert (found.count, found.more, set(found.rows)) == (4, False, set(articles))


def test_many_matches_are_not_counted_to_their_end(articles, monkeypatch):
    monkeypatch.setattr(module, "FEW", 3)
    found = candidates(Article.objects.public())
    assert (found.count, found.more, set(found.rows)) == (3, True, set(articles))
