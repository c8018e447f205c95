"""Settings shared by every way of running Mingfa. Secrets and switches come from `config.env`
alone.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Everything the running platform writes: database, uploads, exports, generated development keys.
VAR_DIR = env.read_path("MINGFA_VAR", BASE_DIR / "var")

INSTALLED_APPS = [
    "training.apps.TrainingConfig",
    "exams.apps.ExamsConfig",
    "question_banks.apps.QuestionBanksConfig",
    "cms.apps.CmsConfig",
    "statutes.apps.StatutesConfig",
    "personnel.apps.PersonnelConfig",
    "common.apps.CommonConfig",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_htmx",
    "template_partials",
    "django_q",
    "axes",
    "rules",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # The examination room's API answers here, before sessions, locale and the rest: everybody saves
    # all the time.
    "exams.room_path.RoomPathMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.csp.EditorPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "common.middleware.PrivateAnswerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "personnel.views.gates.IdleGate",
    "personnel.views.gates.InitialPasswordGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "common.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
            "builtins": ["common.templatetags.components"],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a database URL, with what keeps an acknowledged answer on disk.

    SQLite runs WAL with `synchronous=FULL`: with NORMAL a power cut may take the last commits, and
    those are somebody's answers. Its transactions begin IMMEDIATE, so writers queue instead of
    failing half-way.
    """
    parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    if parsed["ENGINE"].endswith("sqlite3"):
        # A thread keeps its connection: opening one and closing the last, which writes the whole log
        # back, costs several times what a save does.
        parsed["CONN_MAX_AGE"] = None
        parsed["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    else:
        # No pool setting below min_size 1: a worker holds one connection, a web process at most
        # eight.
        parsed["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
    return parsed


DATABASES = {"default": database(env.read_text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'mingfa.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- people and access ----------------------------------------------------------------------------
AUTH_USER_MODEL = "personnel.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("service_no", "name", "pinyin", "email"), "max_similarity": 0.6},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account:login"
WAGTAILADMIN_LOGIN_URL = "/account/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
# Five failures lock the pair of account and address for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
# What the login form calls the account. By default axes looks for `service_no`, finds nothing and
# locks the whole address.
AXES_USERNAME_FORM_FIELD = "username"
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "personnel/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Minutes without a visit after which a login ends; the examination room does not depend on it.
MINGFA_IDLE_MINUTES = 30
# Seconds after the last visit at which the browser forgets the login too.
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

# Strict for every page of ours: nothing inline, nothing from another origin. Wagtail's admin adds
# what it needs in `cms.csp`.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
# Our own words for the header; then, kept by hand, Chinese for what third parties leave in English.
LOCALE_PATHS = [BASE_DIR / "config" / "locale", BASE_DIR / "config" / "locale_overrides"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["config.formats"]

# --- files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Uploads and exports that only their owner may fetch, never served by URL.
PRIVATE_ROOT = VAR_DIR / "private"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- background work ------------------------------------------------------------------------------
Q_CLUSTER = {
    "name": "mingfa",
    "orm": "default",
    "workers": env.read_number("MINGFA_WORKERS", 2, minimum=1),
    # Seconds. `retry` must exceed `timeout`, or a task would run twice at once; common.checks
    # asserts it.
    "timeout": 900,
    "retry": 960,
    "max_attempts": 3,
    "ack_failures": True,
    "poll": 1,
    "save_limit": 1000,
    "catch_up": False,
    "label": "Mingfa",
    "log_level": "WARNING",
}

# --- Wagtail --------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "明法"
WAGTAILADMIN_BASE_URL = env.read_text("MINGFA_BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Accounts are kept in `personnel`, where every change is audited.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.bigram", "SEARCH_CONFIG": "simple"}}

# --- Mingfa's own ---------------------------------------------------------------------------------
# Address that certificates and receipts print for verification.
MINGFA_BASE_URL = env.read_text("MINGFA_BASE_URL", "http://127.0.0.1:8000")
# Seconds after the deadline within which an answer still counts as in time (network and clock
# slack).
MINGFA_ROOM_GRACE_SECONDS = 5
# Minutes of learning credited to one officer a day, at most.
MINGFA_DAILY_HOURS_CAP_MINUTES = 240
# Seconds between two signs of life of a lesson page that are still credited as continuous reading.
MINGFA_READING_GAP_SECONDS = 60
# How certificate numbers are made: the year, and seven random digits, so that a number tells no count.
MINGFA_CERTIFICATE_NUMBER = env.read_text("MINGFA_CERTIFICATE_NUMBER", "MF{year}{digits}")
# Folders with more fonts for certificates (a Song face, rare characters), before the bundled one.
MINGFA_FONT_PATHS = env.read_list("MINGFA_FONT_PATHS")
# Look-ups of certificates by the public, per address and minute.
MINGFA_VERIFY_PER_MINUTE = env.read_number("MINGFA_VERIFY_PER_MINUTE", 20, minimum=1)
# Limits for parsing uploads in a child process: address space in bytes, processor seconds.
MINGFA_SANDBOX_MEMORY_BYTES = 768 * 1024 * 1024
MINGFA_SANDBOX_CPU_SECONDS = 20

TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []
