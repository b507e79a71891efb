"""Any former version can be put back; and what that would lose is refused in words."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from archive.editing.anchoring import change_body
from archive.editing.putting_back import PutBackError, put_back
from archive.models import Status
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SourceFactory, TopicFactory

pytestmark = pytest.mark.django_db


def before(record):
    """What the record was before its last change."""
    return record.events.order_by("-pgh_id").first()


def changed(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    return before(record)


def test_an_article_is_put_back_with_its_body_and_its_quotes_keep_to_their_words(editor):
    article = ArticleFactory(headline="As it was", body="“We will go,” she said.")
    quote = QuoteFactory(article=article)
    change_body(article, "At noon “We will go,” she said.", by=editor)
    version = before(article)
    changed(article, headline="As it is", dateline="PARIS")

    put_back(article, version, by=editor)

    article.refresh_from_db()
    quote.refresh_from_db()
    assert (article.headline, article.dateline, article.body) == ("As it was", "VIENNA", "“We will go,” she said.")
    assert article.body[slice(*quote.spans[0])] == "We will go,"


def test_putting_back_is_a_change_like_any_other_and_can_be_put_back(editor):
    article = ArticleFactory(headline="First")
    version = changed(article, headline="Second")

    put_back(article, version, by=editor)
    put_back(article, before(article), by=editor)

    article.refresh_from_db()
    assert article.headline == "Second"


def test_the_standing_and_the_address_of_an_article_stay(archivist):
    article = ArticleFactory(slug="here")
    version = changed(article, status=Status.PUBLISHED, released_at=article.created_at, slug="there", dateline="OSLO")

    put_back(article, version, by=archivist)

    article.refresh_from_db()
    assert (article.status, article.slug, article.dateline) == (Status.PUBLISHED, "there", "VIENNA")


def test_a_story_held_back_stays_held(editor):
    article = ArticleFactory()
    version = changed(article, embargo_until=datetime(2999, 1, 1, tzinfo=UTC), dateline="OSLO")

    put_back(article, version, by=editor)

    article.refresh_from_db()
    assert (article.embargo_until, article.dateline) == (datetime(2999, 1, 1, tzinfo=UTC), "VIENNA")


def test_a_topic_merged_into_another_stays_merged(archivist):
    topic, into = TopicFactory(scope_note="Old words."), TopicFactory()
    version = changed(topic, replaced_by=into, scope_note="New words.")

    put_back(topic, version, by=archivist)

    topic.refresh_from_db()
    assert (topic.replaced_by, topic.scope_note) == (into, "Old words.")


def test_a_topic_gets_its_name_back_and_keeps_the_other_as_another_name(archivist):
    topic = TopicFactory(name="Space debris")
    version = changed(topic, name="Orbital debris", scope_note="New words.")

    put_back(topic, version, by=archivist)

    topic.refresh_from_db()
    assert (topic.name, topic.scope_note) == ("Space debris", "What belongs here.")
    assert "Orbital debris" in topic.other_names.values_list("name", flat=True)


def test_a_quote_gets_its_speaker_and_ends_back(editor):
    quote = QuoteFactory()
    speaker, spans = quote.speaker, quote.spans
    shorter = [[spans[0][0], spans[0][1] - 3]]
    version = changed(quote, speaker=PersonFactory(), spans=shorter, words=quote.article.body[slice(*shorter[0])])

    put_back(quote, version, by=editor)

    quote.refresh_from_db()
    assert (quote.speaker, quote.spans) == (speaker, spans)


def test_a_quote_whose_words_are_gone_from_there_is_refused(editor):
    article = ArticleFactory(body="“We will go,” she said.")
    quote = QuoteFactory(article=article)
    version = changed(quote, role="minister")
    change_body(article, "At noon “We will go,” she said.", by=editor)

    with pytest.raises(PutBackError, match="“We will go,” do not stand there"):
        put_back(quote, version, by=editor)


def test_a_version_that_names_what_is_gone_is_refused(editor):
    gone = SourceFactory()
    article = ArticleFactory(source=gone)
    version = changed(article, source=SourceFactory())
    number = gone.pk
    gone.delete()

    with pytest.raises(PutBackError, match=f"source of that version, no. {number}, is not there"):
        put_back(article, version, by=editor)


def test_a_version_that_a_rule_refuses_now_is_refused_in_its_words(archivist):
    article = ArticleFactory(published_at=None)
    version = changed(article, published_at=ArticleFactory().published_at)
    changed(article, status=Status.PUBLISHED, released_at=article.created_at, slug="x")

    with pytest.raises(PutBackError, match="needs a date and a source"):
        put_back(article, version, by=archivist)


def test_a_version_that_lacks_what_readers_need_is_not_put_before_them(editor):
    article = ArticleFactory(body="")
    version = changed(article, body="What was written since.")
    changed(article, status=Status.PUBLISHED, released_at=article.created_at)

    with pytest.raises(PutBackError, match="neither standfirst nor body"):
        put_back(article, version, by=editor)


def test_a_version_of_another_record_is_refused(editor):
    version = changed(ArticleFactory(), dateline="OSLO")
    with pytest.raises(PutBackError, match="another record"):
        put_back(ArticleFactory(), version, by=editor)


def test_nobody_puts_back_what_they_may_not_change(contributor):
    article = ArticleFactory(published=True)
    version = changed(article, dateline="OSLO")
    with pytest.raises(PermissionDenied):
        put_back(article, version, by=contributor)
