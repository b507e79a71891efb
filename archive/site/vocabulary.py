"""The vocabulary as readers see it: its tree, and its names from A to Z."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.models import Tally, Topic


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic with its counts, and the branches below it."""

    topic: Topic
    tally: Tally | None
    narrower: "tuple[Branch, ...]"


def tree(topics: Sequence[Topic], links: Iterable[tuple[int, int]], tallies: Mapping[int, Tally]) -> tuple[Branch, ...]:
    """The topics that lie under no other, each with all that lies below it; `links` are pairs of (narrower, broader).

    A topic with several broader ones stands under each of them.
    """
    by_id = {topic.pk: topic for topic in topics}
    below: defaultdict[int, list[int]] = defaultdict(list)
    has_broader = set()
    for narrower, broader in links:
        if narrower in by_id and broader in by_id:
            below[broader].append(narrower)
            has_broader.add(narrower)

    def branch(topic: Topic) -> Branch:
        narrower = sorted((by_id[pk] for pk in below[topic.pk]), key=sorting_name)
        return Branch(topic, tallies.get(topic.pk), tuple(branch(each) for each in narrower))

    return tuple(branch(topic) for topic in sorted(topics, key=sorting_name) if topic.pk not in has_broader)


def sorting_name(topic: Topic) -> str:
    """The name as it is sorted: without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", topic.name).casefold() if not unicodedata.combining(c))


def by_letter(topics: Iterable[Topic]) -> list[tuple[str, list[Topic]]]:
    """The topics under their first letters, in order; what begins with no letter stands first, under “#”."""
    letters: defaultdict[str, list[Topic]] = defaultdict(list)
    for topic in sorted(topics, key=sorting_name):
        first = sorting_name(topic)[:1].upper()
        letters[first if first.isalpha() else "#"].append(topic)
    return sorted(letters.items(), key=lambda group: (group[0] != "#", group[0]))
