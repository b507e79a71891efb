"""A changed body takes its quotes along; what is gone is flagged, and found again when it returns."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from archive.editing.anchoring import Change, change_body, only_place
from archive.editing.notes import write_note
from archive.models import Article, Quote, SuggestionKind
from archive.models.quote import words_at
from tests.factories import ArticleFactory, QuoteFactory, SuggestionFactory

pytestmark = pytest.mark.django_db

BODY = "WASHINGTON is calm. “If they choose to,” he added, “they will find us willing.”\n\nMore talks follow."
WORDS = ["If they choose to,", "they will find us willing."]


@pytest.fixture
def quote():
    article = ArticleFactory(body=BODY)
    spans = [[BODY.index(words), BODY.index(words) + len(words)] for words in WORDS]
    start = BODY.index("he added")
    return QuoteFactory(article=article, spans=spans, speaker_mention="he", mention_start=start, mention_end=start + 2)


def changed(quote, body, by=None):
    """The quote after the change, and what the change said of it. The database checks the spans at once."""
    outcome = change_body(quote.article, body, by=by)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return Quote.objects.get(pk=quote.pk), outcome


@pytest.mark.parametrize(
    "body",
    [
        "Long before, much was said.\n\n" + BODY,
        BODY + "\n\nAnd then it rained.",
        BODY.replace("he added", "the ambassador added after a pause"),
        BODY.replace("calm", "anything but calm").replace("More talks", "Fewer talks"),
        "\n\n".join(reversed(BODY.split("\n\n"))),
        BODY.replace(". “If", ".\n\n“If"),
        "He said: “they will go.” " + BODY.replace("More", "No more"),
    ],
)
def test_a_quote_keeps_to_its_words(quote, body):
    after, outcome = changed(quote, body)
    assert [body[start:end] for start, end in after.spans] == WORDS
    assert after.lost_at is None
    assert outcome.lost == ()


def test_a_mention_moves_with_the_quote(quote):
    body = "Before.\n\n" + BODY
    after, outcome = changed(quote, body)
    assert body[after.mention_start : after.mention_end] == "he"
    assert after.position == after.spans[0][0]
    assert outcome.moved == (quote,)


def test_a_mention_that_was_replaced_is_forgotten(quote):
    after, _ = changed(quote, BODY.replace("he added", "she added") + " It rained.")
    assert (after.mention_start, after.mention_end, after.speaker_mention) == (None, None, "he")


@pytest.mark.parametrize(
    "body",
    [
        "",
        BODY.replace("willing", "unwilling"),
        BODY.replace("If they choose to,", "If they choose today,"),
        BODY.replace("find us", "find all of us"),
        "“they will find us willing.” he added. “If they choose to,”",  # both are there, the order is not
    ],
)
def test_a_quote_whose_words_are_gone_is_flagged_and_keeps_them(quote, body):
    after, outcome = changed(quote, body)
    assert after.lost_at is not None
    assert after.spans == []
    assert after.words == quote.words
    assert outcome.lost == (quote,)


def test_a_lost_quote_is_found_when_its_words_return(quote):
    changed(quote, "Nothing of it is left.")
    after, outcome = changed(quote, "Again: " + BODY)
    assert after.lost_at is None
    assert words_at("Again: " + BODY, after.spans) == quote.words
    assert outcome.found == (quote,)


def test_a_lost_quote_is_not_found_where_its_words_stand_twice(quote):
    changed(quote, "Nothing of it is left.")
    after, _ = changed(quote, BODY + "\n\n" + BODY)
    assert after.lost_at is not None


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them():
    body = "Yes, “we go.” So he said. No, “we go.” So she said."
    article = ArticleFactory(body=body)
    hers = body.rindex("we go.")
    quote = QuoteFactory(article=article, spans=[[hers, hers + 6]])
    new = "First. Yes, “we go.” So he said, twice. No, “we go.” So she said, once."
    after, _ = changed(quote, new)
    assert after.spans == [[new.rindex("we go."), new.rindex("we go.") + 6]]


def test_words_that_only_grew_into_others_are_not_the_same():
    assert Change("we go", "we gone").places([[0, 5]]) is None
    assert only_place("go", "gone, ago") is None
    assert only_place("go.", "we go.") == [3, 6]


def test_a_long_body_is_anchored_by_its_words_alone():
    old = "“We go,” he said. " + "word " * 9000
    new = "word " * 9000 + "“We go,” he said."
    [start, end] = Change(old, new).places([[1, 7]])[0]
    assert new[start:end] == "We go,"


def test_offsets_are_code_points_also_beyond_the_basic_plane(quote):
    after, _ = changed(quote, "🚀🚀 " + BODY)
    assert after.spans == [[start + 3, end + 3] for start, end in quote.spans]


def test_a_body_is_kept_in_its_canonical_form(quote):
    changed(quote, BODY.replace("\n\n", "\r\n \r\n\r\n") + "\n")
    assert Article.objects.get().body == BODY == quote.article.body


def test_pending_proposals_are_taken_along_and_answered_ones_left_alone(quote):
    proposal = {"spans": quote.spans, "words": quote.words, "mention_start": None, "mention_end": None}
    common = {"article": quote.article, "kind": SuggestionKind.QUOTE, "topic": None, "proposal": proposal}
    pending = SuggestionFactory(key="quote 1", **common)
    declined = SuggestionFactory(key="quote 2", answer="declined", answered_at=quote.created_at, **common)
    changed(quote, "Now: " + BODY)
    pending.refresh_from_db()
    declined.refresh_from_db()
    assert pending.proposal["spans"] == [[start + 5, end + 5] for start, end in quote.spans]
    assert declined.proposal["spans"] == quote.spans
    changed(quote, "Nothing is left.")
    pending.refresh_from_db()
    assert pending.proposal["spans"] == []
    changed(quote, BODY)
    pending.refresh_from_db()
    assert pending.proposal["spans"] == quote.spans


def test_a_contributor_does_not_change_what_readers_see(contributor):
    article = ArticleFactory(published=True)
    with pytest.raises(PermissionDenied, match="contributor may not change"):
        change_body(article, "Other words.", by=contributor)
    assert Article.objects.get().body != "Other words."


def test_many_quotes_and_notes_are_anchored_in_as_many_statements_as_one(quote, django_assert_num_queries):
    for count in (1, 3):
        QuoteFactory.create_batch(count - 1, article=quote.article)
        for _ in range(count):
            write_note(quote.article, "Which?", words="talks follow", by=None)
        with django_assert_num_queries(9):
            change_body(quote.article, "Before. " * count + BODY, by=None)
