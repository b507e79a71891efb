"""Notes to a colleague: who may write, answer, settle and take them back; and how they keep to their words."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from archive.editing.anchoring import change_body
from archive.editing.bringing_back import bring_back, deletions_of
from archive.editing.notes import (
    LONGEST,
    NoteError,
    answer_note,
    colleagues,
    open_again,
    settle_note,
    take_back_note,
    write_note,
)
from archive.models import Article, Note, NoteAnswer
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db

BODY = "“We will go when we are ready,” she said.\n\nThe talks go on in spring. The talks are long."


@pytest.fixture
def article():
    return ArticleFactory(body=BODY)


@pytest.fixture
def note(article, editor, contributor):
    return write_note(article, "Which spring?", by=editor, to=contributor, words="in spring")


def waits_for(*users):
    return [user.username for user in users if Note.objects.waiting_for(user).exists()]


def test_a_note_stands_on_words_at_their_place(article, editor):
    start = BODY.rindex("The talks")
    second = write_note(article, "Which?", by=editor, words="The talks", span=[start, start + 9])
    assert (second.words, second.start, second.end) == ("The talks", start, start + 9)


def test_words_that_moved_since_the_page_showed_them_are_found_where_they_stand_now(article, editor):
    note = write_note(article, "Which?", by=editor, words="in spring", span=[3, 12])
    assert BODY[note.start : note.end] == "in spring"


def test_words_over_two_paragraphs_are_taken_as_the_browser_gives_them(article, editor):
    start, end = BODY.index("she said"), BODY.index(" go on in")
    note = write_note(article, "Why?", by=editor, words="she said.\nThe talks", span=[start, end])
    assert note.words == "she said.\n\nThe talks"


@pytest.mark.parametrize(
    ("words", "span", "told"),
    [
        ("never said", None, "do not stand in the text exactly once"),
        ("The talks", None, "do not stand in the text exactly once"),
        ("gone", [2, 6], "do not stand in the text exactly once"),
        ("", [2, 6], "do not stand in the text exactly once"),
        ("x", [5, 10**9], "do not stand in the text exactly once"),
    ],
)
def test_a_note_on_words_that_are_not_there_is_refused(article, editor, words, span, told):
    with pytest.raises(NoteError, match=told):
        write_note(article, "Which?", by=editor, words=words, span=span)
    assert not Note.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_a_note_without_anything_to_read_is_refused(article, editor, note, text):
    with pytest.raises(NoteError, match="Write what the note is to say"):
        write_note(article, text, by=editor)
    with pytest.raises(NoteError, match="Write what the note is to say"):
        answer_note(note, text, by=editor)


def test_a_note_has_an_end(article, editor):
    with pytest.raises(NoteError, match="at most 4,000 characters; this has 4,001"):
        write_note(article, "x" * (LONGEST + 1), by=editor)


@pytest.mark.parametrize("account", [{}, {"is_staff": False, "is_superuser": True}, {"is_active": False}])
def test_a_note_to_a_colleague_who_may_not_look_at_stories_is_refused(article, editor, account):
    stranger = UserFactory(username="stranger", **account)
    with pytest.raises(NoteError, match="stranger may not look at stories here"):
        write_note(article, "Which?", by=editor, to=stranger)


def test_it_can_be_for_everyone_with_a_role_and_for_administrators(editor, contributor):
    boss = UserFactory(username="boss", is_superuser=True)
    UserFactory(username="nobody")
    assert list(colleagues()) == [boss, contributor, editor]


def test_who_may_write_a_note(article, contributor, editor, archivist):
    withdrawn = ArticleFactory(withdrawn=True)
    wrote = []
    for user in (UserFactory(username="viewer"), contributor, editor, archivist):
        for name, story in (("draft", article), ("withdrawn", withdrawn)):
            try:
                write_note(story, "Which?", by=user)
            except PermissionDenied:
                continue
            wrote.append((user.username, name))
    assert wrote == [("editor", "draft"), ("archivist", "draft"), ("archivist", "withdrawn")]


def test_whom_it_is_for_may_answer_and_settle_though_they_do_not_review(article, note, contributor, editor):
    answer_note(note, "The next.", by=contributor)
    assert settle_note(note, by=contributor) is True
    other = UserFactory(username="bystander")
    other.groups.set(contributor.groups.all())
    for deed in (lambda: answer_note(note, "Me too.", by=other), lambda: open_again(note, by=other)):
        with pytest.raises(PermissionDenied):
            deed()
    for_everyone = write_note(article, "Who knows?", by=editor)
    with pytest.raises(PermissionDenied):
        answer_note(for_everyone, "Me.", by=other)
    Article.objects.update(assigned_to=other)
    assert answer_note(for_everyone, "Me.", by=other).text == "Me."


def test_it_stands_on_the_desk_of_whose_turn_it_is(note, editor, contributor, archivist):
    everybody = (editor, contributor, archivist)
    assert waits_for(*everybody) == ["contributor"]
    answer_note(note, "The next.", by=contributor)
    assert waits_for(*everybody) == ["editor"]
    answer_note(note, "Of which year?", by=editor)
    assert waits_for(*everybody) == ["contributor"]
    answer_note(note, "2018, I think.", by=archivist)
    assert waits_for(*everybody) == ["editor"]
    settle_note(note, by=editor)
    assert waits_for(*everybody) == []
    open_again(note, by=archivist)
    assert waits_for(*everybody) == ["editor"]


def test_what_is_for_everyone_stands_on_the_desk_of_whom_the_story_is_assigned_to(article, editor, contributor):
    write_note(article, "Who knows?", by=editor)
    assert waits_for(editor, contributor) == []
    Article.objects.update(assigned_to=contributor)
    assert waits_for(editor, contributor) == ["contributor"]
    Article.objects.update(assigned_to=editor)  # who wrote it
    assert waits_for(editor, contributor) == []


def test_it_is_settled_once_and_not_answered_then(note, editor, archivist):
    assert [settle_note(note, by=user) for user in (editor, archivist)] == [True, False]
    note.refresh_from_db()
    assert note.settled_by == editor
    with pytest.raises(NoteError, match="editor settled this note meanwhile"):
        answer_note(note, "Too late.", by=archivist)


def test_ones_own_last_word_is_taken_back(note, editor, contributor):
    answer_note(note, "The next.", by=contributor)
    with pytest.raises(NoteError, match="Only your own last word"):
        take_back_note(note, by=editor)
    take_back_note(note, by=contributor)
    assert (NoteAnswer.objects.count(), waits_for(editor, contributor)) == (0, ["contributor"])
    with pytest.raises(NoteError, match="Only your own last word"):
        take_back_note(note, by=contributor)
    take_back_note(note, by=editor)
    assert not Note.objects.exists()
    with pytest.raises(NoteError, match="taken back meanwhile"):
        answer_note(note, "The next.", by=contributor)


def test_a_note_keeps_to_its_words_and_says_when_they_are_gone(article, note, editor):
    change_body(article, f"Before.\n\n{BODY}", by=editor)
    note.refresh_from_db()
    assert article.body[note.start : note.end] == "in spring"
    change_body(article, "Nothing is left.", by=editor)
    note.refresh_from_db()
    assert (note.is_gone, note.words) == (True, "in spring")
    change_body(article, BODY, by=editor)
    note.refresh_from_db()
    assert (note.is_gone, article.body[note.start : note.end]) == (False, "in spring")


def test_a_note_outlives_the_accounts_of_whoever_wrote_it_and_whom_it_is_for(note, editor, contributor):
    answer_note(note, "The next.", by=contributor)
    User.objects.filter(pk__in=[editor.pk, contributor.pk]).delete()
    note.refresh_from_db()
    assert (note.text, note.made_by, note.to, note.awaits) == ("Which spring?", None, None, None)
    assert [answer.text for answer in note.answers.all()] == ["The next."]


def test_notes_go_with_their_story_and_come_back_with_it(article, note, contributor, archivist):
    answer_note(note, "The next.", by=contributor)
    article.delete()
    assert not Note.objects.exists()
    [deletion] = deletions_of(Article)
    bring_back(deletion.entry, by=archivist)
    back = Note.objects.get(pk=note.pk)
    assert (back.text, back.words, [answer.text for answer in back.answers.all()]) == (
        "Which spring?", "in spring", ["The next."],
    )  # fmt: skip
