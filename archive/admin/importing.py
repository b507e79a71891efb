"""The page that imports: files, pasted text or an address, with what is to be said of all that comes in.

What was sent is kept at once, so that a mistake in the form costs nobody a second upload.
"""

import io
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from archive.admin.fields import RowSelect, TopicsField
from archive.admin.page import page
from archive.editing.rights import may
from archive.ingest.dates import Dated, UncertainDateError, read_date
from archive.ingest.document import UnreadableError
from archive.ingest.drafting import Told
from archive.ingest.fetching import fetch
from archive.ingest.fields import NAMES
from archive.ingest.importing import bring_in
from archive.ingest.originals import StorageAwayError
from archive.ingest.uploads import Upload, keep_upload
from archive.models import Article, Batch, Source, Visibility

SECONDS_KEPT = 24 * 3600  # how long a form may stand open with what was sent in it
READ_AS = {
    "": "What it looks like",
    ".md": "Markdown",
    ".html": "A web page",
    ".csv": "A table (CSV)",
    ".jsonl": "JSON Lines",
}


class Files(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, within the bounds of UPLOAD_MAX_FILES and UPLOAD_MAX_BYTES."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files that were sent; none where none were."""
        files = [super(FilesField, self).clean(one, initial) for one in data or []]
        return [file for file in files if file]


class ImportForm(forms.Form):
    """What is to come in, and what is said of all of it."""

    sent = FilesField(
        label="Files",
        required=False,
        allow_empty_file=True,  # the report says of each that it holds no story
        help_text="Text, Markdown, web pages, PDF, tables, JSON, feeds, WordPress exports, or zip archives of these. "
        "You can choose several.",
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Pasted text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="A story as it stands: headline, byline, then paragraphs parted by a blank line.",
    )
    read_as = forms.ChoiceField(label="Read the text as", required=False, choices=list(READ_AS.items()))
    address = forms.URLField(
        required=False,
        assume_scheme="https",
        max_length=2000,
        help_text="A page or feed of the open web. It is fetched once, now.",
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        required=False,
        widget=RowSelect(Article._meta.get_field("source"), site),
        help_text="The publication that they come from, where they do not say so themselves.",
    )
    new_source = forms.CharField(
        label="Or a new source", required=False, max_length=200, help_text="As the publication writes its own name."
    )
    visibility = forms.ChoiceField(
        label="Readers see of a new source",
        required=False,
        choices=Visibility,
        initial=Visibility.EXCERPT,
        help_text="Choose full text only where the rights allow it.",
    )
    rights = forms.CharField(
        label="Rights of a new source",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The statement shown below each of its articles.",
    )
    published = forms.CharField(
        label="Date", required=False, help_text="Where they give none: 2017-01-31, 2017-01 or 2017."
    )
    topics = TopicsField(site, help_text="Everything is filed under these.")
    mapping = forms.CharField(
        label="Names of fields",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In tables and records whose fields have names of their own: one a line, such as headline=titel.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.uploads: list[Upload] = []
        if not may(user, "add_source"):
            for name in ("new_source", "visibility", "rights"):
                del self.fields[name]

    def clean_sent(self) -> list[UploadedFile[Any]]:
        """The files, where they are not too many or too large together."""
        files: list[UploadedFile[Any]] = self.cleaned_data["sent"]
        if len(files) > settings.UPLOAD_MAX_FILES:
            raise forms.ValidationError(
                f"These are {len(files):,} files, and {settings.UPLOAD_MAX_FILES:,} can be sent at once: "
                "put them into a zip archive."
            )
        size = sum(file.size or 0 for file in files)
        if size > settings.UPLOAD_MAX_BYTES:
            limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
            raise forms.ValidationError(
                f"These are {filesizeformat(size)}, and {limit} can be sent at once: import_articles takes more."
            )
        return files

    def clean_kept(self) -> str:
        """What was sent with a form that had a mistake in it."""
        self.uploads = kept_before(self.cleaned_data["kept"], self.user)
        return ""

    def clean_text(self) -> str:
        """The text, where one story may be that long."""
        text: str = self.cleaned_data["text"]
        if (size := len(text.encode())) > settings.IMPORT_MAX_BYTES:
            limit = filesizeformat(settings.IMPORT_MAX_BYTES)
            raise forms.ValidationError(
                f"This is {filesizeformat(size)}, and a story may have {limit}: send it as a file."
            )
        return text

    def clean_new_source(self) -> str:
        """The name of a source that there is not."""
        name: str = self.cleaned_data["new_source"]
        if name and Source.objects.called(name).exists():
            raise forms.ValidationError(f"There is a source “{name}”: choose it above.")
        return name

    def clean_published(self) -> Dated | None:
        """The date, with how much of it is known."""
        given: str = self.cleaned_data["published"]
        try:
            return read_date(given) if given else None
        except UncertainDateError as error:
            raise forms.ValidationError(f"{error}.") from error

    def clean_mapping(self) -> dict[str, str]:
        """Which part of a story is in which field."""
        pairs = [line.partition("=")[::2] for line in self.cleaned_data["mapping"].splitlines() if line.strip()]
        mapping = {part.strip(): name.strip() for part, name in pairs}
        for part, name in mapping.items():
            if part not in NAMES or not name:
                raise forms.ValidationError(f"“{part}={name}” is not one of {', '.join(NAMES)} = the name of a field.")
        return mapping

    def clean(self) -> Any:
        """All of it: something has to come in, and from one source."""
        given = super().clean() or self.cleaned_data
        try:
            self.uploads += [keep_upload(file, name=file.name or "file") for file in given.get("sent", [])]
        except StorageAwayError as error:
            self.add_error("sent", str(error))
        if given.get("source") and given.get("new_source"):
            self.add_error("new_source", "Choose a source or name a new one, not both.")
        typed = (
            self.data.get(self.add_prefix("text"), "").strip() or self.data.get(self.add_prefix("address"), "").strip()
        )
        if not self.uploads and not typed and "sent" not in self.errors:
            self.add_error(None, "Give a file, a text or an address.")
        return given

    def take_in_text_and_address(self) -> bool:
        """Keep the text and what is at the address beside the files; False, with an error, where it cannot be had."""
        text, address = self.cleaned_data["text"], self.cleaned_data["address"]
        if address:
            try:
                page = fetch(address)
            except UnreadableError as error:
                self.add_error("address", f"Nothing was imported: the address {error}.")
                return False
            with page.open() as file:
                self.uploads.append(keep_upload(file, name=page.name, origin=address))
        if text.strip():
            suffix = self.cleaned_data["read_as"] or (".md" if text.startswith("---\n") else ".txt")
            lines = text.replace("\r\n", "\n").encode()
            self.uploads.append(keep_upload(io.BytesIO(lines), name=f"pasted{suffix}", origin="Pasted text"))
        return True

    def told(self) -> Told:
        """What is said of all that comes in. A new source is made."""
        given = self.cleaned_data
        source = given["source"]
        if name := given.get("new_source"):
            visibility = given["visibility"] or Visibility.EXCERPT
            new = {"name": name, "visibility": visibility, "rights": given["rights"]}
            source, _ = Source.objects.get_or_create(name__iexact=name, defaults=new)  # sent twice at once, it is there
        return Told(
            source=source,
            published=given["published"],
            topics=tuple(given["topics"]),
            mapping=given["mapping"],
            by=self.user,
        )

    def kept_token(self) -> str:
        """What was sent, for the form to bring along; nobody else can use it, or name other files in it."""
        return token_of(self.uploads, self.user)


def token_of(uploads: Iterable[Upload], user: User) -> str:
    """What says of these that they were sent and kept; `kept_before` reads it, for this user alone."""
    return signing.dumps([upload.as_json() for upload in uploads], salt=_salt(user), compress=True)


def kept_before(token: str, user: User) -> list[Upload]:
    """What the token says was sent before and is still there; nothing where it is old, forged or another's."""
    if not token:
        return []
    try:
        kept = [Upload(**one) for one in signing.loads(token, salt=_salt(user), max_age=SECONDS_KEPT)]
    except signing.BadSignature:
        return []
    return [upload for upload in kept if upload.is_there()]


def import_view(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """The form; sent, it brings in what was given and leads to the report of it."""
    user: Any = request.user
    if not may(user, "add_batch"):
        raise PermissionDenied(f"{user} may not import.")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, user=user)
    try:
        if form.is_valid() and form.take_in_text_and_address():
            return HttpResponseRedirect(_brought_in(request, bring_in(form.uploads, form.told())))
    except StorageAwayError as error:
        form.add_error(None, str(error))
    context = {
        "title": "Import",
        "form": form,
        "media": model_admin.media + form.media,
        "kept": form.uploads,
        "kept_token": form.kept_token() if form.uploads else "",
        "largest": settings.UPLOAD_MAX_BYTES,
    }
    return page(model_admin, request, "batch/import", context)


def _brought_in(request: HttpRequest, batch: Batch) -> str:
    """The address of the report; a job is told that it is about that, and what came in at once is told here."""
    url = reverse("admin:archive_batch_change", args=[batch.pk])
    if batch.job is not None:
        batch.job.onward = url
        batch.job.save(update_fields=["onward"])
    else:
        level = messages.WARNING if batch.failed else messages.SUCCESS
        messages.add_message(request, level, f"Import {batch.pk}: {batch.counts}.")
    return url


def _salt(user: User) -> str:
    return f"uploads of {user.pk}"
