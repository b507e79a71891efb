"""What no browser would send: never an error of the server's, and nothing typed beside it is lost."""

import pytest
from django.urls import reverse

from archive.models import Article, Person, Topic
from tests.admin.conftest import admin_url, typed
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SuggestionFactory, TopicFactory

pytestmark = pytest.mark.django_db

HUGE = "9" * 5000
NO_NUMBERS = ["abc", "\0", HUGE]


@pytest.fixture
def client(archivist, sign_in):
    return sign_in(archivist)


@pytest.mark.parametrize(
    "written",
    [
        "[1]",
        '"Q313"',
        "7",
        '{"a": 1}',
        '{"a": NaN}',
        '{"a": {"b": "c"}}',
        '{"a": "\\u0000"}',
        '{"\\u0000": "a"}',
        '{"a": "\\ud800"}',
        '{"a": ' + HUGE + "}",
        "[" * 5000,
        '{"a":' * 200_000,
        "no JSON",
    ],
    ids=lambda written: written[:20],
)
def test_identifiers_are_one_object_of_texts(client, written):
    url = admin_url("person_change", PersonFactory().pk)
    form = client.post(url, typed(client.get(url), identifiers=written, description="Typed.")).context["adminform"].form
    assert form.errors == {"identifiers": ['Write one object of names and texts, such as {"wikidata": "Q313"}.']}
    assert (form["identifiers"].value(), form["description"].value()) == (written, "Typed.")


@pytest.mark.parametrize(("written", "kept"), [('{"wikidata": "Q313"}', {"wikidata": "Q313"}), ("", {})])
def test_identifiers_that_are_one_are_kept(client, written, kept):
    url = admin_url("person_change", PersonFactory(identifiers={"viaf": "1"}).pk)
    client.post(url, typed(client.get(url), identifiers=written))
    assert Person.objects.get().identifiers == kept


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("suggestion", "sure=abc"),
        ("original", "media_type=%00"),
        ("article", "status=%00"),
        ("article", "q=%00"),
        ("article", "source__id__exact=abc"),
        ("article", "taggings__topic__id__exact=" + HUGE),
        ("quote", "speaker__id__exact=%00"),
    ],
)
def test_a_filter_that_asks_for_nothing_known_is_answered_with_a_list(client, name, query):
    assert client.get(f"{admin_url(f'{name}_changelist')}?{query}", follow=True).status_code == 200


@pytest.mark.parametrize(
    ("model", "field"),
    [("article", "source"), ("quote", "article"), ("quote", "speaker"), ("tagging", "topic"), ("topic", "replaced_by")],
)
def test_an_autocomplete_passes_over_what_no_text_has(client, model, field):
    asked = {"app_label": "archive", "model_name": model, "field_name": field, "term": "\0"}
    assert client.get(reverse("admin:autocomplete"), asked).status_code == 200


@pytest.mark.parametrize(
    ("name", "make", "field"),
    [
        ("article", ArticleFactory, "source"),
        ("article", ArticleFactory, "topics"),
        ("article", ArticleFactory, "initial-topics"),
        ("article", lambda: QuoteFactory().article, "quotes-0-speaker"),
        ("article", ArticleFactory, "authorships-0-person"),
        ("topic", TopicFactory, "related_topics"),
        ("topic", TopicFactory, "broader_links-0-broader"),
        ("quote", QuoteFactory, "speaker"),
        ("quote", None, "article"),
    ],
)
def test_what_is_the_id_of_no_row_is_an_error_of_the_form(client, name, make, field):
    url = admin_url(f"{name}_change", make().pk) if make else admin_url(f"{name}_add")
    prefix, row, _ = f"{field}--".split("-", 2)
    added = {f"{prefix}-TOTAL_FORMS": 1} if row == "0" else {}
    form = typed(client.get(url)) | added
    assert [client.post(url, form | {field: sent}, follow=True).status_code for sent in NO_NUMBERS] == [200, 200, 200]


@pytest.mark.parametrize("sent", NO_NUMBERS)
def test_what_is_the_id_of_no_row_is_not_acted_on(client, sent):
    article = ArticleFactory()
    url = admin_url("article_changelist")
    chosen = {"action": "submit_for_review", "_selected_action": [sent, article.pk], "step": "confirm"}
    assert client.post(url, chosen, follow=True).status_code == 200
    assert Article.objects.get().status == "in_review"
    filing = {"action": "file_under_topic", "_selected_action": [article.pk], "topics": sent, "step": "confirm"}
    assert list(client.post(url, filing).context["form"].errors) == ["topics"]


@pytest.mark.parametrize("sent", NO_NUMBERS)
def test_the_desk_answers_what_is_the_id_of_nothing(client, sent):
    article = SuggestionFactory().article
    assert client.get(reverse("admin:review"), {"after": sent}, follow=True).status_code == 200
    assert client.get(reverse("admin:review-story", args=[article.pk]), {"last": sent}).status_code == 200
    file = reverse("admin:review-file", args=[article.pk])
    assert client.post(file, {"take_out": sent}).status_code == 404


@pytest.mark.parametrize("spans", ["[" * 5000, "[[0, Infinity]]", f"[[0, {HUGE}]]"], ids=["deep", "endless", "huge"])
def test_the_desk_answers_what_is_no_place_in_a_text(client, spans):
    article = ArticleFactory(body="Words.")
    response = client.post(reverse("admin:review-mark", args=[article.pk]), {"spans": spans})
    assert response.context["error"] == "These are no spans: start and end of each part are needed."


INVISIBLE = "\u200b\u202e"
NOTHING = ["There is nothing to read in this: type it anew."]


@pytest.mark.parametrize(
    ("name", "make", "field"),
    [
        ("article", ArticleFactory, "headline"),
        ("person", PersonFactory, "name"),
        ("topic", TopicFactory, "name"),
        ("quote", QuoteFactory, "role"),
    ],
)
def test_what_shows_as_nothing_is_refused(client, name, make, field):
    url = admin_url(f"{name}_change", make().pk)
    response = client.post(url, typed(client.get(url), **{field: INVISIBLE}))
    assert response.context["adminform"].form.errors == {field: NOTHING}


@pytest.mark.parametrize(("name", "make"), [("person", PersonFactory), ("topic", TopicFactory)])
def test_another_name_that_shows_as_nothing_is_refused(client, name, make):
    url = admin_url(f"{name}_change", make().pk)
    row = {"other_names-0-name": INVISIBLE, "other_names-0-id": "", "other_names-TOTAL_FORMS": 1}
    response = client.post(url, typed(client.get(url), **row))
    assert response.context["inline_admin_formsets"][0].formset.errors == [{"name": NOTHING}]


def test_a_speaker_whose_name_shows_as_nothing_is_not_made(client):
    article = ArticleFactory(body="Words.")
    sent = {"words": "Words.", "name": INVISIBLE}
    response = client.post(reverse("admin:review-mark", args=[article.pk]), sent)
    assert response.context["error"] == "There is nothing to read in the speaker's name: type it anew."
    assert (Person.objects.count(), Topic.objects.count()) == (0, 0)


def test_a_nul_in_what_autocomplete_is_asked_for_is_passed_over(client):
    asked = {"app_label": "archive", "model_name": "topic", "field_name": "replaced_by", "term": "Ve\0nus"}
    assert client.get(reverse("admin:autocomplete"), asked).status_code == 200
