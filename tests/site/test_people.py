"""A person: roles, topics, and what was said on one of them over time."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories import PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_a_role_spans_its_first_year_to_its_last(publish, reader):
    for year, role in ((1998, "envoy"), (2004, "minister"), (2009, "minister"), (2012, "")):
        article = publish(1, published_at=datetime(year, 5, 1, tzinfo=UTC))
        article.quotes.update(role=role)
    roles = reader.get("/people/mira-sandoval/").context["roles"]
    assert [(role.name, role.first, role.last) for role in roles] == [("minister", 2004, 2009), ("envoy", 1998, 1998)]


def test_the_page_leads_to_what_was_said_on_a_topic(article, reader):
    assert 'href="/people/mira-sandoval/on/venus/"' in reader.get("/people/mira-sandoval/").text


def test_on_a_topic_the_earliest_words_stand_first(publish, reader):
    quotes = [publish(day).quotes.first() for day in (2, 1)]
    page = reader.get(reverse("person-on-topic", args=["mira-sandoval", "planets"])).text
    assert page.index(quotes[1].get_absolute_url()) < page.index(quotes[0].get_absolute_url())


@pytest.mark.parametrize(("slug", "topic"), [("mira-sandoval", "silence"), ("nobody", "venus"), ("mira-sandoval", "x")])
def test_who_says_nothing_on_a_topic_has_no_page_on_it(slug, topic, article, reader):
    TopicFactory(name="Silence")
    assert reader.get(f"/people/{slug}/on/{topic}/").status_code == 404


def test_people_are_listed_by_family_name(publish, mira, reader):
    for name in ("Ada Brandvold", "Álvaro Östling", "Zoë van der Meer"):
        publish(1).quotes.update(speaker=PersonFactory(name=name))
    publish(2)
    listed = re.findall(r'/">([^<]+)</a>\s+<span class="count">', reader.get("/people/").text)
    assert listed == ["Brandvold, Ada", "Östling, Álvaro", "Sandoval, Mira", "van der Meer, Zoë"]


def test_the_alphabet_opens_the_list_at_a_family_name(article, reader):
    assert "Sandoval, Mira" in reader.get("/people/?from=s").text
    assert "Sandoval, Mira" not in reader.get("/people/?from=t").text
