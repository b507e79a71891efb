"""The article's form: what saving it does, and that nothing typed is ever lost."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.editing.review import decline_suggestion
from archive.models import Answer, Article, Quote, Status, Suggestion, SuggestionKind, Tagging
from tests.admin.conftest import admin_url, told, typed
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    QuoteFactory,
    SourceFactory,
    SuggestionFactory,
    TaggingFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

BODY = "“We will go when we are ready,” she said.\n\nThe talks go on in spring."


@pytest.fixture
def article():
    return ArticleFactory(headline="Talks pause", body=BODY)


@pytest.fixture
def desk(editor, sign_in, article):
    """The editor at the article's form: what is on it, and sending it with changes."""

    class Desk:
        client = sign_in(editor)
        url = admin_url("article_change", article.pk)

        def open(self):
            return self.client.get(self.url)

        def send(self, **changes):
            return self.client.post(self.url, typed(self.open(), **changes), follow=True)

    return Desk()


def proposed_quote(article, **changes):
    proposal = {"spans": [[1, 30]], "words": BODY[1:30], "mention": "she", "name": "Ines Halvorsen", "role": "minister"}
    return SuggestionFactory(
        article=article, kind=SuggestionKind.QUOTE, topic=None, key="quote", proposal=proposal | changes
    )


def test_sending_a_form_unchanged_changes_nothing(desk, article):
    QuoteFactory(article=article)
    TaggingFactory(article=article)
    SuggestionFactory(article=article)
    before = Article.objects.values().get()
    desk.send(body=BODY.replace("\n", "\r\n"))
    after = Article.objects.values().get()
    assert after | {"changed_at": None} == before | {"changed_at": None}
    assert Suggestion.objects.pending().count() == 1


def test_a_moment_given_as_a_date_alone_is_its_beginning_and_a_time_alone_is_refused(desk):
    desk.send(embargo_until_0="2030-12-24", embargo_until_1="")
    assert Article.objects.get().embargo_until == datetime(2030, 12, 24, tzinfo=UTC)
    page = desk.send(embargo_until_0="", embargo_until_1="06:00")
    assert ["Enter a valid date."] in page.context["errors"]
    desk.send(embargo_until_0="", embargo_until_1="")
    assert Article.objects.get().embargo_until is None


def test_every_screen_says_of_what_is_published_and_held_back_that_it_is_under_embargo(desk, article):
    in_a_century = datetime(2130, 1, 1, tzinfo=UTC)
    Article.objects.update(status=Status.PUBLISHED, released_at=timezone.now(), embargo_until=in_a_century)
    for address in (
        desk.url,
        "/admin/",
        admin_url("article_changelist"),
        reverse("admin:search", query={"q": "talks"}),
    ):
        assert "Under embargo" in desk.client.get(address).text, address


def test_a_changed_body_takes_its_quotes_along(desk, article):
    quote = QuoteFactory(article=article)
    desk.send(body="Before.\r\n\r\n" + BODY)
    quote.refresh_from_db()
    assert quote.spans == [[10, 39]]
    assert Article.objects.get().body == "Before.\n\n" + BODY


def test_the_editor_is_told_of_a_quote_that_is_lost_and_found(desk, article):
    quote = QuoteFactory(article=article)
    assert f"No longer in the body, and flagged: {quote}" in told(desk.send(body="Nothing is left."))
    assert f"Found again in the body: {quote}" in told(desk.send(body=BODY))


def test_a_form_with_an_error_gives_back_all_that_was_typed(desk):
    response = desk.send(headline="", body="Typed at length.", byline="Somebody", published_at_0="not a day")
    form = response.context["adminform"].form
    assert set(form.errors) == {"headline", "published_at"}
    assert (form["body"].value(), form["byline"].value()) == ("Typed at length.", "Somebody")
    assert Article.objects.get().body == BODY


