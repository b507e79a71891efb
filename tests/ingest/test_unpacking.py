"""Zip archives and gzip files: what is in them comes in, and what is made to do harm does not."""

import gzip
import io
import zipfile
from dataclasses import replace

import pytest

from archive.ingest import unpacking
from archive.ingest.arrivals import arrivals

pytestmark = pytest.mark.django_db

STORY = "Senate backs station\n\nThe Senate voted.\n\nThe House takes it up in spring."


def packed(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_the_files_in_an_archive_come_in_under_their_names(folder, bring_in):
    other = '{"title": "A", "text": "x"}\n{"title": "B", "text": "y"}\n'
    members = {"b.txt": STORY, "a/rows.jsonl": other, "a/.hidden": "x", "__MACOSX/b.txt": "x", "c.txt": ""}
    assert bring_in(folder(all__zip=packed(**members))) == [
        ("b.txt", "skipped", "is hidden"),
        (".hidden", "skipped", "is hidden"),
        ("c.txt", "failed", "is empty"),
        ("rows.jsonl", "imported", ""),
        ("rows.jsonl", "imported", ""),
        ("b.txt", "imported", ""),
    ]


@pytest.mark.parametrize(
    ("name", "members", "what"),
    [
        ("a.docx", {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}, "a Word file"),
        ("a.xlsx", {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}, "an Excel file"),
        ("a.pptx", {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}, "a PowerPoint file"),
        ("a.zip", {"[Content_Types].xml": "<Types/>"}, "an Office file"),
        (
            "a.odt",
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>"},
            "an OpenDocument file",
        ),
    ],
)
def test_the_document_of_an_office_is_refused_as_one_file(folder, bring_in, name, members, what):
    path = folder(**{name.replace(".", "__"): packed(**members)})
    assert bring_in(path) == [(name, "failed", f"is {what}, which is not read: save it as PDF or as text")]


def test_an_archive_with_a_file_called_mimetype_is_read(folder, bring_in):
    path = folder(a__zip=packed(mimetype="text", **{"story.txt": STORY}))
    assert ("story.txt", "imported", "") in bring_in(path)


def test_a_gzipped_file_comes_in_as_what_it_holds(folder, bring_in):
    assert bring_in(folder(**{"story__md.gz": gzip.compress(STORY.encode())})) == [("story.md.gz", "imported", "")]


def test_archives_in_archives_are_opened_to_a_depth(folder, bring_in):
    inner = packed(**{"story.txt": STORY})
    assert bring_in(folder(a__zip=packed(**{"inner.zip": inner}))) == [("story.txt", "imported", "")]
    deep = packed(**{"2.zip": packed(**{"1.zip": packed(**{"story.txt": STORY + "More."})})})
    assert bring_in(folder(b__zip=deep) / "b.zip") == [
        ("1.zip", "failed", "is an archive within an archive within an archive")
    ]


@pytest.mark.parametrize("name", ["../../etc/story.txt", "/etc/story.txt", "..\\story.txt"])
def test_a_path_that_leads_out_is_refused(folder, bring_in, name):
    assert bring_in(folder(a__zip=packed(**{name: STORY}))) == [
        ("story.txt", "failed", "has a path that leads out of its archive")
    ]


def test_a_bomb_is_refused_before_it_is_unpacked(folder, bring_in, monkeypatch):
    bomb = packed(**{"bomb.txt": b"\0" * 5_000_000, "story.txt": STORY})
    reason = "unpacks to more than 200 times its size"
    assert bring_in(folder(a__zip=bomb)) == [("bomb.txt", "failed", reason), ("story.txt", "imported", "")]
    monkeypatch.setattr(unpacking, "LARGEST_IN_ALL", 1000)
    assert bring_in(folder() / "a.zip") == [("a.zip", "failed", "unpacks to 4.8\xa0MB, and may to 1000\xa0bytes")]
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 1)
    assert bring_in(folder() / "a.zip") == [("a.zip", "failed", "holds 2 files, and may hold 1")]


def test_a_gzip_bomb_is_refused(folder, bring_in, settings):
    settings.IMPORT_MAX_BYTES = 1000
    assert bring_in(folder(**{"a__txt.gz": gzip.compress(b"x" * 5000)})) == [
        ("a.txt.gz", "failed", "unpacks to more than 1000\xa0bytes")
    ]


def test_damaged_archives_are_named_and_the_rest_comes_in(folder, bring_in):
    whole = packed(**{"story.txt": STORY})
    broken = bytearray(whole)
    broken[40:44] = b"\xff\xff\xff\xff"
    path = folder(a__zip=whole[:60], b__zip=bytes(broken), c__gz=gzip.compress(b"x" * 99)[:20], d__txt=STORY)
    results = bring_in(path)
    assert [(name, outcome) for name, outcome, _ in results] == [
        ("a.zip", "failed"),
        ("story.txt", "failed"),
        ("c.gz", "failed"),
        ("d.txt", "imported"),
    ]
    assert [reason.split(":")[0] for _, _, reason in results[:3]] == [
        "is a damaged zip archive",
        "is damaged",
        "is a damaged gzip file",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_an_archive_is_opened_for_its_directory_once_however_many_files_it_holds(folder, number):
    path = folder(a__zip=packed(**{f"{one}.txt": STORY for one in range(number)})) / "a.zip"
    [arrival] = arrivals([path])
    opened = []

    def counted():
        opened.append(1)
        return path.open("rb")

    members = list(unpacking.unpacked(replace(arrival, open=counted), depth=1))
    assert [(one.head(), one.bytes()) for one in members] == [(STORY.encode(), STORY.encode())] * number
    assert len(opened) == 2  # to see that it is a zip archive, and to read it
