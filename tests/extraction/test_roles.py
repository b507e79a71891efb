"""In what role somebody speaks."""

import pytest

from archive.extraction import find_quotations


@pytest.mark.parametrize(
    ("introduction", "name", "role"),
    [
        ("Anna Bell, a planetary geologist of 28", "Anna Bell", "planetary geologist"),
        ("Anna Bell, a planetary geologist aged 28 at the station", "Anna Bell", "planetary geologist at the station"),
        ("Anna Bell, a veteran of 28 flights", "Anna Bell", "veteran of 28 flights"),
        ("Anna Bell, who leads the lunar office", "Anna Bell", "who leads the lunar office"),
        ("Anna Bell, who was the agency’s chief of staff", "Anna Bell", "agency’s chief of staff"),
        ("Anna Bell, who thinks the lunar office too small", "Anna Bell", ""),
        (
            "Vadim Orlov, a representative of Russian engine and module builders",
            "Vadim Orlov",
            "representative of Russian engine and module builders",
        ),
        ("Anna Bell, president and chief executive of Acme", "Anna Bell", "president and chief executive of Acme"),
        ("Anna Bell, director of the agency and the last to leave", "Anna Bell", "director of the agency"),
        ("Anna Bell, director of the agency and added that it is far", "Anna Bell", "director of the agency"),
        ("Anna Bell, director of the agency and Omar Reyes agreed", "Anna Bell", "director of the agency"),
        ("Qiu Wenshao, a scholar of space law in Beijing", "Qiu Wenshao", "scholar of space law in Beijing"),
        ("Anna Bell, a former state party chairman", "Anna Bell", "former state party chairman"),
        ("Mme Vautrinot", "Vautrinot", ""),
        ("Mr. Vautrinot", "Vautrinot", ""),
        ("fellow astronaut Anna Bell", "Anna Bell", "astronaut"),
        ("Rover’s lead scientist, Anna Bell of Acme", "Anna Bell", "Rover’s lead scientist"),
        (
            "U.S. Office of Port Management (OPM) Director Anna Bell",
            "Anna Bell",
            "U.S. Office of Port Management (OPM) Director",
        ),
        ("Bill Hill, director of safety", "Bill Hill", "director of safety"),
    ],
)
def test_a_role_is_what_the_story_introduces_somebody_with(introduction, name, role):
    (quotation,) = find_quotations(f"“We are going to the Moon this year,” said {introduction}.")

    assert (quotation.name, quotation.role) == (name, role)


def test_a_title_of_courtesy_leads_to_the_name_in_full():
    (quotation,) = find_quotations(
        "Hélène Vautrinot, ingénieure à Kourou, est partie.\n\n"
        "“Personne n’a fait de faute de calcul dans cette affaire,” said Mme Vautrinot."
    )

    assert (quotation.name, quotation.role) == ("Hélène Vautrinot", "ingénieure à Kourou")


def test_a_word_with_an_elided_article_is_no_name():
    (quotation,) = find_quotations("“Personne n’a fait de faute de calcul.” L’ingénieure a quitté la salle.")

    assert quotation.name == ""


def test_a_role_in_capitals_without_a_name_is_nobody():
    text = "Anna Bell met Policy Baker Institute Fellow Eva Ray.\n\n“We will go there this year,” Bell said."

    assert [quotation.name for quotation in find_quotations(text)] == ["Anna Bell"]
