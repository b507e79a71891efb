"""The same address with another text: a new version, unless somebody has worked on the story."""

import pytest

from archive.editing.anchoring import change_body
from archive.editing.publication import publish_article
from archive.ingest.dates import read_date
from archive.models import Article, Original
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db

TEXT = "The Senate voted to keep the station flying until 2030.\n\n“We will go on,” said Ines Halvorsen, its chair."
LATER = TEXT + "\n\nThe House takes it up in spring, its leaders said on Friday."


def row(text, url="https://example.org/senate"):
    return f"---\nheadline: Senate backs station\nurl: {url}\n---\n{text}\n"


@pytest.fixture
def first(folder, bring_in):
    bring_in(folder(first__md=row(TEXT)), source=SourceFactory(), published=read_date("2017"))
    return Article.objects.get()


def test_a_draft_takes_its_new_version_with_what_is_new_in_it(first, folder, bring_in):
    result = bring_in(folder(second__md=row(LATER + "\n\n“So be it,” Halvorsen said.")) / "second.md")
    assert result == [("second.md", "imported", "is a new version of a story that was here")]
    article = Article.objects.get()
    assert article.pk == first.pk
    assert article.body.startswith(LATER)
    assert article.original.filename == "second.md"
    assert {original.filename for original in Original.objects.all()} == {"first.md", "second.md"}
    assert article.suggestions.quotes().count() == 2
    assert bring_in(folder() / "second.md") == [("second.md", "skipped", "is here already")]


def test_a_folder_with_two_versions_of_a_story_can_be_imported_again(first, folder, bring_in):
    both = folder(first__md=row(TEXT), second__md=row(LATER))
    assert [outcome for _, outcome, _ in bring_in(both)] == ["skipped", "imported"]

    assert bring_in(both) == [
        ("second.md", "skipped", "is here already"),
        ("first.md", "skipped", "is a former version of a story that is here"),
    ]
    assert Article.objects.get().body == LATER


def test_a_story_somebody_edited_stays_as_it_is(first, folder, bring_in, editor):
    change_body(first, TEXT + "\n\nAn editor's line.", by=editor)
    assert bring_in(folder(second__md=row(LATER)) / "second.md") == [
        ("second.md", "skipped", "is a new version of a story that was edited here, which stays as it is")
    ]
    assert Article.objects.get().body.endswith("An editor's line.")


def test_a_published_story_stays_as_it_is(first, folder, bring_in, editor):
    publish_article(first, by=editor)
    assert bring_in(folder(second__md=row(LATER)) / "second.md") == [
        ("second.md", "skipped", "is a new version of a story that is published, which stays as it is")
    ]
    assert Article.objects.get().body == TEXT


def test_another_story_at_the_same_address_is_another_story(first, folder, bring_in):
    other = "Delegates in Vienna spoke of the registry for hours.\n\nNobody objected to what was found there."
    assert bring_in(folder(second__md=row(other)) / "second.md") == [("second.md", "imported", "")]
    assert Article.objects.count() == 2


def test_the_front_page_of_a_site_is_nobodys_address(folder, bring_in):
    for name, text in {"a__md": TEXT, "b__md": LATER}.items():
        bring_in(folder(**{name: row(text, "https://example.org/")}) / name.replace("__", "."))
    assert Article.objects.count() == 2


def test_two_versions_in_one_batch_are_one_story(folder, bring_in):
    assert [outcome for _, outcome, _ in bring_in(folder(a__md=row(TEXT), b__md=row(LATER)))] == [
        "imported",
        "imported",
    ]
    assert Article.objects.get().body == LATER
