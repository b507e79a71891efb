"""How sure a proposal is."""

import pytest

from archive.extraction import find_quotations
from archive.extraction.confidence import confidence

WEIGHTS = {"bias": 0.0, "speaker": 1.0, "speech": 1.0, "zone:up4": -2.0}


def test_it_grows_with_how_sure_the_models_are():
    unsure, speech, both = (confidence(*sure, [], WEIGHTS) for sure in ((0.5, 0.0), (0.5, 3.0), (0.9, 3.0)))

    assert (unsure, speech < both < 1) == (0.5, True)


def test_circumstances_that_have_turned_out_wrong_lower_it():
    assert confidence(0.5, 3.0, ["zone:up4"], WEIGHTS) < confidence(0.5, 3.0, ["zone:after0"], WEIGHTS)


def test_certainty_of_speech_has_an_end():
    assert confidence(0.5, 6.0, [], WEIGHTS) == confidence(0.5, 600.0, [], WEIGHTS)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("“We will fly when the hardware is ready,” said Peter Lind.", 0.97, 1.0),
        ("Peter Lind met Ann Bell.\n\nRain fell.\n\n“we will fly when the hardware is ready”\n", 0.0, 0.9),
    ],
    ids=["plain", "doubtful"],
)
def test_plain_cases_are_surer_than_doubtful_ones(text, least, most):
    assert [least <= quotation.confidence <= most for quotation in find_quotations(text)] == [True]
