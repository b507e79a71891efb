"""Topics and people that a search may be after: those of that name or surname, or of one that is written nearly so."""

import re
from difflib import get_close_matches
from typing import Any, NamedTuple

from archive.models.address import address
from archive.planned import answer

# How many names that begin alike are compared with a word that found nothing, of topics and of people.
COMPARED = 1_000
LIKE = 0.75
# So many letters that a name begins with are taken for right, of words that are long enough to have any wrong.
RIGHT, LONG = 2, 4
NAMED = 3
_LETTERS = re.compile(r"[^\W\d_ʼ]+")  # without the apostrophe that is a letter to Unicode, see `archive.models.names`

_WORDS = "to_tsvector('pg_catalog.simple', archive_fold(name))"
_IN_PUBLIC = """
    (EXISTS (SELECT FROM archive_tally
             WHERE subject = 'person' AND subject_id = person.id AND year = 0 AND quotes > 0)
     OR EXISTS (SELECT FROM archive_authorship AS authorship JOIN archive_article AS article
                ON article.id = authorship.article_id
                WHERE authorship.person_id = person.id AND article.visible_from <= statement_timestamp()))
"""
_TOPICS_CALLED = f"""
    SELECT 'topic', name, slug FROM archive_topic AS topic
    WHERE replaced_by_id IS NULL AND id IN (
        SELECT id FROM archive_topic WHERE slug = %(words)s
        UNION SELECT id FROM archive_topic
        WHERE {_WORDS} @@ plainto_tsquery('simple', archive_fold(%(words)s)) AND upper(name) = upper(%(words)s)
        UNION SELECT topic_id FROM archive_topicname
        WHERE {_WORDS} @@ plainto_tsquery('simple', archive_fold(%(words)s)) AND upper(name) = upper(%(words)s)
    ) ORDER BY name, id LIMIT {NAMED}
"""  # noqa: S608 (the parts are this module's own)
# Of a name that hundreds have, some are looked at.
_PEOPLE_CALLED = f"""
    SELECT 'person', name, slug FROM archive_person AS person
    WHERE id IN (
        (SELECT id FROM archive_person WHERE {_WORDS} @@ plainto_tsquery('simple', archive_fold(%(words)s)) LIMIT 100)
        UNION
        (SELECT person_id FROM archive_personname
         WHERE {_WORDS} @@ plainto_tsquery('simple', archive_fold(%(words)s)) LIMIT 100)
    ) AND {_IN_PUBLIC} ORDER BY name, id LIMIT {NAMED}
"""  # noqa: S608
_CALLED = f"({_TOPICS_CALLED}) UNION ALL ({_PEOPLE_CALLED})"
_BEGIN_LIKE = f"""
    (SELECT name, false FROM archive_topic
     WHERE {_WORDS} @@ %(begun)s::tsquery AND archive_fold(name) ILIKE %(like)s AND replaced_by_id IS NULL
     LIMIT {COMPARED})
    UNION ALL
    (SELECT name, false FROM archive_topicname
     WHERE {_WORDS} @@ %(begun)s::tsquery AND archive_fold(name) ILIKE %(like)s LIMIT {COMPARED})
    UNION ALL
    (SELECT name, true FROM archive_person AS person WHERE {_WORDS} @@ %(begun)s::tsquery AND {_IN_PUBLIC}
     LIMIT {COMPARED})
    UNION ALL
    (SELECT other.name, true FROM archive_personname AS other JOIN archive_person AS person
     ON person.id = other.person_id
     WHERE to_tsvector('pg_catalog.simple', archive_fold(other.name)) @@ %(begun)s::tsquery AND {_IN_PUBLIC}
     LIMIT {COMPARED})
"""  # noqa: S608


class Called(NamedTuple):
    """The page of a topic or a person."""

    view: str
    name: str
    slug: str

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address(self.view, self.slug)


def called(words: str) -> list[Called]:
    """The topics of exactly this name, and the people with these words in their names. One query."""
    return list(map(Called._make, answer(_CALLED, words=words)))


def nearly_called(words: str) -> list[str]:
    """Names that are written nearly so and begin with the same letters: “Did you mean …?” One query.

    A word alone is compared with the single words of people's names too. What was asked is not offered again.
    """
    begins = words[: RIGHT if len(words) >= LONG else 1]
    if not _LETTERS.fullmatch(begins):
        return []
    asked = words.casefold()
    names: dict[str, str] = {}
    for name, is_person in _beginning(begins):
        names.setdefault(name.casefold(), name)
        if is_person and len(words.split()) == 1:
            for word in name.casefold().split():
                names.setdefault(word, name)
    names.pop(asked, None)
    return list(dict.fromkeys(names[near] for near in get_close_matches(asked, names, n=3, cutoff=LIKE)))


def _beginning(begins: str) -> list[tuple[str, Any]]:
    """Names of topics that begin with some letters, then of people of which any word does; whether a person's."""
    [(folded,)] = answer("SELECT lower(archive_fold(%(begins)s))", begins=begins)
    return answer(_BEGIN_LIKE, begun=f"'{folded}':*", like=f"{folded}%")
