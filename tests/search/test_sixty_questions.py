"""Sixty questions to the sample archive, and what a reader expects first.

Each line is a question and the stories (files of `sample/stories`, without their ending) that are to be the first
results, in any order among themselves. `= …` says that nothing else is found, `~ …` that all have only some of the
words asked for.
"""

# ruff: noqa: E501 (a table keeps its lines)

import pytest
from django.conf import settings
from django.db import transaction
from django.http import QueryDict

from archive.ingest.sample import load_sample
from archive.models import Article, Quote
from archive.search.spelling import respelt
from archive.site.searching import Search
from tests.sample.files import FIELDS

pytestmark = pytest.mark.django_db

QUESTIONS = """
skylab                                   | 1979-skylab-comes-down
gagarin                                  | = 1961-one-turn-around-the-earth
venus balloons                           | = 1985-two-balloons-over-venus
venus                                    | 1990-venus-without-clouds 2021-back-to-venus-after-thirty-years 1985-two-balloons-over-venus
moon agreement                           | = 1984-five-signatures-and-a-half-moon 1979-common-heritage
artemis accords                          | = 2020-eight-signatures 2023-south-by-patience
hubble mirror                            | = 1990-a-perfect-mirror-of-the-wrong-shape
luxembourg mining                        | = 2015-finders-keepers
radiation belts                          | = 1958-a-ring-of-radiation 1962-the-satellites-that-went-blind
debris rule five years                   | 2022-five-years-to-leave
viking mars                              | 2026-fifty-years-of-a-footpad 1976-first-day-on-mars
far side samples                         | = 2024-two-kilograms-from-the-far-side
time on the moon                         | 2024-what-time-is-it-on-the-moon
cutting NASA budget                      | = 2025-a-cut-of-a-quarter
space station cost                       | 1993-by-one-vote
liability convention cosmos              | 1981-three-million-dollars 1978-a-reactor-on-the-barrens
geostationary orbit                      | 1985-a-place-for-everyone
"moon agreement"                         | = 1984-five-signatures-and-a-half-moon 1979-common-heritage
"station’s door"                         | = 2012-a-dragon-at-the-door
“who pays”                               | 1972-who-pays-for-what-falls
"perfect mirror"                         | = 1990-a-perfect-mirror-of-the-wrong-shape
"door station"                           | =
luxembourg -mining                       | 2017-luxembourg-opens-a-counter
viking -samples                          | 1976-first-day-on-mars
mars -viking                             | 2004-a-vision-and-its-price
ariane -"christmas eve"                  | 1996-trente-sept-secondes 2024-sechs-nach-fuenf
reactor OR plutonium                     | 1978-a-reactor-on-the-barrens 1992-reactors-politely-discouraged
skylab OR gagarin                        | 1979-skylab-comes-down
gagarin OR balloons                      | 1961-one-turn-around-the-earth 1985-two-balloons-over-venus
topic:venus                              | = 2021-back-to-venus-after-thirty-years 2017-two-more-years-for-venera-d 1990-venus-without-clouds 1985-two-balloons-over-venus
topic:venus before:1990                  | = 1985-two-balloons-over-venus
topic:VENUS after:2015                   | = 2021-back-to-venus-after-thirty-years 2017-two-more-years-for-venera-d
topic:venus from:1990 to:2017            | = 2017-two-more-years-for-venera-d 1990-venus-without-clouds
speaker:"Leopold Quaye" liability        | 1981-three-million-dollars
speaker:"Leopold Quaye" after:1990       | = 1999-a-conference-for-the-ground
source:"Kasumi Press"                    | = 2024-two-kilograms-from-the-far-side 2011-a-clause-of-a-few-lines 2003-twenty-one-hours 1988-four-partners-and-a-name
source:"kasumi press" after:2000 china   | 2011-a-clause-of-a-few-lines 2003-twenty-one-hours
before:1960                              | = 1958-a-civil-agency-opens 1958-a-ring-of-radiation 1957-a-second-moon
moon before:1970                         | 1969-the-bill-for-tranquility 1957-a-second-moon
from:1957-10 to:1957-10                  | = 1957-a-second-moon
after:2020 venus order:date              | = 2024-eleven-billion-is-too-much 2021-back-to-venus-after-thirty-years
bogota                                   | 1976-the-arc-above-the-equator 2026-a-claim-that-failed
Bogotá                                   | 1976-the-arc-above-the-equator 2026-a-claim-that-failed
station's door                           | 2012-a-dragon-at-the-door
stations doors                           | 2012-a-dragon-at-the-door 1986-a-house-with-six-doors
treaties                                 | 2001-intelsat-is-sold 1967-heavens-without-flags
license launches                         | 2014-sanctions-and-an-engine 2022-five-years-to-leave 1984-a-licence-to-launch
equatorial                               | = 2026-a-claim-that-failed
secondes                                 | 1996-trente-sept-secondes
seconde                                  | 1996-trente-sept-secondes
raketen                                  | = 2024-sechs-nach-fuenf
funf                                     | = 2024-sechs-nach-fuenf
fünf                                     | = 2024-sechs-nach-fuenf
trente-sept secondes                     | = 1996-trente-sept-secondes
1967 treaty                              | 1972-who-pays-for-what-falls
RD-180                                   | = 2014-sanctions-and-an-engine
cosmos 954                               | 1981-three-million-dollars 1992-reactors-politely-discouraged 1978-a-reactor-on-the-barrens
2012 dragon                              | ~ 2012-a-dragon-at-the-door
indian moon south pole                   | ~ 2023-south-by-patience
satellites collision place               | ~ 2009-two-satellites-one-place
columbia accident                        | ~ 2003-a-tide-and-not-a-flaw
challenger                               | 1986-the-joint-and-the-meeting
quaye in:quotes                          | 1999-a-conference-for-the-ground
"""
# Questions that are misspelt, and how the archive spells them; nothing where it has the words as they are.
MISSPELT = """
satelite             | satellite
satélite             | satellite
satelite collison    | satellite collision
“satelite” OR moon   | “satellite” OR moon
licence              | license
luxemburg mining     | luxembourg mining
treety               | treaty
skylba               | skylab
geostationery orbit  | geostationary orbit
treaty               |
satellite            |
treaty -satelite     |
station’s            |
xqzzy                |
"""
TABLE = [tuple(part.strip() for part in line.split("|")) for line in QUESTIONS.strip().splitlines()]


