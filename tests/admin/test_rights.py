"""What each of the three roles may do in the admin, and what not: every cell tried over HTTP."""

import pytest
from django.core.files.base import ContentFile

from archive.models import Article, Original, Status, Suggestion
from tests.admin.conftest import admin_url, typed, undone
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    QuoteFactory,
    SourceFactory,
    SuggestionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

ROLES = ["reader", "nobody", "contributor", "editor", "archivist"]
STATES = {
    "draft": {},
    "in_review": {"status": Status.IN_REVIEW},
    "published": {"published": True},
    "withdrawn": {"withdrawn": True},
}


LISTED = ["article", "quote", "topic", "person", "source", "suggestion", "tagging", "original", "job"]


@pytest.mark.parametrize("name", LISTED)
@pytest.mark.parametrize(
    ("role", "status"), [("reader", 302), ("nobody", 403), ("contributor", 200), ("editor", 200), ("archivist", 200)]
)
def test_who_may_look_at_a_list(at, role, status, name):
    assert at(role).get(admin_url(f"{name}_changelist")).status_code == status


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("article", ["contributor", "editor", "archivist"]),
        ("quote", ["editor", "archivist"]),
        ("person", ["editor", "archivist"]),
        ("topic", ["archivist"]),
        ("source", ["archivist"]),
        ("suggestion", []),
        ("tagging", []),
        ("original", []),
        ("edition", []),
        ("job", []),
        ("batch", ["archivist"]),
    ],
)
def test_who_may_add(at, name, roles):
    assert [role for role in ROLES if at(role).get(admin_url(f"{name}_add")).status_code == 200] == roles


@pytest.mark.parametrize(
    ("state", "roles"),
    [
        ("draft", ["contributor", "editor", "archivist"]),
        ("in_review", ["contributor", "editor", "archivist"]),
        ("published", ["editor", "archivist"]),
        ("withdrawn", ["archivist"]),
    ],
)
def test_who_may_change_an_article(at, state, roles):
    article = ArticleFactory(**STATES[state])
    url, changed = admin_url("article_change", article.pk), []
    form = typed(at("archivist").get(url), seen=None)
    for role in ROLES:
        at(role).post(url, form | {"headline": f"By the {role}"})
        if Article.objects.filter(headline=f"By the {role}").exists():
            changed.append(role)
    assert changed == roles


STEPS = [
    ("_submit", "draft", "in_review", ["contributor", "editor", "archivist"]),
    ("_return", "in_review", "draft", ["contributor", "editor", "archivist"]),
    ("_publish", "draft", "published", ["editor", "archivist"]),
    ("_publish", "in_review", "published", ["editor", "archivist"]),
    ("_publish", "withdrawn", "published", ["archivist"]),
]


@pytest.mark.parametrize(("button", "before", "after", "roles"), STEPS)
def test_who_may_take_which_step(at, button, before, after, roles):
    article = ArticleFactory(**STATES[before])
    url, reached = admin_url("article_change", article.pk), {}
    form = typed(at("archivist").get(url), seen=None)
    for role in ROLES:
        client = at(role)
        with undone():
            client.post(url, form | {button: "x"})
            article.refresh_from_db()
            reached[role] = article.status
    assert reached == {role: after if role in roles else before for role in ROLES}


@pytest.mark.parametrize(
    ("role", "status", "after"),
    [
        ("reader", 302, "published"),
        ("nobody", 403, "published"),
        ("contributor", 403, "published"),
        ("editor", 403, "published"),
        ("archivist", 302, "withdrawn"),
    ],
)
def test_only_an_archivist_withdraws(at, role, status, after):
    article = ArticleFactory(published=True)
    response = at(role).post(admin_url("article_withdraw", article.pk), {"reason": "The figures were wrong."})
    article.refresh_from_db()
    assert (response.status_code, article.status) == (status, after)


ACTIONS = [
    ("article", "submit_for_review", ["contributor", "editor", "archivist"]),
    ("article", "publish", ["editor", "archivist"]),
    ("article", "file_under_topic", ["contributor", "editor", "archivist"]),
    ("suggestion", "accept", ["editor", "archivist"]),
    ("suggestion", "decline", ["editor", "archivist"]),
]


