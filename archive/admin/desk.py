"""The admin's site object."""

from django.contrib import admin


class ArchiveAdminSite(admin.AdminSite):
    """The stock admin with the archive's name over it."""

    site_header = "Archive of record"
    site_title = "Archive of record"
    index_title = "Desk"
