"""The words of a search as PostgreSQL's tsquery, and the conditions they make."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BigIntegerField, BooleanField, Case, Expression, F, Func, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Lower
from django.db.models.lookups import In

from archive.models.searched import Slices, WordsOfHead, WordsOfQuote
from archive.planned import answer
from archive.search.language import Asked

# The stemming of each language (`archive_stemming` in the first migration). A question does not say its language: a
# word is looked for as each stemming would have it, among the articles of that stemming's language.
STEMMINGS = {
    "en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese",
    "nl": "dutch", "ru": "russian", "sv": "swedish", "da": "danish", "no": "norwegian", "fi": "finnish",
}  # fmt: skip
# The slice of the articles in other languages, whose words are taken as they are.
OTHER, OF_OTHERS = "other", "simple"
# Quotes are kept in one stemming, whatever their language.
OF_QUOTES = "english"
# A word in a tsquery that is written out.
LEXEME = re.compile(r"'(?:[^']|'')*'")
# A minus sign that nothing follows to be left out. PostgreSQL keeps 32 of them waiting, and refuses more.
_EMPTY_MINUS = re.compile(r'-(?!"?\w)')


_STEMMED = """
    SELECT stemming, place = 1,
           websearch_to_tsquery(stemming::regconfig, archive_fold(given))::text,
           websearch_to_tsquery(stemming::regconfig, given)::text
    FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS text (given, place), unnest(%(stemmings)s::text[]) AS stemming
    ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class Question:
    """The words of a search as tsquery, by stemming: what to find, what to leave out, what to mark."""

    asked: Asked
    wanted: Mapping[str, str]
    unwanted: Mapping[str, str]
    marked: Mapping[str, str]

    def of_articles(self, *, in_heads: bool = False) -> Q:
        """The condition on articles, or on their headlines and standfirsts; one index answers all of it."""
        languages: dict[str, list[str]] = {}
        for language, stemming in {**STEMMINGS, OTHER: OF_OTHERS}.items():
            if whole := self.whole(stemming):
                languages.setdefault(whole, []).append(language)
        words = WordsOfHead("words") if in_heads else "words"
        if len(languages) == 1:
            return Q(holds(words, next(iter(languages))))
        condition = Q()
        for whole, speaking in languages.items():
            condition |= Q(holds(words, whole), in_slices(Slices("published_at", "language"), speaking))
        return condition or Q(holds("words", ""))

    def of_article(self, *, in_heads: bool = False) -> Q:
        """The same condition for articles that are looked through one by one: each has its words read once."""
        wholes = {stemming: self.whole(stemming) for stemming in [*STEMMINGS.values(), OF_OTHERS]}
        others = wholes[OF_OTHERS]
        language = Func(Lower("language"), Value("-"), Value(1), function="split_part", output_field=TextField())
        query = Case(
            *(When(In(language, [code]), then=Value(wholes[stemming])) for code, stemming in STEMMINGS.items()),
            default=Value(others),
            output_field=TextField(),
        )
        same = len(set(wholes.values())) == 1
        words = _not_indexed(WordsOfHead("words") if in_heads else F("words"))
        return Q(holds(words, others if same else query))

    def of_quotes(self, *, one_by_one: bool = False) -> Q:
        """The condition on quotes; for those that are looked through `one_by_one`, one that no index answers."""
        words = WordsOfQuote("words")
        return Q(holds(_not_indexed(words) if one_by_one else words, self.whole(OF_QUOTES)))

    def to_mark(self, language: str) -> str:
        """What to mark in a text of this language."""
        return self.marked[STEMMINGS.get(language.lower().partition("-")[0], OF_OTHERS)]

    @property
    def words(self) -> list[str]:
        """The words as English has them, those to leave out too."""
        return list(dict.fromkeys(LEXEME.findall(self.whole(STEMMINGS["en"]))))

    @property
    def indexed(self) -> bool:
        """Whether the index of words finds what matches: not where all may match that lacks something."""
        ways = [LEXEME.sub("", self.wanted[each]) for each in self.wanted]
        return any(self.wanted.values()) and not any("!" in way for way in ways)

    @property
    def alternatives(self) -> bool:
        """Whether some of the words will do."""
        return any("|" in LEXEME.sub("", self.wanted[each]) for each in self.wanted)

    @property
    def in_text(self) -> bool:
        """Whether words are to stand side by side, which no index tells."""
        return any("<" in LEXEME.sub("", self.whole(each)) for each in self.wanted)

    def whole(self, stemming: str) -> str:
        """The whole question as one stemming has it; empty where nothing of it is a word."""
        wanted, unwanted = self.wanted[stemming], self.unwanted[stemming]
        return " & ".join([*([f"({wanted})"] if wanted else []), *([f"!({unwanted})"] if unwanted else [])])


def question_of(asked: Asked) -> Question:
    """Stem the words in each way, in one query that reads no table. Never refuses a text."""
    every = [*STEMMINGS.values(), OF_OTHERS]
    texts = [_EMPTY_MINUS.sub(" ", each) for each in (asked.wanted, *asked.unwanted)]
    rows = answer(_STEMMED, texts=texts, stemmings=every)
    return Question(
        asked=asked,
        wanted={each: _either(way for name, is_first, way, _ in rows if name == each and is_first) for each in every},
        unwanted={
            each: _either(way for name, is_first, way, _ in rows if name == each and not is_first) for each in every
        },
        marked={
            # As the text has it, which keeps its accents, and as it was stemmed.
            each: _either(way for name, is_first, *ways in rows if name == each and is_first for way in ways)
            for each in every
        },
    )


def _either(ways: Iterable[str]) -> str:
    """One tsquery that is met by any of some; empty where all of them are."""
    known = dict.fromkeys(way for way in ways if way)
    return " | ".join(f"({way})" for way in known)


def _not_indexed(words: Expression | F) -> Coalesce:
    """The same words, as nothing that an index has: PostgreSQL would ask it for all of the archive first."""
    return Coalesce(words, Cast(Value(""), SearchVectorField()), output_field=SearchVectorField())


def holds(words: Expression | str, query: Expression | str) -> Func:
    """That search words meet a tsquery, given as text; never true of an empty one."""
    tsquery = Cast(Value(query) if isinstance(query, str) else query, SearchQueryField())
    return Func(words, tsquery, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField())


def listed(ids: Iterable[int]) -> str:
    """Numbers as PostgreSQL writes an array of them: one value, quicker to hand over than a thousand."""
    return f"{{{','.join(map(str, ids))}}}"


def among(ids: Iterable[int]) -> Func:
    """That something is one of these rows."""
    any_of = Cast(Value(listed(ids)), ArrayField(BigIntegerField()))
    return Func(F("pk"), any_of, template="%(expressions)s)", arg_joiner=" = ANY (", output_field=BooleanField())


def in_slices(slices: Slices, names: Iterable[str]) -> Func:
    """That something lies in any of these slices."""
    any_of = Value(list(names), ArrayField(TextField()))
    return Func(slices, any_of, template="%(expressions)s", arg_joiner=" && ", output_field=BooleanField())
