"""Interviews written out."""

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


def test_turns_are_found_only_when_asked_for():
    assert find_quotations(PANEL) == []


def test_marks_inside_a_turn_are_no_quote_of_their_own():
    text = PANEL.replace("Less than last time.", "They called it “a very bizarre idea,” and it was.")

    assert len(find_quotations(text, transcripts=True)) == 4
