"""How right the names alone are."""

import pytest
from django.core.management import call_command

from archive.suggestion.named import NamedFigures, figures_of_names
from tests.factories import ArticleFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed():
    """Venus named, and filed by a narrower topic; Mars named in vain; Budget filed, not named; a story of no names."""
    venus, mars = TopicFactory(name="Venus"), TopicFactory(name="Mars")
    probes, budget = TopicFactory(name="Venera probes", under=venus), TopicFactory(name="Budget")
    article = ArticleFactory(headline="To Venus or to Mars", body="A vote is due.")
    for topic in (probes, budget):
        TaggingFactory(article=article, topic=topic)
    TaggingFactory(article=ArticleFactory(headline="Nothing named", body="A vote is due."), topic=mars)


@pytest.mark.parametrize(
    ("least", "figures"), [(0.4, NamedFigures(1, 1, 1, 2, (("Mars", 1),))), (0.7, NamedFigures(0, 0, 0, 0, ()))]
)
@pytest.mark.usefixtures("filed")
def test_a_topic_that_is_named_is_right_where_the_story_lies_under_it(least, figures):
    assert figures_of_names(least, 10) == figures


@pytest.mark.usefixtures("filed")
def test_the_command_tells_the_figures(capsys):
    call_command("evaluate_topics", "--names")
    assert capsys.readouterr().out == (
        "P 0.500 R 0.333 in 1 stories that name a topic, from a confidence of 0.4 on\n"
        "Proposed in vain most often:\n      1  Mars\n"
    )
