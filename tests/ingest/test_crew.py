"""The crew finds in other processes exactly what is found in this one."""

import pytest

from archive.extraction import find_quotations
from archive.ingest import crew
from archive.ingest.crew import Crew

TEXTS = [f"“We will go,” said Ines Halvorsen, head of office {number}. “So be it.”" for number in range(4)]


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(crew, "WORTH_A_CREW", 3)
    monkeypatch.setattr(crew, "AT_A_TIME", 2)
    monkeypatch.setattr("os.sched_getaffinity", lambda pid: {0, 1})


def test_quotes_found_by_the_crew_are_those_found_here_text_by_text(few):
    crew = Crew()
    try:
        assert crew.search(TEXTS).found() == [find_quotations(text) for text in TEXTS]
    finally:
        crew.dismiss()


def test_a_few_texts_are_not_worth_a_crew(few):
    assert Crew().search(TEXTS[:2]) is None


def test_where_a_process_of_the_crew_dies_the_work_is_done_here(few):
    crew = Crew()
    try:
        crew.search(TEXTS).found()
        for process in crew._pool._processes.values():
            process.kill()
        search = crew.search(TEXTS)
        assert search is None or search.found() == [find_quotations(text) for text in TEXTS]
    finally:
        crew.dismiss()
