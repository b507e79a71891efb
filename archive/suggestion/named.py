"""How right the names alone are: topics proposed by name, compared with what the archive's stories are filed under."""

from collections import Counter
from dataclasses import dataclass

from archive.models import Article, Tagging, Topic
from archive.suggestion.topic_names import current_vocabulary
from archive.suggestion.topics import proposed_topics


@dataclass(frozen=True, slots=True)
class NamedFigures:
    """Of the topics proposed by name, how many the stories are filed under, themselves or by a narrower topic."""

    stories: int
    right: int
    wrong: int
    missed: int
    mistaken: tuple[tuple[str, int], ...]
    """The topics proposed in vain most often."""

    @property
    def precision(self) -> float:
        """The share of the proposed topics that are right, from 0 to 1."""
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        """The share of what the stories are filed under that is proposed, from 0 to 1."""
        return self.right / (self.right + self.missed or 1)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} in {self.stories} stories that name a topic"


def figures_of_names(least: float, listed: int) -> NamedFigures:
    """Propose by name for every filed story, from the confidence `least` on, and compare. Nothing is kept."""
    vocabulary, names = current_vocabulary(), dict(Topic.objects.values_list("pk", "name"))
    stories = right = missed = 0
    mistaken: Counter[str] = Counter()
    filed: dict[int, dict[int, bool]] = {}
    taggings = Tagging.objects.filter(article__isnull=False)
    for number, topic, implied in taggings.values_list("article", "topic", "implied"):
        filed.setdefault(number, {})[topic] = implied
    for article in Article.objects.filter(pk__in=filed).defer("words").iterator():
        under = filed[article.pk]
        proposed = {one.topic for one in proposed_topics(article, vocabulary) if one.confidence >= least}
        if not proposed:
            continue
        stories += 1
        right += len(proposed & under.keys())
        missed += sum(not implied for topic, implied in under.items() if topic not in proposed)
        mistaken.update(names[topic] for topic in proposed - under.keys() if topic is not None)
    return NamedFigures(stories, right, mistaken.total(), missed, tuple(mistaken.most_common(listed)))
