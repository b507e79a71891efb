"""Names of topics in a text."""

import pytest

from archive.suggestion.topic_names import Vocabulary, current_vocabulary
from tests.factories import TopicFactory

NAMES = [
    (1, "International Space Station", False),
    (1, "ISS", True),
    (2, "Space station", False),
    (3, "Venus", True),
    (4, "Sanctions", False),
    (5, "U.S. Space Force", False),
    (6, "Mars", True),
    (7, "Venera-D", True),
    (8, "Dragon", True),
    (9, "Artemis", True),
    (9, "Moon to Mars", False),
    (10, "Women’s rights", False),
    (11, "Policy", False),
    (11, "Policy of space", False),
    (12, "us", True),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the international space\nstation's crew", [(1, "international space\nstation")]),
        ("two space stations, and Space-Station Freedom", [(2, "space stations"), (2, "Space-Station")]),
        ("the ISS, not a miss or iss", [(1, "ISS")]),
        ("Venus’s clouds and Venus", [(3, "Venus"), (3, "Venus")]),
        ("venus in a song", []),
        ("a sanction", [(4, "sanction")]),
        ("The U.S. Space Force told us", [(5, "U.S. Space Force"), (12, "us")]),
        ("Mar and Marsh", []),
        ("from Moon to Mars", [(9, "Moon to Mars")]),
        ("on the Moon. To Mars", [(6, "Mars")]),
        ("Venera-D and Venera D", [(7, "Venera-D"), (7, "Venera D")]),
        ("Dragons", [(8, "Dragons")]),
        ("women's rights, women’s rights", [(10, "women's rights"), (10, "women’s rights")]),
        ("space policies", [(11, "policies")]),
        ("space.\n\nstation", []),
        ("on policy", [(11, "policy")]),
    ],
)
def test_names_are_found_longest_first_in_their_case_with_their_endings(text, found):
    occurrences = Vocabulary(NAMES).occurrences(text)
    assert [(one.topic, text[one.start : one.end]) for one in occurrences] == found


def test_a_name_of_two_topics_is_found_for_both():
    vocabulary = Vocabulary([(1, "Dragon", False), (2, "dragon", False)])
    assert [one.topic for one in vocabulary.occurrences("a dragon")] == [1, 2]


@pytest.mark.django_db
def test_the_vocabulary_is_read_once_and_again_when_a_name_changes(django_assert_num_queries):
    topic = TopicFactory(name="Venus")
    topic.other_names.create(name="Morning star")
    current_vocabulary()
    with django_assert_num_queries(1):
        vocabulary = current_vocabulary()
    assert [one.topic for one in vocabulary.occurrences("the morning star Venus")] == [topic.pk, topic.pk]
    topic.other_names.update(name="Evening star")
    assert list(current_vocabulary().occurrences("the morning star")) == []


@pytest.mark.django_db
def test_a_replaced_topic_lends_its_names_to_the_one_that_took_its_place():
    venus = TopicFactory(name="Venus")
    TopicFactory(name="Hesperus", replaced_by=venus)
    assert [one.topic for one in current_vocabulary().occurrences("Hesperus")] == [venus.pk]
