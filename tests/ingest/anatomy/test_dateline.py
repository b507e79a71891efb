"""The place a report was sent from, at the head of its first paragraph."""

import pytest

from archive.ingest.anatomy.dateline import split_dateline


@pytest.mark.parametrize(
    ("paragraph", "dateline", "rest"),
    [
        ("WASHINGTON — The Russian ambassador", "WASHINGTON", "The Russian ambassador"),
        ("WASHINGTON—The Senate", "WASHINGTON", "The Senate"),
        ("CAPE CANAVERAL, Fla. (AP) — A rocket", "CAPE CANAVERAL, Fla. (AP)", "A rocket"),
        ("MOSCOW, Jan. 31 (Interfax) - Russia", "MOSCOW, Jan. 31 (Interfax)", "Russia"),
        ("WASHINGTON, D.C., July 20, 1969 -- Men", "WASHINGTON, D.C., July 20, 1969", "Men"),
        ("PARIS, 31 January 2017 (AFP) – The", "PARIS, 31 January 2017 (AFP)", "The"),
        ("Paris (AFP) – The agency", "Paris (AFP)", "The agency"),
        ("KOUROU, French Guiana — “We", "KOUROU, French Guiana", "“We"),
        ("ST. LOUIS — The", "ST. LOUIS", "The"),
        ("LONDON/PARIS — The", "LONDON/PARIS", "The"),
    ],
)
def test_the_dateline_is_parted_from_the_first_paragraph(paragraph, dateline, rest):
    assert split_dateline(paragraph) == (dateline, rest)


@pytest.mark.parametrize(
    "paragraph",
    [
        "DART – not to be confused with a mission of the same name – helps.",
        "NASA — The agency",
        "The man — He said",
        "ISS032-E-011701 (4 Aug. 2012) — NASA astronauts",
        "I — The undersigned",
        "BERLIN: The city",
    ],
)
def test_other_words_before_a_dash_stay_in_the_text(paragraph):
    assert split_dateline(paragraph) == ("", paragraph)
