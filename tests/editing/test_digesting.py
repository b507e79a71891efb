"""What stands beside lists: kept, never out of date, whoever writes at once, and made anew by a worker."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from archive.editing import digesting
from archive.editing.digesting import OffDigest, digests_off, make_due_digests, repair_digests
from archive.editing.publication import publish_article, withdraw_article
from archive.models import (
    Article,
    Digest,
    DueDigest,
    Quote,
    Tagging,
    Tally,
    Topic,
    TopicBroader,
    Visibility,
)
from archive.site.person_place import person_place
from archive.site.topic_place import topic_place
from archive.site.vocabulary import at_the_top
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    QuoteFactory,
    SourceFactory,
    TaggingFactory,
    TopicFactory,
    UserFactory,
)

Subject = Digest.Subject

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def venus():
    return TopicFactory(name="Venus")


@pytest.fixture
def clouds():
    return TopicFactory(name="Clouds")


@pytest.fixture
def article(venus, clouds):
    """A public article under two topics, with a quote under one of them; what stands beside each of these is kept."""
    article = ArticleFactory(published=True)
    for topic in (venus, clouds):
        TaggingFactory(article=article, topic=topic)
    TaggingFactory(quote=QuoteFactory(article=article, role="envoy"), topic=venus)
    make_all()
    return article


def make_all():
    while make_due_digests():
        pass
    assert not DueDigest.objects.exists()


def kept(subject, of, facet):
    return Digest.objects.get(subject=subject, subject_id=of.pk).told[facet]


def test_what_was_counted_is_kept(article, venus, clouds):
    speaker = article.quotes.get().speaker
    year = article.published_at.year
    assert kept("articles", venus, "topics") == [[clouds.pk, 1]]
    assert kept("articles", venus, "people") == [[speaker.pk, 1]]
    assert kept("quotes", venus, "sources") == [[article.source_id, 1]]
    assert kept("person", speaker, "roles") == [["envoy", year, year]]
    assert kept("person", speaker, "topics") == [[venus.pk, 1]]
    assert digests_off() == []


def _filed_with(article):
    other = ArticleFactory(source=article.source)
    TaggingFactory(article=other, topic=article.taggings.first().topic)
    TaggingFactory(quote=QuoteFactory(article=other), topic=article.taggings.first().topic)
    return other


def _refer_only(article):
    article.source.visibility = Visibility.REFERENCE
    article.source.save()


SPUTNIK = datetime(1957, 10, 4, tzinfo=UTC)
CHANGES = {
    "filed": lambda article: TaggingFactory(article=article, topic=TopicFactory()),
    "a quote filed": lambda article: TaggingFactory(quote=article.quotes.get(), topic=TopicFactory()),
    "taken out": lambda article: article.taggings.first().delete(),
    "another speaker": lambda article: article.quotes.update(speaker=PersonFactory()),
    "another role": lambda article: article.quotes.update(role="minister"),
    "a quote more": lambda article: QuoteFactory(article=article, spans=[[1, 8]]),
    "a quote fewer": lambda article: article.quotes.get().delete(),
    "another source": lambda article: Article.objects.filter(pk=article.pk).update(source=SourceFactory()),
    "another date": lambda article: Article.objects.filter(pk=article.pk).update(published_at=SPUTNIK),
    "withdrawn": lambda article: withdraw_article(article, by=UserFactory(is_superuser=True), reason="Twice told"),
    "deleted": lambda article: article.delete(),
    "another published": lambda article: publish_article(
        _filed_with(article), by=UserFactory(is_superuser=True)
    ),
    "its source for reference only": _refer_only,
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_that_is_kept_outlives_what_it_was_counted_from(change, article):
    before = {(each.subject, each.subject_id): each.told for each in Digest.objects.all()}
    CHANGES[change](article)
    assert digests_off() == []  # what the change made wrong is due
    assert DueDigest.objects.exists()
    make_all()
    after = {(each.subject, each.subject_id): each.told for each in Digest.objects.all()}
    assert before != after
    assert digests_off() == []


def test_drafts_make_nothing_due(article, venus):
    draft = ArticleFactory()
    TaggingFactory(quote=QuoteFactory(article=draft), topic=venus)
    assert not DueDigest.objects.exists()


def test_what_is_due_already_is_not_noted_again(article, venus):
    article.quotes.update(role="minister")
    noted = DueDigest.objects.count()
    article.quotes.update(role="president")
    assert DueDigest.objects.count() == noted


@pytest.fixture
def out_of_embargo(venus):
    """An article on two topics, quoted on one, whose embargo ended a minute ago, after all digests had been made."""
    other = ArticleFactory(published=True, embargo_until=timezone.now() + timedelta(hours=1))
    for topic in (venus, TopicFactory(name="Funding")):
        TaggingFactory(article=other, topic=topic)
    quote = QuoteFactory(article=other, role="envoy")
    TaggingFactory(quote=quote, topic=venus)
    make_all()
    # As if all of it had been an hour and a minute ago.
    past = timezone.now() - timedelta(minutes=1)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Article.objects.filter(pk=other.pk).update(embargo_until=past)
        Quote.objects.filter(pk=quote.pk).update(visible_from=past)
        Tagging.objects.filter(Q(article=other) | Q(quote=quote)).update(visible_from=past)
        Digest.objects.update(made_at=past - timedelta(minutes=1))
        cursor.execute("SET session_replication_role = DEFAULT")
    return other


def test_an_embargo_that_ends_is_counted_though_nobody_changes_a_row(article, venus, clouds, out_of_embargo):
    assert kept("articles", venus, "topics") == [[clouds.pk, 1]]
    speaker = out_of_embargo.quotes.get().speaker
    assert [each.name for each in topic_place("venus", Subject.ARTICLES).beside.topics] == ["Clouds", "Funding"]
    assert [each.name for each in topic_place("venus", Subject.QUOTES).beside.people] == [
        *sorted([article.quotes.get().speaker.name, speaker.name])
    ]
    assert [role.name for role in person_place(speaker.slug).beside.roles] == ["envoy"]
    assert digests_off() == []  # nobody is told what is not so any more


def test_of_an_embargo_that_ends_only_what_it_held_back_is_counted_anew(article, venus, clouds, out_of_embargo):
    Digest.objects.filter(subject_id=clouds.pk).update(told={"among": 7, "more": True})
    speaker = article.quotes.get().speaker
    Digest.objects.filter(subject="person", subject_id=speaker.pk).update(told={"roles": [["as kept", 1957, 1957]]})
    assert topic_place("clouds", Subject.ARTICLES).beside.among == 7
    assert [role.name for role in person_place(speaker.slug).beside.roles] == ["as kept"]


def test_the_worker_lifts_embargoes_that_have_ended(article, venus, out_of_embargo, work):
    assert work() == 0
    assert not Article.objects.filter(embargo_until__isnull=False).exists()
    assert Tally.objects.totals_of(Tally.Subject.TOPIC, [venus.pk])[venus.pk].articles == 2
    assert not DueDigest.objects.exists()
    assert len(kept("articles", venus, "topics")) == 2


def closing(deed, *given):
    """Do something in a thread that leaves no connection behind."""
    try:
        deed(*given)
    finally:
        connection.close()


def in_a_thread(deed):
    """Do something in a transaction of its own that stays open until the event returned second is set."""
    begun, end = threading.Event(), threading.Event()

    def held_open():
        try:
            with transaction.atomic():
                deed()
                begun.set()
                assert end.wait(timeout=20)
        finally:
            connection.close()

    thread = threading.Thread(target=held_open)
    thread.start()
    assert begun.wait(timeout=20)
    return thread, end


def test_two_who_file_one_article_at_once_are_both_seen_beside_each_other(article, monkeypatch):
    """Neither sees the other's topic, and so neither notes that it has a new companion."""
    one, other = TopicFactory(name="Funding"), TopicFactory(name="Landings")
    first, first_ends = in_a_thread(lambda: TaggingFactory(article=article, topic=one))
    second, second_ends = in_a_thread(lambda: TaggingFactory(article=article, topic=other))
    first_ends.set()
    first.join(timeout=20)
    monkeypatch.setattr(digesting, "PATIENCE", 0.2)
    assert make_due_digests() == 0  # the second may yet change what the first noted
    second_ends.set()
    second.join(timeout=20)
    make_all()
    assert [other.pk, 1] in kept("articles", one, "topics")
    assert [one.pk, 1] in kept("articles", other, "topics")
    assert digests_off() == []


