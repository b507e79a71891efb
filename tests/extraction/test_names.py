"""Names: which words belong to them, and who they are."""

import pytest

from archive.extraction.names import People, names_in, read_name


@pytest.mark.parametrize(
    ("run", "name", "title", "sort"),
    [
        ("Maria Okafor", "Maria Okafor", "", "full"),
        ("NASA Administrator Maria Okafor", "Maria Okafor", "NASA Administrator", "full"),
        ("Sen. Peter Lind", "Peter Lind", "Sen.", "full"),
        ("Dr. Jamie L. Harper", "Jamie L. Harper", "Dr.", "full"),
        ("JPL’s Cédric Moreau", "Cédric Moreau", "JPL’s", "full"),
        ("JPL-Caltech Cathy Trejo", "Cathy Trejo", "JPL-Caltech", "full"),
        ("J. Christopher Lind", "J. Christopher Lind", "", "full"),
        ("Dr. Weilin Sun", "Weilin Sun", "Dr.", "full"),
        ("Lead Producer Maria Okafor", "Maria Okafor", "Lead Producer", "full"),
        ("Bill Hill", "Bill Hill", "", "full"),
        ("Farm Bill", "Farm Bill", "", "body"),
        ("Radiological Health", "Radiological Health", "", "body"),
        ("Landing Facility", "Landing Facility", "", "body"),
        ("I’m", "", "", "none"),
        ("But Okafor", "Okafor", "", "single"),
        ("Said Okafor", "Okafor", "", "single"),
        ("Okafor’s", "Okafor", "", "single"),
        ("NASA", "NASA", "", "body"),
        ("White House", "White House", "", "body"),
        ("American Physical Society", "American Physical Society", "", "body"),
        ("President", "President", "", "title"),
        ("However", "", "", "none"),
        ("Thursday", "Thursday", "", "none"),
    ],
)
def test_a_run_of_capitalised_words_is_read(run, name, title, sort):
    assert read_name(run)[2:5] == (name, title, sort)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Maria Okafor spoke. Okafor left.", ["Maria Okafor"]),
        ("X. Zhang and others wrote it. Xiaoyuan Zhang found it.", ["Xiaoyuan Zhang"]),
        ("Bill Clay met Hillary Clay.", ["Bill Clay", "Hillary Clay"]),
        ("Ludwig van der Berg and Anwar al-Amin met.", ["Ludwig van der Berg", "Anwar al-Amin"]),
    ],
)
def test_names_of_one_person_are_one_person(text, people):
    found = People(names_in(text, 0, len(text)))

    assert [person.name for person in found.everybody] == people


def test_a_surname_of_two_people_is_the_one_whom_the_title_fits():
    text = "Peter Lind and Maria Lind spoke. Mrs. Lind left."
    names = names_in(text, 0, len(text))
    People(names)

    assert names[-1].person.name == "Maria Lind"
