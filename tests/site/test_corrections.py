"""What readers are told of changes made after publication."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from archive.differences import Part, differences
from archive.editing.publication import publish_article, withdraw_article
from archive.models import Article, Visibility
from archive.site.corrections import corrections_of
from tests.factories import ArticleFactory, SourceFactory

pytestmark = pytest.mark.django_db

BODY = "The launch is set for the fifth of May.\n\nThe talks go on in spring."


def published(**fields):
    """An article that readers have seen: published before this test's transaction, whose start dates all it changes."""
    return ArticleFactory(**{"published": True, "released_at": timezone.now() - timedelta(1), "body": BODY, **fields})


def changed(article, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()


def told(article):
    return [
        [change.told for change in one.changes] for one in corrections_of(Article.objects.get(pk=article.pk)).latest
    ]


def test_changes_are_told_newest_first_word_by_word(django_assert_num_queries):
    article = published(headline="A launch is set")
    changed(article, headline="A launch is put off")
    changed(article, body=BODY.replace("fifth", "ninth"), standfirst="In May.")
    fresh = Article.objects.select_related("source").get(pk=article.pk)
    with django_assert_num_queries(1):
        corrections = corrections_of(fresh)
    assert told(article) == [
        ["The standfirst was changed:", "The text was changed:"],
        ["The headline was changed:"],
    ]
    text = corrections.latest[0].changes[1].words
    place = [
        Part(same="The launch is set for the"),
        Part(old="fifth", new="ninth"),
        Part(same="of May. The talks go on"),
    ]
    assert (text.places, text.more) == ([place], 0)


@pytest.mark.parametrize(
    "fields", [{"byline": "Another"}, {"body": BODY.replace(" ", "  ")}, {"slug": "another"}, {"doubts": ["date"]}]
)
def test_what_readers_do_not_read_is_no_correction(fields):
    article = published()
    changed(article, **fields)
    assert told(article) == []


def test_what_changed_before_anybody_could_read_it_is_not_told(editor):
    article = ArticleFactory(body=BODY)
    changed(article, headline="Another")
    publish_article(article, by=editor)
    assert told(article) == []
    held = published(embargo_until=timezone.now() + timedelta(days=1))
    changed(held, headline="Another")
    changed(held, embargo_until=None)
    assert told(held) == []


def test_a_date_is_told_as_it_was_known():
    article = published(published_at=datetime(1957, 10, 4, tzinfo=UTC), precision="month")
    changed(article, published_at=datetime(1957, 10, 5, tzinfo=UTC), precision="day")
    assert told(article) == [["The date of first publication is 5 October 1957; it was given as October 1957."]]


def test_a_withdrawal_is_told_and_not_the_words_that_were_changed_under_it(archivist):
    article = published()
    withdraw_article(article, by=archivist, reason="The figures are wrong.")
    changed(article, body="Other words.")
    publish_article(article, by=archivist)
    assert told(article) == [["Published again.", "The text was changed."], ["Withdrawn."]]


HIDDEN = [
    {"embargo_until": timezone.now() + timedelta(days=1)},
    {"status": "draft", "released_at": None},
    {"status": "withdrawn", "withdrawn_at": timezone.now(), "withdrawal_reason": "Libel."},
]
SEEN = {
    "status": "published",
    "embargo_until": None,
    "withdrawn_at": None,
    "withdrawal_reason": "",
    "released_at": timezone.now() - timedelta(1),
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_words_that_stood_there_only_while_nobody_could_see_them_are_never_told(hidden, reader):
    article = published(headline="A launch is set")
    changed(article, **hidden, headline="Secret headline")
    changed(article, headline="Secret again", body="Secret words.")
    changed(article, **SEEN, headline="A launch is put off", body=BODY.replace("fifth", "ninth"))
    assert told(article)[0][-2:] == ["The headline was changed.", "The text was changed."]
    assert "ecret" not in reader.get(article.get_absolute_url()).text


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_was_put_right_before_a_withdrawal_is_told_without_its_words_after_it(hidden):
    article = published(headline="A thief speaks")
    changed(article, headline="A minister speaks", published_at=datetime(1999, 1, 1, tzinfo=UTC))
    changed(article, **hidden)
    changed(article, **SEEN)
    changed(article, headline="The minister speaks")
    latest, *_, earliest = told(article)
    assert (latest, earliest) == (
        ["The headline was changed:"],
        ["The headline was changed.", "The date of first publication was changed."],
    )


def test_words_whose_embargo_ran_out_were_read_and_those_before_it_are_not_told():
    article = published(headline="Before")
    changed(article, headline="After", embargo_until=timezone.now() + timedelta(days=1))
    # As if a day had passed: the database's clock cannot be turned.
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now())
    assert told(article) == [["The headline was changed."]]


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [
        (Visibility.FULL, ["The standfirst was changed:", "The text was changed:"]),
        (Visibility.EXCERPT, ["The standfirst was changed:", "The text was changed."]),  # beyond what is shown
        (Visibility.REFERENCE, ["The text was changed."]),
    ],
)
def test_no_more_words_are_told_than_the_source_allows(visibility, expected):
    body = "One sentence of the story. " * 100
    article = published(source=SourceFactory(visibility=visibility), body=f"{body}The end.")
    changed(article, body=f"{body}The beginning.", standfirst="Theirs.")
    assert told(article) == [expected]


