"""Every setting of the site, in one file; what differs from place to place is in the environment.

Each variable is described in docs/reference/settings.md, and a test compares. Reading this file
writes nothing and makes no folder.
"""

from __future__ import annotations

import importlib
import sqlite3
import sys
from pathlib import Path
from typing import Any

import environs
from csp.constants import NONE, SELF

env = environs.Env(prefix="GOLDENTHREAD_")
_plain = environs.Env()

# SQLite 3.7.0 to 3.51.2 can damage a database when two connections write (sqlite.org/wal.html,
# "The WAL-reset bug"). Where a wheel brings a newer one it takes the module's name.
SQLITE_NEEDED = (3, 51, 3)
SQLITE_FOUND: tuple[int, ...] = sqlite3.sqlite_version_info
if SQLITE_FOUND < SQLITE_NEEDED:
    try:
        _newer = importlib.import_module("pysqlite3")
    except ImportError:
        pass
    else:
        sys.modules["sqlite3"] = _newer
        sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")
        SQLITE_FOUND = tuple(int(part) for part in _newer.sqlite_version.split("."))

# -- where things are --------------------------------------------------------------------------

DEMO: bool = env.bool("DEMO", False)
DATA = Path(env.str("DATA", "goldenthread-data")).absolute()
QUARANTINE = DATA / "quarantine"
MEDIA_ROOT = str(DATA / "evidence")
PARKED = DATA / "parked"
# A mark for each file of evidence whose row is not committed yet: what a power cut leaves there
# is cleared when the site starts.
IN_HAND = DATA / "in-hand"
# A large upload waits in our own folder, which other programs cannot list.
FILE_UPLOAD_TEMP_DIR = str(QUARANTINE)
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
UPLOAD_MOST_BYTES = 100 * 1024 * 1024
EVIDENCE_MOST_BYTES = 25 * 1024 * 1024

# -- who and where we are ----------------------------------------------------------------------

DEBUG = False
# Empty stops the site at the first use of a key: there is no default outside the demonstration.
SECRET_KEY: str = env.str("SECRET_KEY", "")
# Keys from before: what they signed, such as a link in a mail, opens until it expires.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list("HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in ("localhost",)]
HTTPS: bool = env.bool("HTTPS", not DEMO)
# Where people reach the site from: links in mails begin with it.
_HERE = f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0].lstrip('.')}"
ADDRESS: str = env.str("ADDRESS", _HERE)
# A council may let one person adopt and publish; each edition then says so on its face.
TWO_PEOPLE_PUBLISH: bool = env.bool("TWO_PEOPLE_PUBLISH", True)
# An owner is silent after so many periods without a word; a reminder goes out so many days before a
# window closes, and never more than so many to one person in a round.
SILENT_AFTER: int = max(1, env.int("SILENT_AFTER", 2))
REMIND_BEFORE: int = max(0, env.int("REMIND_BEFORE", 3))
REMINDERS: int = max(0, env.int("REMINDERS", 1))
# A link by which a lead updates opens so many days at most, and never after its round.
UPDATE_LINK_DAYS: int = env.int("UPDATE_LINK_DAYS", 30)

ROOT_URLCONF = "goldenthread.web.urls"
WSGI_APPLICATION = "goldenthread.web.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "goldenthread.web.apps.GoldenThread",
]
MIDDLEWARE = [
    "goldenthread.web.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goldenthread.web.middleware.Sittings",
    "goldenthread.web.middleware.Refusals",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "goldenthread.web.views.drawn.environment",
            "context_processors": ["goldenthread.web.views.drawn.everywhere"],
        },
    },
    # For the mails and pages of django-allauth that we have not drawn ourselves.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# -- the database ------------------------------------------------------------------------------

# How long a save waits for somebody else's, in seconds, before it is refused in a sentence.
SAVE_WAITS = 10
# FULL: what was answered is on the disk. IMMEDIATE: a save waits before it reads, not half way.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": SAVE_WAITS,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON;"
    ),
}


