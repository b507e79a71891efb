"""The vocabulary's own pages in the admin: its tree, what was changed in it, and files in and out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from archive.admin.drawing import drawn
from archive.admin.fields import row_number
from archive.admin.importing import kept_before, token_of
from archive.admin.page import page
from archive.admin.topic_deeds import DEEDS, Deed, deed_view
from archive.editing.at_length import undo_at_length
from archive.editing.care import Branch, tree_under, wanting
from archive.editing.exchange.concepts import VocabularyFile, VocabularyFileError
from archive.editing.exchange.exporting import SUFFIXES, export_vocabulary, suffix_of
from archive.editing.exchange.importing import Imported, import_vocabulary, read_vocabulary
from archive.editing.vocabulary import VocabularyError
from archive.editing.vocabulary_undo import undo_change
from archive.ingest.originals import StorageAwayError
from archive.ingest.uploads import Upload, forget_uploads, keep_upload
from archive.jobs import AT_ONCE
from archive.models import Job, Topic, VocabularyChange
from archive.suggestion.retraining import learn_topics

CHANGES_SHOWN = 100
LARGEST_FILE = 50_000_000  # bytes


class ImportForm(forms.Form):
    """A file of topics, kept from its preview to its import."""

    file = forms.FileField(
        required=False, help_text="SKOS as Turtle (.ttl), RDF/XML (.rdf, .xml) or JSON-LD (.jsonld), or a table (.csv)."
    )
    language = forms.CharField(
        required=False,
        max_length=20,
        help_text="Take names and scope notes in this language, such as “en”, where the file has several.",
    )

    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.upload: Upload | None = None

    def clean_file(self) -> Any:
        """A file that fits into memory."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                f"{file.name} is larger than {LARGEST_FILE // 1_000_000} MB: use import_topics."
            )
        return file

    def clean(self) -> Any:
        """With the file that is sent now, or the one that was previewed."""
        given = super().clean()
        if file := self.cleaned_data.get("file"):
            try:
                self.upload = keep_upload(file, name=file.name)
            except StorageAwayError as error:
                self.add_error("file", str(error))
        elif "file" not in self.errors:
            self.upload = next(iter(kept_before(self.cleaned_data.get("kept", ""), self.user)), None)
            if self.upload is None:
                self.add_error("file", "Choose a file.")
        return given

    def vocabulary(self) -> VocabularyFile:
        """What the file says. Raises VocabularyFileError where it says it badly."""
        assert self.upload is not None  # noqa: S101 (the form is valid)
        with self.upload.open() as file:
            content = file.read()
        return read_vocabulary(content, suffix_of(self.upload.name), language=self.cleaned_data["language"])


