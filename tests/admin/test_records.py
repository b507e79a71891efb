"""Topics, people, quotes and the history in the admin: what their forms refuse, and what they show."""

import pytest
from django.core.files.base import ContentFile

from archive.editing.review import accept_suggestion
from archive.models import Original, PersonName, Quote, Suggestion, Tagging, Topic, TopicBroader, VocabularyChange
from tests.admin.conftest import admin_url, typed
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


@pytest.fixture
def form(archivist, sign_in):
    """`form("topic", venus)` opens a form, `form("topic", venus, name="Mars")` sends it."""
    client = sign_in(archivist)

    def form(name, row=None, /, **changes):
        url = admin_url(f"{name}_change", row.pk) if row else admin_url(f"{name}_add")
        page = client.get(url)
        return client.post(url, typed(page, **changes)) if changes else page

    return form


def under(*broader):
    rows = {
        f"broader_links-{number}-{field}": value
        for number, topic in enumerate(broader)
        for field, value in {"broader": topic.pk, "id": "", "narrower": ""}.items()
    }
    return rows | {"broader_links-TOTAL_FORMS": len(broader)}


def test_a_topic_is_put_under_another(form):
    planets, venus = TopicFactory(name="Planets"), TopicFactory(name="Venus")
    TaggingFactory(topic=venus, article=ArticleFactory())
    assert form("topic", venus, **under(planets)).status_code == 302
    assert list(venus.broader.all()) == [planets]


def test_a_circle_of_topics_is_an_error_by_its_row(form):
    planets = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=planets)
    response = form("topic", planets, scope_note="Typed at length.", **under(venus))
    [_, broader] = response.context["inline_admin_formsets"]
    assert broader.formset.errors == [
        {"broader": ["“Venus” lies under “Planets” already: the two would lie under each other."]}
    ]
    assert response.context["adminform"].form["scope_note"].value() == "Typed at length."
    assert TopicBroader.objects.count() == 1


def test_a_circle_that_another_editor_closes_meanwhile_is_an_error_too(form, monkeypatch):
    monkeypatch.setattr("archive.admin.topic.lies_under", lambda topic, other: False)
    planets = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=planets)
    response = form("topic", planets, scope_note="Typed at length.", **under(venus))
    assert response.context["adminform"].form.errors == {
        "__all__": ["The archive refuses this: topic Planets cannot lie under Venus: it would lie under itself."]
    }
    assert response.context["adminform"].form["scope_note"].value() == "Typed at length."


@pytest.mark.parametrize("name", ["VENUS", "venus"])
def test_a_topics_name_is_taken_whatever_its_case(form, name):
    TopicFactory(name="Venus")
    response = form("topic", TopicFactory(name="Mars"), name=name)
    assert list(response.context["adminform"].form.errors) == ["__all__"]
    assert Topic.objects.filter(name="Mars").exists()


def test_a_topic_is_not_merged_by_its_plain_form(form):
    topic, into = TopicFactory(name="Debris"), TopicFactory(name="Space debris")
    assert form("topic", topic, scope_note="New words.", replaced_by=into.pk).status_code == 302
    topic.refresh_from_db()
    assert (topic.replaced_by, topic.scope_note) == (None, "New words.")


def test_a_topic_renamed_in_its_form_keeps_its_old_name_and_its_old_address(form, reader):
    topic = TopicFactory(name="Columbus module", match_case=True)
    assert form("topic", topic, name="Columbus laboratory").status_code == 302
    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Columbus laboratory", "columbus-laboratory")
    assert list(topic.other_names.values_list("name", "match_case")) == [("Columbus module", True)]
    assert reader.get("/topics/columbus-module/")["Location"] == "/topics/columbus-laboratory/"
    assert topic.vocabulary_changes.get().kind == VocabularyChange.Kind.RENAME


