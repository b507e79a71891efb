"""What a row said before is kept, however it was changed."""

import pghistory
import pytest
from django.apps import apps
from django.db import connection

from archive.models import Article, Tagging
from tests.factories import ArticleFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


def versions(row, column):
    events = apps.get_model("archive", f"{type(row).__name__}Event")
    return list(events.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id").values_list("pgh_label", column))


def test_each_save_keeps_what_was():
    topic = TopicFactory(name="Soviet Union")
    topic.name = "Russia"
    topic.save()
    assert versions(topic, "name") == [("update", "Soviet Union")]


def test_a_change_in_bulk_is_in_the_history_of_each():
    articles = [ArticleFactory(dateline="LENINGRAD"), ArticleFactory(dateline="LENINGRAD")]
    Article.objects.update(dateline="ST PETERSBURG")
    assert [versions(article, "dateline") for article in articles] == [[("update", "LENINGRAD")]] * 2


def test_raw_sql_does_not_escape_it():
    article = ArticleFactory(dateline="LENINGRAD")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE archive_article SET dateline = 'MOSCOW'")
    assert versions(article, "dateline") == [("update", "LENINGRAD")]


def test_a_deletion_keeps_the_last_version():
    tagging = TaggingFactory(article=ArticleFactory())
    key, topic = tagging.pk, tagging.topic_id
    Tagging.objects.filter(pk=key).delete()
    tagging.pk = key
    assert versions(tagging, "topic_id") == [("delete", topic)]


def test_publishing_is_not_told_twice():
    """The date that an article tells its taggings is not a change of theirs."""
    tagging = TaggingFactory(article=ArticleFactory(published=True))
    Article.objects.update(published_at="1969-07-21T00:00Z")
    assert versions(tagging, "topic_id") == []


def test_who_changed_it_is_kept_with_the_change(editor):
    article = ArticleFactory(dateline="LENINGRAD")
    with pghistory.context(user=editor.pk):
        Article.objects.update(dateline="MOSCOW")
    [event] = apps.get_model("archive", "ArticleEvent").objects.filter(pgh_obj_id=article.pk)
    assert event.pgh_context.metadata == {"user": editor.pk}