def test_who_begins_to_write_while_a_worker_waits_relies_on_no_note_that_it_takes(article, monkeypatch):
    """Or else, of two who file one article at once, one could be done before the note is taken, and one after it."""
    one, other = TopicFactory(name="Funding"), TopicFactory(name="Landings")
    TaggingFactory(article=ArticleFactory(published=True), topic=one)  # noted as due
    waiting, answer = threading.Event(), digesting._answer

    def told(cursor, question, *given):
        if question == digesting._ENDED:
            waiting.set()
        return answer(cursor, question, *given)

    monkeypatch.setattr(digesting, "_answer", told)
    monkeypatch.setattr(digesting, "PATIENCE", 20)
    writer, writer_ends = in_a_thread(SourceFactory)
    with ThreadPoolExecutor(1) as threads:
        worker = threads.submit(closing, make_due_digests)
        assert waiting.wait(timeout=20)
        first, first_ends = in_a_thread(lambda: TaggingFactory(article=article, topic=one))
        second, second_ends = in_a_thread(lambda: TaggingFactory(article=article, topic=other))
        first_ends.set()
        first.join(timeout=20)
        writer_ends.set()
        worker.result(timeout=20)
    second_ends.set()
    for thread in (writer, second):
        thread.join(timeout=20)
    assert digests_off() == []
    make_all()
    assert [other.pk, 1] in kept("articles", one, "topics")


