"""Whom “she” and “the lawyer” mean."""

import pytest

from archive.extraction import find_quotations

EARLIER = (
    "OSLO — The director of the port, Maria Okafor, opened the meeting on Monday.\n\n"
    "“We have waited for a long time for this day,” Okafor said.\n\n"
)


def last_speaker(text):
    return find_quotations(EARLIER + text)[-1].name


@pytest.mark.parametrize(
    ("paragraphs", "name"),
    [
        ("The British lawyer Anna Bell fears a plan. “An empty chair is still a chair,” she said.", "Anna Bell"),
        ("For Anna Bell, a lawyer, the law was new. “An empty chair is still a chair,” she said.", "Anna Bell"),
        ("The British lawyer Anna Bell had stayed.\n\n“An empty chair is still a chair,” she said.", "Anna Bell"),
        ("The British lawyer Omar Bell fears a plan. “An empty chair is still a chair,” she said.", "Maria Okafor"),
        ("Anna Bell fears a plan. Okafor does not. “An empty chair is still a chair,” she said.", "Maria Okafor"),
    ],
    ids=["introduced", "introduced as no subject", "introduced above", "a man", "not the last named"],
)
def test_she_is_who_was_just_introduced_rather_than_who_spoke_before(paragraphs, name):
    assert last_speaker(paragraphs) == name


@pytest.mark.parametrize(
    ("introduction", "name"),
    [
        ("Anna Bell, a British lawyer at the agency, fears a plan.", "Anna Bell"),
        ("Anna Bell, a British lawyer, and Omar Reyes, a lawyer from Chile, fear a plan.", ""),
    ],
    ids=["one", "two"],
)
def test_the_lawyer_is_the_one_person_with_that_role(introduction, name):
    assert last_speaker(f"{introduction}\n\n“An empty chair is still a chair,” the lawyer said.") == name
