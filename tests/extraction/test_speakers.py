"""Who speaks, in what role, and how the parts of one utterance stay together."""

import pytest

from archive.extraction import find_quotations


def said(text):
    """Of each quotation: its parts, the mention, the full name."""
    return [
        ([text[start:end] for start, end in quotation.spans], quotation.mention, quotation.name)
        for quotation in find_quotations(text)
    ]


INTRODUCTION = "HOUSTON — Director Maria Okafor met reporters at the space center on Monday.\n\n"


@pytest.mark.parametrize(
    ("sentence", "parts", "mention", "name"),
    [
        (
            "“We will fly when the hardware is ready,” Okafor said.",
            ["We will fly when the hardware is ready,"],
            "Okafor",
            "Maria Okafor",
        ),
        (
            "“We will fly when the hardware is ready,” she said.",
            ["We will fly when the hardware is ready,"],
            "she",
            "Maria Okafor",
        ),
        (
            "“We will fly,” said Okafor, “when the hardware is ready.”",
            ["We will fly,", "when the hardware is ready."],
            "Okafor",
            "Maria Okafor",
        ),
        (
            "“We will fly in spring,” Okafor said. “The hardware is ready.”",
            ["We will fly in spring,", "The hardware is ready."],
            "Okafor",
            "Maria Okafor",
        ),
        (
            "Okafor told the committee: “We will fly when the hardware is ready.”",
            ["We will fly when the hardware is ready."],
            "Okafor",
            "Maria Okafor",
        ),
        (
            'Okafor said, "We will fly when the hardware is ready."',
            ["We will fly when the hardware is ready."],
            "Okafor",
            "Maria Okafor",
        ),
        (
            "“We will fly when the hardware is ready,” said Peter Lind, a spokesman for the agency.",
            ["We will fly when the hardware is ready,"],
            "Peter Lind",
            "Peter Lind",
        ),
        (
            "“We will fly when the hardware is ready,” agency spokesman Peter Lind said.",
            ["We will fly when the hardware is ready,"],
            "Peter Lind",
            "Peter Lind",
        ),
    ],
)
def test_the_speaker_beside_the_words_is_found_and_named_in_full(sentence, parts, mention, name):
    assert said(INTRODUCTION + sentence) == [(parts, mention, name)]


@pytest.mark.parametrize(
    ("sentence", "mention"),
    [
        ("“We will fly when the hardware is ready,” federal engineers said.", "federal engineers"),
        ("“We will fly when the hardware is ready,” 21 percent said.", "21 percent"),
        ("“We will fly when the hardware is ready,” the second official said.", "the second official"),
        ("“We will fly when the hardware is ready,” one R&D manager told reporters.", "one R&D manager"),
        ("According to Okafor, “We will fly in spring,” presumably a focal point of the plan.", "Okafor"),
        ("“We will fly when the hardware is ready.”\n\n— Peter Lind, Houston", "Peter Lind"),
        ("“We will fly when the hardware is ready.\n\nPeter Lind, engineer.”\n\nThe crew waited.", "Peter Lind"),
    ],
    ids=["plural", "share", "numbered", "ampersand", "noun like a verb", "signed", "pull quote"],
)
def test_speakers_of_every_shape_are_found(sentence, mention):
    assert [found for _, found, _ in said(INTRODUCTION + sentence)] == [mention]


@pytest.mark.parametrize("sentence", ["“Never,” she said.", "“Yes,” Okafor said.", "“No,” said Okafor."])
def test_a_single_word_is_speech_where_somebody_plainly_says_it(sentence):
    assert [name for _, _, name in said(INTRODUCTION + sentence)] == ["Maria Okafor"]


def test_what_a_sign_reads_is_said_however_it_is_capitalised():
    text = INTRODUCTION + "Okafor held up a sign that read “Fly Me to the Moon Again.”"

    assert [parts for parts, _, _ in said(text)] == [["Fly Me to the Moon Again."]]


def test_a_quote_over_several_paragraphs_is_one_utterance():
    text = (
        "“We will fly when the hardware is ready,” said Peter Lind. “That day is not far away.\n\n"
        "“And when it comes, we will be there to see it.”"
    )
    parts = [
        "We will fly when the hardware is ready,",
        "That day is not far away.",
        "And when it comes, we will be there to see it.",
    ]

    assert said(text) == [(parts, "Peter Lind", "Peter Lind")]


def test_two_speakers_in_turn_are_two_utterances():
    text = (
        "Peter Lind and Maria Okafor disagreed.\n\n"
        "“The budget is large enough for both missions,” Lind said.\n\n"
        "“It never was, and we have known it for years,” Okafor said."
    )

    assert [name for _, _, name in said(text)] == ["Peter Lind", "Maria Okafor"]


