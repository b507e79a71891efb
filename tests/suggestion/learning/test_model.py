"""What a trained model suggests, why, and how it is kept."""

import io
import pickle

import numpy as np
import pytest

from archive.suggestion.learning.figures import cross_validated, figures
from archive.suggestion.learning.model import ModelError, Suggested, TopicModel, around_threshold
from archive.suggestion.learning.stories import Story
from archive.suggestion.learning.training import TrainingError, train
from tests.suggestion.learning.desk import desk_stories


def test_stories_like_those_learned_from_get_their_topics(model):
    unseen = desk_stories(80, seed=2)
    assert figures(unseen, model.suggest(unseen)).micro_f1 > 0.95


def test_the_surest_stands_first_and_says_which_words_weighed(model):
    story = Story("a", "Probe enters the clouds", "A balloon in the atmosphere measured pressure and sulphur.")
    first, *others = model.suggest([story])[0]
    assert first.topic == "venus"
    assert first.confidence >= 0.5 > max(one.confidence for one in others)
    assert "“atmosphere”" in first.why


def test_a_topic_that_is_named_says_so(model):
    story = Story("a", "Venus", "A probe to Venus: clouds of sulphur on Venus.")
    assert model.suggest([story])[0][0].why[:2] == ("named in the headline", "named in the text, 2 times")


def test_no_more_is_suggested_than_asked_for_and_nothing_that_is_too_unsure(model):
    story = desk_stories(1)[0]
    assert len(model.suggest([story], most=1)[0]) == 1
    assert all(one.confidence >= 0.5 for one in model.suggest([story], least=0.5)[0])


def test_nothing_to_suggest_for_is_answered_with_nothing(model):
    assert model.suggest([]) == []


def test_a_story_without_a_word_is_no_error(model):
    assert [len(each) for each in model.suggest([Story("a", "", "")])] == [4]


def test_a_model_read_from_its_file_suggests_the_same(model):
    file = io.BytesIO()
    model.save(file)
    file.seek(0)
    stories = desk_stories(10, seed=3)
    assert TopicModel.load(file, "model").suggest(stories) == model.suggest(stories)


def test_training_twice_on_the_same_stories_learns_the_same(model):
    stories = desk_stories(10, seed=3)
    assert train(desk_stories(120)).suggest(stories) == model.suggest(stories)


def test_a_file_that_could_run_code_is_refused():
    trap = io.BytesIO()
    np.savez(trap, about=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ModelError, match="trap holds no model"):
        TopicModel.load(trap, "trap")
    with pytest.raises(ModelError, match="trap holds no model"):
        TopicModel.load(io.BytesIO(pickle.dumps({"about": 1})), "trap")


def test_too_few_stories_are_refused_with_their_number():
    with pytest.raises(TrainingError, match="5 stories with 4 topics"):
        train(desk_stories(5))


def test_stories_that_all_have_the_one_topic_teach_nothing():
    same = [Story(story.id, story.headline, story.text, frozenset({"space"})) for story in desk_stories(30)]
    with pytest.raises(TrainingError, match="No topic can be told"):
        train(same)


def test_a_topic_with_a_single_story_stands_in_nobodys_way():
    stories = desk_stories(60)
    stories[0] = Story("0", stories[0].headline, stories[0].text, stories[0].topics | {"gravity waves"})
    assert "gravity waves" in train(stories).topics


def test_a_threshold_is_told_as_one_half():
    likely, thresholds = np.array([0.0, 0.2, 0.4, 0.7, 1.0]), np.array([0.4] * 5)
    assert around_threshold(likely, thresholds) == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_figures_count_filings_for_micro_and_topics_for_macro():
    stories = [Story("1", "", "", frozenset("ab")), Story("2", "", "", frozenset("a")), Story("3", "", "", frozenset())]
    suggested = [
        [Suggested("a", 0.9, ()), Suggested("b", 0.4, ())],
        [Suggested("a", 0.5, ()), Suggested("c", 0.6, ())],
        [],
    ]
    told = figures(stories, suggested)
    assert (told.precision, told.recall, told.micro_f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert told.by_topic == {"a": (1.0, 2), "b": (0.0, 1)}
    assert told.macro_f1 == 0.5
    assert told.worst(1) == [("b", 0.0, 1)]


def test_cross_validation_suggests_for_every_story_by_what_the_others_teach():
    told = cross_validated(desk_stories(90), folds=3)
    assert (told.stories, told.topics) == (90, 4)
    assert told.micro_f1 > 0.9
