"""What the room's save is measured against: the same server, database and settings, no middleware, one view."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.bench.bare_urls"
