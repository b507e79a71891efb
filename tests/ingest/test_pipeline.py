"""From files to drafts: what is kept, what is passed over, what fails alone."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from archive.ingest import pipeline
from archive.ingest.arrivals import arrivals
from archive.ingest.dates import read_date
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import
from archive.models import (
    Answer,
    Article,
    Edition,
    Original,
    Precision,
    Source,
    Status,
    Suggestion,
    Tagging,
    Visibility,
)
from archive.models.article import Doubt
from archive.models.original import originals_storage
from tests.factories import PersonFactory, SourceFactory, SuggestionFactory, TopicFactory

pytestmark = pytest.mark.django_db

STORY = "Senate backs station\n\nVIENNA — The Senate voted.\n\nThe House takes it up in spring."
NO_ADDRESS = "no address of the web, and was left out"
OTHER = "House backs station\n\nThe House voted.\n\nThe Senate had voted before."


def stored():
    root = Path(originals_storage().location)
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_a_story_comes_in_as_a_draft_with_its_original(folder, bring_in):
    assert bring_in(folder(story__txt=STORY)) == [("story.txt", "imported", "")]
    article = Article.objects.get()
    assert (article.headline, article.dateline, article.status) == ("Senate backs station", "VIENNA", Status.DRAFT)
    assert article.body == "The Senate voted.\n\nThe House takes it up in spring."
    assert article.slug == "senate-backs-station"
    assert article.doubts == [Doubt.DATE, Doubt.SOURCE]
    original = article.original
    assert (original.filename, original.media_type, original.encoding) == ("story.txt", "text/plain", "utf-8")
    assert original.content.read() == STORY.encode()
    assert original.sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert original.size == len(STORY.encode())


def test_what_is_told_fills_what_the_text_does_not_say(folder, bring_in, archivist):
    ledger, venus = SourceFactory(name="The Orbital Ledger"), TopicFactory(name="Venus")
    told = {"source": ledger, "published": read_date("2017-01"), "topics": (venus,), "by": archivist}
    dated = "---\nsource: The Meridian Dispatch\ndate: 1957-10-06\n---\n" + OTHER
    bring_in(folder(story__txt=STORY, dated__md=dated), **told)
    other, story = Article.objects.order_by("headline")
    assert (story.source, story.published_at, story.precision) == (
        ledger,
        datetime(2017, 1, 1, tzinfo=UTC),
        Precision.MONTH,
    )
    assert (story.created_by, story.original.received_by, story.doubts) == (archivist, archivist, [])
    assert (other.source.name, other.year, other.precision) == ("The Meridian Dispatch", 1957, Precision.DAY)
    assert [(tagging.topic, tagging.tagged_by) for tagging in story.taggings.all()] == [(venus, archivist)]


def test_an_uncertain_date_is_left_open_marked_and_told(folder, bring_in):
    path = folder(
        a__md=f"---\ndate: Jan. 31\nurl: nowhere\n---\n{STORY}", b__md=f"---\ndate: 2017-01-31 23:30\n---\n{OTHER}"
    )
    assert bring_in(path, published=read_date("2017")) == [
        (
            "a.md",
            "imported",
            f"“nowhere” is {NO_ADDRESS}; the date is left open: “Jan. 31” does not say its year",
        ),
        ("b.md", "imported", ""),
    ]
    open_, unzoned = Article.objects.order_by("id")
    assert (open_.year, open_.precision, open_.doubts) == (2017, Precision.YEAR, [Doubt.DATE, Doubt.SOURCE])
    assert (unzoned.published_at, unzoned.doubts) == (
        datetime(2017, 1, 31, 23, 30, tzinfo=UTC),
        [Doubt.SOURCE, Doubt.ZONE],
    )


def test_a_source_that_is_not_there_is_made_and_shows_an_excerpt(folder, bring_in):
    ledger = SourceFactory(name="The Orbital Ledger")
    bring_in(
        folder(a__md=f"---\nsource: the orbital ledger\n---\n{STORY}", b__md=f"---\nsource: The Dispatch\n---\n{OTHER}")
    )
    assert [article.source for article in Article.objects.order_by("id")] == [
        ledger,
        Source.objects.get(name="The Dispatch", visibility=Visibility.EXCERPT),
    ]


def test_a_source_that_is_no_name_is_refused_or_left_open(folder, bring_in):
    path = folder(
        a__md=f"---\nsource: {'x' * 201}\n---\n{STORY}",
        b__md=f'---\nsource: "\u200b"\n---\n{OTHER}',
        c__html=f'<html><head><meta property="og:site_name" content="{"x" * 201}"></head>'
        f"<body><article><h1>Venus</h1>{'<p>The Senate voted on the budget of the station.</p>' * 9}</article></body>",
    )
    assert bring_in(path) == [
        ("a.md", "failed", "has a source longer than 200 characters"),
        ("b.md", "imported", ""),
        ("c.html", "imported", ""),
    ]
    assert not Source.objects.exists()
    assert all(Doubt.SOURCE in article.doubts for article in Article.objects.all())


def test_a_database_that_is_gone_is_no_failure_of_a_file(folder):
    path = folder(a__txt=STORY)

    def gone(*args):
        raise OperationalError("the connection is closed")

    with connection.execute_wrapper(gone), pytest.raises(OperationalError):
        list(Import(Told(), dry_run=True).run(arrivals([path])))


def test_a_run_of_failures_alone_saves_nothing(folder, django_assert_num_queries):
    path = folder(a__txt="")
    with django_assert_num_queries(1):  # whether the file is here already
        [result] = Import(Told(), dry_run=True).run(arrivals([path]))
    assert result.reason == "is empty"


def test_an_address_that_is_none_is_left_out_and_said(folder, bring_in):
    assert bring_in(folder(a__md=f"---\nurl: 'http://'\n---\n{STORY}")) == [
        ("a.md", "imported", "“http://” is no address of the web, and was left out")
    ]
    Article.objects.get().full_clean()


def test_running_it_again_changes_nothing(folder, bring_in):
    path = folder(story__txt=STORY, other__txt=OTHER)
    bring_in(path)
    before = list(Article.objects.order_by("id").values()), list(Suggestion.objects.values()), stored()
    assert bring_in(path) == [("other.txt", "skipped", "is here already"), ("story.txt", "skipped", "is here already")]
    assert (list(Article.objects.order_by("id").values()), list(Suggestion.objects.values()), stored()) == before


def test_the_same_text_in_another_file_is_passed_over(folder, bring_in):
    reason = "has the text of a story that is here already"
    path = folder(a__txt=STORY, b__txt=STORY.replace("\n", "\r\n"), c__txt=STORY + "\n")
    assert bring_in(path) == [("a.txt", "imported", ""), ("b.txt", "skipped", reason), ("c.txt", "skipped", reason)]
    assert stored() == [hashlib.sha256(STORY.encode()).hexdigest()]


def test_one_bad_file_never_stops_the_rest(folder, bring_in):
    path = folder(a__txt="", b__txt=STORY, c__txt=bytes(range(256)) * 9, d__md="---\na: [\n---\nx", e__txt=OTHER)
    assert bring_in(path) == [
        ("a.txt", "failed", "is empty"),
        ("c.txt", "failed", "is binary data, not text"),
        ("d.md", "failed", "has front matter that is not YAML in line 3"),
        ("b.txt", "imported", ""),
        ("e.txt", "imported", ""),
    ]


def test_a_file_of_rows_without_any_is_not_passed_over_in_silence(folder, bring_in):
    assert bring_in(folder(a__json="[]", b__jsonl="\n\n", c__csv="title,text\n")) == [
        ("a.json", "failed", "holds no story"),
        ("b.jsonl", "failed", "holds no story"),
        ("c.csv", "failed", "holds no story"),
    ]


def test_a_story_that_the_database_refuses_fails_alone_and_leaves_no_bytes(folder, bring_in):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE archive_article ADD CONSTRAINT no_house CHECK (headline NOT LIKE 'House%')")
    path = folder(a__txt=STORY, b__txt=OTHER)
    [kept, refused] = bring_in(path)
    assert kept == ("a.txt", "imported", "")
    assert refused[:2] == ("b.txt", "failed")
    assert "no_house" in refused[2]
    assert stored() == [hashlib.sha256(STORY.encode()).hexdigest()]
    assert Original.objects.count() == 1


def test_a_part_that_is_too_long_is_named(folder, bring_in):
    path = folder(a__md=f"---\nbyline: {'x' * 301}\n---\n{STORY}")
    assert bring_in(path) == [("a.md", "failed", "has a byline longer than 300 characters")]


def test_a_headline_that_is_too_long_is_cut_and_marked(folder, bring_in):
    bring_in(folder(a__md=f"---\nheadline: {'word ' * 100}\n---\n{STORY}"))
    article = Article.objects.get()
    assert article.headline == "word " * 78 + "word…"
    assert Doubt.HEADLINE in article.doubts


def test_bytes_that_a_killed_run_left_half_written_are_replaced(folder, bring_in):
    sha256 = hashlib.sha256(STORY.encode()).hexdigest()
    place = Path(originals_storage().location) / sha256[:2] / sha256
    place.parent.mkdir(parents=True)
    place.write_bytes(STORY.encode()[:7])
    bring_in(folder(a__txt=STORY))
    assert place.read_bytes() == STORY.encode()
    assert stored() == [sha256]


def test_stories_of_one_headline_get_addresses_of_their_own(folder, bring_in):
    report = "Daily report\n\nNothing new on day {}.\n\nThe end."
    files = {f"f{number:02}__txt": report.format(number) for number in range(25)}
    bring_in(folder(**files), published=read_date("2017"))
    slugs = set(Article.objects.values_list("slug", flat=True))
    assert slugs == {"daily-report", *(f"daily-report-{number}" for number in range(2, 26))}


def test_an_import_of_many_takes_the_queries_of_its_batches(folder, bring_in, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(pipeline, "STORIES_A_BATCH", 3)
    files = {f"f{number}__txt": STORY.replace("spring", f"spring {number}") for number in range(6)}
    path = folder(**files)
    bring_in(folder(first__txt=OTHER) / "first.txt")
    with django_assert_num_queries(6 + 2 * 17 + 4):  # one a file, to know it again; the rest a batch, and the record
        bring_in(*(path / name.replace("__", ".") for name in files))


def test_topics_that_the_file_names_are_proposed_and_not_filed(folder, bring_in):
    venus = TopicFactory(name="Venus")
    bring_in(folder(a__md=f"---\ntags: [venus, Unheard of]\n---\n{STORY}"))
    article = Article.objects.get()
    assert [(one.topic, one.confidence, one.why) for one in article.suggestions.topics()] == [
        (venus, 0.9, ["“venus” given by the file"])
    ]
    assert not article.taggings.exists()


def test_what_is_sure_enough_for_the_archivist_is_filed_as_it_comes_in_and_marked(folder, bring_in):
    venus, waiting = TopicFactory(name="Venus"), SuggestionFactory(confidence=1)
    Edition.objects.update_or_create(pk=1, defaults={"file_from": 0.9})
    bring_in(folder(a__md=f"---\ntags: [venus]\n---\n{STORY}"))
    tagging = Tagging.objects.get()
    assert (tagging.topic, tagging.tagged_by, tagging.suggestion.answer) == (venus, None, Answer.AUTOMATIC)
    waiting.refresh_from_db()
    assert waiting.answer == Answer.PENDING  # of a story that this import did not bring in


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Ada Brandvold", ["Ada Brandvold"]),
        ("Ines Halvorsen and ada brandvold", ["Ines Halvorsen", "Ada Brandvold"]),
        ("Ada Brandvold and Somebody Else", []),
        ("", []),
    ],
)
def test_authors_whom_the_archive_knows_are_linked(folder, bring_in, byline, authors):
    PersonFactory(name="Ada Brandvold")
    PersonFactory(name="Ines Halvorsen")
    bring_in(folder(a__md=f"---\nbyline: {byline}\n---\n{STORY}"))
    assert [author.name for author in Article.objects.get().authors.order_by("authorships__position")] == authors


def test_a_reader_that_breaks_is_a_failure_of_its_file(folder, bring_in, monkeypatch):
    def breaks(*args, **kwargs):
        raise RuntimeError("inside the parser\nwith details")

    monkeypatch.setattr("archive.ingest.readers.markdown.yaml.load", breaks)
    path = folder(a__md="---\na: b\n---\nx", b__txt=STORY)
    assert bring_in(path) == [
        ("a.md", "failed", "was refused: RuntimeError: inside the parser"),
        ("b.txt", "imported", ""),
    ]
