"""manage.py import_articles: what it prints, what it leaves, how it ends."""

import io
import json
import os

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from archive.ingest.fields import NAMES
from archive.models import Article, Source
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db

STORY = "Senate backs station\n\nVIENNA — The Senate voted.\n\nThe House takes it up in spring."


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command("import_articles", *map(str, args), stdout=out, stderr=err)
    except SystemExit as stop:
        status = stop.code
    return status, out.getvalue(), err.getvalue()


def test_the_summary_counts_every_outcome(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY + "\n")
    (tmp_path / "c.txt").write_text("")
    status, out, _ = run(tmp_path)
    assert (status, out.splitlines()[-1]) == (1, "1 imported, 1 skipped, 1 failed")
    assert f"{tmp_path}/c.txt: is empty\n" in capsys.readouterr().err


def test_without_failures_it_ends_well_and_can_be_run_again(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    assert run(tmp_path)[0] == 0
    assert run(tmp_path)[:2] == (0, "0 imported, 1 skipped, 0 failed\n")


def test_json_is_one_object_with_counts_and_a_row_for_each(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text("")
    status, out, _ = run(tmp_path, "--json")
    assert status == 1
    nothing = {"doubts": [], "resembles": None, "likeness": None}
    assert json.loads(out) == {
        "rows": [
            {
                "file": f"{tmp_path}/b.txt",
                "row": None,
                "outcome": "failed",
                "article": None,
                "reason": "is empty",
                **nothing,
            },
            {
                "file": f"{tmp_path}/a.txt",
                "row": None,
                "outcome": "imported",
                "article": Article.objects.get().pk,
                "reason": None,
                **nothing,
                "doubts": ["date", "source"],
            },
        ],
        "counts": {"imported": 1, "skipped": 0, "failed": 1},
    }


def test_source_date_and_topics_are_taken_from_the_options(tmp_path):
    venus = TopicFactory(name="Venus")
    (tmp_path / "a.txt").write_text(STORY)
    _, _, err = run(tmp_path, "--source", "SpaceNews", "--published", "2017-01", "--topic", "venus")
    assert err == "New source “SpaceNews”: readers see an excerpt of its stories until an archivist says otherwise.\n"
    article = Article.objects.get()
    assert (article.source.name, article.year, article.precision) == ("SpaceNews", 2017, "month")
    assert [tagging.topic for tagging in article.taggings.all()] == [venus]


def test_a_source_is_found_by_its_name_or_slug(tmp_path):
    source = Source.objects.create(name="SpaceNews")
    (tmp_path / "a.txt").write_text(STORY)
    run(tmp_path, "--source", "spacenews")
    assert Article.objects.get().source == source


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--published", "Jan. 31"], "--published: “Jan. 31” does not say its year."),
        (["--published", ""], "--published: “” is not a date."),
        (["--topic", "Venus"], "--topic: There is no topic called “Venus”."),
        (["--source", "New", "--topic", "Venus"], "--topic: There is no topic called “Venus”."),
        (
            ["--source", "New", "--map", "headline"],
            f"--map: “headline=” is not one of {', '.join(NAMES)} = the name of a field.",
        ),
        (["--source", " \u200b\n"], "--source: the name is empty."),
        (["--source", "x" * 201], "--source: the name is longer than 200 characters."),
        ([""], "PATH: an empty path is neither a file nor a folder."),
    ],
)
def test_an_option_that_means_nothing_stops_it_before_anything_happens(tmp_path, options, message):
    (tmp_path / "a.txt").write_text(STORY)
    with pytest.raises(CommandError) as refusal:
        run(tmp_path, *options)
    assert str(refusal.value) == message
    assert not Article.objects.exists()
    assert not Source.objects.exists()


def test_no_source_is_made_where_nothing_can_come_in(tmp_path):
    assert run(tmp_path / "absent", "--source", "SpaceNews")[0] == 1
    assert not Source.objects.exists()


