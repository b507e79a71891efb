"""The crew reads in other processes exactly what is read in this one."""

import pytest

from archive.ingest import crew
from archive.ingest.crew import Crew
from archive.ingest.reading import read

TEXTS = [f"“We will go,” said Ines Halvorsen, head of office {number}. “So be it.”" for number in range(4)]


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(crew, "WORTH_A_CREW", 3)
    monkeypatch.setattr(crew, "AT_A_TIME", 2)
    monkeypatch.setattr("os.sched_getaffinity", lambda pid: {0, 1})


def test_what_the_crew_reads_is_what_is_read_here_text_by_text(few):
    crew = Crew()
    try:
        assert crew.peruse(TEXTS).readings() == {text: read(text) for text in TEXTS}
    finally:
        crew.dismiss()


def test_a_few_texts_are_not_worth_a_crew(few):
    assert Crew().peruse(TEXTS[:2]) is None


def test_where_a_process_of_the_crew_dies_the_work_is_done_here(few):
    crew = Crew()
    try:
        crew.peruse(TEXTS).readings()
        for process in crew._pool._processes.values():
            process.kill()
        perusal = crew.peruse(TEXTS)
        assert perusal is None or perusal.readings() == {text: read(text) for text in TEXTS}
    finally:
        crew.dismiss()
