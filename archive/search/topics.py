"""Topics as readers look for them: by the beginnings of words in any of their names."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Lower

from archive.models import Topic, TopicName
from archive.models.names import WordsOfName, words_begun

MOST = 200


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A topic that was found, and the other name it was found by (empty where its own name is like that)."""

    topic: Topic
    other_name: str


def topics_named(words: str) -> list[NamedTopic]:
    """The topics in use that have such words in a name, those with them in their own first; at most `MOST`.

    Two queries.
    """
    begun = words_begun(words)
    if begun is None:
        return []
    by_own_name = ExpressionWrapper(Q(words=begun), output_field=BooleanField())
    topics = (
        Topic.objects.current().named_like(words).alias(words=WordsOfName("name")).annotate(by_own_name=by_own_name)
    )
    found: list[Any] = list(topics.order_by("-by_own_name", Lower("name"))[:MOST])
    names = TopicName.objects.alias(words=WordsOfName("name")).filter(words=begun, topic__in=found)
    others = dict(names.order_by("-name").values_list("topic", "name"))
    return [NamedTopic(topic, "" if topic.by_own_name else others.get(topic.pk, "")) for topic in found]
