"""The vocabulary: names, broader topics, and the circles it refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from archive.models import Topic, TopicBroader, TopicName, TopicRelation
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def test_a_preferred_name_is_unique_whatever_its_case():
    TopicFactory(name="Venus")
    with pytest.raises(IntegrityError, match="one_topic_of_a_name"), transaction.atomic():
        Topic.objects.create(name="VENUS")


def test_a_name_taken_is_told_in_words():
    TopicFactory(name="Venus")
    with pytest.raises(ValidationError, match="Another topic has this name"):
        TopicFactory(name="venus")


@pytest.mark.parametrize("name", ["Venus", "venus", "EVENING STAR", "the-second-planet"])
def test_a_topic_is_found_by_any_of_its_names_and_its_slug(name):
    venus = TopicFactory(name="Venus", slug="the-second-planet")
    TopicName.objects.create(topic=venus, name="Evening star")
    TopicFactory(name="Mars")
    assert list(Topic.objects.called(name)) == [venus]


def test_a_circle_among_broader_topics_is_refused_and_named():
    planets = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=planets)
    clouds = TopicFactory(name="Clouds of Venus", under=venus)
    with (
        pytest.raises(IntegrityError, match="Planets cannot lie under Clouds of Venus: it would lie under itself"),
        transaction.atomic(),
    ):
        TopicBroader.objects.create(narrower=planets, broader=clouds)


def test_a_topic_does_not_lie_under_itself():
    venus = TopicFactory()
    with pytest.raises(IntegrityError, match="topic_not_under_itself"), transaction.atomic():
        TopicBroader.objects.create(narrower=venus, broader=venus)


def test_a_topic_may_lie_under_two():
    planets, science = TopicFactory(name="Planets"), TopicFactory(name="Science")
    venus = TopicFactory(name="Venus", under=planets)
    TopicBroader.objects.create(narrower=venus, broader=science)
    assert list(venus.broader.all()) == [planets, science]


def test_a_topic_is_not_related_to_itself():
    venus = TopicFactory()
    with pytest.raises(IntegrityError, match="topic_not_related_to_itself"), transaction.atomic():
        TopicRelation.objects.create(from_topic=venus, to_topic=venus)


def test_a_replaced_topic_is_no_longer_current():
    old = TopicFactory(name="Soviet Union", replaced_by=(new := TopicFactory(name="Russia")))
    assert list(Topic.objects.current()) == [new]
    assert list(new.replaces.all()) == [old]


def test_a_topic_replaced_twice_leads_to_the_one_in_use_in_one_step():
    first, second, third = (TopicFactory(name=name) for name in ["CIS", "Soviet Union", "Russia"])
    Topic.objects.filter(pk=first.pk).update(replaced_by=second)
    Topic.objects.filter(pk=second.pk).update(replaced_by=third)
    late = TopicFactory(name="USSR", replaced_by=second)
    assert set(third.replaces.all()) == {first, second, late}


def test_topics_do_not_replace_one_another_in_a_circle():
    first = TopicFactory(name="Sputnik")
    second = TopicFactory(name="Sputniks", replaced_by=first)
    with (
        pytest.raises(IntegrityError, match="Sputnik cannot be replaced by one"),
        transaction.atomic(),
    ):
        Topic.objects.filter(pk=first.pk).update(replaced_by=second)
