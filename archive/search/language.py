"""What a reader wrote into the search field: words to find, words to leave out, and fields.

    venus -mars "space debris" moon OR lunar topic:venus speaker:"Mira Sandoval" after:1990 before:2017-03 in:quotes

Fields mean what the form's own fields mean, so that one can be shown as the other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from archive.search.dates import first_moment, last_moment

# The names that fields go by, and the form's field of each.
FIELDS = {
    "topic": "topic",
    "person": "person",
    "speaker": "person",
    "source": "source",
    "from": "from",
    "to": "to",
    "after": "from",
    "before": "to",
    "in": "in",
    "order": "order",
}
# The field that stands for two: from the beginning of a year to its end.
YEAR = "year"
# What a question is written with again: one name a field.
WRITTEN = ("topic", "person", "source", "from", "to", "in", "order")

# Of a question of more words, nothing is left out.
MOST_LOOSENED = 12

_TOKEN = re.compile(r'(?P<minus>-)?(?:(?P<name>[a-z]+):)?(?P<value>"[^"]*"?|“[^”]*”?|\S+)')


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart."""

    wanted: str
    unwanted: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The question without its fields, as it could have been written."""
        return " ".join([self.wanted, *(f"-{each}" for each in self.unwanted)]).strip()


def understand(given: str) -> Asked:
    """Take a question apart. Every text is one: what is no known field is words."""
    wanted, unwanted, fields = [], [], {}
    for token in _TOKEN.finditer(given):
        name, value = token["name"], token["value"].strip('"“”')
        if token["minus"]:
            unwanted.append(token.group().lstrip("-"))
        elif name in FIELDS and value:
            fields[FIELDS[name]] = _meant(name, value)
        elif name == YEAR and value:
            fields |= dict.fromkeys(("from", "to"), value)
        else:
            wanted.append(token.group())
    return Asked(" ".join(wanted), tuple(filter(None, unwanted)), fields)


def unknown_fields(given: str) -> list[str]:
    """The names written as fields are, of which there is none; an address on the web is no field."""
    tokens = (token for token in _TOKEN.finditer(given) if token["name"] and not token["value"].startswith("/"))
    return list(dict.fromkeys(token["name"] for token in tokens if token["name"] not in {*FIELDS, YEAR}))


def loosened(asked: Asked) -> Iterator[Asked]:
    """Questions that ask for less: all but one of the words, then any of them; none where the words are not plain."""
    words = list(dict.fromkeys(asked.wanted.split()))
    if not 2 <= len(words) <= MOST_LOOSENED or any(word.startswith(('"', "“")) or word == "OR" for word in words):
        return
    if len(words) > 2:
        ways = (" ".join(word for word in words if word != without) for without in words)
        yield replace(asked, wanted=" OR ".join(ways))
    yield replace(asked, wanted=" OR ".join(words))


def written(fields: Mapping[str, str]) -> str:
    """The fields of a form as one question, in which they are written out."""
    values = ((name, fields.get(name, "").strip()) for name in WRITTEN)
    parts = (f'{name}:"{value}"' if " " in value else f"{name}:{value}" for name, value in values if value)
    return " ".join([fields.get("q", "").strip(), *parts]).strip()


def _meant(name: str, value: str) -> str:
    """The form's value of a field: “before 2017” ends with the day before, “after 2017” begins with the day after."""
    try:
        if name == "before":
            return f"{first_moment(value) - timedelta(days=1):%Y-%m-%d}"
        if name == "after":
            return f"{last_moment(value) + timedelta(days=1):%Y-%m-%d}"
    except ValueError:
        return value  # the form's own field says what is wrong with it
    return value