def test_what_only_the_database_refuses_is_an_error_by_its_field(desk, article):
    ArticleFactory(slug="taken", published_at=article.published_at)
    response = desk.send(slug="taken", body="Typed at length.")
    form = response.context["adminform"].form
    assert form.errors == {"slug": ["Another article of that year has this address."]}
    assert form["body"].value() == "Typed at length."
    assert Article.objects.get(pk=article.pk).body == BODY


def test_topics_are_filed_and_taken_out_and_implied_ones_shown(desk, article, editor):
    planets = TopicFactory(name="Planets")
    venus, mars = TopicFactory(name="Venus", under=planets), TopicFactory(name="Mars")
    TaggingFactory(article=article, topic=mars)
    desk.send(topics=[venus.pk])
    filed = Tagging.objects.filed().get()
    assert (filed.topic, filed.tagged_by) == (venus, editor)
    response = desk.open()
    assert response.context["adminform"].form.initial["topics"] == [venus]
    assert '<div class="readonly">Planets</div>' in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "answer", "made"),
    [
        ({}, Answer.ACCEPTED, ("Ines Halvorsen", "minister")),
        ({"name": "Ada Brandvold"}, Answer.CORRECTED, ("Ada Brandvold", "minister")),
        ({"role": "envoy"}, Answer.CORRECTED, ("Ines Halvorsen", "envoy")),
    ],
)
def test_a_proposed_quote_is_accepted_with_the_form(desk, article, changes, answer, made):
    suggestion = proposed_quote(article)
    desk.send(**{f"suggestions-0-{field}": value for field, value in {"decision": "accept", **changes}.items()})
    suggestion.refresh_from_db()
    assert suggestion.answer == answer
    assert (suggestion.quote.speaker.name, suggestion.quote.role) == made


def test_a_proposal_is_declined_with_the_form(desk, article):
    suggestion = SuggestionFactory(article=article)
    desk.send(**{"suggestions-0-decision": "decline"})
    suggestion.refresh_from_db()
    assert suggestion.answer == Answer.DECLINED


def test_a_proposal_is_accepted_after_the_body_it_stands_in_was_changed(desk, article):
    proposed_quote(article)
    desk.send(body="Before. " + BODY, **{"suggestions-0-decision": "accept"})
    assert Quote.objects.get().spans == [[9, 38]]


def test_a_proposal_whose_words_the_same_edit_takes_away_is_told(desk, article):
    proposed_quote(article)
    response = desk.send(body="Nothing is left.", **{"suggestions-0-decision": "accept"})
    assert "The words “We will go when we are ready,” are no longer in the body." in told(response)
    assert Suggestion.objects.pending().count() == 1


def test_a_name_of_several_people_is_an_error_by_its_field(desk, article):
    _, second = PersonFactory.create_batch(2, name="Ines Halvorsen")
    suggestion = proposed_quote(article)
    response = desk.send(headline="Typed", **{"suggestions-0-decision": "accept"})
    [form] = response.context["inline_admin_formsets"][0].formset.forms
    assert form.errors == {"speaker": ["Several people are called “Ines Halvorsen”: choose one of them."]}
    assert f'name="suggestions-0-speaker" value="{second.pk}"' in response.content.decode()
    assert Article.objects.get().headline == "Talks pause"
    desk.client.post(desk.url, typed(response, **{"suggestions-0-speaker": second.pk}))
    suggestion.refresh_from_db()
    assert (suggestion.answer, suggestion.quote.speaker) == (Answer.ACCEPTED, second)
    assert Article.objects.get().headline == "Typed"


def test_a_proposal_answered_meanwhile_is_told_and_the_rest_of_the_form_is_saved(desk, article, archivist):
    answered, gone, waiting = SuggestionFactory.create_batch(3, article=article)
    form = typed(desk.open(), headline="Typed", **{f"suggestions-{row}-decision": "accept" for row in range(3)})
    decline_suggestion(answered, by=archivist)
    gone.delete()
    response = desk.client.post(desk.url, form, follow=True)
    assert told(response)[:2] == [
        f"Answered already by archivist, and left so: {answered}.",
        "A proposal is not there any more: it was not answered.",
    ]
    assert Article.objects.get().headline == "Typed"
    assert [one.answer for one in Suggestion.objects.order_by("id")] == [Answer.DECLINED, Answer.ACCEPTED]
    assert waiting.topic == Tagging.objects.get().topic


