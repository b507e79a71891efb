"""What stands at an address whose page is not there: a redirect, a tombstone, or nothing."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from archive.models import Quote
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SourceFactory, TopicFactory

pytestmark = pytest.mark.django_db

UNDER_EMBARGO = {"embargo_until": datetime(2999, 1, 1, tzinfo=UTC)}


def test_a_withdrawn_article_answers_410_with_the_day_and_the_reason(publish, reader):
    article = publish(
        published=False,
        withdrawn=True,
        withdrawn_at=datetime(2026, 3, 1, tzinfo=UTC),
        withdrawal_reason="The agency took the figures back.",
    )
    response = reader.get(article.get_absolute_url())
    assert response.status_code == 410
    assert "1 March 2026" in response.text
    assert "The agency took the figures back." in response.text
    assert "willing" not in response.text


def test_a_quote_of_a_withdrawn_article_answers_410_without_its_words(publish, reader):
    quote = Quote.objects.filter(article=publish(published=False, withdrawn=True)).first()
    response = reader.get(quote.get_absolute_url())
    assert response.status_code == 410
    assert "The agency took the figures back." in response.text
    assert quote.words not in response.text


@pytest.mark.parametrize(
    "standing",
    [
        {"published": False},
        UNDER_EMBARGO,
        {"published": False, "withdrawn": True, **UNDER_EMBARGO},
    ],
    ids=["draft", "under embargo", "withdrawn before its embargo ended"],
)
def test_what_readers_never_saw_is_not_found(standing, publish, reader):
    article = publish(**standing)
    quote = Quote.objects.filter(article=article).first()
    assert reader.get(article.get_absolute_url()).status_code == 404
    assert reader.get(quote.get_absolute_url()).status_code == 404


def renamed(item, slug):
    """The old address of an item that is then given another slug."""
    old = item.get_absolute_url()
    item.slug = slug
    item.save()
    return old


@pytest.mark.parametrize("make", [TopicFactory, SourceFactory, PersonFactory])
def test_a_renamed_slug_redirects_for_good(make, reader):
    item = make()
    response = reader.get(renamed(item, "anew"))
    assert (response.status_code, response.headers["Location"]) == (301, item.get_absolute_url())


@pytest.mark.parametrize("standing", [{"published": True}, {"withdrawn": True}], ids=str)
def test_the_old_address_of_an_article_redirects(standing, reader):
    article = ArticleFactory(**standing)
    response = reader.get(renamed(article, "anew"))
    assert (response.status_code, response.headers["Location"]) == (301, article.get_absolute_url())


def test_an_article_moved_to_another_year_redirects(article, reader):
    old = article.get_absolute_url()
    article.published_at = article.published_at.replace(year=2018)
    article.save()
    response = reader.get(old)
    assert (response.status_code, response.headers["Location"]) == (301, article.get_absolute_url())


def test_the_old_address_of_a_draft_gives_nothing_away(reader):
    assert reader.get(renamed(ArticleFactory(), "anew")).status_code == 404


@pytest.mark.parametrize("page", ["topic", "topic-quotes", "topic-feed"])
def test_a_replaced_topic_redirects_to_the_one_that_took_its_place(page, venus, reader):
    TopicFactory(name="Morning star", replaced_by=venus)
    response = reader.get(reverse(page, args=["morning-star"]))
    assert (response.status_code, response.headers["Location"]) == (301, reverse(page, args=["venus"]))


@pytest.mark.parametrize(
    "address",
    [
        "/articles/2017/nothing/",
        "/articles/1901/",
        "/quotes/4711/",
        "/topics/nothing/",
        "/topics/nothing/quotes/",
        "/topics/nothing/feed/",
        "/people/nobody/",
        "/sources/nowhere/",
        "/quotes/?older=rubbish",
        "/no/such/page/",
    ],
)
def test_nothing_there_is_404_and_helps_onward(address, article, reader):
    response = reader.get(address)
    assert response.status_code == 404
    assert 'action="/search/"' in response.text


def test_404_offers_the_words_of_the_address_to_the_search(reader, db):
    assert 'value="russia would cooperate"' in reader.get("/articles/2017/russia-would-cooperate/").text


def test_a_person_of_whom_nothing_is_public_is_not_found(publish, mira, reader):
    publish(published=False)
    assert reader.get(mira.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("query", ["", "?year=2017", "?older=2017-01-31T00:00:00_1_2_3"])
def test_a_person_known_from_drafts_alone_is_not_found(reader, query):
    quote = QuoteFactory(article=ArticleFactory())
    assert reader.get(f"{quote.speaker.get_absolute_url()}{query}").status_code == 404


def test_a_source_of_which_nothing_is_public_is_not_found(reader):
    article = ArticleFactory()
    assert reader.get(article.source.get_absolute_url()).status_code == 404
    ArticleFactory(published=True, source=article.source)
    assert reader.get(article.source.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "address", ["/articles/2016/agency-votes-for-venus/", "/topics/votes/", "/2017/01/venus.votes/x"]
)
def test_404_offers_the_articles_that_have_the_words_of_the_address(address, article, publish, reader):
    publish(2, headline="A hidden vote", published=False)
    response = reader.get(address)
    offered = [row.article_id for row in response.context["articles"]]
    assert (response.status_code, offered) == (404, [article.pk])
    assert f'href="{article.get_absolute_url()}"' in response.text


@pytest.mark.parametrize("address", ["/venus/votes.php", "/no/such/", "/2017/", "/%22%22-OR-%22/"])
def test_404_offers_none_where_there_is_none(address, article, reader):
    assert reader.get(address).context["articles"] == []


def test_404_costs_the_same_queries_with_one_find_and_with_three(publish, reader, django_assert_num_queries):
    for day in (1, 2, 3):
        publish(day)
        with django_assert_num_queries(11):
            reader.get("/venus-votes/")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/topics/venuss/", "venuss"),
        ("/quotes/99999/", ""),
        ("/articles/2017/second-moon/", "second moon"),
        ("/people/nobody-known/", "nobody known"),
        ("/old/news/moon/", "old news moon"),
    ],
)
def test_the_section_of_a_missing_page_is_no_word_to_look_for(address, words, publish, reader):
    publish(1, standfirst="All topics, all quotes, all articles.")
    response = reader.get(address)
    assert (response.status_code, response.context["words"], response.context["articles"]) == (404, words, [])
    assert "Perhaps a search finds" in response.text
