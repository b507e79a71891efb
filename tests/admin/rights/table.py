"""How each line of the table in `docs/roles.md` is tried: which addresses are asked, with what, and for which rows."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType

from archive.admin.review_forms import as_seen
from archive.editing.deeds import recorded
from archive.editing.review import decline_suggestion
from archive.models import (
    Article,
    Note,
    NoteAnswer,
    PreviewLink,
    Quote,
    Suggestion,
    SuggestionKind,
    Tagging,
    Topic,
)
from tests.admin.rights.rows import (
    account,
    batch,
    copy_of,
    draft,
    failure,
    filed,
    filed_quote,
    group,
    in_review,
    its_article,
    its_topic,
    merged_topic_change,
    new_topic,
    note_on,
    original,
    published,
    quote_of,
    topic_of_a_story,
    vocabulary_sent,
    with_proposal,
    with_quote,
    withdrawn,
)
from tests.admin.rights.trying import (
    Look,
    Send,
    Tries,
    bringing_back,
    deletion,
    file_of,
    form_of,
    in_the_list,
    no_forms,
    putting_back,
    record,
    view_kept,
)
from tests.factories import (
    JobFactory,
    PersonFactory,
    SourceFactory,
    SuggestionFactory,
    TaggingFactory,
    TopicFactory,
    UserFactory,
)

# The review desk, with a story where it stands


def at_the_desk(story: Callable[[], Article]) -> dict[str, Tries]:
    def number(row: Any) -> list[Any]:
        return [row.article_id, row.pk]

    def proposal() -> Suggestion:
        return SuggestionFactory(article=story())

    def proposed_quote() -> Suggestion:
        article = story()
        words = {"spans": [[1, 30]], "words": article.body[1:30], "mention": "she", "name": "Ines Halvorsen"}
        return SuggestionFactory(article=article, kind=SuggestionKind.QUOTE, topic=None, key="quote", proposal=words)

    def deed() -> Any:
        one = proposal()
        with recorded(one.article, by=UserFactory()) as kept:
            decline_suggestion(one, by=None)
            kept.said = "Declined."
        return kept

    def quote_sent(verb: str, **more: Any) -> Callable[[Quote], dict[str, Any]]:
        return lambda quote: {"verb": verb, "seen": as_seen(quote), **more}

    answer, quote = "admin:review-answer", "admin:review-quote"
    return {
        "look at it": [Look("admin:review-story", story)],
        "answer a proposal": [
            *(Send(answer, proposal, lambda _, verb=verb: {"verb": verb}, number) for verb in ("accept", "decline")),
            *(
                Send(answer, proposed_quote, lambda _, more=more: more, number)
                for more in ({"verb": "accept", "role": "envoy"}, {"verb": "split", "at": "12"}, {"verb": "decline"})
            ),
        ],
        "accept the rest of the proposals": [
            Send("admin:review-rest", proposal, lambda one: {"ids": one.pk}, its_article)
        ],
        "mark a quote": [Send("admin:review-mark", story, lambda _: {"words": "The talks go on", "name": "A B"})],
        "correct or remove a quote": [
            Send(quote, quote_of(story), quote_sent("correct", role="envoy"), number),
            Send(quote, quote_of(story), quote_sent("split", at="12"), number),
            Send(quote, quote_of(story), quote_sent("remove"), number),
        ],
        "file the story or a quote": [
            Send("admin:review-file", story, lambda _: {"topic": TopicFactory().name}),
            Send("admin:review-file", filed(story), lambda article: {"take_out": its_topic(article)}),
            Send(
                "admin:review-file",
                quote_of(story),
                lambda one: {"topic": TopicFactory().name, "quote": one.pk},
                its_article,
            ),
        ],
        "write a note to a colleague, settle one": [
            Send("admin:review-note", story, lambda _: {"verb": "write", "text": "Which spring?"}),
            Send("admin:review-note", note_on(story), lambda note: {"verb": "settle", "note": note.pk}, its_article),
        ],
        "mend its date and source": [
            Send(
                "admin:review-provenance",
                story,
                lambda one: {"published_at": "1987-05", "precision": "month", "source": one.source.name},
            ),
        ],
        "take back what was done": [Send("admin:review-undo", deed, takes=number)],
        "publish the story": [Send("admin:review-publish", story)],
    }


def noting(article: Callable[[], Article]) -> dict[str, Tries]:
    """Notes on an article that stands there, on their page beside its form."""
    page = "admin:archive_article_notes"

    def to_oneself(note: Note, user: Any) -> dict[str, Any]:
        mine = note_on(lambda: note.article, to=user if user.is_authenticated else None)()
        return {"verb": "answer", "note": mine.pk, "text": "The next."}

    return {
        "look at those on a story": [Look(page, article)],
        "write it": [Send(page, article, lambda _: {"verb": "write", "text": "Which spring?"})],
        "answer or settle one that is to somebody else": [
            Send(page, note_on(article), lambda note, sent=sent: {"note": note.pk, **sent}, its_article)
            for sent in ({"verb": "answer", "text": "The next."}, {"verb": "settle"})
        ],
        "answer one that is to oneself": [
            Send(page, note_on(article), takes=its_article, sent_by=to_oneself, changes=NoteAnswer)
        ],
    }


def changing(article: Callable[[], Article]) -> dict[str, Tries]:
    """What changes an article that stands there, and what hangs on it."""
    change = "admin:archive_article_change"
    return {
        "change it": form_of("article", article, standfirst="Changed."),
        "put a former version back": putting_back("article", article, "standfirst"),
        "say that a near copy is another story": [
            Send("admin:archive_article_apart", copy_of(article), takes=lambda one: [one.article_id, one.pk])
        ],
        "file it, in the list": in_the_list("article", "file_under_topic", article, Tagging, topics=new_topic),
        "take it out of topics, in the list": in_the_list(
            "article", "take_out_of_topic", filed(article), Tagging, topics=its_topic
        ),
        "withdraw it": [Send("admin:archive_article_withdraw", article, lambda _: {"reason": "Wrong figures."})],
        "withdraw it, in the list": in_the_list("article", "withdraw", article, reason="Wrong figures."),
        "publish it again": [Send(change, article, lambda _: {"_publish": "x"}, form=True)],
        "delete it": deletion("article", article),
    }


def quoting(article: Callable[[], Article]) -> dict[str, Tries]:
    """What is done to a quote of an article that stands there."""
    quote = quote_of(article)
    return {
        "add it by its words": [
            Send(
                "admin:archive_quote_add",
                article,
                lambda one: {"article": one.pk, "said": "The talks go on in spring", "role": "", "speaker_mention": ""},
                takes=lambda _: [],
                changes=Quote,  # an article that is not theirs is an error by its field
                page=article is draft,
            )
        ],
        "change it": form_of("quote", quote, role="envoy"),
        "put a former version back": putting_back("quote", quote, "role"),
        "file it, in the list": in_the_list("quote", "file_under_topic", quote, Tagging, topics=new_topic),
        "give it another speaker, in the list": in_the_list(
            "quote", "reassign", quote, Quote, speaker=lambda _: PersonFactory().pk
        ),
        "delete it": deletion("quote", quote),
        "bring it back once deleted": bringing_back("quote", quote),
    }


def named(name: str, make: Callable[[], Any], changed: str, /, **new: Any) -> dict[str, Tries]:
    """What is done to a person, a source, a topic: the deeds that the three have in common."""
    return {
        "look at the list, one, its history": record(name, make),
        "take the list away as a file": file_of(name),
        "keep a view of the list": view_kept(name),
        "add it": [Send(f"admin:archive_{name}_add", sent=lambda _: new, form=True)],
        "change it": form_of(name, make, **{changed: "Changed."}),
        "put a former version back": putting_back(name, make, changed),
        "delete it": deletion(name, make),
        "delete all that is chosen in the list": in_the_list(name, "delete_selected", make),
        "bring it back once deleted": bringing_back(name, make),
    }


def joinable(name: str, make: Callable[[], Any], changed: str, /, **new: Any) -> dict[str, Tries]:
    """A person or a source, which can be joined with another."""
    return named(name, make, changed, **new) | {
        "look at what was deleted, and at names much alike": [
            Look(f"admin:archive_{name}_deleted"),
            Look(f"admin:archive_{name}_lookalikes"),
        ],
        "join it with another": [
            Send(f"admin:archive_{name}_join", make, lambda _: {"into": make().pk, "step": "confirm"})
        ],
    }


def deed_on_a_topic(name: str, make: Callable[[], Any] = TopicFactory, /, **given: Any) -> Tries:
    def sent(row: Any) -> dict[str, Any]:
        return {"step": "confirm"} | {key: value(row) if callable(value) else value for key, value in given.items()}

    return [Send(f"admin:archive_topic_{name}", make, sent)]


PASSWORD = {"usable_password": "true", "password1": "orbit-on-record-7", "password2": "orbit-on-record-7"}

TRIES: dict[str, dict[str, Tries]] = {
    "desk": {
        "look at it": [
            Look("admin:index"),
            Look("admin:app_list", takes=lambda _: ["archive"]),
            Look("admin:jsi18n"),
            Look("admin:view_on_site", TopicFactory, lambda row: [ContentType.objects.get_for_model(Topic).pk, row.pk]),
        ],
        "search everything (each finds what they may look at)": [Look("admin:search", asked={"q": "venus"})],
    },
    "own account": {"change the password": [Look("admin:password_change"), Look("admin:password_change_done")]},
    "article": {
        "look at the list, one, its history": record("article", draft),
        "take the list away as a file": file_of("article"),
        "keep a view of the list": view_kept("article"),
        "write one": [
            Send("admin:archive_article_add", sent=lambda _: {"headline": "New", "body": "New."}, form=True),
        ],
        "look at what was deleted": [Look("admin:archive_article_deleted")],
        "delete all that is chosen in the list": in_the_list("article", "delete_selected", draft),
    },
    "article, not published yet": changing(draft)
    | {
        "see it on the readers' page": [Look("article-preview", draft)],
        "see it by its private link": [
            Look("preview", lambda: PreviewLink.objects.create(article=draft()), lambda link: [link.token])
        ],
        "make or revoke a private link": [
            Send("admin:archive_article_share", draft),
            Send(
                "admin:archive_article_share",
                lambda: PreviewLink.objects.create(article=draft()),
                lambda link: {"revoke": link.pk},
                its_article,
            ),
        ],
        "assign it": [
            Send(
                "admin:archive_article_change",
                draft,
                lambda _: {"assigned_to": account().pk},
                form=True,
            )
        ],
        "answer proposals in its form": [
            Send(
                "admin:archive_article_change",
                with_proposal,
                lambda _: {"suggestions-0-decision": "accept"},
                form=True,
                changes=Suggestion,
            )
        ],
        "correct the speaker of a quote in its form": [
            Send(
                "admin:archive_article_change",
                with_quote,
                lambda _: {"quotes-0-speaker": PersonFactory().pk},
                form=True,
                changes=Quote,
            )
        ],
        "submit for review": [
            Send("admin:archive_article_change", draft, lambda _: {"_submit": "x"}, form=True),
        ],
        "submit for review, in the list": in_the_list("article", "submit_for_review", draft),
        "return it to draft": [
            Send("admin:archive_article_change", in_review, lambda _: {"_return": "x"}, form=True),
        ],
        "publish it": [
            Send("admin:archive_article_change", article, lambda _: {"_publish": "x"}, form=True)
            for article in (draft, in_review)
        ],
        "publish it, in the list": in_the_list("article", "publish", in_review),
        "bring it back once deleted": bringing_back("article", draft),
    },
    "article, published": changing(published),
    "article, withdrawn": changing(withdrawn),
    "review desk": at_the_desk(in_review)
    | {
        "look at it": [
            Look("admin:review"),
            Look("admin:review-name", asked={"name": "Ines"}),
            Look("admin:review-story", in_review),
        ]
    },
    "review desk, withdrawn story": at_the_desk(withdrawn),
    "note to a colleague": noting(in_review),
    "note on a withdrawn article": noting(withdrawn),
    "proposal": {
        "look at the list, one, its history": record("suggestion", SuggestionFactory),
        "keep a view of the list": view_kept("suggestion"),
        "accept it, in the list": in_the_list("suggestion", "accept", SuggestionFactory),
        "decline it, in the list": in_the_list("suggestion", "decline", SuggestionFactory),
        "add, change or delete it by a form": no_forms("suggestion", SuggestionFactory),
    },
    "quote": quoting(draft)
    | {
        "look at the list, one, its history": record("quote", quote_of(draft)),
        "take the list away as a file": file_of("quote"),
        "keep a view of the list": view_kept("quote"),
        "look at what was deleted": [Look("admin:archive_quote_deleted")],
        "take it out of topics, in the list": in_the_list("quote", "take_out_of_topic", filed_quote, topics=its_topic),
        "delete all that is chosen in the list": in_the_list("quote", "delete_selected", quote_of(draft)),
    },
    "quote of a published article": quoting(published),
    "quote of a withdrawn article": quoting(withdrawn),
    "topic": named("topic", TopicFactory, "scope_note", name="Venus", slug="", scope_note="")
    | {
        "look at the list, one, its history": [
            *record("topic", TopicFactory),
            Look(
                "admin:autocomplete",
                asked={"app_label": "archive", "model_name": "tagging", "field_name": "topic", "term": "ve"},
            ),
        ],
        "look at the tree and what wants a look": [
            Look("admin:archive_topic_tree"),
            Look("admin:archive_topic_wanting"),
        ],
        "take the list or the vocabulary away as a file": [
            *file_of("topic"),
            Look("admin:archive_topic_export", takes=lambda _: ["csv"]),
        ],
        "look at what was changed or deleted": [
            Look("admin:archive_topic_changes"),
            Look("admin:archive_topic_deleted"),
        ],
        "rename it": deed_on_a_topic("rename", name="Planet Venus"),
        "move it in the tree": deed_on_a_topic("move", under=new_topic),
        "merge it into another": deed_on_a_topic("merge", into=new_topic),
        "split off a part of it": deed_on_a_topic("split", topic_of_a_story, name="Clouds", words="probe"),
        "undo what was changed": [Send("admin:archive_topic_undo", merged_topic_change)],
        "import a vocabulary": [Send("admin:archive_topic_import", sent_by=vocabulary_sent)],
        "have topics learned anew": [Send("admin:archive_topic_learn")],
    },
    "filing": {
        "look at the list, one, its history": record("tagging", lambda: TaggingFactory(article=draft())),
        "keep a view of the list": view_kept("tagging"),
        "add, change or delete it by a form": no_forms("tagging", lambda: TaggingFactory(article=draft())),
    },
    "person": joinable("person", PersonFactory, "description", name="Ada Brandvold"),
    "source": joinable("source", SourceFactory, "rights", name="Orbit Daily", rights="Free.", visibility="excerpt"),
    "original": {
        "look at the list, one, its history": record("original", original),
        "take its bytes away": [Look("admin:archive_original_download", original)],
        "keep a view of the list": view_kept("original"),
        "add, change or delete it by a form": no_forms("original", original),
    },
    "import": {
        "look at the list, one, its history": [
            *record("batch", batch),
            Look("admin:archive_batch_progress", batch),
        ],
        "keep a view of the list": view_kept("batch"),
        "bring something in": [
            Send("admin:archive_batch_add", sent=lambda _: {"text": "Senate backs station\n\nThe Senate voted.\n"}),
            Send(
                "admin:archive_batch_add",
                sent=lambda _: {"text": "Senate backs station\n\nIt voted.\n", "new_source": "Orbit Daily"},
            ),
        ],
        "undo it": [Send("admin:archive_batch_undo", batch)],
        "change or delete it by a form": no_forms("batch", batch, "change", "delete"),
    },
    "failed import": {
        "look at the list, one, its history": record("failure", failure),
        "take its bytes away": [Look("admin:archive_failure_download", failure)],
        "keep a view of the list": view_kept("failure"),
        "try it again": [Send("admin:archive_failure_retry", failure)],
        "try it again, in the list": in_the_list("failure", "try_again", failure),
        "give it up": [Send("admin:archive_failure_give_up", failure)],
        "add, change or delete it by a form": no_forms("failure", failure),
    },
    "job": {
        "look at the list, one, its history, how far it is": [
            *record("job", JobFactory),
            Look("admin:archive_job_progress", JobFactory),
        ],
        "keep a view of the list": view_kept("job"),
        "add, change or delete it by a form": no_forms("job", JobFactory),
    },
    "edition": {
        "look at it, at its history": [
            Look("admin:archive_edition_changelist"),
            *(Look(f"admin:archive_edition_{page}", takes=lambda _: [1]) for page in ("change", "history")),
        ],
        "keep a view of the list": view_kept("edition"),
        "change it": [
            Send(
                "admin:archive_edition_change",
                sent=lambda _: {"title": "Orbit", "tagline": "", "notice": ""},
                takes=lambda _: [1],
            )
        ],
        "add or delete it": [
            Send("admin:archive_edition_add", sent=lambda _: {"title": "Orbit", "tagline": "", "notice": ""}),
            Send("admin:archive_edition_delete", sent=lambda _: {"post": "yes"}, takes=lambda _: [1]),
        ],
    },
    "account or group": {
        "look at the list, one, its history": [
            *(Look(f"admin:auth_{kind}_changelist") for kind in ("user", "group")),
            *(Look(f"admin:auth_user_{page}", account) for page in ("change", "history")),
            *(Look(f"admin:auth_group_{page}", group) for page in ("change", "history")),
        ],
        "add it": [
            Send("admin:auth_user_add", sent=lambda _: {"username": "new", **PASSWORD}),
            Send("admin:auth_group_add", sent=lambda _: {"name": "Guests"}),
        ],
        "change it, its role, its password": [
            Send("admin:auth_user_change", account, lambda _: {"is_superuser": "on"}, form=True),
            Send("admin:auth_user_password_change", account, lambda _: PASSWORD),
            Send("admin:auth_group_change", group, lambda _: {"name": "Visitors"}),
        ],
        "delete it": [
            Send("admin:auth_user_delete", account, lambda _: {"post": "yes"}),
            Send("admin:auth_group_delete", group, lambda _: {"post": "yes"}),
        ],
    },
}
