"""Evidence: what speaks for one topic in one story, as numbers that mean the same for every topic.

A topic with three stories has too few of its own to learn how far its margin can be trusted. Told in numbers that all
topics share, the evidence of the frequent ones teaches how to read that of the rare ones.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
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
    """How often the names of each topic stand in the headline and in the text of each story: counts by topic."""

    headline: Sequence[Mapping[int, int]]
    text: Sequence[Mapping[int, int]]

    def __getitem__(self, rows: Sequence[int]) -> "Named":
        return Named([self.headline[row] for row in rows], [self.text[row] for row in rows])


def named_in(stories: Sequence[Story], names: Vocabulary) -> Named:
    """Count the names of the topics, whose number each name carries, in the stories."""
    return Named(
        [Counter(one.topic for one in names.occurrences(story.headline)) for story in stories],
        [Counter(one.topic for one in names.occurrences(story.text)) for story in stories],
    )


def pairs_of(margins: Numbers, named: Named, stories_held: Numbers) -> Pairs:
    """The topics worth a look for each story, with the evidence for each.

    `margins` (stories by topics) say how far a story lies on a topic's side; `stories_held` how many stories each topic
    was learned from. The columns: margin, its rank among the story's, the best margin of another topic, how many
    stories the topic has, whether the headline names it, how often the text does.
    """
    known = stories_held > 0
    topics, evidence = [], []
    for own, headline, text in zip(np.where(known, margins, -np.inf), named.headline, named.text, strict=True):
        nearest = _nearest(own)
        also_named = sorted({*headline, *text}.difference(nearest.tolist()))
        topic = np.append(nearest, np.array(also_named, dtype=nearest.dtype))
        further = [int((own > own[each]).sum()) for each in also_named]
        place = np.append(np.arange(len(nearest)), np.array(further, dtype=nearest.dtype))
        best, second = own[nearest[0]], own[nearest[min(1, len(nearest) - 1)]]
        columns = [
            own[topic],
            np.log1p(place),
            np.maximum(np.where(place == 0, second, best), -2.0),  # where there is no other topic
            np.log1p(stories_held[topic]),
            [each in headline for each in topic.tolist()],
            np.log1p([text.get(each, 0) for each in topic.tolist()]),
        ]
        kept = np.flatnonzero(known[topic])
        topics.append(topic[kept])
        evidence.append(np.column_stack(columns)[kept])
    story = np.repeat(np.arange(len(topics)), [len(each) for each in topics])
    return Pairs(story, np.concatenate(topics), np.vstack(evidence))


def _nearest(margins: Numbers) -> Numbers:
    """The topics on whose side a story lies farthest, the farthest first."""
    nearest = np.argpartition(-margins, _NEAREST)[:_NEAREST] if len(margins) > _NEAREST else np.arange(len(margins))
    ordered: Numbers = nearest[np.argsort(-margins[nearest], kind="stable")]
    return ordered


def filed_together(filed: Numbers) -> sparse.csr_matrix:
    """From what is filed (stories by topics): the share of each topic's stories (row) that have another (column)."""
    have = sparse.csr_matrix(filed, dtype=np.float32)
    both = (have.T @ have).tocsr()
    both.setdiag(0)
    both.eliminate_zeros()
    share = sparse.diags(1 / (have.sum(axis=0).A1 + _DOUBT), dtype=np.float32) @ both
    share.sort_indices()
    return share.tocsr()


def company(pairs: Pairs, confidence: Numbers, together: sparse.csr_matrix) -> Numbers:
    """What a story's other topics say to each, once each has a confidence of its own. The columns:

    that confidence; how strongly another topic draws this one along; the surest topic that is never seen beside it;
    the surest other topic.
    """
    columns = np.zeros((len(pairs.story), 4))
    columns[:, 0] = np.log((confidence + 1e-3) / (1 - confidence + 1e-3))
    starts = np.flatnonzero(np.diff(pairs.story, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(pairs.story)], strict=True):
        topics, sure = pairs.topic[start:end], confidence[start:end]
        drawn = _among(topics, together)  # from the row's topic to the column's
        others = sure[:, None] * ~np.eye(len(topics), dtype=bool)
        columns[start:end, 1] = (others * drawn).max(axis=0)
        columns[start:end, 2] = (others * (drawn < _APART)).max(axis=0)
        columns[start:end, 3] = others.max(axis=0)
    return columns


def _among(topics: Numbers, together: sparse.csr_matrix) -> Numbers:
    """The shares of a few topics in each other; taken out by hand, which SciPy's own way takes far longer for."""
    shares = np.zeros((len(topics), len(topics)))
    for row, topic in enumerate(topics):
        start, end = together.indptr[topic], together.indptr[topic + 1]
        if start < end:
            others = together.indices[start:end]
            places = np.minimum(np.searchsorted(others, topics), end - start - 1)
            here = others[places] == topics
            shares[row, here] = together.data[start:end][places[here]]
    return shares
