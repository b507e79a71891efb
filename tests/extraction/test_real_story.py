"""The real story that the project began with."""

from itertools import chain

import pytest

from archive.extraction import find_quotations


@pytest.fixture
def story(shared_data):
    return (shared_data / "stories" / "kislyak-2017.txt").read_text(encoding="utf-8")


def test_five_utterances_in_ten_spans_are_all_the_ambassadors(story):
    quotations = find_quotations(story)

    assert [len(quotation.spans) for quotation in quotations] == [2, 2, 2, 2, 2]
    assert {quotation.name for quotation in quotations} == {"Sergei Kislyak"}
    assert {quotation.role for quotation in quotations} == {"Russian ambassador to the United States"}
    assert [quotation.partial for quotation in quotations] == [False] * 5


def test_spans_and_mentions_point_at_their_words(story):
    quotations = find_quotations(story)

    spans = list(chain.from_iterable(quotation.spans for quotation in quotations))
    assert {story[start - 1] + story[end] for start, end in spans} == {"“”"}
    assert [story[quotation.mention_start : quotation.mention_end] for quotation in quotations] == [
        "he",
        "Kislyak",
        "he",
        "he",
        "he",
    ]
