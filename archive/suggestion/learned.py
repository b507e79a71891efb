"""Learned topics for articles, where the archive has been learned from; added to those found by their names."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.models import Article, SuggestionKind, Topic
from archive.suggestion.learning.versions import ModelError, latest_model
from archive.suggestion.proposed import Proposed

logger = logging.getLogger(__name__)

MADE_BY = "archive.suggestion.learning"
LEAST = 0.4  # what is less sure costs the editor more than it brings


def learned_topics(articles: Sequence[Article]) -> dict[int, list[Proposed]]:
    """By article, the topics that others like it were filed under. Nothing where no model was trained.

    A topic that another took the place of since then is proposed as that other. A model that cannot be used (an older
    version of the software may have kept it) proposes nothing and stands in nobody's way; the log says so.
    """
    try:
        model = latest_model()
    except (ModelError, OSError) as error:
        logger.warning("Topics are proposed by name alone: %s", error)
        return {}
    if model is None:
        return {}
    from archive.suggestion.learning.archived import story_of  # with scientific libraries

    suggested = model.suggest([story_of(article) for article in articles], least=LEAST)
    known = {one.topic for each in suggested for one in each}
    current = {
        str(pk): replaced_by or pk
        for pk, replaced_by in Topic.objects.filter(pk__in=known).values_list("pk", "replaced_by")
    }
    return {
        article.pk: [
            Proposed(
                kind=SuggestionKind.TOPIC,
                article=article.pk,
                topic=current[one.topic],
                key=f"topic {current[one.topic]}",
                confidence=one.confidence,
                why=[f"weighed: {', '.join(one.why)}"[:300]],
                made_by=MADE_BY,
            )
            for one in each
            if one.topic in current
        ]
        for article, each in zip(articles, suggested, strict=True)
    }


def merged(named: Iterable[Proposed], learned: Iterable[Proposed]) -> list[Proposed]:
    """Topics found by both ways once, with the greater confidence and all reasons; the surest first."""
    by_key: dict[str, Proposed] = {}
    for one in (*named, *learned):
        other = by_key.get(one.key)
        if other is None:
            by_key[one.key] = one
            continue
        surer = max(one, other, key=lambda each: each.confidence)
        by_key[one.key] = replace(surer, why=[*other.why, *one.why])
    return sorted(by_key.values(), key=lambda one: -one.confidence)
