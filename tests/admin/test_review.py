"""The review desk by plain forms: what each does, what it says, and who may."""

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from archive.models import Answer, Article, Lease, Quote, Status, Suggestion, SuggestionKind, Tagging, TopicName
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    QuoteFactory,
    SuggestionFactory,
    TaggingFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

BODY = "“We will go when we are ready,” she said.\n\nThe talks on Venus go on in spring."


def proposed_quote(article, key="quote", **changes):
    proposal = {"spans": [[1, 30]], "words": BODY[1:30], "mention": "she", "name": "Ines Halvorsen", "role": "minister"}
    return SuggestionFactory(
        article=article, kind=SuggestionKind.QUOTE, topic=None, key=key, proposal=proposal | changes
    )


@pytest.fixture
def article():
    return ArticleFactory(headline="Talks pause", body=BODY, status=Status.IN_REVIEW)


@pytest.fixture
def desk(editor, sign_in, article):
    """The editor's requests at the story: `desk("answer", suggestion, verb="accept")`; without a name, the page."""
    client = sign_in(editor)

    def request(name="story", /, *args, fragment=False, **data):
        url = reverse(f"admin:review-{name}", args=[article.pk, *(arg.pk for arg in args)])
        headers = {"X-Story-Fragment": "1"} if fragment else {}
        if name == "story":
            return client.get(url, data, headers=headers)
        return client.post(url, data, headers=headers)

    return request


def test_the_queue_gives_the_story_and_leases_it(editor, sign_in, article):
    response = sign_in(editor).get(reverse("admin:review"))
    assert response.url == reverse("admin:review-story", args=[article.pk])
    assert Lease.objects.get().held_by == editor


def test_an_empty_queue_says_so(editor, sign_in):
    response = sign_in(editor).get(reverse("admin:review"))
    assert "Nothing waits for you" in response.content.decode()


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
    ("people", "name", "standing"),
    [(0, "Ines Halvorsen", "new"), (1, "ines halvorsen", "known"), (2, "Ines Halvorsen", "several"), (1, "", "nobody")],
)
def test_a_story_says_whether_the_archive_knows_the_speaker(desk, article, people, name, standing):
    PersonFactory.create_batch(people, name="Ines Halvorsen")
    proposed_quote(article, name=name)
    assert [one.standing for one in desk().context["proposed_quotes"]] == [standing]


def test_accepting_goes_back_to_the_story_which_offers_to_take_it_back(desk, article, editor):
    suggestion = proposed_quote(article)
    response = desk("answer", suggestion, verb="accept", name="Ines Halvorsen", role="minister")
    assert response.url == reverse("admin:review-story", args=[article.pk]) + f"?last={suggestion.pk}"
    assert desk(last=suggestion.pk).context["last"].answer == Answer.ACCEPTED
    assert Quote.objects.get().created_by == editor
    desk("answer", suggestion, verb="reopen")
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words", "speaker"),
    [
        ({"name": "Ada Brandvold"}, BODY[1:30], "Ada Brandvold"),
        ({"words": "We will go"}, "We will go", "Ines Halvorsen"),
        ({"spans": "[[43, 52], [1, 11]]"}, "We will go … The talks", "Ines Halvorsen"),
    ],
)
def test_a_proposal_is_corrected_as_it_is_accepted(desk, article, sent, words, speaker):
    suggestion = proposed_quote(article)
    desk("answer", suggestion, verb="accept", **sent)
    quote = Quote.objects.get()
    assert (quote.words, quote.speaker.name) == (words, speaker)
    suggestion.refresh_from_db()
    assert suggestion.answer == Answer.CORRECTED


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"words": "They will go"}, "These words do not stand in the body exactly once: select them in it."),
        ({"spans": "all"}, "These are no spans: start and end of each part are needed."),
        ({"spans": "[[0, 999]]"}, f"No words from 0 to 999: parts stand in order within {len(BODY)} characters."),
        ({"name": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_an_answer_that_cannot_be_given_is_told_and_what_was_typed_stays(desk, article, sent, error):
    suggestion = proposed_quote(article)
    response = desk("answer", suggestion, verb="accept", **{"role": "envoy"} | sent)
    assert response.context["error"] == error
    [shown] = response.context["proposed_quotes"]
    assert (shown.is_answering, shown.role) == (True, "envoy")
    assert Suggestion.objects.pending().count() == 1


def test_of_several_people_of_a_name_one_is_chosen(desk, article):
    _, second = PersonFactory.create_batch(2, name="Ines Halvorsen")
    suggestion = proposed_quote(article)
    response = desk("answer", suggestion, verb="accept", name="Ines Halvorsen", role="minister")
    assert second in response.context["namesakes"]
    assert f'name="speaker" value="{second.pk}"' in " ".join(response.content.decode().split())
    desk("answer", suggestion, verb="accept", name="Ines Halvorsen", role="minister", speaker=second.pk)
    assert Quote.objects.get().speaker == second
    suggestion.refresh_from_db()
    assert suggestion.answer == Answer.ACCEPTED


def test_a_second_click_and_a_stale_page_change_nothing(desk, article):
    suggestion = proposed_quote(article)
    for verb in ("accept", "accept", "decline"):
        desk("answer", suggestion, verb=verb)
    suggestion.refresh_from_db()
    assert (suggestion.answer, Quote.objects.count()) == (Answer.ACCEPTED, 1)


def test_a_proposal_of_another_story_is_not_answered_here(desk):
    other = SuggestionFactory()
    assert desk("answer", other, verb="accept").status_code == 404
    assert Suggestion.objects.pending().count() == 1


def test_with_scripts_only_the_storys_part_is_answered(desk, article):
    suggestion = proposed_quote(article)
    response = desk("answer", suggestion, fragment=True, verb="decline")
    assert response.status_code == 200
    assert response.content.decode().lstrip().startswith('<div class="story">')
    assert response.context["last"].answer == Answer.DECLINED


@pytest.mark.parametrize(
    "sent", [{"words": "The talks on Venus"}, {"words": "The talks on Venus", "spans": "[[43, 61]]"}]
)
def test_a_quote_is_marked_by_its_words_or_its_place(desk, sent):
    desk("mark", name="Ines Halvorsen", role="minister", **sent)
    quote = Quote.objects.get()
    assert (quote.spans, quote.speaker.name, quote.role) == ([[43, 61]], "Ines Halvorsen", "minister")


def test_marking_nothing_is_told(desk):
    response = desk("mark", name="Ines Halvorsen")
    assert response.context["error"] == "Select the words in the body, or type them."
    assert response.context["marking"].data["name"] == "Ines Halvorsen"


def test_a_story_is_filed_by_any_name_of_a_topic_and_taken_out_again(desk, article):
    venus = TopicFactory(name="Venus")
    TopicName.objects.create(topic=venus, name="Morning star")
    desk("file", topic="morning star")
    assert Tagging.objects.get().topic == venus
    desk("file", take_out=venus.pk)
    assert not Tagging.objects.exists()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("Pluto", "No topic is called “Pluto”."),
        ("star", "“star” may be Sun or Venus: type one of these."),
        ("", "Type the name of a topic."),
    ],
)
def test_a_name_that_is_no_topics_is_told(desk, name, error):
    for topic in (TopicFactory(name="Sun"), TopicFactory(name="Venus")):
        TopicName.objects.create(topic=topic, name="Star")
    assert desk("file", topic=name).context["error"] == error
    assert not Tagging.objects.exists()