def test_the_name_of_a_source_stands_on_one_line(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    run(tmp_path, "--source", "Space\nNews ")
    assert Source.objects.get().name == "Space News"


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_file_whose_name_is_no_text_comes_in(tmp_path, options):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(STORY)
    assert run(tmp_path, *options)[:2] == (0, f"{'Dry run: ' if options else ''}1 imported, 0 skipped, 0 failed\n")


def test_each_failure_takes_one_line_whatever_its_name(tmp_path, capsys):
    (tmp_path / "two\nlines\x1b[1m.txt").write_text("")
    run(tmp_path)
    assert capsys.readouterr().err == f"{tmp_path}/two\\nlines\\x1b[1m.txt: is empty\n"


def test_a_database_that_is_gone_is_said_in_one_sentence(tmp_path):
    def gone(*args):
        raise OperationalError("the connection\nis closed")

    with connection.execute_wrapper(gone), pytest.raises(CommandError) as refusal:
        run(tmp_path / "absent")
    assert str(refusal.value) == r"The database cannot be reached: the connection\nis closed"


def test_a_dry_run_says_what_would_come_in_and_changes_nothing(tmp_path):
    (tmp_path / "a.md").write_text(f"---\nsource: The Dispatch\n---\n{STORY}")
    (tmp_path / "b.txt").write_text("")
    status, out, _ = run(tmp_path, "--dry-run", "--source", "SpaceNews")
    assert (status, out) == (1, "Dry run: 1 imported, 0 skipped, 1 failed\n")
    assert not Article.objects.exists()
    assert not Source.objects.exists()


def test_the_real_story_comes_in_with_its_parts_quotes_and_topics(shared_data):
    call_command("load_sample", stdout=io.StringIO())
    status, out, _ = run(
        shared_data / "stories" / "kislyak-2017.txt", "--source", "SpaceNews", "--published", "2017-01-31"
    )
    assert (status, out) == (0, "1 imported, 0 skipped, 0 failed\n")
    article = Article.objects.get(source__name="SpaceNews")
    assert (article.dateline, article.byline, article.broken_off) == ("WASHINGTON", "Jeff Foust", True)
    assert article.doubts == ["headline"]
    assert article.author_note.startswith("Jeff Foust writes about space policy")
    assert "Jeff Foust" not in article.body
    assert article.body.startswith("The Russian ambassador to the United States said Jan. 31")
    assert article.body.endswith("“That’s the model we need to strive for.”")
    quotes = [suggestion.proposal for suggestion in article.suggestions.quotes()]
    assert sorted(len(quote["spans"]) for quote in quotes) == [2, 2, 2, 2, 2]
    assert {(quote["name"], quote["role"]) for quote in quotes} == {
        ("Sergei Kislyak", "Russian ambassador to the United States")
    }
    topics = set(article.suggestions.topics().values_list("topic__name", flat=True))
    assert topics >= {"International Space Station", "Venus", "Sanctions"}


def test_the_real_releases_come_in_each_with_its_headline(shared_data):
    folder = shared_data / "nasa"
    status, out, _ = run(folder, "--source", "NASA")
    assert (status, out) == (0, "631 imported, 0 skipped, 0 failed\n")
    headlines = dict(Article.objects.values_list("original__filename", "headline"))
    assert headlines == {path.name: path.read_text().split("\n", 1)[0].strip() for path in folder.glob("*.md")}
    marked = set(Article.objects.filter(doubts__contains=["fragment"]).values_list("original__filename", flat=True))
    assert marked >= {"12.md", "119.md", "120.md", "431.md", "511.md", "537.md", "664.md", "962.md"}
    assert not marked & {"30.md", "101.md", "231.md", "788.md"}


def test_standard_input_is_read_as_the_file_it_would_be(monkeypatch):
    rows = '{"title": "A", "text": "x"}\n{"title": "B", "text": "y"}\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rows.encode())))
    assert run("-")[:2] == (0, "2 imported, 0 skipped, 0 failed\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"title,text\nC,z\n")))
    assert run("-", "--name", "rows.csv")[:2] == (0, "1 imported, 0 skipped, 0 failed\n")
    assert set(Article.objects.values_list("original__origin", flat=True)) == {"standard input"}


def test_an_address_that_cannot_be_fetched_is_a_failure_like_any_other(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(STORY)
    status, out, _ = run("http://127.0.0.1/story", tmp_path)
    assert (status, out) == (1, "1 imported, 0 skipped, 1 failed\n")
    assert "http://127.0.0.1/story: leads into a private network: 127.0.0.1\n" in capsys.readouterr().err