def _database() -> dict[str, Any]:
    address = _plain.str("DATABASE_URL", "")
    found: dict[str, Any] = (
        _plain.dj_db_url("DATABASE_URL")
        if address
        else {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA / "goldenthread.sqlite3")}
    )
    if found["ENGINE"].endswith("sqlite3"):
        # A file, so that tests run what a site runs: several connections and a real log.
        found |= {"OPTIONS": _SQLITE_OPTIONS, "TEST": {"NAME": str(DATA / "test.sqlite3")}}
    else:
        # The same two promises on PostgreSQL, whatever its configuration says of them. Its pages'
        # questions are short: compiling them takes longer than asking.
        ours = f"-c lock_timeout={SAVE_WAITS}s -c synchronous_commit=on -c jit=off"
        options = found.get("OPTIONS", {})
        theirs = options.get("options", "")
        found["OPTIONS"] = options | {"options": f"{ours} {theirs}".strip()}
    # Each thread keeps its connection: else SQLite empties its log whenever the last one closes.
    return found | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- people ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "goldenthread.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "goldenthread.web.views.signing_in.Accounts"
MFA_ADAPTER = "goldenthread.web.views.signing_in.SecondFactors"
MFA_TOTP_ISSUER = "Golden Thread"
# Whoever may publish, manage people or read the audit signs in with a second factor.
SECOND_FACTOR: bool = env.bool("SECOND_FACTOR", not DEMO)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# No mail to strangers at a stranger's wish; the page says the same either way.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Guesses are slowed, and nobody is locked out (decision 0013). A key is an account and a network,
# or a browser in which its owner signed in before; “from_anywhere” counts an account over all.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "from_anywhere": "60/h/key",
    "reauthenticate": "10/m/user",
    # Forms that are sent by one link, and addresses that no signature of ours is in.
    "update_link": "60/m/key",
    "altered_link": "120/m/ip",
}
# The last address of X-Forwarded-For is the one that the council's own proxy saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", False) else 0
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "goldenthread_attempt",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace_home"
LOGOUT_REDIRECT_URL = "/"
# The demonstration's mail is written to a folder. Anywhere else it waits until a server is set.
MAIL_FOLDER = DATA / "mail"
EMAIL_HOST: str = env.str("MAIL_HOST", "")
if EMAIL_HOST:
    EMAIL_BACKEND = "goldenthread.web.letterbox.Backend"
elif DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAIL_FOLDER)
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
_MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
MAIL_TLS: str = env.str("MAIL_TLS", "starttls", validate=environs.validate.OneOf(_MAIL_PORTS))
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_TLS == "starttls", MAIL_TLS == "tls"
EMAIL_PORT: int = env.int("MAIL_PORT", _MAIL_PORTS[MAIL_TLS])
EMAIL_HOST_USER: str = env.str("MAIL_USER", "")
EMAIL_HOST_PASSWORD: str = env.str("MAIL_PASSWORD", "")
# Seconds for each answer of the mail server: less than a server that is told to stop waits.
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "goldenthread@localhost")

# -- jobs ----------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# -- the browser (trust.md T14, T15) -----------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# A sitting ends after so long without a request, and after so long altogether, in seconds. The row
# outlives both, so that words sent too late are still known to be somebody's.
SITTING_IDLE: int = env.int("IDLE_MINUTES", 30) * 60
SITTING_LONGEST: int = env.int("SITTING_HOURS", 12) * 60 * 60
SESSION_COOKIE_AGE = SITTING_LONGEST + 12 * 60 * 60
SESSION_ENGINE = "goldenthread.web.visits"
# Signed, and without a name in it: a browser in which somebody signed in before.
KNOWN_COOKIE_NAME = "__Host-known" if HTTPS else "known"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# What was done just now is told once, out of the session and not out of a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "goldenthread.web.views.refused.forged"
SECURE_SSL_REDIRECT = HTTPS
# A council's proxy ends the encryption and says so; it must drop the header if a browser sends it.
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# -- words and days ----------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
STATIC_URL = "/static/"
STATIC_ROOT = str(DATA / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# make_folders() makes the upload folder when a site starts, not when this file is read.
SILENCED_SYSTEM_CHECKS = ["files.E001"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "goldenthread.web.logs.Line",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"standard": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["standard"], "level": "WARNING"},
}


def make_folders() -> None:
    """Make the data folder and those in it, for nobody else to read; for a site that starts."""
    folders = [DATA, QUARANTINE, PARKED, Path(MEDIA_ROOT), IN_HAND, Path(STATIC_ROOT)]
    for folder in [*folders, MAIL_FOLDER] if DEMO else folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
