"""The review desk by plain forms: what each does, what it says, and who may."""

import pytest
from django.contrib.messages import get_messages
from django.db.models.functions import Now
from django.urls import reverse

from archive.admin.review_forms import as_seen
from archive.editing.anchoring import change_body
from archive.editing.quoting import correct_quote
from archive.models import Answer, Article, Deed, Lease, Quote, Status, Suggestion, SuggestionKind, Tagging, TopicName
from tests.factories import (
    ArticleFactory,
    BatchFactory,
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


def test_the_queue_of_an_import_gives_its_stories_one_after_the_other(editor, sign_in, article):
    batch = BatchFactory()
    first, second = ArticleFactory.create_batch(2, status=Status.IN_REVIEW, batch=batch)
    client, queue = sign_in(editor), reverse("admin:review")
    story = "admin:review-story"
    assert client.get(queue, {"batch": batch.pk}).url == reverse(story, args=[first.pk])
    assert client.get(queue, {"after": first.pk}).url == reverse(story, args=[second.pk])
    Article.objects.filter(batch=batch).update(status=Status.DRAFT)  # with nothing to confirm
    assert f"Nothing of import {batch.pk} waits" in client.get(queue, {"after": second.pk}).text
    assert client.get(queue).url == reverse(story, args=[article.pk])


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


@pytest.mark.parametrize(
    ("people", "name", "words"),
    [
        (0, "Ines Halvorsen", "new person"),
        (1, " ines  halvorsen", "known"),
        (2, "Ines Halvorsen", "several"),
        (1, "", "nobody"),
    ],
)
def test_a_name_that_is_typed_is_judged(people, name, words, editor, sign_in):
    PersonFactory.create_batch(people, name="Ines Halvorsen")
    assert sign_in(editor).get(reverse("admin:review-name"), {"name": name}).json()["words"] == words


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
    assert response.url == reverse("admin:review-story", args=[article.pk])
    last = desk().context["last"]
    assert (last.said, last.done_by) == ("Accepted: “We will go when we are ready,”, Ines Halvorsen", editor)
    assert Quote.objects.get().created_by == editor
    desk("undo", last)
    assert not Quote.objects.exists()
    assert (desk().context["last"], Suggestion.objects.pending().count()) == (None, 1)


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


def test_a_second_click_and_a_stale_page_change_nothing_and_say_so(desk, article, editor):
    suggestion = proposed_quote(article)
    answers = [desk("answer", suggestion, verb=verb, fragment=True).context for verb in ("accept", "accept", "decline")]
    suggestion.refresh_from_db()
    assert (suggestion.answer, Quote.objects.count(), Deed.objects.count()) == (Answer.ACCEPTED, 1, 1)
    before = "It was answered before, by editor: accepted. Nothing was changed."
    assert [context["told"] for context in answers] == ["", before, before]
    [message] = get_messages(desk("answer", suggestion, verb="decline").wsgi_request)
    assert str(message) == before


def test_a_proposal_of_another_story_is_not_answered_here(desk):
    other = SuggestionFactory()
    assert desk("answer", other, verb="accept").status_code == 404
    assert Suggestion.objects.pending().count() == 1


def test_with_scripts_only_the_storys_part_is_answered(desk, article):
    suggestion = proposed_quote(article)
    response = desk("answer", suggestion, fragment=True, verb="decline")
    assert response.status_code == 200
    assert response.content.decode().lstrip().startswith('<div class="story">')
    assert response.context["last"].said == "Declined: “We will go when we are ready,”"


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


NAMES = ["answer", "quote", "mark", "file", "rest", "undo", "publish"]


def url_of(name, article, editor):
    """An address of the desk, with what it takes."""
    objects = {
        "answer": lambda: [proposed_quote(article).pk],
        "quote": lambda: [QuoteFactory(article=article).pk],
        "undo": lambda: [Deed.objects.create(article=article, done_by=editor).pk],
    }
    return reverse(f"admin:review-{name}", args=[article.pk, *objects.get(name, list)()])


@pytest.mark.parametrize("name", ["story", *NAMES])
@pytest.mark.parametrize("role", ["reader", "nobody", "contributor", "editor"])
def test_the_desk_is_for_those_who_answer_proposals(at, article, editor, name, role):
    url = url_of(name, article, editor)
    client = at(role)
    response = client.get(url) if name == "story" else client.post(url, {"verb": "x"}, follow=role == "editor")
    assert response.status_code == {"reader": 302, "editor": 200}.get(role, 403)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_done_by_looking(editor, sign_in, article, name):
    assert sign_in(editor).get(url_of(name, article, editor)).status_code == 405


def test_a_withdrawn_story_is_closed_to_editors(desk, article):
    Article.objects.update(status=Status.WITHDRAWN, released_at=Now(), withdrawn_at=Now(), withdrawal_reason="x")
    assert desk().status_code == 403


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
        with django_assert_num_queries(4 + 9):
            desk()


@pytest.fixture
def change(desk):
    """The editor's requests at a confirmed quote, as the page shows it: `change(quote, "split", at=12)`."""

    def request(quote, verb, *, seen=None, **data):
        return desk("quote", quote, fragment=True, verb=verb, seen=seen or as_seen(quote), **data)

    return request


WORDS = "We will go when we are ready,"


@pytest.fixture
def quote(article):
    return QuoteFactory(article=article, speaker=PersonFactory(name="Ines"))


@pytest.mark.parametrize(
    ("sent", "done"),
    [
        ({"name": "Ada"}, ("correct", f"Corrected: “{WORDS}”", [WORDS])),
        ({"words": "We will go"}, ("correct", "Corrected: “We will go”", ["We will go"])),
        ({"spans": "[[4, 11]]"}, ("correct", "Corrected: “will go”", ["will go"])),
        ({"at": 12}, ("split", "Split in two, the second: “when we are ready,”", ["We will go", "when we are ready,"])),
        ({}, ("remove", f"Removed: “{WORDS}”", [])),
    ],
)
def test_a_confirmed_quote_is_changed_and_that_is_taken_back(desk, change, quote, sent, done):
    verb, said, words = done
    context = change(quote, verb, **sent).context
    assert (context["last"].said, [one.words for one in Quote.objects.order_by("position")]) == (said, words)
    assert {one.speaker.name for one in Quote.objects.all()} <= {sent.get("name", "Ines")}
    desk("undo", context["last"])
    assert [(one.pk, one.words, one.speaker.name) for one in Quote.objects.all()] == [(quote.pk, WORDS, "Ines")]


def test_proposals_are_split_and_joined(desk, article):
    suggestion = proposed_quote(article)
    split = desk("answer", suggestion, fragment=True, verb="split", at=12).context
    assert [one.suggestion.proposal["words"] for one in split["proposed_quotes"]] == [
        "We will go",
        "when we are ready,",
    ]
    first = split["proposed_quotes"][0].suggestion
    joined = desk("answer", first, fragment=True, verb="join").context
    assert [one.suggestion.proposal["words"] for one in joined["proposed_quotes"]] == ["We will go when we are ready,"]
    assert joined["last"].said == "Joined: “We will go when we are ready,”"


def test_a_quote_is_joined_with_the_next(change, article):
    first = QuoteFactory(article=article, spans=[[1, 11]], speaker=None)
    QuoteFactory(article=article, spans=[[12, 30]])
    assert change(first, "join").context["last"].said == "Joined: “We will go when we are ready,”"


@pytest.mark.parametrize(("verb", "sent"), [("correct", {"role": "envoy"}), ("split", {"at": 12}), ("remove", {})])
def test_a_quote_that_was_changed_meanwhile_is_left_and_shown_as_it_is_now(change, article, archivist, verb, sent):
    quote = QuoteFactory(article=article)
    seen = as_seen(quote)
    correct_quote(quote, role="minister", by=archivist)
    response = change(quote, verb, seen=seen, **sent)
    assert response.context["error"] == (
        "This quote was changed meanwhile: nothing was done. It stands here as it is now."
    )
    assert (Quote.objects.get().role, Deed.objects.count()) == ("minister", 0)


def test_a_quote_that_is_gone_is_told(change, article):
    quote = QuoteFactory(article=article)
    change(quote, "remove")
    assert change(quote, "remove").context["error"] == "This quote is no longer there: nothing was changed."


def test_a_lost_quote_waits_to_be_placed_anew(desk, change, article, editor):
    quote = QuoteFactory(article=article)
    change_body(article, article.body.replace("We will", "We shall"), by=editor)
    quote.refresh_from_db()
    assert [one.quote for one in desk().context["lost"]] == [quote]
    context = change(quote, "correct", spans="[[1, 31]]").context
    assert (context["lost"], [one.quote.words for one in context["confirmed"]]) == (
        [],
        ["We shall go when we are ready,"],
    )


def test_a_refused_correction_keeps_what_was_typed(change, article):
    quote = QuoteFactory(article=article)
    PersonFactory.create_batch(2, name="Ada Brandvold")
    context = change(quote, "correct", name="Ada Brandvold", role="envoy").context
    [shown] = context["confirmed"]
    assert (shown.name, shown.role, len(context["namesakes"])) == ("Ada Brandvold", "envoy", 2)


def test_topics_are_proposed_beside_a_quote_but_those_that_are_asked_for_the_story(desk, article):
    quote = QuoteFactory(article=article)
    venus, mars, filed = (TopicFactory(name=name) for name in ("Venus", "Mars", "Talks"))
    TaggingFactory(quote=quote, topic=filed)
    SuggestionFactory(article=article, topic=mars)
    for topic in (venus, mars, filed):
        SuggestionFactory(article=article, quote=quote, topic=topic, key=f"topic {topic} of quote")
    [shown] = desk().context["confirmed"]
    assert ([one.topic for one in shown.proposed_topics], shown.topics) == ([venus], [filed])
    desk("answer", shown.proposed_topics[0], verb="accept")
    assert [one.topics for one in desk().context["confirmed"]] == [[filed, venus]]


def test_a_quote_is_filed_by_itself_and_taken_out_again(desk, article):
    quote, venus = QuoteFactory(article=article), TopicFactory(name="Venus")
    desk("file", topic="venus", quote=quote.pk)
    assert [(one.quote, one.article) for one in Tagging.objects.all()] == [(quote, None)]
    desk("file", take_out=venus.pk, quote=quote.pk)
    assert not Tagging.objects.exists()
    other = QuoteFactory()
    assert desk("file", topic="venus", quote=other.pk).status_code == 404


def test_the_rest_is_accepted_together_as_it_was_counted_and_taken_back(desk, article):
    sure, doubtful = proposed_quote(article, "sure"), proposed_quote(article, "doubtful", name="Ada Brandvold")
    Suggestion.objects.filter(pk=sure.pk).update(confidence=0.95)
    PersonFactory.create_batch(2, name="Somebody")
    several = proposed_quote(article, "several", name="Somebody")
    lost = proposed_quote(article, "lost", spans=[])
    topic = SuggestionFactory(article=article)
    everything, sure_ones = desk().context["rests"]
    assert [(one.ids, one.left) for one in (everything, sure_ones)] == [
        (f"{sure.pk},{doubtful.pk},{topic.pk}", 2), (f"{sure.pk}", 4),
    ]  # fmt: skip
    assert everything.preview == (
        "2 quotes, 1 topic; new to the archive: Ines Halvorsen, Ada Brandvold; 2 stay to be confirmed"
    )
    late = SuggestionFactory(article=article)
    context = desk("rest", fragment=True, ids=everything.ids).context
    assert set(Suggestion.objects.pending()) == {several, lost, late}
    assert context["last"].said == "Accepted together: 3."
    desk("undo", context["last"])
    assert (Suggestion.objects.pending().count(), Quote.objects.count(), Tagging.objects.count()) == (6, 0, 0)


def test_what_cannot_be_accepted_with_the_rest_is_told(desk, article):
    suggestion = proposed_quote(article, words="Other words")
    context = desk("rest", fragment=True, ids=f"{suggestion.pk},x,").context
    assert context["told"] == (
        "Accepted together: 0. Left waiting: Quote: “Other words”: The words “Other words” no longer stand where they"
        " were proposed. Nothing was changed."
    )


def test_of_the_rest_nothing_is_offered_where_nothing_waits(desk):
    assert desk().context["rests"] == []


def test_a_deed_is_taken_back_once_and_not_on_another_story(desk, article, editor):
    suggestion = proposed_quote(article)
    desk("answer", suggestion, verb="decline")
    deed = Deed.objects.get()
    assert desk("undo", deed, fragment=True).context["told"] == "Taken back. Declined: “We will go when we are ready,”"
    assert desk("undo", deed).context["error"].startswith("This was taken back already")
    assert desk("undo", Deed.objects.create(article=ArticleFactory(), done_by=editor)).status_code == 404
