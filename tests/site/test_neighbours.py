"""What comes before and after an article on its closest topic."""

import pytest

from archive.models import Article, Tally
from archive.site.neighbours import neighbours
from archive.site.story import private_story, public_story
from tests.factories import TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


def around(article, topics):
    """The neighbours of an article that is filed under these topics."""
    tallies = Tally.objects.totals_of(Tally.Subject.TOPIC, (topic.pk for topic in topics))
    counts = {topic: tallies[topic.pk].articles if topic.pk in tallies else 0 for topic in topics}
    return neighbours(counts, private_story(article.pk).around)


def told(found):
    """The topic, and the ids of the articles before and after."""
    return found.topic, *(each and each.pk for each in (found.earlier, found.later))


def test_the_neighbours_are_the_next_by_date_on_the_topic(publish, venus):
    articles = [publish(day) for day in (5, 1, 3, 3, 9)]
    found = around(articles[2], [venus])
    assert told(found) == (venus, articles[1].pk, articles[3].pk)


def test_of_several_topics_the_closest_shared_one_is_taken(publish, planets, venus):
    first, _, third = (publish(day) for day in (1, 2, 3))
    alone, shared = TopicFactory(name="Alone"), TopicFactory(name="Shared")
    for article, topic in ((first, shared), (third, shared), (third, alone)):
        TaggingFactory(article=article, topic=topic)
    found = around(third, [alone, planets, shared, venus])
    assert told(found) == (shared, first.pk, None)


def test_what_is_not_public_is_no_neighbour(publish, venus):
    articles = [publish(1), publish(2, published=False), publish(3)]
    assert around(articles[2], [venus]).earlier.pk == articles[0].pk


@pytest.mark.parametrize("filed", [True, False])
def test_an_article_alone_has_no_around(filed, article, venus):
    assert around(article, [venus] if filed else []) is None


def test_related_is_what_shares_the_most_and_the_rarest_topics(publish, venus):
    moon, law = TopicFactory(name="Moon"), TopicFactory(name="Law")
    article, *others = (publish(day) for day in (9, 1, 2, 3, 4, 5, 6, 10, 11))
    for number, topic in ((0, moon), (0, law), (1, law), (2, moon)):
        TaggingFactory(article=others[number], topic=topic)
    for topic in (moon, law):
        TaggingFactory(article=article, topic=topic)
    TaggingFactory(article=publish(12), topic=law)
    found = around(article, [law, moon, venus])
    assert told(found) == (moon, others[2].pk, None)
    # Both rarer topics, then the rarest left, then Venus alone: nearest in time.
    assert [each.headline[-2:] for each in found.related] == [" 1", "12", " 2", "10"]


@pytest.mark.parametrize("others", [1, 3])
def test_neighbours_cost_one_query_more_than_the_article_however_many_there_are(
    others, publish, venus, django_assert_num_queries
):
    article = publish(5)
    for day in range(others):
        publish(day + 6)
    with django_assert_num_queries(2):
        story = public_story(2017, article.slug)
    with django_assert_num_queries(1):
        assert neighbours({venus: 1 + others}, story.around)


def test_what_is_not_published_yet_has_the_neighbours_that_it_will_have(publish, venus):
    before, draft, after = (publish(day, published=day != 2) for day in (1, 2, 3))
    assert told(around(draft, [venus])) == (venus, before.pk, after.pk)
    Article.objects.filter(pk=draft.pk).update(published_at=None)
    assert around(draft, [venus]) is None


def test_the_page_names_both(publish, reader):
    before, article, after = (publish(day) for day in (1, 2, 3))
    page = reader.get(article.get_absolute_url()).text
    assert [page.count(each.get_absolute_url()) for each in (before, after)] == [1, 1]
