"""Interviews written out."""

import pytest

from archive.extraction import find_quotations

INTERVIEW = """Questions for Maria Okafor

Maria Okafor, director of the space center, answered our questions on Monday.

Q: When will you fly?

A: When the hardware is ready. That is all I can say.

Q: What will it cost?

A: Less than last time.

It is the same rocket, after all.

Q: Thank you.
"""

PANEL = """JAKE MILLER: When will you fly?

OKAFOR: When the hardware is ready.

(LAUGHTER)

MILLER: What will it cost?

OKAFOR: Less than last time.

Maria Okafor leads the space center.
"""


def turns(text):
    return [
        ([text[start:end] for start, end in quotation.spans], quotation.mention, quotation.name, quotation.role)
        for quotation in find_quotations(text, transcripts=True)
    ]


def test_the_answers_of_an_interview_are_the_interviewees():
    role = "director of the space center"
    assert turns(INTERVIEW) == [
        (["When the hardware is ready. That is all I can say."], "A", "Maria Okafor", role),
        (["Less than last time.", "It is the same rocket, after all."], "A", "Maria Okafor", role),
    ]


def test_the_turns_of_named_speakers_are_theirs():
    assert [(parts, mention, name) for parts, mention, name, _ in turns(PANEL)] == [
        (["When will you fly?"], "JAKE MILLER", "Jake Miller"),
        (["When the hardware is ready."], "OKAFOR", "Maria Okafor"),
        (["What will it cost?"], "MILLER", "Jake Miller"),
        (["Less than last time."], "OKAFOR", "Maria Okafor"),
    ]


def test_labels_that_are_nobodys_make_no_transcript():
    text = "Date: 4 May\n\nTime: 9 a.m.\n\nPlace: Houston\n\nPhoto: A. Lee\n"

    assert find_quotations(text, transcripts=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "Votes so far.\n\nAnn Lee: 1,769.\n\nBob Day: 1,501.\n\nAnn Lee: 12.\n\nBob Day: 9.\n",
        "Our team.\n\nAnn Lee: She leads the project.\n\nBob Day: He builds the engines.\n\nEva Ray: She flies it.\n",
        "Orbit Height: About four hundred.\n\nLaunch Site: Kourou.\n\nOrbit Height: Less.\n\nLaunch Site: Omelek.\n",
    ],
    ids=["votes", "people", "facts"],
)
def test_lists_that_look_like_turns_are_none(text):
    assert find_quotations(text, transcripts=True) == []


def test_what_follows_a_heading_is_not_said_by_who_spoke_before_it():
    text = INTERVIEW + "\nOther news of the week\n\nThe pump was mended.\n\nQ: And now?\n\nA: We go on from here.\n"

    assert [parts for parts, *_ in turns(text)][1:] == [
        ["Less than last time.", "It is the same rocket, after all."],
        ["We go on from here."],
    ]


def test_a_surname_alone_may_open_a_turn():
    text = INTERVIEW.replace("Q:", "Question:").replace("A:", "Okafor:")

    assert [(mention, name) for _, mention, name, _ in turns(text)] == [("Okafor", "Maria Okafor")] * 2


def test_turns_are_found_only_when_asked_for():
    assert find_quotations(PANEL) == []


def test_marks_inside_a_turn_are_no_quote_of_their_own():
    text = PANEL.replace("Less than last time.", "They called it “a very bizarre idea,” and it was.")

    assert len(find_quotations(text, transcripts=True)) == 4
