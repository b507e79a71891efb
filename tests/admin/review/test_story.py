"""What the review desk shows of a story."""

import pytest
from django.urls import reverse

from archive.models import Article, Deed
from tests.admin.review.conftest import proposed_quote
from tests.factories import PersonFactory, QuoteFactory, SuggestionFactory, TaggingFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_story_shows_what_is_proposed_in_the_order_of_the_text(desk, article):
    late = proposed_quote(article, "late", spans=[[43, 52]], words="The talks")
    early = proposed_quote(article, "early")
    topic = SuggestionFactory(article=article, topic=TopicFactory(name="Venus"))
    TaggingFactory(article=article, topic=TopicFactory(name="Talks", under=TopicFactory(name="Diplomacy")))
    context = desk().context
    assert [one.suggestion for one in context["proposed_quotes"]] == [early, late]
    assert context["proposed_topics"] == [topic]
    assert ([str(one) for one in context["filed"]], [str(one) for one in context["implied"]]) == (
        ["Talks"], ["Diplomacy"],
    )  # fmt: skip
    page = desk().content.decode()
    assert f'data-keys="topic-{topic.pk}" data-start="56">Venus</mark>' in page


def test_a_story_shows_what_the_import_took_out_of_its_text_and_what_it_doubts(desk, article):
    taken = {"byline": "Ada Brandvold", "dateline": "Hellas", "author_note": "She covers the poles."}
    doubts = {"doubts": ["headline", "date"], "broken_off": True, "precision": "year"}
    Article.objects.filter(pk=article.pk).update(**taken, **doubts)
    response = desk()
    assert (response.context["doubts"], response.context["date"]) == (
        [
            "The headline was made from the first words",
            "The date is missing or uncertain",
            "The text breaks off before its end",
        ],
        str(article.published_at.year),
    )
    page = response.content.decode()
    assert [words in page for words in (*taken.values(), *response.context["doubts"])] == [True] * 6


def test_a_story_without_doubts_has_nothing_to_check(desk):
    response = desk()
    assert (response.context["doubts"], "To check" in response.content.decode()) == ([], False)


@pytest.mark.parametrize(
    ("people", "name", "words"),
    [
        (0, "Ines Halvorsen", "new person"),
        (1, " ines  halvorsen", "known"),
        (2, "Ines Halvorsen", "several"),
        (1, "", "nobody"),
        (1, "Ines\0 Halvorsen", "new person"),
    ],
)
def test_a_name_that_is_typed_is_judged(people, name, words, editor, sign_in):
    PersonFactory.create_batch(people, name="Ines Halvorsen")
    assert sign_in(editor).get(reverse("admin:review-name"), {"name": name}).json()["words"] == words


@pytest.mark.parametrize(
    ("people", "name", "standing"),
    [(0, "Ines Halvorsen", "new"), (1, "ines halvorsen", "known"), (2, "Ines Halvorsen", "several"), (1, "", "nobody")],
)
def test_a_story_says_whether_the_archive_knows_the_speaker(desk, article, people, name, standing):
    PersonFactory.create_batch(people, name="Ines Halvorsen")
    proposed_quote(article, name=name)
    assert [one.standing for one in desk().context["proposed_quotes"]] == [standing]


def test_a_story_asks_as_often_for_one_proposal_of_each_as_for_three(desk, article, django_assert_num_queries):
    desk()
    for rows in (1, 2):
        for number in range(rows):
            proposed_quote(article, f"{rows} {number}")
            SuggestionFactory(article=article)
            quote = QuoteFactory(article=article)
            SuggestionFactory(article=article, quote=quote, key=f"topic of quote {quote.pk}")
            TaggingFactory(article=article)
            TaggingFactory(quote=quote)
            Deed.objects.create(article=article, done_by=UserFactory())
        with django_assert_num_queries(4 + 12):
            desk()
