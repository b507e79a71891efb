"""The language of a text, where its document does not say."""

import pytest

from archive.ingest.languages import language_of
from archive.models import Article
from tests.factories import SourceFactory

GERMAN = (
    "Der Minister erklärte am Dienstag, dass der Start der Rakete erneut verschoben werde. Nach Angaben der Behörde "
    "müssen zuerst die Triebwerke überprüft werden, bevor ein neuer Termin genannt wird."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (
            (
                "The minister said on Tuesday that the launch of the rocket would be put off again. The agency has to "
                "look at the engines before it can name another day."
            ),
            "en",
        ),
        (
            (
                "Le ministre a déclaré mardi que le lancement de la fusée serait de nouveau reporté. Selon l’agence, "
                "il faut d’abord contrôler les moteurs avant de fixer une nouvelle date."
            ),
            "fr",
        ),
        (
            (
                "Министр заявил во вторник, что запуск ракеты снова откладывается. По данным агентства, прежде чем "
                "назначить новую дату, необходимо проверить двигатели и систему управления полётом."
            ),
            "ru",
        ),
        (
            (
                "Minister oświadczył we wtorek, że start rakiety zostanie ponownie przełożony. Według agencji najpierw "
                "trzeba sprawdzić silniki i system sterowania, zanim zostanie podana nowa data."
            ),
            "pl",
        ),
        (
            "宇宙政策委員会は火曜日に会合を開き、月探査計画の予算について議論した。政府は来年度の打ち上げを延期する方針を示している。",
            "ja",
        ),
        ("Der Start wurde verschoben.", ""),
        ("12.5 14 7.25 " * 10, ""),
        ("", ""),
    ],
)
def test_the_language_is_told_where_it_is_sure_and_left_open_elsewhere(text, language):
    assert language_of(text) == language


@pytest.mark.django_db
def test_what_the_document_says_comes_first_then_its_text_then_its_source(folder, bring_in):
    SourceFactory(name="Der Bote", language="de")
    bring_in(
        folder(
            a__md=f"---\nheadline: Said\nlanguage: de-AT\n---\n{GERMAN}",
            b__md=f"---\nheadline: Told by the text\n---\n{GERMAN} So steht es im Blatt.",
            c__md="---\nheadline: Short\nsource: Der Bote\n---\nVerschoben.",
            d__md="---\nheadline: Short and unknown\n---\nVerschoben, wieder.",
        )
    )
    assert dict(Article.objects.values_list("headline", "language")) == {
        "Said": "de-AT",
        "Told by the text": "de",
        "Short": "de",
        "Short and unknown": "en",
    }
