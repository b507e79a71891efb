"""What Django is told of the archive at start-up."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ArchiveConfig(AppConfig):
    """The one app of this project."""

    name = "archive"
    verbose_name = "Archive"
    default_auto_field = "django.db.models.BigAutoField"


class ArchiveAdminConfig(AdminConfig):
    """The stock admin under our own site object."""

    default_site = "archive.admin.desk.ArchiveAdminSite"

    def ready(self) -> None:
        """Register the archive's models once the site object is there to register them with."""
        super().ready()
        import_module("archive.admin.registered")
