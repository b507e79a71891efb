"""What all tests share: named actors, and settings that keep tests quick."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.storage import storages
from django.test import Client
from django.test.signals import template_rendered
from jinja2 import Template

from archive.models import Original
from tests.factories import UserFactory

pytest_plugins = ["tests.background", "tests.browser"]

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def pytest_collection_modifyitems(items):
    """Give each test that commits the rows back that migrations made, such as the roles."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if {"transactional_db", "live_server"} & set(item.fixturenames) or (mark and mark.kwargs.get("transaction")):
            item.fixturenames.append("django_db_serialized_rollback")


@pytest.fixture(autouse=True)
def _quick_settings(settings, tmp_path_factory, monkeypatch):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "originals": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path_factory.mktemp("originals")},
        },
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    # Nothing is committed in most tests, and so nothing made stale.
    monkeypatch.setattr("archive.site.kept_pages.kept_pages.room", 0)
    # The field asked for its storage when its class was made.
    monkeypatch.setattr(Original._meta.get_field("content"), "storage", storages["originals"])


@pytest.fixture(autouse=True)
def _contexts_told(monkeypatch):
    """Tell the test client from what a reader's page was drawn, as Django's own engine does."""
    draw = Template.render

    def told(template, context):
        template_rendered.send(sender=template, template=template, context=context)
        return draw(template, context)

    monkeypatch.setattr(Template, "render", told)


@pytest.fixture
def shared_data() -> Path:
    """Real material that may not be part of the project; absent in a clone of one's own."""
    if not SHARED.is_dir():
        pytest.skip("the real material in ../shared/data is not here")
    return SHARED


def _colleague(role: str) -> User:
    user = UserFactory(username=role)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def contributor(db) -> User:
    return _colleague("contributor")


@pytest.fixture
def editor(db) -> User:
    return _colleague("editor")


@pytest.fixture
def archivist(db) -> User:
    return _colleague("archivist")


@pytest.fixture
def reader(db) -> Client:
    """Somebody without an account."""
    return Client()
