"""A corpus damaged in every way there is: no traceback, no partial article, no file that nobody speaks of."""

import io
import json
import random
import zipfile
from pathlib import Path

import pytest

from archive.ingest.arrivals import arrivals
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import
from archive.models import Article, Batch, Failure, Original
from archive.models.original import originals_storage

pytestmark = pytest.mark.django_db

STORY = (
    "Senate backs station\n\nVIENNA — The café was full. “We’ll go,” said Ines Halvorsen.\n\nThe House is to follow. {}"
)


def whole_files(number):
    """One file of each format, with a story of this number."""
    text = STORY.format(number)
    record = {"title": f"Story {number}", "text": text, "published": "2017-01-31"}
    html = (
        f"<!doctype html><html><head><title>S {number}</title></head><body><article><p>{text * 3}</p></article></body>"
    )
    item = f"<item><title>S {number}</title><description>{text}</description></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", text + "zip")
        archive.writestr("rows.jsonl", json.dumps(record | {"text": text + "row"}))
    return {
        "txt": text.encode(),
        "md": f"---\ntitle: S {number}\ndate: 2017-01-31\n---\n{text}md".encode(),
        "jsonl": (json.dumps(record) + "\n" + json.dumps(record | {"text": text + "2"})).encode(),
        "json": json.dumps([record | {"text": text + "3"}]).encode(),
        "csv": f'title,text\nS {number},"{text}4"\n'.encode(),
        "html": html.encode(),
        "xml": feed.encode(),
        "zip": packed.getvalue(),
        "pdf": b"%PDF-1.4\n" + text.encode(),
    }


def damaged(data, chance):
    """The bytes cut short, with bits flipped, in another encoding, or with pieces of another kind between."""
    match chance.randrange(5):
        case 0:
            return data[: chance.randrange(len(data))]
        case 1:
            flipped = bytearray(data)
            for _ in range(chance.randrange(1, 20)):
                flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            return bytes(flipped)
        case 2:
            return data.decode(errors="replace").encode(chance.choice(["utf-16", "cp1252", "utf-32"]), "replace")
        case 3:
            place = chance.randrange(len(data))
            return data[:place] + chance.randbytes(chance.randrange(1, 300)) + data[place:]
        case _:
            return data * 2


def test_every_file_of_a_damaged_corpus_is_accounted_for(tmp_path):
    chance = random.Random(20171031)  # noqa: S311 (the same damage at every run)
    for number in range(20):
        for suffix, data in whole_files(number).items():
            (tmp_path / f"{number:03}.{suffix}").write_bytes(damaged(data, chance))
    results = list(Import(Told()).run(arrivals([tmp_path])))

    spoken_of = {Path(result.origin).relative_to(tmp_path).parts[0] for result in results}
    assert spoken_of == {path.name for path in tmp_path.iterdir()}
    batch = Batch.objects.get()
    counts = [sum(result.outcome == outcome for result in results) for outcome in ("imported", "skipped", "failed")]
    assert [batch.imported, batch.skipped, batch.failed] == counts
    assert Article.objects.count() == counts[0]
    assert Failure.objects.count() == counts[2]
    assert min(counts[0], counts[2]) > 10
    assert not Article.objects.filter(body="", standfirst="").exclude(publisher_url__gt="").exists()
    assert not [one.reason for one in results if one.reason.startswith("was refused")]
    kept = {path.name for path in Path(originals_storage().location).rglob("*") if path.is_file()}
    assert kept == set(Original.objects.values_list("sha256", flat=True))