def test_a_form_with_an_error_shows_which_proposals_were_answered_meanwhile(desk, article, archivist):
    suggestion = SuggestionFactory(article=article)
    form = typed(desk.open(), headline="", **{"suggestions-0-decision": "accept"})
    decline_suggestion(suggestion, by=archivist)
    response = desk.client.post(desk.url, form)
    assert (
        f'<p class="quiet">Answered already by archivist, and left so: {suggestion}.</p>' in response.content.decode()
    )
    again = desk.client.post(desk.url, typed(response, headline="Typed"), follow=True)
    assert Article.objects.get().headline == "Typed"
    assert told(again)[0] == f"Answered already by archivist, and left so: {suggestion}."


def test_a_proposal_that_is_none_of_the_articles_is_not_answered(desk, article):
    other = SuggestionFactory()
    SuggestionFactory(article=article)
    form = typed(desk.open(), **{"suggestions-0-decision": "accept"})
    for sent in (other.pk, "abc", "", "0", "9" * 5000, "\0"):
        assert desk.client.post(desk.url, form | {"suggestions-0-id": sent}).status_code in {200, 302}
    assert Suggestion.objects.pending().count() == 2


IN_THE_FUTURE = "its date of first publication lies in the future (an embargo holds it back)"


@pytest.mark.parametrize(
    ("emptied", "told"),
    [
        ({"body": "", "standfirst": ""}, "it has neither standfirst nor body"),
        ({"source": ""}, "it has no source"),
        ({"published_at_0": "", "published_at_1": ""}, "it has no date of first publication"),
        (
            {"published_at_0": "2150-01-01"},
            IN_THE_FUTURE,
        ),
    ],
)
def test_what_readers_see_is_not_emptied(desk, article, emptied, told):
    Article.objects.update(status=Status.PUBLISHED, released_at=timezone.now())
    form = desk.send(byline="Typed", **emptied).context["adminform"].form
    assert form.errors == {"__all__": [f"Readers see this article, and with this change {told}."]}
    assert form["byline"].value() == "Typed"


def test_what_the_database_refuses_is_told_in_the_models_words(archivist, sign_in):
    article = ArticleFactory(withdrawn=True)
    client, url = sign_in(archivist), admin_url("article_change", article.pk)
    response = client.post(url, typed(client.get(url), source=""))
    assert response.context["adminform"].form.errors == {
        "__all__": ["An article needs a date and a source before it is published."]
    }


def test_the_speaker_of_a_quote_is_corrected_on_the_articles_form(desk, article):
    quote, other = QuoteFactory(article=article), PersonFactory()
    desk.send(**{"quotes-0-speaker": other.pk, "quotes-0-role": "envoy"})
    quote.refresh_from_db()
    assert (quote.speaker, quote.role) == (other, "envoy")


def test_the_body_is_shown_with_its_quotes_and_proposals_marked(desk, article):
    quote = QuoteFactory(article=article)
    proposal = proposed_quote(article, spans=[[43, 52]], words="The talks")
    page = desk.open().content.decode()
    assert re.findall(r'<mark class="(.+?)" data-keys="(.+?)" data-start="(\d+)">(.+?)</mark>', page) == [
        ("is-quote", f"quote-{quote.pk}", "1", "We will go when we are ready,"),
        ("is-proposal", f"proposal-{proposal.pk}", "43", "The talks"),
    ]


