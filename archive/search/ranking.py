"""The order of relevance of a bounded number of matches.

Headline over standfirst over body; within each the words as they were asked over other forms of them; then how often
and how near to each other they stand. Among equals the newer goes first.
"""

import re
from collections.abc import Sequence

from archive.models.article import ArticleQuerySet
from archive.planned import answer
from archive.search.candidates import FEW, Candidates, newest_by_words
from archive.search.filters import ArticleFilter
from archive.search.language import Asked
from archive.search.words import LEXEME, OF_OTHERS, OF_QUOTES, STEMMINGS, Question, listed

# So many are ranked: to rank one is to read all of its words. The others follow, the newest first.
RANKED = 60
# Of so many of the best it is looked up whether they have the very words, in so many characters of their text.
LOOKED_INTO = 20
LOOKED_THROUGH = 5_000
MOST_WORDS = 8

_PHRASE = re.compile('[“"]([^“”"]+)[”"]')

_ARTICLES = """
    SELECT id, CASE WHEN words @@ in_headline THEN 2 WHEN words @@ in_head THEN 1 ELSE 0 END,
           ts_rank('{0.1, 0.1, 0.4, 1.0}', words, query, 1)
    FROM (
        -- The words of each are fetched once, from where they are kept apart: OFFSET and || see to that.
        SELECT id, words || '' AS words, split_part(lower(language), '-', 1) AS code
        FROM archive_article WHERE id = ANY (%(ids)s::bigint[]) OFFSET 0
    ) AS article
    JOIN unnest(%(codes)s::text[], %(queries)s::tsquery[], %(heads)s::tsquery[], %(headlines)s::tsquery[])
         AS asked (code, query, in_head, in_headline)
         ON asked.code = CASE WHEN article.code = ANY (%(codes)s::text[]) THEN article.code ELSE '' END
"""
_QUOTES = """
    SELECT id, 0, ts_rank(to_tsvector('pg_catalog.english', archive_fold(words)), %(query)s::tsquery, 1)
    FROM archive_quote WHERE id = ANY (%(ids)s::bigint[])
"""
_TEXTS_OF_ARTICLES = """
    SELECT id, concat_ws(' ', headline, standfirst, left(body, %(length)s::integer))
    FROM archive_article WHERE id = ANY (%(ids)s::bigint[])
"""
_TEXTS_OF_QUOTES = "SELECT id, left(words, %(length)s::integer) FROM archive_quote WHERE id = ANY (%(ids)s::bigint[])"


def ranked_articles(found: Candidates[ArticleQuerySet], filters: ArticleFilter) -> list[int]:
    """The ids of the candidates of a search, best first.

    Where there are more than can be ranked, those with the words in headline or standfirst come before the newest of
    the others.
    """
    ids, question = list(found.ids), filters.question
    if question is None:
        return ids
    if len(ids) > RANKED and question.indexed:
        in_heads = newest_by_words(filters.sought(in_heads=True), found, RANKED)
        ids = list(dict.fromkeys([*in_heads, *ids]))[:FEW]
    ways = {**{code: question.wanted[stemming] for code, stemming in STEMMINGS.items()}, "": question.wanted[OF_OTHERS]}
    rows = answer(
        _ARTICLES,
        ids=listed(ids[:RANKED]),
        codes=list(ways),
        queries=list(ways.values()),
        heads=[_weighed(query, "AB") for query in ways.values()],
        headlines=[_weighed(query, "A") for query in ways.values()],
    )
    return _best_first(rows, ids, _TEXTS_OF_ARTICLES, question.asked)


def ranked_quotes(ids: Sequence[int], question: Question) -> list[int]:
    """The ids of some quotes, best first."""
    rows = answer(_QUOTES, ids=listed(ids[:RANKED]), query=question.wanted[OF_QUOTES])
    return _best_first(rows, ids, _TEXTS_OF_QUOTES, question.asked)


def _weighed(query: str, weights: str) -> str:
    """A tsquery whose words must all have one of these weights."""
    return LEXEME.sub(rf"\g<0>:{weights}", query)


def _best_first(rows: list[tuple[int, int, float]], newest_first: Sequence[int], texts: str, asked: Asked) -> list[int]:
    places = {id_: place for place, id_ in enumerate(newest_first)}
    rows.sort(key=lambda row: (-row[1], -row[2], places[row[0]]))
    best = rows[:LOOKED_INTO]
    exact = _exact(texts, [id_ for id_, _, _ in best], asked)
    best.sort(key=lambda row: (-row[1], -exact.get(row[0], 0), -row[2], places[row[0]]))
    return [*(id_ for id_, _, _ in (*best, *rows[LOOKED_INTO:])), *newest_first[RANKED:]]


def _exact(texts: str, ids: list[int], asked: Asked) -> dict[int, int]:
    """How many of the words and phrases asked for stand in each text as they were written."""
    given = asked.wanted.casefold()
    wanted = dict.fromkeys([*_PHRASE.findall(given), *re.findall(r"\w+", given)])
    patterns = [re.compile(rf"\b{re.escape(each)}\b") for each in [*wanted][:MOST_WORDS]]
    read = answer(texts, ids=listed(ids), length=LOOKED_THROUGH)
    folded = ((id_, text.casefold()) for id_, text in read)
    return {id_: sum(each.search(text) is not None for each in patterns) for id_, text in folded}
