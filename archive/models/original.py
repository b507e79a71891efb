"""Original: the bytes that came in, kept as they came."""

import re
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.core.files.storage import Storage, storages
from django.db import connection, models
from django.db.models.functions import Lower

from archive.models.history import keeps_history

_SUM = re.compile("[0-9a-f]{8,64}")


def originals_storage() -> Storage:
    """Where originals are kept, by setting: a directory, or an object store."""
    return storages["originals"]


def place_of_original(original: "Original", filename: str) -> str:
    """The path below the storage's root: by checksum, so that no two originals meet and none is overwritten."""
    del filename  # kept in a column, where no file system can object to it
    return f"{original.sha256[:2]}/{original.sha256}"


class OriginalQuerySet(models.QuerySet["Original"]):
    """Questions asked about what came in."""

    def media_types(self) -> list[str]:
        """Every media type that there is: one step in an index for each, however many originals are of it."""
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH RECURSIVE known AS (
                    (SELECT media_type FROM archive_original ORDER BY media_type LIMIT 1)
                    UNION ALL
                    SELECT (SELECT media_type FROM archive_original WHERE media_type > known.media_type
                            ORDER BY media_type LIMIT 1)
                    FROM known WHERE media_type IS NOT NULL
                )
                SELECT media_type FROM known WHERE media_type IS NOT NULL
                """
            )
            return [media_type for (media_type,) in cursor.fetchall()]

    def beginning(self, typed: str) -> Self:
        """Those whose file name begins so, whatever the case; or whose SHA-256 does, from eight digits of it on."""
        typed = typed.lower()
        begins = models.Q(begins__startswith=typed)
        if _SUM.fullmatch(typed):  # which a date at the beginning of a name is too
            begins |= models.Q(sha256__startswith=typed)
        return self.alias(begins=Lower("filename")).filter(begins)


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

    objects = OriginalQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="original_newest"),
            models.Index(fields=["media_type", "-received_at", "-id"], name="original_of_type"),
            models.Index(OpClass(Lower("filename"), "text_pattern_ops"), name="original_filename_begins"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="original_sha256_is_hex"),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="original_size_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.sha256[:12]})"
