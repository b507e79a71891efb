"""Accounts of colleagues: a role is all they need to sign in and work."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests.admin.conftest import typed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ROLES = ["contributor", "editor", "archivist"]


@pytest.fixture
def administrator(sign_in):
    return sign_in(UserFactory(is_superuser=True))


@pytest.mark.parametrize("role", ROLES)
def test_somebody_given_a_role_in_the_form_can_sign_in(role, administrator, sign_in):
    colleague = UserFactory(is_staff=False)
    url = reverse("admin:auth_user_change", args=[colleague.pk])
    administrator.post(url, typed(administrator.get(url), groups=[Group.objects.get(name=role).pk]))
    assert sign_in(colleague).get(reverse("admin:archive_article_changelist")).status_code == 200


def test_an_account_is_made_with_its_role_in_one_step(administrator):
    url = reverse("admin:auth_user_add")
    password = {"password1": "opposition-1877", "password2": "opposition-1877", "usable_password": "true"}
    administrator.post(url, {"username": "asaph", "groups": [Group.objects.get(name="editor").pk], **password})
    made = User.objects.get(username="asaph")
    assert (made.is_staff, made.is_superuser, made.user_permissions.count()) == (True, False, 0)


@pytest.mark.parametrize(("group", "staff"), [("editor", True), ("subscribers", False)])
def test_only_a_role_makes_staff_from_either_side(group, staff):
    group, _ = Group.objects.get_or_create(name=group)
    one, other = UserFactory(is_staff=False), UserFactory(is_staff=False)
    one.groups.add(group)
    group.user_set.add(other)
    assert one.is_staff == staff
    assert list(User.objects.filter(pk__in=[one.pk, other.pk]).values_list("is_staff", flat=True)) == [staff, staff]


@pytest.fixture
def caretaker(sign_in):
    """Somebody who was given the accounts to care for, and is no administrator."""
    user = UserFactory(username="caretaker")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="auth", content_type__model="user"))
    return sign_in(user)


def test_who_cares_for_accounts_gives_roles_and_makes_no_administrator(caretaker):
    colleague = UserFactory()
    url = reverse("admin:auth_user_change", args=[colleague.pk])
    sent = {"groups": [Group.objects.get(name="editor").pk], "is_superuser": "on", "user_permissions": [1]}
    caretaker.post(url, typed(caretaker.get(url)) | sent)
    colleague.refresh_from_db()
    assert [group.name for group in colleague.groups.all()] == ["editor"]
    assert (colleague.is_superuser, colleague.user_permissions.count()) == (False, 0)


@pytest.mark.parametrize("page", ["change", "password_change", "delete"])
def test_an_administrators_account_is_closed_to_who_cares_for_accounts(caretaker, page):
    above = UserFactory(is_superuser=True)
    password = {"password1": "opposition-1877", "password2": "opposition-1877", "usable_password": "true"}
    answer = caretaker.post(reverse(f"admin:auth_user_{page}", args=[above.pk]), {"post": "yes", **password})
    assert answer.status_code == 403
    assert User.objects.get(pk=above.pk).password == above.password
    assert "delete_selected" not in caretaker.get(reverse("admin:auth_user_changelist")).text


def test_the_list_says_who_has_which_role(administrator, editor, django_assert_num_queries):
    with django_assert_num_queries(7):
        page = administrator.get(reverse("admin:auth_user_changelist"))
    UserFactory.create_batch(2)
    with django_assert_num_queries(7):
        administrator.get(reverse("admin:auth_user_changelist"))
    list_admin, rows = page.context["cl"].model_admin, page.context["cl"].result_list
    assert sorted(list_admin.roles(row) for row in rows) == ["administrator", "editor"]
