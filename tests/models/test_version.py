"""The version moves with every commit that changes what readers may see, and with no other."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction

from archive.editing.publication import publish_article, withdraw_article
from archive.models import Authorship, Edition, PersonName, Status, TopicRelation, Version, VersionMove
from tests.factories import ArticleFactory, PersonFactory, SourceFactory, TaggingFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def number() -> int:
    return Version.objects.get().number


@pytest.fixture
def told():
    """What the cases below work on: a public article and a draft, filed, by a person, from a source."""
    source, person, topic = SourceFactory(), PersonFactory(), TopicFactory()
    public, draft = ArticleFactory(published=True, source=source), ArticleFactory(source=source)
    TaggingFactory(article=public, topic=topic)
    return {
        "public": public,
        "draft": draft,
        "topic": topic,
        "person": person,
        "source": source,
        "editor": UserFactory(is_superuser=True),
    }


def rename(row):
    row.name = "Another name"
    row.save()


MOVES = {
    "an article published": lambda to: publish_article(to["draft"], by=to["editor"]),
    "an article corrected": lambda to: type(to["public"]).objects.filter(pk=to["public"].pk).update(headline="Better"),
    "an article deleted": lambda to: to["public"].delete(),
    "an article filed": lambda to: TaggingFactory(article=to["public"], topic=TopicFactory()),
    "an author named": lambda to: Authorship.objects.create(article=to["public"], person=to["person"]),
    "a topic renamed": lambda to: rename(to["topic"]),
    "a topic related": lambda to: TopicRelation.objects.create(from_topic=to["topic"], to_topic=TopicFactory()),
    "a person renamed": lambda to: rename(to["person"]),
    "another name": lambda to: PersonName.objects.create(person=to["person"], name="Short"),
    "a source renamed": lambda to: rename(to["source"]),
    "the edition": lambda _: Edition.objects.create(pk=1, title="The other archive"),
}
RESTS = {
    "a draft imported": lambda to: ArticleFactory(source=to["source"]),
    "a draft corrected": lambda to: type(to["draft"]).objects.filter(pk=to["draft"].pk).update(headline="Better"),
    "a draft filed": lambda to: TaggingFactory(article=to["draft"], topic=to["topic"]),
    "an author of a draft": lambda to: Authorship.objects.create(article=to["draft"], person=to["person"]),
    "a person noted": lambda _: PersonFactory(),
    "a source noted": lambda _: SourceFactory(),
}


@pytest.mark.parametrize("change", MOVES.values(), ids=MOVES)
def test_the_version_moves_when_something_public_changes(change, told):
    before = number()
    change(told)
    assert number() > before
    assert not VersionMove.objects.exists()


@pytest.mark.parametrize("change", RESTS.values(), ids=RESTS)
def test_the_version_rests_when_nothing_public_changes(change, told):
    before = number()
    change(told)
    assert number() == before


def test_a_transaction_moves_the_version_once_however_much_it_changes(told):
    before = number()
    with transaction.atomic():
        rename(told["topic"])
        withdraw_article(told["public"], by=told["editor"], reason="Another's words")
        publish_article(told["draft"], by=told["editor"])
    assert number() == before + 1


def test_a_later_number_never_carries_an_earlier_moment(told):
    Version.objects.update(moved_at=datetime(2999, 1, 1, tzinfo=UTC))
    rename(told["person"])
    assert Version.objects.get().moved_at == datetime(2999, 1, 1, tzinfo=UTC)


def test_what_only_the_software_keeps_is_nobodys_to_have_a_right_to():
    kept = ["resemblance", "textmark", "version", "versionmove"]
    assert not Permission.objects.filter(content_type__app_label="archive", content_type__model__in=kept).exists()


def test_what_is_rolled_back_moves_nothing(told):
    before = number()
    with transaction.atomic():
        with transaction.atomic():
            rename(told["topic"])
            transaction.set_rollback(True)
        draft = told["draft"]
        draft.headline = "Better"
        draft.save()
    assert number() == before


def test_a_move_after_a_rolled_back_one_in_the_same_transaction_counts(told):
    before = number()
    with transaction.atomic():
        with transaction.atomic():
            rename(told["topic"])
            transaction.set_rollback(True)
        rename(told["person"])
    assert number() == before + 1


def test_the_new_number_is_not_seen_before_the_commit_and_holds_up_nobody(told):
    before = number()
    seen = []

    def publish_elsewhere():
        try:
            seen.append(number())
            rename(told["person"])
            seen.append(number())
        finally:
            connection.close()

    with transaction.atomic():
        rename(told["topic"])
        other = threading.Thread(target=publish_elsewhere)
        other.start()
        other.join(timeout=20)
        assert not other.is_alive()
    assert seen == [before, before + 1]
    assert number() == before + 2


def test_many_who_publish_at_once_are_all_counted(told):
    drafts = [ArticleFactory(source=told["source"], slug=f"of-thread-{n}", headline=f"{n}") for n in range(8)]
    before = number()
    failures = []

    def publish_all(mine):
        try:
            for draft in mine:
                with transaction.atomic():
                    TaggingFactory(article=draft, topic=told["topic"])
                    publish_article(draft, by=told["editor"])
        except Exception as failure:  # noqa: BLE001 (a thread tells nobody)
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish_all, args=[drafts[n::4]]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert number() == before + len(drafts)
    assert type(drafts[0]).objects.filter(pk__in=[each.pk for each in drafts], status=Status.PUBLISHED).count() == 8
