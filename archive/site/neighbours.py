"""The articles that come before and after one on its closest topic."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.models import Article, Tagging, Tally, Topic
from archive.site.paging import FILED_ARTICLES


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The article before and the one after on a topic, where there are such."""

    topic: Topic
    earlier: Article | None
    later: Article | None


def neighbours(article: Article, topics: Sequence[Topic]) -> Neighbours | None:
    """The neighbours on that of the topics with the fewest articles, which says most of what this one is about.

    None where it has no topic, or is alone there. Three queries, each one step in an index.
    """
    tallies = Tally.objects.of(Tally.Subject.TOPIC, *(topic.pk for topic in topics)).totals()
    counts = {tally.subject_id: tally.articles for tally in tallies}
    shared = [topic for topic in topics if counts.get(topic.pk, 0) > 1]
    if not shared:
        return None
    topic = min(shared, key=lambda each: counts[each.pk])
    place = (article.published_at, article.pk)
    filed = Tagging.objects.public().filter(topic=topic, article__isnull=False).select_related("article__source")
    filed = filed.defer("article__body", "article__words", "article__author_note")
    earlier = FILED_ARTICLES.sorted(filed.filter(FILED_ARTICLES.beyond(place, older=True))).first()
    later = FILED_ARTICLES.sorted(filed.filter(FILED_ARTICLES.beyond(place, older=False)), backwards=True).first()
    return Neighbours(topic, earlier.article if earlier else None, later.article if later else None)
