"""The vocabulary as readers browse it, and a topic narrowed by speaker, source and year."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.models import Digest, DueDigest, Quote, TopicName
from archive.site import vocabulary
from tests.factories import PersonFactory, SourceFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


def at(reader, **given):
    return reader.get(reverse("topics"), given)


def on_venus(reader, **given):
    return reader.get(reverse("topic", args=["venus"]), given)


def outline(branches):
    return [(branch.topic.name, branch.opens, outline(branch.narrower)) for branch in branches]


def test_a_tree_too_large_for_a_page_leads_to_what_it_leaves_out(reader, venus, planets, monkeypatch):
    monkeypatch.setattr(vocabulary, "MOST_SHOWN", 2)
    TopicFactory(name="Clouds of Venus", under=venus)
    page = at(reader)
    assert outline(page.context["tree"].branches) == [("Planets", False, [("Venus", True, [])])]
    assert 'href="?under=venus"' in page.text


def test_more_tops_than_fit_are_reached_by_name(reader, monkeypatch):
    monkeypatch.setattr(vocabulary, "TOPS", 1)
    TopicFactory(name="Moon")
    TopicFactory(name="Venus")
    page = at(reader)
    assert outline(page.context["tree"].branches) == [("Moon", False, [])]
    assert 'href="?from=0"' in page.text


def test_what_lies_under_a_topic_has_a_page_by_name(reader, venus, planets):
    TopicFactory(name="Mars", under=planets)
    TopicFactory(name="Old Mars", under=planets, replaced_by=venus)
    TopicFactory(name="Clouds of Venus", under=venus)
    page = at(reader, under="planets")
    assert [topic.name for topic in page.context["page"].items] == ["Mars", "Venus"]
    assert [topic.opens for topic in page.context["page"].items] == [False, True]


def test_there_is_nothing_under_a_topic_that_is_not(reader):
    assert at(reader, under="pluto").status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ven", [("Venus", ""), ("Zoé’s venture", ""), ("Magellan", "Venus orbiter")]),
        ("VEN orb", [("Magellan", "Venus orbiter")]),
        ("zoe", [("Zoé’s venture", "")]),
        ("orbiters", []),
        ("'%\\:*", []),
    ],
)
def test_topics_are_found_by_the_beginnings_of_words_in_any_name(words, found, reader, venus):
    TopicName.objects.create(topic=TopicFactory(name="Magellan"), name="Venus orbiter")
    TopicFactory(name="Zoé’s venture")
    TopicFactory(name="Venera", replaced_by=venus)
    page = at(reader, q=words)
    assert [(each.topic.name, each.other_name) for each in page.context["found"]] == found


def test_finding_costs_the_same_queries_however_many_are_found(reader, django_assert_num_queries):
    for _ in range(3):
        TopicFactory()
    with django_assert_num_queries(4):
        assert len(at(reader, q="topic").context["found"]) == 3


@pytest.fixture
def several(publish, venus):
    """Three articles on Venus: of two years, with two speakers, from two sources."""
    first, second = publish(1), publish(2)
    third = publish(3, published_at=datetime(2019, 5, 1, tzinfo=UTC), source=SourceFactory(name="Kasumi Press"))
    third.quotes.update(speaker=PersonFactory(name="Leopold Quaye"))
    return first, second, third


@pytest.mark.parametrize(
    ("given", "kept", "chosen"),
    [
        ({}, [2, 1, 0], []),
        ({"person": "mira-sandoval"}, [1, 0], ["Mira Sandoval"]),
        ({"source": "kasumi-press"}, [2], ["Kasumi Press"]),
        ({"from": "2017", "to": "2017"}, [1, 0], ["2017"]),
        ({"from": "2018"}, [2], ["2018 – …"]),
        ({"person": "mira-sandoval", "from": "2019"}, [], ["Mira Sandoval", "2019 – …"]),
    ],
)
def test_a_topic_is_narrowed_by_speaker_source_and_year(given, kept, chosen, several, reader):
    shown = on_venus(reader, **given).context["filed"]
    assert [each.id for each in shown.page.items] == [several[place].pk for place in kept]
    assert [link.label for link in shown.chosen] == chosen
    quotes = reader.get(reverse("topic-quotes", args=["venus"]), given).context["filed"].page.items
    assert {quote.article_id for quote in quotes} == {each.id for each in shown.page.items}


def test_each_choice_says_how_many_it_leaves_and_can_be_taken_back(several, reader):
    shown = on_venus(reader, **{"from": "2017", "to": "2019"}).context["filed"]
    assert [
        (each.name, [(link.label, link.count, link.query) for link in each.links]) for each in shown.narrowings
    ] == [
        (
            "Narrow by speaker",
            [
                ("Mira Sandoval", 2, "from=2017&to=2019&person=mira-sandoval"),
                ("Leopold Quaye", 1, "from=2017&to=2019&person=leopold-quaye"),
            ],
        ),
        (
            "Narrow by source",
            [
                ("The Orbital Ledger", 2, "from=2017&to=2019&source=the-orbital-ledger"),
                ("Kasumi Press", 1, "from=2017&to=2019&source=kasumi-press"),
            ],
        ),
    ]
    assert [link.query for link in shown.chosen] == [""]


@pytest.mark.parametrize("given", [{"person": "nobody"}, {"source": "nowhere"}, {"from": "soon"}])
def test_a_choice_that_the_archive_does_not_know_is_not_found(given, several, reader):
    assert on_venus(reader, **given).status_code == 404


def test_a_selection_stands_for_the_whole_topic(several, reader):
    page = on_venus(reader, **{"from": "2017", "to": "2017"}).text
    assert re.findall(r'rel="canonical" href="([^"]+)"', page) == ["http://localhost:8000/topics/venus/"]


def test_each_bar_of_the_histogram_leads_to_its_year_beside_what_is_chosen_already(several, reader):
    page = on_venus(reader, person="mira-sandoval")
    assert [bar.address for bar in page.context["histogram"].bars] == [
        "?person=mira-sandoval&from=2017&to=2017",
        "?person=mira-sandoval&from=2019&to=2019",
    ]
    assert page.text.count('href="?person=mira-sandoval&amp;from=2017&amp;to=2017"') == 2


def test_what_is_filed_together_is_told_but_not_what_lies_near(planets, venus, article, reader):
    for name, under in (("Clouds", venus), ("Funding", None)):
        TaggingFactory(topic=TopicFactory(name=name, under=under), article=article)
    told = [(each.label, each.address, each.count) for each in on_venus(reader).context["filed"].companions]
    assert told == [("Funding", "/topics/funding/", 1)]


def test_a_large_topic_is_looked_at_by_its_newest_and_says_so(several, venus, reader):
    DueDigest.objects.all().delete()
    told = {"among": 300, "more": True, "people": [[each.speaker_id, 2] for each in Quote.objects.all()]}
    Digest.objects.create(subject="articles", subject_id=venus.pk, told=told, made_at=timezone.now())
    page = on_venus(reader)
    assert page.context["filed"].among == 300
    assert "Counted among the newest 300." in " ".join(page.text.split())


def test_more_narrower_topics_than_fit_beside_are_a_page_away(reader, venus, planets, monkeypatch):
    monkeypatch.setattr("archive.site.topic_place.NARROWER_BESIDE", 1)
    TopicFactory(name="Mars", under=planets)
    page = reader.get(planets.get_absolute_url())
    assert [str(topic) for topic in page.context["topic"].narrower] == ["Mars"]
    assert 'href="/topics/?under=planets"' in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_narrowing_costs_the_same_queries_however_much_is_left(
    count, publish, venus, reader, django_assert_num_queries
):
    for day in range(count):
        publish(day + 1)
    with django_assert_num_queries(9):
        assert len(on_venus(reader, person="mira-sandoval").context["filed"].page.items) == count


@pytest.mark.parametrize("slug", ["nothing", "%00"])
def test_there_is_nothing_under_a_topic_that_there_is_not(slug, db, reader):
    assert reader.get(f"/topics/?under={slug}").status_code == 404
