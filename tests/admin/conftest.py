"""Colleagues at the admin, by HTTP."""

from contextlib import contextmanager
from functools import cache

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.browser import errors_of
from tests.factories import UserFactory


@pytest.fixture
def sign_in():
    """A client for a colleague: `sign_in(editor).get(…)`."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        client.colleague = user
        return client

    return signed_in


@pytest.fixture
def at(request, sign_in, reader):
    """`at("editor")`: that colleague's client, signed in once, which knows them as its `colleague`.

    A "reader" has no account, "nobody" has one and no role, an "administrator" is above the roles.
    """
    apart = {"nobody": {}, "administrator": {"is_superuser": True}}

    @cache
    def at(role):
        if role == "reader":
            reader.colleague = AnonymousUser()
            return reader
        colleague = UserFactory(username=role, **apart[role]) if role in apart else request.getfixturevalue(role)
        return sign_in(colleague)

    return at


@pytest.fixture
def let_in(sign_in, live_server):
    """`let_in(page, editor)` signs the page's browser in as the editor, and gives the page."""

    def let_in(page, user):
        session = sign_in(user).cookies["archive_session"].value
        page.context.add_cookies([{"name": "archive_session", "value": session, "url": live_server.url}])
        return page

    return let_in


@pytest.fixture
def browser_of(chromium, live_server, let_in):
    """`browser_of(archivist)` is a page in another browser, the archivist's; `browser_of(None)` is a reader's.

    As with `page`, the test fails where the browser reported an error.
    """
    contexts, errors = [], []

    def browser_of(user):
        contexts.append(chromium.new_context(base_url=live_server.url, reduced_motion="reduce"))
        page = contexts[-1].new_page()
        errors.append(errors_of(page))
        return let_in(page, user) if user else page

    yield browser_of
    for context in contexts:
        context.close()
    assert [error for of_page in errors for error in of_page] == []


@contextmanager
def undone():
    """What is done in this block is looked at in it, and taken back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def admin_url(name, *args):
    """`admin_url("article_change", 7)`."""
    return reverse(f"admin:archive_{name}", args=args)


def typed(response, **changes):
    """What a browser would send from the form on a page, with some of it changed; None leaves a field out."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if hasattr(field.field, "fields"):  # date and time, in two inputs
                parts = value if isinstance(value, list) else field.field.widget.decompress(value)
                data |= {f"{field.html_name}_{number}": part or "" for number, part in enumerate(parts)}
            elif isinstance(value, bool):
                data[field.html_name] = "on" if value else None
            elif isinstance(value, list):
                data[field.html_name] = [getattr(one, "pk", one) for one in value]
            else:
                multiple = getattr(field.field.widget, "allow_multiple_selected", False)
                data[field.html_name] = (None if multiple else "") if value is None else value
            if field.field.show_hidden_initial:
                data[field.html_initial_name] = field.field.prepare_value(field.initial)
    return {name: value for name, value in (data | changes).items() if value is not None}


def told(response):
    """The messages at the head of a page."""
    return [str(message) for message in response.context["messages"]]
