"""Near copies found as they come in: linked to the story that was here before, and never dropped."""

import pytest
from django.db import connection

from archive.ingest import crew
from archive.ingest.arrivals import arrivals
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import
from archive.models import Article, Resemblance, TextMark
from tests.ingest.near_copies import DIFFERENT, MENDED, SHUFFLED, STORY, TRIMMED

pytestmark = pytest.mark.django_db


def as_file(headline, body):
    return f"---\nheadline: {headline}\nurl: https://{headline.lower()}.example/story\n---\n{body}"


def links():
    return {
        (one.article.headline, one.other.headline): round(one.likeness, 2)
        for one in Resemblance.objects.select_related("article", "other")
    }


@pytest.mark.parametrize(("copy", "likeness"), [(TRIMMED, 1.0), (MENDED, 0.86), (SHUFFLED, 0.89)])
def test_a_copy_from_another_address_comes_in_and_is_linked(folder, bring_in, copy, likeness):
    bring_in(folder(a__md=as_file("Ledger", STORY), b__md=as_file("Other", DIFFERENT)))
    assert [outcome for _, outcome, _ in bring_in(folder(c__md=as_file("Gazette", copy)) / "c.md")] == ["imported"]
    assert links() == {("Gazette", "Ledger"): likeness}


def test_copies_in_one_batch_are_linked_to_the_first_of_them(folder, bring_in):
    bring_in(folder(a__md=as_file("A", STORY), b__md=as_file("B", MENDED), c__md=as_file("C", TRIMMED)))
    assert links() == {("B", "A"): 0.86, ("C", "A"): 1.0}


def test_the_report_names_the_article_that_another_resembles(folder):
    path = folder(a__md=as_file("A", STORY), b__md=as_file("B", MENDED))
    first, second = Import(Told()).run(arrivals([path]))
    assert (first.as_json()["resembles"], first.as_json()["likeness"]) == (None, None)
    assert (second.as_json()["resembles"], second.as_json()["likeness"]) == (first.article, 0.856)
    assert second.remarks == f"resembles article {first.article} (86% of its words); to check: date, fragment, source"


def test_what_the_crew_read_gives_the_same_links(folder, bring_in, monkeypatch):
    monkeypatch.setattr(crew, "WORTH_A_CREW", 2)
    monkeypatch.setattr("os.sched_getaffinity", lambda pid: {0, 1})
    bring_in(folder(a__md=as_file("A", STORY), b__md=as_file("B", MENDED), c__md=as_file("C", DIFFERENT)))
    assert links() == {("B", "A"): 0.86}


def test_a_dry_run_and_an_undone_batch_leave_no_marks(folder, bring_in, archivist):
    path = folder(a__md=as_file("A", STORY), b__md=as_file("B", MENDED))
    list(Import(Told(), dry_run=True).run(arrivals([path])))
    assert not TextMark.objects.exists()
    bring_in(path)
    Article.objects.all().delete()
    assert (TextMark.objects.count(), Resemblance.objects.count()) == (0, 0)


def test_the_marks_of_a_story_are_looked_up_in_the_index(folder, bring_in):
    bring_in(folder(a__md=as_file("A", STORY)))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN SELECT article_id FROM archive_textmark WHERE mark = 1 AND article_id < 2 LIMIT 20")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using archive_textmark_pkey" in plan