def test_what_somebody_is_changing_stays_due_until_they_are_done(article):
    article.quotes.update(role="minister")
    noted = DueDigest.objects.count()
    writer, ends = in_a_thread(lambda: Quote.objects.update(role="president"))  # rests upon the notes that are there
    assert make_due_digests() == 0
    ends.set()
    writer.join(timeout=20)
    assert DueDigest.objects.count() == noted
    make_all()
    assert digests_off() == []


def test_a_worker_that_ends_half_way_leaves_it_to_the_next(article, monkeypatch, work):
    article.quotes.update(role="minister")
    noted = DueDigest.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr(digesting, "_MAKE", "SELECT pg_terminate_backend(pg_backend_pid()), %s, %s")
        with pytest.raises(Exception, match="terminating connection"):
            make_due_digests()
    connection.close()
    assert DueDigest.objects.count() == noted
    assert work() == 0
    assert not DueDigest.objects.exists()
    assert digests_off() == []


def test_all_is_right_after_many_have_written_while_workers_made_digests(article, venus, clouds):
    user, source = UserFactory(is_superuser=True), SourceFactory()
    drafts = [ArticleFactory(source=source, headline=f"Story {n}") for n in range(8)]
    for draft in drafts:
        TaggingFactory(quote=QuoteFactory(article=draft), topic=venus)
    over = threading.Event()

    def write(mine):
        for draft in mine:
            publish_article(draft, by=user)
            TaggingFactory(article=draft, topic=venus if draft.pk % 2 else clouds)
            Quote.objects.filter(article=draft).update(speaker=PersonFactory())

    def make():
        while not over.is_set():
            make_due_digests(3)

    with ThreadPoolExecutor(4) as threads:
        makers = [threads.submit(closing, make) for _ in range(2)]
        writers = [threads.submit(closing, write, drafts[n::2]) for n in range(2)]
        try:
            for each in writers:
                each.result(timeout=60)
        finally:
            over.set()
        for each in makers:
            each.result(timeout=60)
    assert digests_off() == []
    make_all()
    assert digests_off() == []


def test_a_digest_that_is_off_is_told_and_put_right(article, venus, capsys):
    Digest.objects.filter(subject="articles", subject_id=venus.pk).update(told={"among": 7, "more": False})
    assert digests_off() == [OffDigest("articles", venus.pk)]
    with pytest.raises(CommandError, match="1 counts are off"):
        call_command("check_tallies")
    assert f"what stands beside articles {venus.pk} is not what was counted" in capsys.readouterr().out
    assert repair_digests() == 1
    assert digests_off() == []
    make_all()
    assert kept("articles", venus, "among") == 1


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda venus, clouds: TopicBroader.objects.create(narrower=clouds, broader=venus), ["Venus"]),
        (lambda venus, clouds: Topic.objects.filter(pk=venus.pk).update(replaced_by=clouds), ["Clouds"]),
        (lambda venus, clouds: TopicFactory(name="Landings"), ["Clouds", "Landings", "Venus"]),
        (lambda venus, clouds: Topic.objects.filter(pk=clouds.pk).delete(), ["Venus"]),
        (lambda venus, clouds: Topic.objects.filter(pk=clouds.pk).update(name="Wind"), ["Venus", "Wind"]),
    ],
)
def test_the_topics_at_the_top_are_right_whatever_becomes_of_them(change, left, venus, clouds):
    make_all()
    assert [str(topic) for topic in at_the_top()] == ["Clouds", "Venus"]
    change(venus, clouds)
    assert [str(topic) for topic in at_the_top()] == left  # due, and looked for
    assert digests_off() == []
    make_all()
    assert [str(topic) for topic in at_the_top()] == left  # kept
    assert digests_off() == []
