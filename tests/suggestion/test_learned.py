"""Learned topics of the archive itself."""

import io

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from archive.jobs import JobError, stop
from archive.models import Answer, Job, Suggestion, Tagging, Topic
from archive.models.job import JobEndedError
from archive.models.original import originals_storage
from archive.suggestion import propose
from archive.suggestion.learned import MADE_BY, merged
from archive.suggestion.learning.archived import filed_stories, names_of_topics
from archive.suggestion.learning.versions import FOLDER, KEPT, ModelError, keep_model, kept_models, latest_model
from archive.suggestion.proposed import Proposed
from archive.suggestion.retraining import learn_topics
from tests.factories import ArticleFactory, SuggestionFactory, TaggingFactory, TopicFactory
from tests.suggestion.learning.desk import desk_stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed():
    """An archive of forty stories, filed; no topic's name stands in them."""
    topics = {name: TopicFactory(name=f"{name} desk") for name in ("venus", "budget", "launchers", "crew")}
    for story in desk_stories(40):
        article = ArticleFactory(headline=story.headline, body=story.text)
        for topic in story.topics:
            TaggingFactory(article=article, topic=topics[topic])
    return topics


def test_stories_teach_what_they_were_filed_under_not_what_that_implies():
    planets = TopicFactory()
    venus = TopicFactory(under=planets)
    article = ArticleFactory(headline="A probe", standfirst="To the clouds", body="It goes.")
    TaggingFactory(article=article, topic=venus)
    ArticleFactory()
    [story] = filed_stories()
    assert (story.id, story.headline, story.text) == (str(article.pk), "A probe", "To the clouds\nIt goes.")
    assert story.topics == {str(venus.pk)}


@pytest.mark.parametrize(("answer", "taught"), [(Answer.PENDING, 0), (Answer.DECLINED, 1)])
def test_a_story_whose_proposals_were_declined_teaches_too(answer, taught):
    suggestion = SuggestionFactory()
    answered_at = None if answer == Answer.PENDING else suggestion.made_at
    Suggestion.objects.update(answer=answer, answered_at=answered_at)
    assert [story.topics for story in filed_stories()] == [frozenset()] * taught


def test_names_are_those_in_use_with_those_of_topics_replaced():
    venus = TopicFactory(name="Venus", match_case=True)
    venus.other_names.create(name="Morning star")
    TopicFactory(name="Evening star", replaced_by=venus)
    assert names_of_topics() == {str(venus.pk): [("Venus", True), ("Morning star", False), ("Evening star", False)]}


def test_what_was_learned_is_proposed_with_what_weighed(filed):
    call_command("train_topics", verbosity=0)
    story = ArticleFactory(headline="Rocket on the pad", body="The booster engine and its stage: thrust and payload.")
    propose([story])
    [suggestion] = Suggestion.objects.topics().filter(article=story)
    assert (suggestion.topic, suggestion.made_by) == (filed["launchers"], MADE_BY)
    assert suggestion.why[0].startswith("weighed: “")


def test_what_was_learned_of_a_topic_is_proposed_as_the_one_that_replaced_it(filed):
    call_command("train_topics", verbosity=0)
    rockets = TopicFactory(name="Rocketry desk")
    Tagging.objects.filter(topic=filed["launchers"]).update(topic=rockets)
    Topic.objects.filter(pk=filed["launchers"].pk).update(replaced_by=rockets)
    story = ArticleFactory(headline="Rocket on the pad", body="The booster engine and its stage: thrust and payload.")
    propose([story])
    assert Suggestion.objects.topics().get(article=story).topic == rockets


def test_without_a_model_names_alone_propose():
    venus = TopicFactory(name="Venus")
    story = ArticleFactory(body="To Venus.")
    propose([story])
    assert [suggestion.topic for suggestion in Suggestion.objects.topics()] == [venus]


