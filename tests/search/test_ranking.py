"""The order of relevance."""

from datetime import UTC, datetime

import pytest

from archive.models import Article, Quote
from archive.search import candidates as of_candidates
from archive.search.candidates import candidates
from archive.search.filters import ArticleFilter
from archive.search.language import understand
from archive.search.ranking import ranked_articles, ranked_quotes
from archive.search.words import question_of
from tests.factories import ArticleFactory, QuoteFactory

pytestmark = pytest.mark.django_db

NOTHING = {"headline": "Nothing", "standfirst": "", "body": "Nothing else of it."}


def publish(year, **fields):
    return ArticleFactory(published=True, published_at=datetime(year, 1, 1, tzinfo=UTC), **{**NOTHING, **fields})


def years(words):
    filters = ArticleFilter({"q": words}, queryset=Article.objects.public())
    assert filters.form.is_valid()
    ids = ranked_articles(candidates(filters.sought()), filters)
    found_years = dict(Article.objects.values_list("pk", "year"))
    return [found_years[id_] for id_ in ids]


@pytest.mark.parametrize(
    ("words", "better", "worse"),
    [
        ("treaty", {"headline": "A treaty"}, {"standfirst": "A treaty of treaties, the treaty."}),
        ("treaty", {"standfirst": "A treaty"}, {"body": "A treaty. " * 9}),
        ("treaties", {"body": "All treaties stand."}, {"body": "A treaty. " * 9}),
        ("treaties", {"headline": "Of treaties"}, {"headline": "A treaty, and a treaty"}),
        ("moon treaty", {"body": "The moon treaty."}, {"body": "The moon." + " It is far." * 50 + " A treaty."}),
        ("treaty", {"body": "A treaty. " * 3}, {"body": "A treaty. It is far away."}),
        ("fusées", {"language": "fr", "headline": "Les fusées"}, {"language": "fr", "body": "Une fusée et une fusée."}),
    ],
    ids=str,
)
def test_one_place_of_a_word_is_better_than_another(words, better, worse):
    publish(2001, **better)
    publish(2017, **worse)
    assert years(words) == [2001, 2017]


def test_of_equals_the_newer_is_first():
    for year in (1990, 2010, 2000):
        publish(year, headline="A treaty")
    assert years("treaty") == [2010, 2000, 1990]


def test_of_more_matches_than_are_ranked_those_in_headlines_are_looked_at_before_newer_texts(monkeypatch):
    publish(1967, headline="A treaty")
    for year in range(2000, 2005):
        publish(year, body="Of the treaty.")
    monkeypatch.setattr(of_candidates, "FEW", 3)
    monkeypatch.setattr("archive.search.ranking.FEW", 3)
    monkeypatch.setattr("archive.search.ranking.RANKED", 2)
    assert years("treaty") == [1967, 2004, 2003]


def test_what_is_too_much_to_rank_follows_the_newest_first(monkeypatch):
    for year, body in ((1990, "A treaty, a treaty."), (2000, "Of a treaty, at length."), (2010, "A treaty, a treaty.")):
        publish(year, body=body)
    publish(1967, headline="A treaty")
    monkeypatch.setattr("archive.search.ranking.RANKED", 2)
    assert years("treaty") == [1967, 2010, 2000, 1990]


def test_quotes_with_the_words_as_asked_are_first():
    texts = ["“A treaty is a treaty,” she said.", "“All treaties stand,” she said."]
    other, exact = (QuoteFactory(article=ArticleFactory(published=True, body=text)) for text in texts)
    question = question_of(understand("treaties"))
    ids = list(Quote.objects.order_by("pk").values_list("pk", flat=True))
    assert ranked_quotes(ids, question) == [exact.pk, other.pk]
