"""Changes of the vocabulary in the background: the same in the end, whatever happens to them on the way."""

import pytest
from django.core.exceptions import PermissionDenied

from archive.editing import at_length
from archive.editing.at_length import merge_at_length, move_at_length, split_at_length, undo_at_length
from archive.editing.merging import merge_topics
from archive.editing.vocabulary import VocabularyError, move_topic
from archive.editing.vocabulary_undo import undo_change
from archive.jobs import JobError
from archive.models import Job, Suggestion, VocabularyChange
from tests.editing.test_vocabulary import tree, vocabulary  # noqa: F401 (a fixture)
from tests.factories import ArticleFactory, TaggingFactory

pytestmark = pytest.mark.django_db

BROKEN_OFF = "its process was killed"


@pytest.fixture(autouse=True)
def _one_item_at_a_time(monkeypatch):
    monkeypatch.setattr(at_length, "CHUNK", 1)


@pytest.fixture
def asked(archivist):
    """Ask for a job; it waits until it is called."""

    def ask(background, **arguments):
        return background.ask(by=archivist, title="Something large", **arguments)

    return ask


def broken_off_after(steps, background, job, monkeypatch):
    """Begin a job and let it die in the transaction after so many of its steps."""
    advance = Job.advance

    def die(self, *args, **kwargs):
        nonlocal steps
        steps -= 1
        if steps < 0:
            raise KeyboardInterrupt(BROKEN_OFF)
        advance(self, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(Job, "advance", die)
        with pytest.raises(KeyboardInterrupt, match=BROKEN_OFF):
            background(job, **job.arguments)


@pytest.mark.parametrize("broken_off", [None, 0, 1, 2, 3])
def test_a_merge_in_the_background_ends_as_one_at_once_wherever_it_was_broken_off(
    broken_off,
    tree,  # noqa: F811
    archivist,
    asked,
    monkeypatch,
):
    star, venus = tree["Morning star"].pk, tree["Venus"].pk
    at_once = merge_topics(tree["Morning star"], into=tree["Venus"], by=archivist)
    wanted = vocabulary()
    undo_change(at_once, by=archivist)
    job = asked(merge_at_length, topic=star, into=venus)
    if broken_off is not None:
        broken_off_after(broken_off, merge_at_length, job, monkeypatch)
        job = Job.objects.get(pk=job.pk)
    said = merge_at_length(job, **job.arguments)
    assert said == "“Morning star” merged into “Venus”, 3 items. It can be undone among the changes."
    assert (vocabulary(), Job.objects.get(pk=job.pk).done) == (wanted, 3)


@pytest.mark.parametrize("broken_off", [None, 0, 1, 2, 3, 4])
def test_it_is_undone_in_the_background_as_well(broken_off, tree, asked, monkeypatch):  # noqa: F811
    Suggestion.objects.filter(topic=tree["Venus"]).delete()
    before = vocabulary()
    job = asked(merge_at_length, topic=tree["Morning star"].pk, into=tree["Venus"].pk)
    merge_at_length(job, **job.arguments)
    job = asked(undo_at_length, change=VocabularyChange.objects.get().pk)
    if broken_off is not None and broken_off < 4:
        broken_off_after(broken_off, undo_at_length, job, monkeypatch)
        job = Job.objects.get(pk=job.pk)
    undo_at_length(job, **job.arguments)
    assert (vocabulary(), Job.objects.get(pk=job.pk).done) == (before, 3)
    if broken_off == 4:  # after the last word of the job, and before it was noted that it ended
        undo_at_length(Job.objects.get(pk=job.pk), **job.arguments)
        assert vocabulary() == before


def test_a_merge_that_was_stopped_half_way_is_put_back(tree, archivist, asked, monkeypatch):  # noqa: F811
    before = vocabulary()
    job = asked(merge_at_length, topic=tree["Morning star"].pk, into=tree["Venus"].pk)
    broken_off_after(2, merge_at_length, job, monkeypatch)
    change = VocabularyChange.objects.get()
    assert str(change) == "Morning star: is being merged into “Venus”, 2 items so far"
    with pytest.raises(VocabularyError, match="still under way"):
        undo_change(change, by=archivist)
    Job.objects.get(pk=job.pk).end(problem="Stopped.")
    undo_change(change, by=archivist)
    assert vocabulary() == before


def test_moving_and_splitting_are_done_once_though_begun_twice(tree, asked):  # noqa: F811
    moved = asked(move_at_length, topic=tree["Morning star"].pk, under=[tree["Planets"].pk])
    split = asked(
        split_at_length, topic=tree["Morning star"].pk, name="Phosphorus", words="talks", scope_note="", below=True
    )
    for job, background, said in [
        (moved, move_at_length, "“Morning star” moved from under “Worlds” to under “Planets”."),
        (split, split_at_length, "“Morning star” “Phosphorus” split off, 3 items."),
    ]:
        for _ in range(2):
            assert background(Job.objects.get(pk=job.pk), **job.arguments).startswith(said)
    assert VocabularyChange.objects.count() == 2


def test_what_was_split_off_in_the_background_comes_back(tree, asked):  # noqa: F811
    before = vocabulary()["filed"]
    job = asked(
        split_at_length, topic=tree["Morning star"].pk, name="Phosphorus", words="talks", scope_note="", below=True
    )
    split_at_length(job, **job.arguments)
    job = asked(undo_at_length, change=VocabularyChange.objects.get().pk)
    for _ in range(2):
        undo_at_length(Job.objects.get(pk=job.pk), **job.arguments)
    assert vocabulary()["filed"] == before


def test_what_is_filed_meanwhile_is_taken_along(tree, asked, monkeypatch):  # noqa: F811
    job = asked(merge_at_length, topic=tree["Morning star"].pk, into=tree["Venus"].pk)
    broken_off_after(2, merge_at_length, job, monkeypatch)
    late = ArticleFactory()
    TaggingFactory(topic=tree["Morning star"], article=late)
    merge_at_length(Job.objects.get(pk=job.pk), **job.arguments)
    assert late.taggings.filed().get().topic == tree["Venus"]


def test_only_who_may_change_topics_asks_for_it(tree, editor):  # noqa: F811
    with pytest.raises(PermissionDenied):
        merge_at_length.ask(by=editor, title="Merge", topic=tree["Venus"].pk, into=tree["Planets"].pk)


def test_what_is_undone_in_one_step_ends_well_though_it_was_begun_twice(tree, archivist, asked):  # noqa: F811
    change = move_topic(tree["Morning star"], under=[tree["Planets"]], by=archivist)
    job = asked(undo_at_length, change=change.pk)
    for _ in range(2):
        said = undo_at_length(Job.objects.get(pk=job.pk), **job.arguments)
        assert said.startswith("Undone: Morning star")
    other = asked(undo_at_length, change=change.pk)
    with pytest.raises(JobError, match="undone already"):
        undo_at_length(other, **other.arguments)


def test_of_two_undoings_of_a_merge_one_is_refused(tree, archivist, asked):  # noqa: F811
    change = merge_topics(tree["Morning star"], into=tree["Venus"], by=archivist)
    seen = VocabularyChange.objects.select_related("topic", "other").get(pk=change.pk)  # before the other was quicker
    undo_change(change, by=archivist)
    job = asked(undo_at_length, change=change.pk)
    with pytest.raises(VocabularyError, match="This was undone already"):
        at_length._unmerge(job, seen)
    assert Job.objects.get(pk=job.pk).reached == 0
