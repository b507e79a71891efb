"""The first start's account, and that it is made once."""

import pytest
from django.contrib.auth.models import User

from config.first_start import first_account, prepare
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR_DIR / "static"


def test_the_first_user_may_do_everything_and_is_told_at_each_start():
    prepare(sample=False)
    account = first_account()
    user = User.objects.get()
    assert (user.username, user.is_superuser, user.check_password(account.password)) == (account.username, True, True)
    prepare(sample=False)
    assert first_account() == account
    assert User.objects.count() == 1


def test_a_changed_password_is_told_no_more():
    prepare(sample=False)
    user = User.objects.get()
    user.set_password("of her own choosing")
    user.save()
    assert first_account() is None


def test_an_archive_with_accounts_gets_no_other():
    UserFactory(username="somebody")
    prepare(sample=False)
    assert [user.username for user in User.objects.all()] == ["somebody"]
    assert first_account() is None
