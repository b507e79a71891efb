"""Which plan a search takes: by how many match, so that neither a rare word nor a common one is slow.

Up to `FEW` matches are found first and sorted then, and their number is exact. More than that lie so close together
in the order of dates that walking it from the newest on meets enough of them soon; their number is not counted.
"""

from dataclasses import dataclass

from archive.models import Article
from archive.models.article import ArticleQuerySet

FEW = 2_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """The articles that match, not yet in order; how many they are, or `more` than that many."""

    articles: ArticleQuerySet
    count: int
    more: bool


def candidates(matching: ArticleQuerySet) -> Candidates:
    """Look how many match, up to a bound, and choose the plan. One query that gives ids alone."""
    found = list(matching.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(found) > FEW:
        return Candidates(matching, FEW, more=True)
    return Candidates(Article.objects.public().filter(pk__in=found), len(found), more=False)