def test_a_model_of_another_version_stands_in_nobodys_way(caplog):
    old = io.BytesIO()
    np.savez(old, about=np.frombuffer(b'{"format": 1}', dtype=np.uint8))
    originals_storage().save(f"{FOLDER}/2020-01-01.npz", old)
    venus = TopicFactory(name="Venus")
    article = ArticleFactory(body="Venus is next.")
    propose([article])
    assert [one.topic for one in Suggestion.objects.topics()] == [venus]
    assert "is of format 1, not 2: train again." in caplog.text


def test_a_model_of_another_version_is_fetched_once(monkeypatch):
    old = io.BytesIO()
    np.savez(old, about=np.frombuffer(b'{"format": 1}', dtype=np.uint8))
    storage, fetched = originals_storage(), []
    storage.save(f"{FOLDER}/2020-01-02.npz", old)
    read = storage.open
    monkeypatch.setattr(storage, "open", lambda name: fetched.append(name) or read(name))
    for _ in range(2):
        with pytest.raises(ModelError, match=r"2020-01-02\.npz is of format 1"):
            latest_model()
    assert fetched == [f"{FOLDER}/2020-01-02.npz"]


def test_a_topic_found_both_ways_is_proposed_once_with_all_reasons():
    def proposed(key, confidence, why):
        return Proposed(kind="topic", article=1, key=key, confidence=confidence, why=[why], made_by=why)

    both = merged(
        [proposed("topic 1", 0.4, "name"), proposed("topic 2", 0.6, "name")],
        [proposed("topic 1", 0.9, "words"), proposed("topic 3", 0.5, "words")],
    )
    assert [(one.key, one.confidence, one.why, one.made_by) for one in both] == [
        ("topic 1", 0.9, ["name", "words"], "words"),
        ("topic 2", 0.6, ["name"], "name"),
        ("topic 3", 0.5, ["words"], "words"),
    ]


def test_the_newest_models_are_kept(model):
    kept = [keep_model(model) for _ in range(KEPT + 1)]
    assert kept_models() == kept[1:]


def test_a_model_is_kept_also_where_an_older_one_cannot_be_deleted(model, monkeypatch, caplog):
    def refuse(name):
        raise PermissionError(13, "Permission denied", name)

    monkeypatch.setattr(originals_storage(), "delete", refuse)
    kept = [keep_model(model) for _ in range(KEPT + 1)]
    assert kept_models() == kept
    assert "Older models are left among the originals: [Errno 13] Permission denied" in caplog.text


def test_a_model_that_has_not_wholly_arrived_leaves_the_one_before_in_use(model):
    whole = keep_model(model)
    with originals_storage().open(f"{FOLDER}/{whole}") as file:
        half = file.read()[: file.size // 2]
    originals_storage().save(f"{FOLDER}/9999-01-01.npz", ContentFile(half))
    assert latest_model().topics == model.topics


@pytest.mark.usefixtures("filed")
def test_the_archive_is_learned_from_in_the_background(archivist):
    said = learn_topics(learn_topics.ask(by=archivist, title="Learn"))
    assert said.startswith("Learned 4 topics from 40 stories, kept as ")
    assert len(kept_models()) == 1


@pytest.mark.usefixtures("filed")
def test_what_is_learned_after_it_was_stopped_is_not_kept(archivist):
    job = learn_topics.ask(by=archivist, title="Learn")
    stop(Job.objects.get(pk=job.pk), by=archivist)
    with pytest.raises(JobEndedError):
        learn_topics(job)
    assert kept_models() == []


def test_learning_from_too_little_says_so(archivist):
    with pytest.raises(JobError, match="0 stories with 0 topics are too few"):
        learn_topics(learn_topics.ask(by=archivist, title="Learn"))


def test_training_on_an_empty_archive_fails_and_says_why():
    with pytest.raises(CommandError, match="0 stories with 0 topics are too few"):
        call_command("train_topics")


def test_the_archive_is_evaluated_by_its_topics_names(filed, capsys):
    call_command("evaluate_topics", folds=2)
    said = capsys.readouterr().out
    assert "over 4 topics in 40 stories" in said
    assert "launchers desk" in said
