"""Questions spelt as the archive spells: “satelite” may have meant “satellite”, “licence” “license”.

Looked up in the list of words that `manage.py count_words` keeps, through an index and never in the articles.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Func, TextField, Value

from archive.models import Word
from archive.models.word import LONGEST, SHORTEST, shortened
from archive.prose import without_accents

# A word that the archive has is taken for another one only where that is so many times as frequent.
OFTENER = 10
# Of a longer question, only the first words are looked at; of words like them, so many.
MOST_WORDS = 8
MOST_NEAR = 500

_WORD = re.compile(r"(?<![-\w:’'])[^\W\d_]+(?![\w:’'])")


def respelt(words: str) -> str:
    """The words with those put right that are spelt nearly as a (more frequent) word of the archive; empty if none is.

    What is left out (-word), fields and OR stay as they are. One query; none where there is no word to look up.
    """
    asked = list(dict.fromkeys(_plain(found.group()) for found in _WORD.finditer(words)))
    asked = [word for word in asked if SHORTEST <= len(word) <= LONGEST][:MOST_WORDS]
    if not asked:
        return ""
    stem = Func(Value("english_stem"), F("word"), function="ts_lexize", output_field=TextField())
    near = Word.objects.near(*asked).annotate(stem=stem).order_by("-articles", "word")[:MOST_NEAR]
    better = _better(asked, list(near))
    if not better:
        return ""
    return _WORD.sub(lambda found: better.get(_plain(found.group()), found.group()), words)


def _better(asked: list[str], near: Sequence[Any]) -> dict[str, str]:
    """For each word that is better spelt otherwise, how; the same first letter goes before frequency."""
    known = {each.word: each for each in near}
    better = {}
    for word in asked:
        ways = set(shortened(word))
        own = known.get(word)
        like = [
            each
            for each in near
            if each.word != word
            and not ways.isdisjoint(each.shortened)
            and (own is None or (each.articles >= OFTENER * own.articles and each.stem != own.stem))
        ]
        if like:
            better[word] = min(like, key=lambda each: (each.word[0] != word[0], -each.articles)).word
    return better


def _plain(word: str) -> str:
    """A word as the list has it: without case and accents."""
    return without_accents(word.casefold())