def test_only_the_latest_are_told():
    article = published()
    for number in range(12):
        changed(article, headline=f"Version {number}")
    corrections = corrections_of(Article.objects.get(pk=article.pk))
    assert (len(corrections.latest), corrections.more) == (10, True)


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("a b c", "a b c", []),
        ("a b c", "a x c", [[Part(same="a"), Part(old="b", new="x"), Part(same="c")]]),
        ("a b", "a b c", [[Part(same="a b"), Part(new="c")]]),
        ("a a", "a", [[Part(same="a"), Part(old="a")]]),
        ("", "a", [[Part(new="a")]]),
        ("a b c", "c", [[Part(old="a b"), Part(same="c")]]),
    ],
)
def test_differences_are_words_taken_out_and_put_in(before, after, places):
    assert differences(before, after).places == places


def test_places_far_apart_are_shown_apart_and_many_are_counted():
    before = " ".join(f"w{number}" for number in range(200))
    after = " ".join(f"w{number}" if number % 30 else "x" for number in range(200))
    found = differences(before, after)
    assert (len(found.places), found.more) == (4, 3)
    assert found.places[1][:2] == [Part(same="w24 w25 w26 w27 w28 w29"), Part(old="w30", new="x")]


def test_a_text_written_anew_is_not_compared():
    found = differences("old " * 400, "new " * 400)
    assert (found.places, found.more) == ([], 0)


def test_the_page_shows_what_went_and_what_came(reader):
    article = published(headline="A launch is set")
    assert ", not changed since" in reader.get(article.get_absolute_url()).text
    changed(article, headline="A launch is <off>")
    page = reader.get(article.get_absolute_url()).text
    assert "A launch is <del>set</del> <ins>&lt;off&gt;</ins>" in page
    assert '<a href="#corrections">changed since</a>' in page


@pytest.mark.parametrize(("released", "queries"), [(timedelta(-1), 4), (timedelta(1), 3)])
def test_former_versions_are_looked_at_only_where_readers_saw_one(released, queries, reader, django_assert_num_queries):
    """The version, the story, what lies around it; and what it was, where it was changed after its release."""
    article = published(headline="A launch is set", released_at=timezone.now() + released)
    changed(article, headline="A launch is put off")
    changed(article, released_at=timezone.now() - timedelta(1))
    with django_assert_num_queries(queries):
        page = reader.get(article.get_absolute_url()).text
    assert ("The headline was changed" in page) is (queries == 4)
