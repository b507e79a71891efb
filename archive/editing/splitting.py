"""Splitting: a part of what is filed under a topic gets a topic of its own."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from archive.editing.moving_items import move_items
from archive.editing.rights import Actor, require
from archive.editing.vocabulary import VocabularyError, locked
from archive.models import Article, Quote, Topic, TopicBroader, VocabularyChange
from archive.search.language import understand
from archive.search.words import question_of


def articles_with(topic: Topic, words: str) -> QuerySet[Article]:
    """The articles filed under a topic itself that have these words, as in the readers' search."""
    question = question_of(understand(words))
    return Article.objects.filter(question.of_articles(), taggings__topic=topic, taggings__implied=False)


def split_topic(
    topic: Topic, name: str, *, articles: QuerySet[Article], by: Actor, scope_note: str = "", below: bool = True
) -> VocabularyChange:
    """Take these of a topic's articles, with their quotes filed there, to a new topic of this name.

    The new one lies under the topic (`below`), or beside it under the same broader ones. Returns the record; its
    `other` is the new topic. Raises VocabularyError where the name is taken or none of the articles is filed there.
    """
    require(by, "add_topic")
    require(by, "change_topic")
    name = " ".join(name.split())
    if not name:
        raise VocabularyError("Give the new topic a name.")
    with transaction.atomic():
        [topic] = locked(topic)
        try:
            with transaction.atomic():
                new = Topic.objects.create(name=name, scope_note=scope_note)
        except IntegrityError as error:
            raise VocabularyError(f"Another topic is called “{name}”.") from error
        above = [topic.pk] if below else list(topic.broader_links.values_list("broader_id", flat=True))
        TopicBroader.objects.bulk_create(TopicBroader(narrower=new, broader_id=pk) for pk in above)
        change = VocabularyChange.objects.create(
            kind=VocabularyChange.Kind.SPLIT, topic=topic, other=new, made_by=by, detail={"below": below}
        )
        chosen, given = articles.order_by().values("pk").query.sql_with_params()
        of_quotes = Quote.objects.filter(article__in=articles.order_by().values("pk")).order_by().values("pk")
        quotes, more = of_quotes.query.sql_with_params()
        condition = f"filed.article_id IN ({chosen}) OR filed.quote_id IN ({quotes})"
        if not move_items(change, topic, new, (condition, [*given, *more])):
            raise VocabularyError(f"None of these articles is filed under “{topic}” itself.")
    return change
