"""Date and source of a story, mended at the review desk."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from archive.models import Article, Precision, Status
from tests.admin.review.conftest import BODY
from tests.factories import ArticleFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    """A story of 4 May 1987, at half past twelve, of which the year alone is said to be known."""
    return ArticleFactory(
        body=BODY,
        status=Status.IN_REVIEW,
        published_at=datetime(1987, 5, 4, 12, 30, tzinfo=UTC),
        precision=Precision.YEAR,
        doubts=["date", "zone", "source", "headline"],
        source=SourceFactory(name="Orbital Ledger"),
    )


@pytest.fixture
def mend(desk, article):
    """Send the form as the page shows it, with changes; what then is kept of the article, and the response."""

    def mend(**changes):
        form = desk().context["mending"]
        sent = {name: form[name].value() or "" for name in ("seen", "published_at", "precision", "source")}
        response = desk("provenance", fragment=True, **sent | {"settled": []} | changes)
        article.refresh_from_db()
        return response

    return mend


@pytest.mark.parametrize(
    ("typed", "moment", "precision"),
    [
        ({"published_at": "1988"}, (1988, 1, 1), "year"),
        ({"published_at": "1987-05"}, (1987, 5, 1), "month"),
        ({"published_at": " 1987-5-9 "}, (1987, 5, 9), "day"),
        ({"published_at": "1987-05-09 07:05"}, (1987, 5, 9, 7, 5), "time"),
        ({"published_at": "1987-05-09", "precision": "month"}, (1987, 5, 9), "month"),
    ],
)
def test_a_date_is_taken_as_exactly_as_it_is_written(mend, article, typed, moment, precision):
    response = mend(**typed)
    assert response.context["told"].startswith("Saved: date")
    assert (article.published_at, article.precision) == (datetime(*moment, tzinfo=UTC), precision)
    assert article.doubts == ["source", "headline"]  # what was typed anew is settled


def test_a_form_sent_as_it_was_shown_changes_nothing(mend, article):
    assert mend().context["told"] == "Nothing was changed."
    assert (article.published_at, len(article.doubts)) == (datetime(1987, 5, 4, 12, 30, tzinfo=UTC), 4)


def test_the_source_is_named_in_any_case_and_what_is_right_is_ticked_off(mend, article):
    ledger = SourceFactory(name="The Downrange Register")
    response = mend(source="the downrange register", settled=["date"])
    assert (article.source, article.doubts) == (ledger, ["zone", "headline"])
    assert response.context["told"] == "Saved: source, what is to check."
    assert mend(source="").context["told"] == "Saved: source."
    assert article.source is None


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"published_at": "some day"}, "published_at", "This is no date"),
        ({"published_at": "1987-13"}, "published_at", "This is no date"),
        ({"published_at": "0000"}, "published_at", "This is no date"),
        ({"published_at": "1987", "precision": "day"}, "precision", "“1987” does not say so much"),
        ({"precision": "exactly"}, "precision", "Select a valid choice"),
        ({"source": "Nobody’s Gazette"}, "source", "No source is called “Nobody’s Gazette”"),
        ({"published_at": "0999"}, "__all__", "The year of publication lies between"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_stays_as_typed(mend, article, typed, field, told):
    before = Article.objects.values().get(pk=article.pk)
    response = mend(**typed)
    form = response.context["mending"]
    assert told in form.errors[field][0]
    assert {name: form[name].value() for name in typed} == typed
    assert told in response.content.decode()
    assert Article.objects.values().get(pk=article.pk) == before


def test_what_a_colleague_saved_meanwhile_is_kept_or_shown(desk, article):
    form = desk().context["mending"]
    sent = {name: form[name].value() for name in ("seen", "published_at", "precision", "source")}
    moved, other = datetime(1990, 1, 1, tzinfo=UTC), SourceFactory(name="The Downrange Register")
    theirs = Article.objects.get(pk=article.pk)
    theirs.published_at = moved
    theirs.save()
    mine = desk("provenance", fragment=True, **sent | {"source": other.name})
    article.refresh_from_db()
    assert (article.published_at, article.source) == (moved, other)
    assert "kept: published at" in mine.context["told"]
    refused = desk("provenance", fragment=True, **sent | {"published_at": "1991"})
    form = refused.context["mending"]
    assert "Somebody else changed this meanwhile, to: 1990-01-01 00:00" in form.errors["published_at"][0]
    assert form["source"].value() == other.name  # which was kept, and is shown in place of what was sent
    again = {name: form[name].value() for name in ("seen", "published_at", "precision", "source")}
    desk("provenance", fragment=True, **again)
    article.refresh_from_db()
    assert (article.published_at.year, article.source) == (1991, other)


def test_the_address_of_another_article_of_that_year_is_not_taken(mend, article):
    ArticleFactory(slug="same", published_at=datetime(1999, 1, 1, tzinfo=UTC))
    Article.objects.filter(pk=article.pk).update(slug="same")
    response = mend(published_at="1999")
    assert response.context["error"] == "Another article of that year has this address."
    assert (article.published_at.year, response.context["mending"]["published_at"].value()) == (1987, "1999")


def test_what_readers_see_keeps_its_date_and_source(mend, article):
    published = {"status": Status.PUBLISHED, "released_at": datetime(2020, 1, 1, tzinfo=UTC)}
    Article.objects.filter(pk=article.pk).update(**published)
    assert "Readers see this article, and with this change" in mend(source="").context["mending"].errors["__all__"][0]
    assert article.source is not None


def test_without_scripts_one_is_back_at_the_same_story(desk, article):
    response = desk("provenance", published_at="1999", precision="year", source="Orbital Ledger")
    assert (response.status_code, response["Location"]) == (302, reverse("admin:review-story", args=[article.pk]))
