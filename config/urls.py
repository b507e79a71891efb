"""The root of all addresses."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("archive.site.urls")),
]

handler404 = "archive.site.views.errors.not_found"
