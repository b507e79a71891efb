"""Settings as the environment makes them: each in a process of its own, for Django reads them once."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def ask(tmp_path):
    """Run a line of Python with the settings of an environment."""

    def ask(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        return subprocess.run(
            [sys.executable, "-c", f"from config import settings\n{line}"],
            cwd=ROOT,
            env={**plain, "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": "", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return ask


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"SITE_URL": "archive.example"}, "SITE_URL must be an http or https address, not 'archive.example'"),
        (
            {"SITE_URL": "ftp://archive.example"},
            "SITE_URL must be an http or https address, not 'ftp://archive.example'",
        ),
        ({"SITE_URL": "https://"}, "SITE_URL must be an http or https address, not 'https:'"),
        ({"SITE_URL": "http://[::1"}, "SITE_URL must be an http or https address, not 'http://[::1'"),
        ({"SITE_URL": "http://archive.example:no"}, "SITE_URL must be an http or https address"),
        ({"SITE_URL": "http://archive.example?q"}, "SITE_URL must be an http or https address"),
        ({"DATABASE_URL": "sqlite:///archive.db"}, "DATABASE_URL must be a postgresql:// address"),
        ({"DATABASE_URL": "mysql://somewhere/archive"}, "DATABASE_URL must be a postgresql:// address"),
        ({"DATABASE_URL": "somewhere"}, "DATABASE_URL must be a postgresql:// address"),
        (
            {"DATABASE_REPLICA_URL": "postgresql://one/archive, mysql://two/archive"},
            "DATABASE_REPLICA_URL must be a postgresql:// address",
        ),
        ({"REPLICA_MAX_LAG": "-1"}, "REPLICA_MAX_LAG"),
        ({"PURGE_URLS": "http://one:6081/ ftp://two/"}, "PURGE_URLS must hold http or https addresses"),
        ({"PURGE_URLS": "http://[::1"}, "PURGE_URLS must hold http or https addresses"),
        ({"PURGE_URLS": "http://one:99999/"}, "PURGE_URLS must hold http or https addresses"),
        (
            {"PURGE_URLS": "http://one:6081/,http://two/"},
            "PURGE_URLS must hold http or https addresses, parted",
        ),
        (
            {"DATABASE_REPLICA_URL": "postgresql://one/archive,postgresql://two/archive"},
            "DATABASE_REPLICA_URL must part its addresses by spaces, not by commas",
        ),
        ({"KEPT_PAGES_MB": "-1"}, "KEPT_PAGES_MB"),
        ({"IMPORT_MAX_BYTES": "0"}, "IMPORT_MAX_BYTES"),
        ({"UPLOAD_MAX_FILES": "-1"}, "UPLOAD_MAX_FILES"),
        ({"UPLOAD_MAX_BYTES": "much"}, "UPLOAD_MAX_BYTES"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"ORIGINALS_STORAGE": "s3://[x"}, "ORIGINALS_STORAGE must be an address such as s3://bucket/prefix"),
        (
            {"ORIGINALS_STORAGE": "s3://bucket/../other"},
            "ORIGINALS_STORAGE must be an address such as s3://bucket/prefix",
        ),
        ({"ORIGINALS_STORAGE": "bucket"}, "ORIGINALS_STORAGE must be an address such as s3://bucket/prefix"),
        ({"DEBUG": "perhaps"}, 'Environment variable "DEBUG" invalid'),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(ask, environment, complaint):
    answer = ask("", **environment)
    assert answer.returncode == 1
    assert complaint in answer.stderr.splitlines()[-1]


def test_a_key_in_an_address_of_originals_is_refused_and_not_told(ask):
    answer = ask("", ORIGINALS_STORAGE="s3://key:secret@bucket/prefix")
    assert (answer.returncode, "ORIGINALS_STORAGE" in answer.stderr, "key:secret" in answer.stderr) == (1, True, False)


def test_nothing_has_to_be_set(ask):
    answer = ask("print(settings.DEBUG, settings.SITE_URL, settings.DATABASES['default']['ENGINE'])")
    assert (answer.stdout, answer.stderr) == ("False http://localhost:8000 config.embedded_postgres\n", "")


def test_several_replicas_may_be_named_and_no_server_is_waited_for_without_end(ask):
    answer = ask(
        "for name, one in settings.DATABASES.items(): print(name, one.get('HOST'), one['OPTIONS'])",
        DATABASE_URL="postgresql://one/archive?sslmode=require",
        DATABASE_REPLICA_URL="postgresql://two/archive  postgresql://three/archive?connect_timeout=9",
    )
    assert answer.stdout.splitlines() == [
        "default one {'connect_timeout': 10, 'tcp_user_timeout': 10000, 'sslmode': 'require'}",
        "replica1 two {'connect_timeout': 2, 'tcp_user_timeout': 2000}",
        "replica2 three {'connect_timeout': 9, 'tcp_user_timeout': 2000}",
    ]


@pytest.mark.parametrize(("address", "secure"), [("https://archive.example", True), ("http://archive.example", False)])
def test_the_scheme_of_the_site_decides_what_insists_on_https(ask, address, secure):
    names = "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_PRELOAD"
    answer = ask(f"print({{getattr(settings, name) for name in {names}}})", SITE_URL=address)
    assert answer.stdout == f"{{{secure}}}\n"


def test_the_secret_key_is_made_once_and_kept_for_its_owner_alone(ask, tmp_path):
    first, second = ask("print(settings.SECRET_KEY)"), ask("print(settings.SECRET_KEY)")
    assert first.stdout == second.stdout
    assert len(first.stdout) > 50
    kept = tmp_path / "var" / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]


def test_a_given_secret_key_is_used_and_not_kept(ask, tmp_path):
    assert ask("print(settings.SECRET_KEY)", SECRET_KEY="given").stdout == "given\n"
    assert not (tmp_path / "var").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_secret_key_of_another_account_is_refused_by_name(ask, tmp_path):
    (tmp_path / "var").mkdir(mode=0o500)
    answer = ask("")
    assert "belongs to another account: work as that one" in answer.stderr.splitlines()[-1]


def test_settings_for_production_pass_every_check_of_django(ask):
    line = (
        "import django; from django.core.management import call_command\n"
        "django.setup(); call_command('check', deploy=True, fail_level='WARNING')"
    )
    answer = ask(
        line,
        DJANGO_SETTINGS_MODULE="config.settings",
        SITE_URL="https://archive.example",
        SECRET_KEY="one of more than fifty characters, and of different ones",
    )
    assert (answer.returncode, answer.stderr) == (0, "")