def test_publishing_goes_to_the_next_story(desk, article, editor, sign_in):
    behind = ArticleFactory(status=Status.IN_REVIEW)
    client = sign_in(editor)
    response = client.post(reverse("admin:review-publish", args=[article.pk]), follow=True)
    assert [address for address, _ in response.redirect_chain] == [
        reverse("admin:review") + f"?after={article.pk}",
        reverse("admin:review-story", args=[behind.pk]),
    ]
    assert Article.objects.get(pk=article.pk).status == Status.PUBLISHED


def test_a_story_that_lacks_something_is_not_published(desk, article):
    Article.objects.update(source=None)
    assert desk("publish").context["error"] == "“Talks pause”: it has no source."
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_draft_can_be_submitted_instead(desk, article):
    Article.objects.update(status=Status.DRAFT)
    desk("publish", submit="1")
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_colleague_at_the_same_story_is_named(desk, article, sign_in):
    other = UserFactory(username="ada", is_superuser=True)
    sign_in(other).get(reverse("admin:review-story", args=[article.pk]))
    assert desk().context["at_it"].held_by == other


@pytest.mark.parametrize("name", ["story", "answer", "mark", "file", "publish"])
@pytest.mark.parametrize(("role", "status"), [("reader", 302), ("nobody", 403), ("contributor", 403), ("editor", 200)])
def test_the_desk_is_for_those_who_answer_proposals(at, article, name, role, status):
    suggestion = proposed_quote(article)
    client = at(role)
    args = [article.pk, suggestion.pk] if name == "answer" else [article.pk]
    url = reverse(f"admin:review-{name}", args=args)
    response = client.get(url) if name == "story" else client.post(url, {"verb": "x"}, follow=role == "editor")
    assert response.status_code == status


@pytest.mark.parametrize("name", ["answer", "mark", "file", "publish"])
def test_nothing_is_done_by_looking(editor, sign_in, article, name):
    args = [article.pk, proposed_quote(article).pk] if name == "answer" else [article.pk]
    assert sign_in(editor).get(reverse(f"admin:review-{name}", args=args)).status_code == 405


def test_a_withdrawn_story_is_closed_to_editors(desk, article):
    Article.objects.update(status=Status.WITHDRAWN, released_at=Now(), withdrawn_at=Now(), withdrawal_reason="x")
    assert desk().status_code == 403


def test_a_story_asks_as_often_for_one_proposal_of_each_as_for_three(desk, article, django_assert_num_queries):
    desk()
    for rows in (1, 2):
        for number in range(rows):
            proposed_quote(article, f"{rows} {number}")
            SuggestionFactory(article=article)
            QuoteFactory(article=article)
            TaggingFactory(article=article)
        with django_assert_num_queries(4 + 7):
            desk()
