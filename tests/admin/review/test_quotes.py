"""Quotes at the review desk: marked by hand, corrected, split, joined, placed anew, removed."""

import pytest

from archive.admin.review_forms import as_seen
from archive.editing.anchoring import change_body
from archive.editing.quoting import correct_quote
from archive.models import Deed, Quote
from tests.factories import PersonFactory, QuoteFactory

pytestmark = pytest.mark.django_db


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
