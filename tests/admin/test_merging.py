"""Two colleagues at the same record: nothing that either saved is overwritten unseen."""

import pytest

from archive.models import Article, Tagging
from tests.admin.conftest import admin_url, told, typed
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    QuoteFactory,
    SourceFactory,
    TaggingFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_forms(editor, archivist, sign_in):
    """`two_forms("article", row)`: both open the form; the editor's changes are sent first, then the archivist's."""

    def open_both(name, row):
        url = admin_url(f"{name}_change", row.pk)
        clients = {"editor": sign_in(editor), "archivist": sign_in(archivist)}
        pages = {who: client.get(url) for who, client in clients.items()}

        def send(who, page=None, **changes):
            response = clients[who].post(url, typed(page or pages[who], **changes), follow=True)
            row.refresh_from_db()
            return response

        return send

    return open_both


def test_changes_of_different_fields_are_both_kept(two_forms):
    article = ArticleFactory(headline="Talks pause", byline="Nobody")
    send = two_forms("article", article)
    send("editor", headline="Talks resume")
    response = send("archivist", byline="Ada Brandvold")
    assert (article.headline, article.byline) == ("Talks resume", "Ada Brandvold")
    assert "Changed by somebody else meanwhile, and kept: headline." in told(response)


def test_a_field_that_both_changed_shows_the_others_value_and_saves_nothing(two_forms):
    article = ArticleFactory(headline="Talks pause", byline="Nobody")
    send = two_forms("article", article)
    send("editor", headline="Talks resume")
    response = send("archivist", headline="Talks end", byline="Ada Brandvold")
    form = response.context["adminform"].form
    assert form.errors == {
        "headline": ["Somebody else changed this meanwhile, to: Talks resume. Save again to put yours in its place."]
    }
    assert (form["headline"].value(), form["byline"].value()) == ("Talks end", "Ada Brandvold")
    assert (article.headline, article.byline) == ("Talks resume", "Nobody")
    send("archivist", response, headline="Talks end")
    assert (article.headline, article.byline) == ("Talks end", "Ada Brandvold")


def test_what_the_other_changed_alone_stays_however_often_a_form_is_sent(two_forms):
    colleague, source, before = UserFactory(), SourceFactory(), ArticleFactory().published_at
    article = ArticleFactory(headline="Talks pause", dateline="VIENNA", published_at=before)
    send = two_forms("article", article)
    theirs = {
        "dateline": "GENEVA",
        "source": source.pk,
        "assigned_to": colleague.pk,
        "published_at_0": "2018-03-04",
        "published_at_1": "05:06:07",
        "broken_off": "on",
        "doubts": ["date"],
        "precision": "month",
    }
    send("editor", headline="Talks end", **theirs)
    refused = send("archivist", headline="Talks resume")
    assert article.headline == "Talks end"
    [said] = refused.context["adminform"].form.non_field_errors()
    assert said.startswith("Changed by somebody else meanwhile, and so shown here: ")
    assert "dateline" in said
    send("archivist", refused)
    kept = (article.dateline, article.source, article.assigned_to, article.broken_off, article.doubts)
    assert kept == ("GENEVA", source, colleague, True, ["date"])
    assert (article.headline, f"{article.published_at:%Y-%m-%d %H:%M:%S}") == ("Talks resume", "2018-03-04 05:06:07")
    assert article.precision == "month"


def test_the_same_change_twice_is_no_conflict(two_forms):
    article = ArticleFactory(headline="Talks pause")
    send = two_forms("article", article)
    send("editor", headline="Talks resume")
    assert send("archivist", headline="Talks resume").redirect_chain != []


def test_a_body_that_somebody_else_changed_is_kept_with_its_quotes(two_forms):
    article = ArticleFactory()
    quote = QuoteFactory(article=article)
    send = two_forms("article", article)
    send("editor", body="Before. " + article.body)
    send("archivist", byline="Ada Brandvold")
    quote.refresh_from_db()
    assert Article.objects.get().body.startswith("Before. “We will go")
    assert quote.spans == [[9, 38]]


def test_topics_that_somebody_else_filed_stay(two_forms):
    article = ArticleFactory()
    mars = TopicFactory(name="Mars")
    TaggingFactory(article=article, topic=mars)
    venus, moon = TopicFactory(name="Venus"), TopicFactory(name="Moon")
    send = two_forms("article", article)
    send("editor", topics=[mars.pk, venus.pk])
    send("archivist", topics=[moon.pk])
    assert sorted(Tagging.objects.values_list("topic__name", flat=True)) == ["Moon", "Venus"]


@pytest.mark.parametrize(
    ("name", "make", "changes", "shown"),
    [
        ("quote", QuoteFactory, {"role": "envoy"}, "envoy"),
        ("quote", QuoteFactory, {"speaker": lambda: PersonFactory(name="Ada Brandvold").pk}, "Ada Brandvold"),
    ],
)
def test_other_records_are_guarded_alike(two_forms, name, make, changes, shown):
    row = make(role="minister")
    send = two_forms(name, row)
    [(field, value)] = changes.items()
    send("editor", **{field: value() if callable(value) else value})
    other = PersonFactory().pk if field == "speaker" else "somebody"
    errors = send("archivist", **{field: other}).context["adminform"].form.errors
    assert list(errors) == [field]
    assert f"to: {shown}. Save again" in errors[field][0]


def test_the_first_change_of_a_record_is_seen_as_well(archivist, sign_in):
    source = SourceFactory(kind="")
    client, url = sign_in(archivist), admin_url("source_change", source.pk)
    page = client.get(url)
    assert page.context["adminform"].form.initial["seen"] == 0
    client.post(url, typed(page, kind="weekly"))
    response = client.post(url, typed(page, kind="daily"))
    assert list(response.context["adminform"].form.errors) == ["kind"]
