"""Notes to a colleague: at the review desk, on their page beside the article's form, on the colleague's own desk."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from archive.editing.anchoring import change_body
from archive.editing.notes import answer_note, settle_note, take_back_note, write_note
from archive.editing.previewing import share_preview
from archive.editing.publication import publish_article
from archive.models import Note, NoteAnswer
from tests.admin.conftest import admin_url, told
from tests.admin.review.conftest import BODY
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db

ROLES = ["reader", "nobody", "contributor", "editor", "archivist"]


@pytest.fixture
def note(article, editor, contributor):
    return write_note(article, "Which spring?", by=editor, to=contributor, words="in spring")


def notes_of(response):
    return [shown.note for shown in response.context["notes"].open]


def test_a_note_is_written_on_words_and_linked_with_them_both_ways(desk, article, contributor):
    start = BODY.index("in spring")
    sent = {"verb": "write", "text": "Which spring?", "to": contributor.pk, "words": "in spring"}
    page = desk("note", fragment=True, **sent, spans=f"[[{start}, {start + 9}]]").content.decode()
    note = Note.objects.get()
    assert (note.start, note.to, note.made_by.username) == (start, contributor, "editor")
    assert f'<a class="note-mark" id="words-of-note-{note.pk}" href="#note-{note.pk}"' in page
    assert f'<mark class="is-note" data-keys="note-{note.pk}" data-start="{start}">in spring</mark>' in page
    assert f'id="note-{note.pk}"' in page
    assert f'<a href="#words-of-note-{note.pk}">in spring</a>' in page
    assert "Noted, for contributor." in page


def test_a_note_on_a_subheading_is_marked_in_it(desk, article, editor):
    change_body(article, f"{BODY}\n\n## What comes next\n\nNobody knows.", by=editor)
    note = write_note(article, "Or last?", by=editor, words="comes next")
    [heading] = re.findall("<h3>.*</h3>", desk().text)
    assert f'id="words-of-note-{note.pk}"' in heading
    assert f'data-keys="note-{note.pk}"' in heading


def test_a_note_is_answered_and_settled_and_opened_again_at_the_desk(desk, note):
    for sent, told_then in (
        ({"verb": "answer", "text": "The next."}, "Answered."),
        ({"verb": "settle", "text": "So it is."}, "The note is settled."),
        ({"verb": "settle", "text": ""}, "The note was settled before."),
        ({"verb": "open"}, "The note is open again."),
        ({"verb": "take_back"}, "Taken back."),
    ):
        assert desk("note", note=note.pk, fragment=True, **sent).context["told"] == told_then
    assert [answer.text for answer in note.answers.all()] == ["The next."]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"text": "Which?", "words": "never said"}, "do not stand in the text exactly once"),
        ({"text": "Which?", "spans": "[[1, 99999]]", "words": "gone since"}, "do not stand in the text exactly once"),
        ({"text": "Which?", "spans": "[[]]"}, "These are no spans"),
        ({"text": "  "}, "Write what the note is to say."),
        ({"text": "Which?", "to": "stranger"}, "This colleague may not look at stories here"),
        ({"text": "Which?", "to": "x"}, "This colleague may not look at stories here"),
        ({"text": "x" * 5000}, "A note has at most 4,000 characters"),
    ],
)
def test_a_note_that_is_refused_says_why_and_keeps_what_was_typed(desk, sent, error):
    stranger = UserFactory(username="stranger")
    if sent.get("to") == "stranger":
        sent = sent | {"to": stranger.pk}
    response = desk("note", verb="write", **sent)
    assert error in response.context["error"]
    page = response.content.decode()
    assert sent["text"].strip() in page
    assert sent.get("words", "") in page
    assert not Note.objects.exists()


def test_an_answer_that_is_refused_stays_in_its_field(desk, note, archivist):
    settle_note(note, by=archivist)
    response = desk("note", verb="answer", note=note.pk, text="Too late.")
    assert "archivist settled this note meanwhile" in response.context["error"]
    assert ">Too late.</textarea>" in response.content.decode()
    again = desk("note", verb="open", note=note.pk, text="Too late.", fragment=True)
    assert again.context["told"] == "The note is open again, and answered."
    assert [answer.text for answer in note.answers.all()] == ["Too late."]
    response = desk("note", verb="answer", note=note.pk, text="y" * 4001)
    assert "y" * 4001 in response.content.decode()


def test_an_answer_to_a_note_that_is_gone_stays_as_a_note_to_be_written(desk, note, editor):
    take_back_note(note, by=editor)
    response = desk("note", verb="answer", note=note.pk, text="The next.")
    assert response.context["error"] == "This note was taken back meanwhile."
    assert ">The next.</textarea>" in response.content.decode()


@pytest.mark.parametrize("named", ["", "0", "999999", "x", "9" * 30])
def test_a_note_that_is_not_there_is_told(desk, note, named):
    response = desk("note", verb="answer", note=named, text="The next.")
    assert response.context["error"]
    assert not NoteAnswer.objects.exists()


def test_a_note_of_another_story_is_not_answered_here(desk, editor):
    elsewhere = write_note(ArticleFactory(), "Which?", by=editor)
    assert "taken back meanwhile" in desk("note", verb="answer", note=elsewhere.pk, text="x").context["error"]


def test_words_that_are_gone_are_told(desk, article, note, editor):
    change_body(article, "Nothing is left.", by=editor)
    page = desk().content.decode()
    assert "These words are gone." in page
    assert "words-of-note" not in page


@pytest.mark.parametrize("verb", ["write", "answer", "settle"])
def test_who_may_do_what_with_notes_over_http(at, article, note, verb):
    done = []
    for role in ROLES:
        for url in (reverse("admin:review-note", args=[article.pk]), admin_url("article_notes", article.pk)):
            Note.objects.filter(pk=note.pk).update(settled_at=None, settled_by=None)
            before = (Note.objects.count(), NoteAnswer.objects.count())
            at(role).post(url, {"verb": verb, "note": note.pk, "text": "The next." if verb != "settle" else ""})
            note.refresh_from_db()
            if (Note.objects.count(), NoteAnswer.objects.count()) != before or note.settled_at:
                done.append((role, "desk" if "review" in url else "page"))
    # the note is for the contributor, who does not review
    theirs = [("contributor", "page")] if verb != "write" else []
    assert done == [*theirs, *((role, place) for role in ("editor", "archivist") for place in ("desk", "page"))]


@pytest.mark.parametrize(
    ("role", "status"), [("reader", 302), ("nobody", 403), ("contributor", 200), ("editor", 200), ("archivist", 200)]
)
def test_who_may_read_the_notes_of_a_story(at, article, note, role, status):
    response = at(role).get(admin_url("article_notes", article.pk))
    assert (response.status_code, b"Which spring?" in response.content) == (status, status == 200)


def test_the_page_beside_the_form_does_the_same_and_keeps_what_was_typed(at, article, note):
    url = admin_url("article_notes", article.pk)
    done = at("contributor").post(url, {"verb": "answer", "note": note.pk, "text": "The next."}, follow=True)
    assert told(done) == ["Answered."]
    assert "The next." in done.content.decode()
    assert b"Leave the note" not in done.content
    refused = at("editor").post(url, {"verb": "write", "text": "Typed at length.", "words": "not there"})
    assert refused.status_code == 200
    assert b"Typed at length." in refused.content


def test_the_form_of_the_article_shows_its_open_notes_and_marks_their_words(at, article, note):
    page = at("contributor").get(admin_url("article_change", article.pk)).content.decode()
    assert "Which spring?" in page
    assert f'id="words-of-note-{note.pk}"' in page
    assert f'href="{admin_url("article_notes", article.pk)}"' in page


def test_the_desk_shows_each_the_notes_that_wait_for_them(at, article, note, contributor):
    def on_desk(role):
        return re.findall(r'href="([^"]+)#note-\d+"', at(role).get("/admin/").content.decode())

    assert (on_desk("contributor"), on_desk("editor")) == ([admin_url("article_notes", article.pk)], [])
    answer_note(note, "The next.", by=contributor)
    assert (on_desk("contributor"), on_desk("editor")) == ([], [reverse("admin:review-story", args=[article.pk])])


def test_the_desk_leads_to_where_the_note_can_be_answered(at, editor):
    withdrawn = ArticleFactory(withdrawn=True)  # which an editor does not review
    note = write_note(withdrawn, "Were you asked?", by=None, to=editor)
    address = f"{admin_url('article_notes', withdrawn.pk)}#note-{note.pk}"
    assert f'href="{address}"' in at("editor").get("/admin/").content.decode()
    assert at("editor").get(address).status_code == 200


def test_the_desk_shows_so_many_notes_and_says_that_there_are_more(at, article, editor, archivist):
    for number in range(13):
        write_note(article, f"Number {number}.", by=archivist, to=editor)
    page = at("editor").get("/admin/").content.decode()
    assert page.count("Number ") == 12
    assert "Number 0." not in page
    assert "Older ones come up" in page


@pytest.mark.parametrize("place", ["desk", "notes", "review", "form"])
def test_each_page_asks_as_often_for_one_note_as_for_three(at, article, editor, place, django_assert_num_queries):
    client, archivist = at("editor"), UserFactory(is_superuser=True)
    url = {
        "desk": "/admin/",
        "notes": admin_url("article_notes", article.pk),
        "review": reverse("admin:review-story", args=[article.pk]),
        "form": admin_url("article_change", article.pk),
    }[place]
    for rows in (1, 2):
        for _ in range(rows):
            answer_note(write_note(article, "Which?", by=editor, words="spring"), "This.", by=archivist)
        client.get(url)  # which remembers the content types
        with django_assert_num_queries({"desk": 17, "notes": 8, "review": 15, "form": 18}[place]):
            client.get(url)


def test_no_reader_ever_sees_a_note(article, note, editor, contributor, publish_everywhere):
    answer_note(note, "Said among us.", by=contributor)
    for page in publish_everywhere(article):
        assert ("Which spring?" in page, "Said among us." in page) == (False, False)


@pytest.fixture
def publish_everywhere(editor):
    """The pages, feeds and previews where an article is shown to those without an account."""

    def pages(article):
        reader = Client()
        link = share_preview(article, by=None)
        yield reader.get(link.get_absolute_url()).content.decode()
        publish_article(article, by=None)
        article.refresh_from_db()
        for url in (article.get_absolute_url(), "/", "/feeds/articles.atom", "/feeds/articles.json"):
            response = reader.get(url)
            yield b"".join(response).decode()

    return pages
