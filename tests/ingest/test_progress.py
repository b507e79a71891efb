"""How far an import has read, also within one file."""

import pytest

from archive.ingest import pipeline
from archive.ingest.arrivals import arrivals
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import
from archive.ingest.progress import Progress

LINES = [f'{{"title": "Story {number}", "text": "The House voted {number} times."}}\n' for number in range(6)]


@pytest.mark.django_db
def test_progress_tells_how_far_one_file_of_many_stories_is_read(folder, monkeypatch):
    monkeypatch.setattr(pipeline, "STORIES_A_BATCH", 2)
    path = folder(a__txt="A story of its own.", b__jsonl="".join(LINES))
    alone, of_many = len("A story of its own."), len("".join(LINES))
    progress = Progress()
    reached = [progress.read for _ in Import(Told(), dry_run=True).run(progress.watch(arrivals([path])))]
    assert reached == sorted(reached)
    assert alone < reached[0] < alone + of_many
    assert (len(reached), progress.read) == (7, alone + of_many)


def test_what_did_not_arrive_counts_nothing(tmp_path):
    progress = Progress()
    assert len(list(progress.watch(arrivals([tmp_path / "missing.txt"])))) == 1
    assert progress.read == 0