def test_a_slug_that_is_given_with_a_new_name_is_kept(form):
    topic = TopicFactory(name="Columbus module")
    form("topic", topic, name="Columbus laboratory", slug="columbus")
    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Columbus laboratory", "columbus")


def test_related_topics_are_kept_in_both_directions(form):
    venus, mars = TopicFactory(), TopicFactory()
    form("topic", venus, related_topics=[mars.pk])
    assert list(mars.related.all()) == [venus]
    form("topic", mars, related_topics=None, scope_note="Changed.")
    assert list(venus.related.all()) == []


def test_a_topic_is_not_related_to_itself(form):
    venus = TopicFactory()
    response = form("topic", venus, related_topics=[venus.pk])
    assert response.context["adminform"].form.errors == {"related_topics": ["A topic is not related to itself."]}


def test_a_topic_in_use_is_not_deleted(archivist, sign_in):
    tagging = TaggingFactory(article=ArticleFactory())
    response = sign_in(archivist).post(admin_url("topic_delete", tagging.topic.pk), {"post": "yes"})
    assert response.context["protected"] != []
    assert Topic.objects.exists()


def test_what_the_software_proposed_goes_with_what_it_was_proposed_for(archivist, sign_in):
    suggestion, venus = SuggestionFactory(), TopicFactory()
    SuggestionFactory(topic=venus)
    filed = TaggingFactory(quote=QuoteFactory(), topic=TopicFactory()).quote
    client = sign_in(archivist)
    for name, row in (("article", suggestion.article), ("topic", venus), ("quote", filed)):
        client.post(admin_url(f"{name}_delete", row.pk), {"post": "yes"})
        assert not type(row).objects.filter(pk=row.pk).exists()
    assert (Suggestion.objects.count(), Tagging.objects.count()) == (0, 0)


def test_a_name_a_person_has_already_is_an_error(form):
    person = PersonFactory()
    PersonName.objects.create(person=person, name="I. Halvorsen")
    row = {"other_names-1-name": "i. halvorsen", "other_names-1-id": "", "other_names-1-person": ""}
    response = form("person", person, description="Typed.", **row, **{"other_names-TOTAL_FORMS": 2})
    assert response.status_code == 200
    assert response.context["adminform"].form["description"].value() == "Typed."
    assert PersonName.objects.count() == 1


def test_a_sources_address_may_not_be_anothers(form):
    SourceFactory(slug="the-ledger")
    response = form("source", SourceFactory(), slug="the-ledger")
    assert list(response.context["adminform"].form.errors) == ["slug"]


BODY = "“If they choose to,” he added, “they will find us willing.”"


def test_a_quote_is_added_by_its_words(form, archivist):
    article, topic = ArticleFactory(body=BODY), TopicFactory()
    said = "If they choose to, … they will find us willing."
    form("quote", article=article.pk, said=said, speaker="", topics=[topic.pk])
    quote = Quote.objects.get()
    assert [BODY[start:end] for start, end in quote.spans] == ["If they choose to,", "they will find us willing."]
    assert (quote.created_by, Tagging.objects.get().quote) == (archivist, quote)


@pytest.mark.parametrize("said", ["They will find us", "they", ""])
def test_words_that_do_not_stand_in_the_body_once_are_an_error(form, said):
    article = ArticleFactory(body=BODY + " Yes, they will.")
    response = form("quote", article=article.pk, said=said, role="envoy")
    assert list(response.context["adminform"].form.errors) == ["said"]
    assert response.context["adminform"].form["role"].value() == "envoy"
    assert not Quote.objects.exists()


def test_the_words_of_a_quote_can_be_narrowed(form):
    quote = QuoteFactory(article=ArticleFactory(body=BODY))
    form("quote", quote, said="If they choose")
    quote.refresh_from_db()
    assert (quote.words, quote.spans) == ("If they choose", [[1, 15]])


