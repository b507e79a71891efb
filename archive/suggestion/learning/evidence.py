"""Evidence: what speaks for one topic in one story, as numbers that mean the same for every topic.

A topic with three stories has too few of its own to learn how far its margin can be trusted. Told in numbers that all
topics share, the evidence of the frequent ones teaches how to read that of the rare ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from archive.suggestion.learning.stories import Story
from archive.suggestion.topic_names import Vocabulary

Numbers = np.ndarray[Any, Any]

_NEAREST = 12  # topics of a story that are looked at for their margin; others only where they are named
_APART = 0.02  # two topics are strangers where so small a share of the stories of one has the other
_DOUBT = 2.0  # stories that every topic is taken to have without any other


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a story and a topic that it may have, story by story, with the evidence for each (a row of numbers)."""

    story: Numbers
    topic: Numbers
    evidence: Numbers

    def beside(self, more: Numbers) -> "Pairs":
        """The same pairs with more columns of evidence."""
        return Pairs(self.story, self.topic, np.column_stack([self.evidence, more]))


@dataclass(frozen=True, slots=True)
class Named:
    """How often the names of each topic stand in each headline and text (two sparse matrices, stories by topics)."""

    headline: sparse.csr_matrix
    text: sparse.csr_matrix

    def __getitem__(self, rows: Any) -> "Named":
        return Named(self.headline[rows], self.text[rows])


def named_in(stories: Sequence[Story], names: Vocabulary, topics: int) -> Named:
    """Count the names of `topics` topics, whose number each name carries, in the stories."""
    return Named(
        _counted([story.headline for story in stories], names, topics),
        _counted([story.text for story in stories], names, topics),
    )


def _counted(texts: Sequence[str], names: Vocabulary, topics: int) -> sparse.csr_matrix:
    found = [(row, one.topic) for row, text in enumerate(texts) for one in names.occurrences(text)]
    rows, columns = np.array(found, dtype=int).reshape(-1, 2).T
    shape = (len(texts), topics)
    return sparse.csr_matrix((np.ones(len(found), np.float32), (rows, columns)), shape=shape)


def pairs_of(margins: Numbers, named: Named, stories_held: Numbers) -> Pairs:
    """The topics worth a look for each story, with the evidence for each.

    `margins` (stories by topics) say how far a story lies on a topic's side; `stories_held` how many stories each topic
    was learned from. The columns: margin, its rank among the story's, the best margin of another topic, how many
    stories the topic has, whether the headline names it, how often the text does.
    """
    known = stories_held > 0
    margins = np.where(known, margins, -np.inf)
    places = np.argsort(np.argsort(-margins, axis=1), axis=1)
    best = -np.partition(-margins, min(1, margins.shape[1] - 1), axis=1)[:, :2]
    headline, text = named.headline.toarray(), named.text.toarray()
    story, topic = np.nonzero(((places < _NEAREST) | (headline > 0) | (text > 0)) & known)
    place = places[story, topic]
    other = np.where(place == 0, best[story, -1], best[story, 0])
    evidence = [
        margins[story, topic],
        np.log1p(place),
        np.maximum(other, -2.0),  # where there is no other topic
        np.log1p(stories_held[topic]),
        headline[story, topic] > 0,
        np.log1p(text[story, topic]),
    ]
    return Pairs(story, topic, np.column_stack(evidence))


def filed_together(filed: Numbers) -> Numbers:
    """From what is filed (stories by topics): the share of each topic's stories (row) that have another (column)."""
    have = sparse.csr_matrix(filed, dtype=np.float32)
    both = (have.T @ have).toarray()
    share: Numbers = both / (np.diag(both)[:, None] + _DOUBT)
    np.fill_diagonal(share, 0)
    return share


def company(pairs: Pairs, confidence: Numbers, together: Numbers) -> Numbers:
    """What a story's other topics say to each, once each has a confidence of its own. The columns:

    that confidence; how strongly another topic draws this one along; the surest topic that is never seen beside it;
    the surest other topic.
    """
    columns = np.zeros((len(pairs.story), 4))
    columns[:, 0] = np.log((confidence + 1e-3) / (1 - confidence + 1e-3))
    starts = np.flatnonzero(np.diff(pairs.story, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(pairs.story)], strict=True):
        topics, sure = pairs.topic[start:end], confidence[start:end]
        drawn = together[np.ix_(topics, topics)]  # from the row's topic to the column's
        others = sure[:, None] * ~np.eye(len(topics), dtype=bool)
        columns[start:end, 1] = (others * drawn).max(axis=0)
        columns[start:end, 2] = (others * (drawn < _APART)).max(axis=0)
        columns[start:end, 3] = others.max(axis=0)
    return columns
