"""What is told from a story's text alone."""

from archive.ingest.reading import read


def test_the_turns_of_an_interview_are_read_as_quotes():
    text = (
        "Maria Okafor leads the space center.\n\nQ: When will you fly?\n\nOkafor: When the hardware is ready.\n\n"
        "Q: What will it cost?\n\nOkafor: Less than last time.\n"
    )

    assert [(quotation.mention, quotation.name) for quotation in read(text).quotations] == [
        ("Okafor", "Maria Okafor"),
        ("Okafor", "Maria Okafor"),
    ]
