"""The archive as a publication: its title, and what every page says of it."""

from django.db import models

from archive.models.version import moves_version


class Edition(models.Model):
    """How the archive presents itself. There is one row."""

    title = models.CharField(max_length=100, default="Archive of record", help_text="The name of the archive.")
    tagline = models.CharField(
        max_length=200,
        blank=True,
        default="Space policy, from the first day to this one",
        help_text="One line under the name on the front page.",
    )
    notice = models.TextField(
        blank=True,
        help_text="A sentence shown on every page, such as that the sample archive is invented. Empty for none.",
    )
    file_from = models.FloatField(
        "file without asking from",
        null=True,
        blank=True,
        help_text="Proposed topics of at least this confidence, from 0.5 to 1, are filed without asking, and marked, "
        "for articles that readers do not see yet. Empty: an editor answers all of them.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_edition"),
            models.CheckConstraint(
                condition=models.Q(file_from__isnull=True) | models.Q(file_from__gte=0.5, file_from__lte=1),
                name="files_from_half_sure",
                violation_error_message="A confidence from 0.5 to 1, or none.",
            ),
        ]
        triggers = moves_version()

    def __str__(self) -> str:
        return self.title

    @classmethod
    def current(cls) -> "Edition":
        """The one row, or its defaults where none was saved yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
