"""Settings, read from the environment. Every default is safe, and none needs to be set to start.

`docs/settings.md` lists the variables for operators.
"""

from pathlib import Path
from typing import cast
from urllib.parse import SplitResult, urlsplit

from csp.constants import NONE, SELF
from dj_database_url import parse as parse_address
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environs import env, validate

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_env(BASE_DIR / ".env", recurse=False)

VAR_DIR = env.path("VAR_DIR", default=BASE_DIR / "var")
DEBUG = env.bool("DEBUG", default=False)


def _web_address(given: str) -> SplitResult | None:
    """An http or https address, taken apart; None for anything else."""
    try:
        parts = urlsplit(given)
        reached = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # half an IPv6 address, or a port that is no number
        return None
    return parts if reached else None


# The one address of the site. Its scheme decides whether cookies and redirects insist on HTTPS.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
_site = _web_address(SITE_URL)
if _site is None or _site.hostname is None or _site.query or _site.fragment:
    raise ImproperlyConfigured(f"SITE_URL must be an http or https address, not {SITE_URL!r}")
HTTPS = _site.scheme == "https"


def _secret_key() -> str:
    """The key from the environment, or one made once and kept readable for its owner alone."""
    if given := env.str("SECRET_KEY", default=""):
        return given
    kept = VAR_DIR / "secret-key"
    try:
        if not kept.exists():
            _make_secret_key(kept)
        return kept.read_text()
    except PermissionError as error:
        raise ImproperlyConfigured(
            f"{error.filename} belongs to another account: work as that one, or set VAR_DIR to a place of your own"
        ) from error


def _make_secret_key(kept: Path) -> None:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_name(f"secret-key.{get_random_secret_key()[:8].encode().hex()}")
    fresh.touch(mode=0o600)
    fresh.write_text(get_random_secret_key())
    try:
        kept.hardlink_to(fresh)  # of several processes that start at once, one wins
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=sorted({_site.hostname, "localhost", "127.0.0.1", "[::1]"}))

INSTALLED_APPS = [
    "archive.apps.ArchiveConfig",
    "archive.apps.ArchiveAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.content_policy.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "archive.site.readers_first.ReadersFirst",
    # For editors alone.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [  # of the admin; readers' pages are drawn by archive/site/drawing.py
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Seconds for which a connection is kept. The server plans every question anew on each, which is to be seldom; but what
# it remembers beside is to be forgotten now and then.
CONNECTION_KEPT = 3600

_DIRECT_URL = env.str("DATABASE_DIRECT_URL", default="")


def _database() -> dict[str, object]:
    """The server that DATABASE_URL names, or the embedded one. PostgreSQL either way."""
    if address := env.str("DATABASE_URL", default=""):
        return _server_at(address, "DATABASE_URL", wait=10)
    return {
        "ENGINE": "config.embedded_postgres",
        "NAME": "archive",
        "OPTIONS": {"data_dir": VAR_DIR / "postgres"},
        "CONN_MAX_AGE": CONNECTION_KEPT,
        "CONN_HEALTH_CHECKS": True,
    }


def _replicas() -> dict[str, dict[str, object]]:
    """The streaming replicas that DATABASE_REPLICA_URL names, parted by spaces: an address may hold commas."""
    given = {}
    addresses = env.str("DATABASE_REPLICA_URL", default="")
    if ",postgres" in addresses:  # which would be the name of a database that nobody finds
        raise ImproperlyConfigured("DATABASE_REPLICA_URL must part its addresses by spaces, not by commas")
    for number, address in enumerate(addresses.split(), start=1):
        replica = _server_at(address, "DATABASE_REPLICA_URL", wait=2)  # one that does not answer is passed over
        given[f"replica{number}"] = {**replica, "TEST": {"MIRROR": "default"}}
    return given


def _direct() -> dict[str, dict[str, object]]:
    """The primary itself, where DATABASE_URL leads through a pooler that gives each transaction another session."""
    if not _DIRECT_URL:
        return {}
    # Asked for seldom, by what holds a lock, and so not kept between requests.
    server = _server_at(_DIRECT_URL, "DATABASE_DIRECT_URL", wait=10)
    return {"direct": {**server, "CONN_MAX_AGE": 0, "TEST": {"MIRROR": "default"}}}


def _server_at(address: str, variable: str, *, wait: int) -> dict[str, object]:
    """The database at an address.

    `wait` is for how many seconds a connection may come about, or a query not arrive, where the address does not say
    so. By itself the system gives a server up that a firewall has cut off after a quarter of an hour.
    """
    try:
        # A cursor of the server's, or a plan that it keeps, is with a pooler left behind in another's session.
        server: dict[str, object] = dict(
            parse_address(
                address,
                conn_max_age=CONNECTION_KEPT,
                conn_health_checks=True,
                disable_server_side_cursors=bool(_DIRECT_URL),
            )
        )
    except ValueError:
        server = {}
    if server.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{variable} must be a postgresql:// address: PostgreSQL is the only engine")
    patience = {"connect_timeout": wait, "tcp_user_timeout": wait * 1000}  # the second in milliseconds
    server["OPTIONS"] = {**patience, **cast("dict[str, object]", server.get("OPTIONS", {}))}
    return server


DATABASES = {"default": _database(), **_replicas(), **_direct()}
DATABASE_ROUTERS = ["archive.databases.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"  # dates of record are kept and shown in UTC, and pages say so
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]


def _originals() -> dict[str, object]:
    """A bucket, where ORIGINALS_STORAGE names one, or a directory."""
    if address := env.str("ORIGINALS_STORAGE", default=""):
        from config.object_store import options_of

        return {"BACKEND": "config.object_store.ObjectStore", "OPTIONS": options_of(address)}
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "originals", "file_permissions_mode": 0o640},
    }


STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # The bytes that came in. Never served by the site as they are.
    "originals": _originals(),
}

# The most that one imported story may be long, in bytes. Files of many stories may be of any length.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=10 * 1024 * 1024, validate=validate.Range(min=1))

# What may be sent to the admin at once, to be imported: bytes in all, and files.
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=200 * 1024 * 1024, validate=validate.Range(min=1))
UPLOAD_MAX_FILES = env.int("UPLOAD_MAX_FILES", default=1000, validate=validate.Range(min=1))
DATA_UPLOAD_MAX_NUMBER_FILES = 2 * UPLOAD_MAX_FILES  # beyond, a request is not read; up to there the form says so

# Seconds: no reader is shown by a replica what was replaced longer ago than that.
REPLICA_MAX_LAG = env.float("REPLICA_MAX_LAG", default=2.0, validate=validate.Range(min=0))

# Caches before the site, which are told (PURGE) when what readers may see has changed.
PURGE_URLS = env.str("PURGE_URLS", default="").split()
for _address in PURGE_URLS:
    if _web_address(_address) is None or ",http" in _address:
        raise ImproperlyConfigured("PURGE_URLS must hold http or https addresses, parted by spaces")

# Memory in which each process keeps whole pages until something is published, in MiB; 0 keeps none.
KEPT_PAGES_MB = env.int("KEPT_PAGES_MB", default=16, validate=validate.Range(min=0))

SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "archive_session"
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked for on the machine itself, without the proxy
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the admin's own style sheets draw their icons from data: addresses
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# What is asked for in the background waits in the database; `manage.py work` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Readers have no session: history asks who is at work only where something may be written.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_APPEND_ONLY = True

FORMS_URLFIELD_ASSUME_HTTPS = True  # as Django 6 will, for an address typed without its scheme
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024  # an article's body and its review travel in one form

_level = env.str(
    "LOG_LEVEL", default="WARNING", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": _level},
}
