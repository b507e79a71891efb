"""The first start's account, and that it is made once."""

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections

from config.first_start import first_account, prepare
from tests.factories import UserFactory
from tests.servers import connected

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


def test_a_start_waits_for_another_ones_end_on_whatever_machine(monkeypatch):
    with connected("machine", connection.settings_dict), connections["machine"].cursor() as elsewhere:
        elsewhere.execute("SELECT pg_advisory_lock(hashtext('archive: start'))")
        waited = []

        def wait(_seconds):
            waited.append(User.objects.count())
            if len(waited) == 2:
                elsewhere.execute("SELECT pg_advisory_unlock(hashtext('archive: start'))")

        monkeypatch.setattr("config.first_start.time.sleep", wait)
        prepare(sample=False)
        elsewhere.execute("SELECT pg_try_advisory_lock(hashtext('archive: start'))")
        assert (waited, User.objects.count(), elsewhere.fetchone()) == ([0, 0], 1, (True,))
