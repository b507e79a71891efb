"""What the archive has to teach: its stories with the topics they were filed under, and the names of those."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q

from archive.models import Answer, Article, Suggestion, Tagging
from archive.suggestion.learning.model import Name
from archive.suggestion.learning.stories import Story
from archive.suggestion.topic_names import names_in_use

NEWEST = 50_000  # stories: more teach little more, and take longer


def filed_stories() -> list[Story]:
    """The newest stories that somebody filed, or of which somebody answered a proposed topic, oldest first.

    A story all of whose proposals were declined teaches too: what a topic is not. One that was filed without asking
    teaches nothing: that would be learning from oneself. Topics are told by their id.
    """
    unasked = Q(suggestion__answer=Answer.AUTOMATIC)
    filed = Tagging.objects.filed().filter(~unasked | Q(suggestion=None), article=OuterRef("pk"))
    answers = [Answer.ACCEPTED, Answer.CORRECTED, Answer.DECLINED]
    answered = Suggestion.objects.topics().filter(article=OuterRef("pk"), quote=None, answer__in=answers)
    articles: Any = (
        Article.objects.filter(Exists(filed) | Exists(answered))
        .annotate(filed_under=ArrayAgg("taggings__topic", filter=Q(taggings__implied=False), default=[]))
        .order_by("-pk")
        .only("headline", "standfirst", "body")[:NEWEST]
    )
    return [story_of(article, article.filed_under) for article in reversed(articles)]


def story_of(article: Article, topics: list[int] | None = None) -> Story:
    """An article as a story, filed under these topics."""
    text = f"{article.standfirst}\n{article.body}" if article.standfirst else article.body
    return Story(str(article.pk), article.headline, text, frozenset(map(str, topics or ())))


def names_of_topics() -> dict[str, list[Name]]:
    """All names of each topic in use, by its id."""
    names: defaultdict[str, list[Name]] = defaultdict(list)
    for topic, name, match_case in names_in_use():
        names[str(topic)].append((name, match_case))
    return names


def learn_from_archive(*, learned: Callable[[], None] | None = None) -> str:
    """Learn from how the archive's stories are filed, keep the model as the newest, and say from how much.

    `learned` is called when all is learned and nothing kept; what it raises leaves it so. Raises TrainingError where
    there is too little to learn from, and ModelError where what was learned cannot be kept.
    """
    from archive.suggestion.learning.training import train  # with scikit-learn, which only teaching needs
    from archive.suggestion.learning.versions import keep_model

    stories = filed_stories()
    model = train(stories, names_of_topics())
    if learned is not None:
        learned()
    name = keep_model(model)
    return f"Learned {len(model.topics):,} topics from {len(stories):,} stories, kept as {name}."
