"""Texts known again by their runs of words."""

import pytest

from archive.ingest.shingles import FEWEST_RUNS, MARKS, likeness, marks_of, runs_of
from tests.ingest.near_copies import DIFFERENT, MENDED, SHUFFLED, STORY, TRIMMED


def alike(one, other):
    return round(likeness(runs_of(one), runs_of(other)), 2)


@pytest.mark.parametrize(
    ("other", "share"),
    [
        (STORY, 1.0),
        (STORY.upper().replace(",", " –"), 1.0),
        (TRIMMED, 1.0),
        (MENDED, 0.86),
        (SHUFFLED, 0.89),
        (DIFFERENT, 0.0),
        ("", 0.0),
    ],
)
def test_likeness_is_the_share_of_the_shorter_texts_runs(other, share):
    assert (alike(STORY, other), alike(other, STORY)) == (share, share)


def test_a_newsletter_that_holds_a_story_is_no_copy_of_it():
    newsletter = STORY + " ".join(f"Item{number} told{number} apart{number}" for number in range(200))
    assert alike(STORY, newsletter) == 0.0


@pytest.mark.parametrize("copy", [TRIMMED, MENDED, SHUFFLED])
def test_a_near_copy_shares_marks_with_its_story(copy):
    assert set(marks_of(runs_of(copy))) & set(marks_of(runs_of(STORY)))


def test_different_stories_have_marks_of_their_own():
    assert len(marks_of(runs_of(STORY))) == MARKS
    assert not set(marks_of(runs_of(DIFFERENT))) & set(marks_of(runs_of(STORY)))


def test_a_text_too_short_to_be_known_again_has_no_marks():
    assert marks_of(runs_of(" ".join(f"word{number}" for number in range(FEWEST_RUNS + 3)))) == []