def vocabulary_urls(model_admin: Any) -> list[URLPattern]:
    """The pages, for the admin of topics to put before its own."""

    def gate(view: Any, permission: str) -> Any:
        def gated(request: HttpRequest, **given: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied(f"{request.user} lacks the permission {permission}.")
            return view(model_admin, request, **given)  # type: ignore[no-any-return]

        return model_admin.admin_site.admin_view(gated)

    change = "archive.change_topic"
    return [
        path("tree/", gate(tree_view, "archive.view_topic"), name="archive_topic_tree"),
        path("wanting/", gate(wanting_view, "archive.view_topic"), name="archive_topic_wanting"),
        path("learn/", require_POST(gate(learn_view, change)), name="archive_topic_learn"),
        path("changes/", gate(changes_view, change), name="archive_topic_changes"),
        path("changes/<int:pk>/undo/", require_POST(gate(undo_view, change)), name="archive_topic_undo"),
        path("import/", gate(import_view, "archive.add_topic"), name="archive_topic_import"),
        path("export/<str:suffix>/", gate(export_view, "archive.view_topic"), name="archive_topic_export"),
        *(
            path(f"<int:pk>/{deed.name}/", gate(_on_topic(deed), change), name=f"archive_topic_{deed.name}")
            for deed in DEEDS
        ),
    ]


def tree_view(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """The tree, or one branch of it: counts, warnings, and what can be done to each topic."""
    at = row_number(request.GET.get("at"))
    top = Topic.objects.current().filter(pk=at).first() if at else None
    may_change = request.user.has_perm("archive.change_topic")
    tree = tree_under(top)
    context = {
        "title": f"Under “{top}”" if top else "The tree of topics",
        "top": top,
        "branches": _drawn(tree.branches, may_change=may_change),
        "more": tree.more,
        "may_change": may_change,
        "suffixes": SUFFIXES,
    }
    return page(model_admin, request, "topic/tree", context)


def wanting_view(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """What wants a look in the whole vocabulary, by what it is about it."""
    may_change = request.user.has_perm("archive.change_topic")
    lists = [(title, _drawn(branches, may_change=may_change)) for title, branches in wanting().items()]
    return page(model_admin, request, "topic/wanting", {"title": "What wants a look", "wanting": lists})


def _drawn(branches: list[Branch], *, may_change: bool) -> SafeString:
    topics = reverse("admin:archive_topic_changelist")
    return drawn("topic/branches.html", branches=branches, may_change=may_change, topics=topics)


def changes_view(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """What was done to the vocabulary, newest first, each to be undone."""
    changes = list(VocabularyChange.objects.select_related("topic", "other", "made_by", "undone_by")[:CHANGES_SHOWN])
    jobs = [change.detail["job"] for change in changes if change.under_way]
    at_work = set(Job.objects.filter(pk__in=jobs, ended_at__isnull=True).values_list("pk", flat=True))
    context = {"title": "Changes of the vocabulary", "changes": changes, "at_work": at_work}
    return page(model_admin, request, "topic/changes", context)


def undo_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponseBase:
    """Undo one change."""
    del model_admin
    change = VocabularyChange.objects.filter(pk=pk).first()
    if change is None:
        raise Http404(f"No change {pk}")
    if change.items > AT_ONCE:
        job = undo_at_length.ask(
            by=request.user,  # type: ignore[arg-type]
            title=f"Undo: {change}",
            total=change.items,
            onward=reverse("admin:archive_topic_changes"),
            change=change.pk,
        )
        return HttpResponseRedirect(reverse("admin:archive_job_change", args=[job.pk]))
    try:
        undo_change(change, by=request.user)  # type: ignore[arg-type]
    except VocabularyError as error:
        messages.error(request, f"Not undone: {error}")
    else:
        messages.success(request, f"Undone: {change}.")
    return HttpResponseRedirect(reverse("admin:archive_topic_changes"))


def learn_view(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """Learn anew from how stories are filed."""
    del model_admin
    job = learn_topics.ask(
        by=request.user,  # type: ignore[arg-type]
        title="Learn topics from what is filed",
        onward=reverse("admin:archive_topic_tree"),
    )
    return HttpResponseRedirect(reverse("admin:archive_job_change", args=[job.pk]))


def import_view(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """Take a file: first what it would do, and once that was seen the doing. The file is sent once."""
    user: Any = request.user
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, user=user)
    previewed = None
    if form.is_valid() and form.upload:
        seen = request.POST.get("step") == "confirm" and not form.cleaned_data["file"]
        try:
            done = import_vocabulary(form.vocabulary(), by=user, rehearse=not seen)
        except VocabularyFileError as error:
            form.add_error("file", str(error))
            forget_uploads([form.upload])
        else:
            if seen:
                forget_uploads([form.upload])
                messages.success(request, f"{done.created:,} topics made, {done.changed:,} changed.")
                return HttpResponseRedirect(reverse("admin:archive_topic_tree"))
            previewed = token_of([form.upload], user)
    context = {"title": "Import a vocabulary", "form": form, "previewed": previewed, "upload": form.upload}
    if previewed:
        context |= {"done": done, "facts": _facts(done)}
    return page(model_admin, request, "topic/import", context)


def export_view(model_admin: Any, request: HttpRequest, suffix: str) -> HttpResponse:
    """The vocabulary as a file to save."""
    del model_admin, request
    if f".{suffix}" not in SUFFIXES:
        raise Http404(f"No format {suffix}")
    content = export_vocabulary(f".{suffix}")
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="topics.{suffix}"'},
    )


def _on_topic(deed: Deed) -> Any:
    def view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponseBase:
        topic = Topic.objects.current().filter(pk=pk).first()
        if topic is None:
            raise Http404(f"No topic {pk} in use")
        return deed_view(deed, model_admin, request, topic)

    return view


def _facts(done: Imported) -> list[tuple[str, str]]:
    """What an import made and changed, or would, in words."""
    return [
        ("Topics made", f"{done.created:,}"),
        ("Topics changed", f"{done.changed:,}"),
        ("Topics as they were", f"{done.unchanged:,}"),
        ("Alternative names and links made", f"{done.names:,} and {done.links:,}"),
    ]