def test_a_quote_cannot_be_added_to_an_article_that_is_closed(editor, sign_in):
    article = ArticleFactory(body=BODY, withdrawn=True)
    client, url = sign_in(editor), admin_url("quote_add")
    response = client.post(url, typed(client.get(url), article=article.pk, said="If they choose to,"))
    assert response.context["adminform"].form.errors == {"article": ["This article is not yours to change."]}
    assert not Quote.objects.exists()


def test_an_original_is_a_file_to_save_that_no_browser_runs(at):
    original = Original(sha256="0" * 64, size=9, media_type="text/html", filename="page.html", origin="desk")
    original.content.save("page.html", ContentFile(b"<script>x"))
    response = at("contributor").get(admin_url("original_download", original.pk))
    assert b"".join(response.streaming_content) == b"<script>x"
    assert response["Content-Disposition"] == 'attachment; filename="page.html"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_list_of_editions_is_the_form_of_the_one_that_there_is(at):
    url = admin_url("edition_change", 1)
    assert at("archivist").get(admin_url("edition_changelist")).url == url
    at("archivist").post(url, {"title": "Orbit on record", "tagline": "", "notice": ""})
    assert at("archivist").get(url).context["adminform"].form.initial["title"] == "Orbit on record"


def test_the_history_says_who_changed_which_field_from_what_to_what(form, sign_in, archivist, editor):
    quote = QuoteFactory(role="minister", speaker=PersonFactory(name="Ines Halvorsen"))
    other = PersonFactory(name="Ada Brandvold")
    for user, changes in ((archivist, {"role": "envoy"}), (editor, {"speaker": other.pk})):
        client, url = sign_in(user), admin_url("quote_change", quote.pk)
        client.post(url, typed(client.get(url), **changes))
    page = sign_in(editor).get(admin_url("quote_history", quote.pk))
    assert [
        (change.who, [(field.name, field.before, field.after) for field in change.fields])
        for change in page.context["changes"]
    ] == [
        ("editor", [("speaker", "Ines Halvorsen", "Ada Brandvold")]),
        ("archivist", [("role", "minister", "envoy")]),
    ]


def test_saving_what_nobody_changed_is_no_change(form, sign_in, archivist):
    article = ArticleFactory(headline="Talks pause")
    form("article", article, headline="Talks pause")
    assert article.events.count() == 1
    page = sign_in(archivist).get(admin_url("article_history", article.pk))
    assert page.context["changes"] == []


def test_the_history_of_an_article_tells_of_answers_and_of_topics(form, sign_in, archivist, django_assert_num_queries):
    article, client = ArticleFactory(headline="Talks pause"), sign_in(archivist)
    for rounds in (1, 2):
        for number in range(rounds):
            form("article", article, headline=f"Talks pause {rounds}.{number}")
            TaggingFactory(article=article, topic=TopicFactory(name=f"Venus {rounds}.{number}"), tagged_by=archivist)
            accept_suggestion(SuggestionFactory(article=article, topic=TopicFactory()), by=archivist)
            SuggestionFactory(article=article)
        with django_assert_num_queries(11):
            page = client.get(admin_url("article_history", article.pk))
    told = sorted((change.who, change.fields[0].name, change.fields[0].after) for change in page.context["changes"])
    assert told == [
        *(("archivist", "filed under", f"Venus {number}") for number in ("1.0", "2.0", "2.1")),
        *(("archivist", "headline", f"Talks pause {number}") for number in ("1.0", "2.0", "2.1")),
        *[("archivist", "proposed topic", "Accepted")] * 3,
    ]


def test_the_history_asks_as_often_for_one_change_as_for_three(form, archivist, sign_in, django_assert_num_queries):
    source = SourceFactory()
    client = sign_in(archivist)
    for rounds in (["a"], ["b", "c"]):
        for kind in rounds:
            form("source", source, kind=kind)
        with django_assert_num_queries(8):  # none of the admin's log, which has no index of records
            client.get(admin_url("source_history", source.pk))
