"""The test suite: fast hashing, fixed keys, files in a temporary folder. `DATABASE_URL` chooses the
engine.
"""

import tempfile
from pathlib import Path

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import Q_CLUSTER, STORAGES, database

DEBUG = False
SECRET_KEY = "test-only-secret-key-that-signs-nothing-of-value"  # noqa: S105
MINGFA_FIELD_KEY = "test-only-field-key-that-protects-no-real-person"
MINGFA_INDEX_KEY = "test-only-index-key-that-protects-no-real-person"
ALLOWED_HOSTS = ["*"]
_scratch = Path(tempfile.mkdtemp(prefix="mingfa-test-"))
VAR_DIR = _scratch
MEDIA_ROOT = _scratch / "media"
PRIVATE_ROOT = _scratch / "private"
DATABASES = {"default": database(env.read_text("DATABASE_URL", f"sqlite:///{_scratch / 'test.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: live servers and killed processes must see the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
AXES_ENABLED = True
Q_CLUSTER = {**Q_CLUSTER, "sync": False}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
