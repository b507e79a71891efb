"""What Django is told of the archive at start-up."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class ArchiveConfig(AppConfig):
    """The one app of this project."""

    name = "archive"
    verbose_name = "Archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the database's triggers made cheap after each migration."""
        from archive.models.trigger_cost import make_triggers_cheap

        post_migrate.connect(make_triggers_cheap, sender=self)


class ArchiveAdminConfig(AdminConfig):
    """The stock admin under our own site object."""

    default_site = "archive.admin.desk.ArchiveAdminSite"

    def ready(self) -> None:
        """Register the archive's models once the site object is there to register them with."""
        super().ready()
        import_module("archive.admin.registered")