@pytest.fixture(scope="module")
def _sample(django_db_setup, django_db_blocker):
    """The sample archive, loaded once for all questions and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample(settings.BASE_DIR / "sample")
        yield
        transaction.set_rollback(True)


def asked(question: str) -> tuple[Search, list[str]]:
    """A search, and the files of the stories that it finds, best first."""
    query = QueryDict(mutable=True)
    query["q"] = question
    search = Search(query)
    assert search.valid, search.filters.form.errors
    ids = list(search.found.ids) if search.by_date else search.ranked()
    files = {fields["headline"]: name for name, fields in FIELDS.items()}
    if search.in_quotes:
        headlines = dict(Quote.objects.filter(pk__in=ids).values_list("pk", "article__headline"))
    else:
        headlines = dict(Article.objects.filter(pk__in=ids).values_list("pk", "headline"))
    return search, [files[headlines[id_]] for id_ in ids]


@pytest.mark.parametrize(
    ("question", "meant"), [tuple(part.strip() for part in line.split("|")) for line in MISSPELT.strip().splitlines()]
)
@pytest.mark.usefixtures("_sample")
def test_a_misspelt_question_is_told_how_the_archive_spells(question, meant, django_assert_num_queries):
    with django_assert_num_queries(1 if question != "station’s" else 0):
        assert respelt(question) == meant


def test_there_are_sixty():
    assert len(TABLE) >= 60


@pytest.mark.parametrize(("question", "expected"), TABLE, ids=[question for question, _ in TABLE])
@pytest.mark.usefixtures("_sample")
def test_a_question_finds_what_it_should(question, expected):
    search, found = asked(question)
    stories = [story for story in expected.split() if story not in {"=", "~"}]
    first = dict.fromkeys(found)
    assert sorted([*first][: len(stories)]) == sorted(stories)
    assert search.in_part == ("~" in expected)
    if "=" in expected:
        assert sorted(first) == sorted(stories)