@pytest.mark.parametrize(
    "text",
    [
        "The crew watched “Star Trek” on Sunday.",
        "Her book, “The Long Way to Mars,” appeared in May.",
        "He is known as “Buzz” to his friends.",
        "They watched “The Long Way to Mars” star Peter Lind.",
        "The so-called “space force” has no ships.",
    ],
)
def test_titles_nicknames_and_scare_quotes_are_no_speech(text):
    assert find_quotations(text) == []


def test_words_inside_somebody_elses_sentence_are_partial():
    text = INTRODUCTION + "Okafor said the decision was “a very bizarre situation for all of us” and left."

    assert [(quotation.partial, quotation.name) for quotation in find_quotations(text)] == [(True, "Maria Okafor")]


@pytest.mark.parametrize(
    ("introduction", "role"),
    [
        ("said Peter Lind, a spokesman for the agency.", "spokesman for the agency"),
        ("said NASA Administrator Peter Lind.", "NASA Administrator"),
        ("said agency spokesman Peter Lind.", "agency spokesman"),
        ("said former astronaut Peter Lind.", "former astronaut"),
        ("said Peter Lind.", ""),
        ("said Peter Lind, who lives in Houston.", ""),
    ],
)
def test_the_role_is_how_the_story_introduces_the_speaker(introduction, role):
    quotations = find_quotations(f"“We will fly when the hardware is ready,” {introduction}")

    assert [quotation.role for quotation in quotations] == [role]


def test_a_bare_title_is_filled_from_the_description_elsewhere():
    text = (
        "The French ambassador to the United Nations spoke on Monday.\n\n"
        "“We will sign the treaty this year,” Ambassador Claire Martin said."
    )

    assert [quotation.role for quotation in find_quotations(text)] == ["French ambassador to the United Nations"]


def test_she_is_not_he():
    text = (
        "Maria Okafor introduced Peter Lind to the committee.\n\n"
        "“We will fly when the hardware is ready,” she said.\n\n"
        "“That will take some years,” he said."
    )

    assert [name for _, _, name in said(text)] == ["Maria Okafor", "Peter Lind"]


def test_who_else_a_pronoun_might_mean_is_offered():
    text = "Carlos Vega met Peter Lind in Houston.\n\n“We will fly when the hardware is ready,” he said."
    (quotation,) = find_quotations(text)

    assert sorted([quotation.name, *quotation.candidates]) == ["Carlos Vega", "Peter Lind"]


def test_the_whole_of_a_statement_is_its_authors():
    text = (
        "Statement from Peter Lind on the budget\n\n"
        "“We welcome the budget and the trust it shows.\n\n"
        "“There is much to do, and we will begin today.”"
    )

    assert [(mention, name) for _, mention, name in said(text)] == [("Peter Lind", "Peter Lind")]


def test_nobody_near_leaves_the_speaker_open():
    (quotation,) = find_quotations("“we will fly when the hardware is ready,” it read.\n") or [None]

    assert quotation.name == ""


def test_a_text_without_words_has_no_quotations():
    assert [find_quotations(text) for text in ("", "\n\n", "“”", "“")] == [[], [], [], []]


def test_explaining_adds_the_weights_that_decided():
    text = "“We will fly when the hardware is ready,” said Peter Lind."
    (plain,), (explained,) = find_quotations(text), find_quotations(text, explain=True)

    assert plain.why == ("“Peter Lind” stands after the words", "a verb of speech stands beside it")
    assert explained.why[: len(plain.why)] == plain.why
    assert len(explained.why) > len(plain.why)


def test_a_title_in_apposition_is_the_person_named_after_it():
    text = "“We will fly when the hardware is ready,” said the agency’s new administrator, Maria Okafor, on Monday."

    assert [name for _, _, name in said(text)] == ["Maria Okafor"]


def test_the_bearer_of_a_title_is_found_by_it():
    text = (
        "Ambassador Claire Martin spoke after Peter Lind.\n\n“We will sign the treaty this year,” the ambassador said."
    )

    assert said(text) == [(["We will sign the treaty this year,"], "the ambassador", "Claire Martin")]


def test_a_body_in_the_role_after_a_name_is_no_speaker():
    text = "Kicking off the day was Anna Bell, NASA Armstrong center director. “Safety is our number one core value.”"

    assert said(text) == [(["Safety is our number one core value."], "Anna Bell", "Anna Bell")]


def test_a_nickname_in_marks_is_part_of_the_name_and_no_quotation():
    text = "Site manager Anna J. “Tip” Bell added, “Having it here really saved the program a lot of time.”"

    (quotation,) = said(text)

    assert quotation[0] == ["Having it here really saved the program a lot of time."]
    assert quotation[2] == "Anna J. “Tip” Bell"
