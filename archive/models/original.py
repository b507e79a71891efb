"""Original: the bytes that came in, kept as they came."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from archive.models.history import keeps_history


def originals_storage() -> Storage:
    """Where originals are kept, by setting: a directory, or an object store."""
    return storages["originals"]


def place_of_original(original: "Original", filename: str) -> str:
    """The path below the storage's root: by checksum, so that no two originals meet and none is overwritten."""
    del filename  # kept in a column, where no file system can object to it
    return f"{original.sha256[:2]}/{original.sha256}"


@keeps_history()
class Original(models.Model):
    """A file, page or row as it was received: its bytes, their SHA-256, media type, from where and when."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the bytes, in hex.")
    size = models.BigIntegerField(editable=False, help_text="Length in bytes.")
    media_type = models.CharField(max_length=100, editable=False, help_text="Such as text/plain.")
    filename = models.CharField(max_length=255, editable=False, help_text="The name the file came in with.")
    origin = models.TextField(editable=False, help_text="The path or address it came from.")
    encoding = models.CharField(max_length=40, blank=True, editable=False, help_text="How its text was decoded.")
    content = models.FileField(storage=originals_storage, upload_to=place_of_original, max_length=120)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["-received_at", "-id"], name="original_newest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="original_sha256_is_hex"),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="original_size_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.sha256[:12]})"