@pytest.mark.parametrize(
    ("role", "state", "onward"),
    [
        ("contributor", {}, ["Save and submit for review"]),
        ("editor", {}, ["Save and publish"]),
        ("editor", {"status": Status.IN_REVIEW}, ["Save and publish"]),
        ("contributor", {"status": Status.IN_REVIEW}, []),
        ("editor", {"published": True}, []),
        ("archivist", {"withdrawn": True}, ["Save and publish again"]),
    ],
)
def test_one_button_brings_the_article_onward_and_enter_presses_another(at, role, state, onward):
    page = at(role).get(admin_url("article_change", ArticleFactory(**state).pk)).content.decode()
    buttons = re.findall(r'<input type="submit"\s+value="(Save.*?)"\s+name="\w+"(?:\s+class="(.+?)")?>', page)
    assert [label for label, style in buttons if "is-onward" in style] == onward
    assert buttons[0] == ("Save", "default")


def test_publishing_saves_first(desk, article):
    response = desk.send(headline="Talks resume", _publish="x")
    article = Article.objects.get()
    assert (article.headline, article.status) == ("Talks resume", Status.PUBLISHED)
    assert "“Talks resume” is published." in told(response)


def test_an_article_that_lacks_something_is_saved_and_not_published(desk):
    response = desk.send(headline="Talks resume", source="", _publish="x")
    article = Article.objects.get()
    assert (article.headline, article.status) == ("Talks resume", Status.DRAFT)
    assert "Saved, but not more: “Talks resume”: it has no source." in told(response)


def test_two_clicks_publish_once(desk):
    first = typed(desk.open(), _publish="x")
    desk.client.post(desk.url, first)
    released_at = Article.objects.get().released_at
    desk.client.post(desk.url, first)
    assert Article.objects.get().released_at == released_at


def test_a_withdrawal_asks_for_its_reason(archivist, sign_in):
    article = ArticleFactory(published=True)
    client, url = sign_in(archivist), admin_url("article_change", article.pk)
    response = client.post(url, typed(client.get(url), _withdraw="x"), follow=True)
    assert response.redirect_chain == [(admin_url("article_withdraw", article.pk), 302)]
    again = client.post(admin_url("article_withdraw", article.pk), {"reason": " "})
    assert again.context["form"].errors == {"reason": ["This field is required."]}
    client.post(admin_url("article_withdraw", article.pk), {"reason": "The figures were wrong."})
    assert Article.objects.get().withdrawal_reason == "The figures were wrong."


def test_looking_at_the_withdrawal_page_withdraws_nothing(archivist, sign_in):
    article = ArticleFactory(published=True)
    response = sign_in(archivist).get(admin_url("article_withdraw", article.pk))
    assert response.context["form"].errors == {}
    assert Article.objects.get().is_public


def test_a_new_article_knows_who_wrote_it(contributor, sign_in):
    client, url = sign_in(contributor), admin_url("article_add")
    topic = TopicFactory()
    form = typed(client.get(url), headline="Fresh\nnews", body="Words.\r\n", topics=[topic.pk])
    client.post(url, form | {"source": SourceFactory().pk})
    article = Article.objects.get()
    assert (article.headline, article.body, article.created_by) == ("Fresh news", "Words.", contributor)
    assert Tagging.objects.get().topic == topic


def test_a_contributor_is_offered_neither_proposals_nor_publishing(contributor, sign_in, article):
    SuggestionFactory(article=article)
    response = sign_in(contributor).get(admin_url("article_change", article.pk))
    assert [inline.opts.model for inline in response.context["inline_admin_formsets"]] == [
        Quote,
        Article.authors.through,
    ]
    assert [step.name for step in response.context["steps"]] == ["_submit"]


def test_the_form_asks_as_often_for_one_row_of_each_as_for_three(desk, article, django_assert_num_queries):
    for rows in (1, 2):
        for _ in range(rows):
            quote = QuoteFactory(article=article)
            TaggingFactory(article=article)
            SuggestionFactory(article=article)
            Article.authors.through.objects.create(article=article, person=quote.speaker)
        desk.open()  # which remembers the content types
        with django_assert_num_queries(19):
            desk.open()