@pytest.mark.parametrize(("name", "action", "roles"), ACTIONS)
def test_who_may_run_which_action(at, name, action, roles):
    def standing():
        return [*Article.objects.values_list("status", "taggings"), *Suggestion.objects.values_list("answer")]

    suggestion = SuggestionFactory()
    row = {"article": suggestion.article, "suggestion": suggestion}[name]
    data = {"action": action, "_selected_action": row.pk, "topics": TopicFactory().pk, "step": "confirm"}
    before, ran = standing(), []
    for role in ROLES:
        client = at(role)
        with undone():
            client.post(admin_url(f"{name}_changelist"), data)
            if standing() != before:
                ran.append(role)
    assert ran == roles


@pytest.mark.parametrize(
    ("make", "name", "roles"),
    [
        (ArticleFactory, "article", ["archivist"]),
        (lambda: ArticleFactory(published=True), "article", []),
        (lambda: ArticleFactory(withdrawn=True), "article", []),
        (QuoteFactory, "quote", ["editor", "archivist"]),
        (lambda: QuoteFactory(article=ArticleFactory(withdrawn=True)), "quote", ["archivist"]),
        (PersonFactory, "person", ["archivist"]),
        (TopicFactory, "topic", ["archivist"]),
        (SourceFactory, "source", ["archivist"]),
    ],
)
def test_who_may_delete(at, make, name, roles):
    deleted = []
    for role in ROLES:
        row = make()
        at(role).post(admin_url(f"{name}_delete", row.pk), {"post": "yes"})
        if not type(row).objects.filter(pk=row.pk).exists():
            deleted.append(role)
    assert deleted == roles


@pytest.mark.parametrize(
    ("make", "name", "field", "roles"),
    [
        (TopicFactory, "topic", "scope_note", ["archivist"]),
        (SourceFactory, "source", "rights", ["archivist"]),
        (PersonFactory, "person", "description", ["archivist"]),
        (QuoteFactory, "quote", "role", ["editor", "archivist"]),
    ],
)
def test_who_may_change_what_else(at, make, name, field, roles):
    row, changed = make(), []
    url = admin_url(f"{name}_change", row.pk)
    form = typed(at("archivist").get(url), seen=None)
    for role in ROLES:
        at(role).post(url, form | {field: f"By the {role}"})
        row.refresh_from_db()
        if getattr(row, field) == f"By the {role}":
            changed.append(role)
    assert changed == roles


def test_the_edition_is_the_archivists(at):
    url = admin_url("edition_change", 1)
    form = {"title": "Orbit on record", "tagline": "", "notice": ""}
    assert [at(role).post(url, form).status_code for role in ROLES] == [302, 403, 403, 403, 302]
    assert at("archivist").get(admin_url("edition_changelist")).url == url
    assert at("archivist").get(url).context["adminform"].form.initial["title"] == "Orbit on record"


@pytest.mark.parametrize(("role", "status"), [("reader", 302), ("nobody", 403), ("contributor", 200)])
def test_who_may_take_an_original_away(at, role, status):
    original = Original(sha256="0" * 64, size=9, media_type="text/html", filename="page.html", origin="desk")
    original.content.save("page.html", ContentFile(b"<script>x"))
    response = at(role).get(admin_url("original_download", original.pk))
    assert response.status_code == status
    if status == 200:
        assert b"".join(response.streaming_content) == b"<script>x"
        assert response["Content-Disposition"] == 'attachment; filename="page.html"'
        assert response["Content-Type"] == "application/octet-stream"
        assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["article", "quote"])
def test_deleting_in_bulk_is_not_offered_where_it_would_pass_over_a_rule(at, name):
    QuoteFactory()
    data = {"action": "delete_selected", "_selected_action": [1, 2, 3], "post": "yes"}
    page = at("archivist").get(admin_url(f"{name}_changelist"))
    assert "delete_selected" not in dict(page.context["action_form"].fields["action"].choices)
    at("archivist").post(admin_url(f"{name}_changelist"), data)
    assert Article.objects.count() == 1
