"""What every test may ask for: a database that survives being emptied, and a browser."""

import shutil
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests.browsers import browser, open_page, page, phone
from tests.databases import flush_back_to_migrated
from tests.personas import people

# A busy machine is no reason for a property to fail; the blob repeats a failure exactly.
hypothesis.settings.register_profile("mingfa", deadline=None, print_blob=True)
hypothesis.settings.load_profile("mingfa")

__all__ = ["browser", "open_page", "page", "people", "phone"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Create the database by running every migration, and keep what the migrations wrote."""
    with django_db_blocker.unblock(), flush_back_to_migrated():
        yield


@pytest.fixture(autouse=True)
def _cold_caches() -> None:
    """Forget what an earlier test left in the process's cache."""
    from django.core.cache import cache  # noqa: PLC0415  (settings are ready only now)

    cache.clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out tests for the engine that is not in use, and mark browser tests by their folder."""
    from django.db import connection  # noqa: PLC0415  (settings are ready only now)

    other = "sqlite" if connection.vendor == "postgresql" else "postgres"
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()) or "tests/e2e/" in item.nodeid:
            item.add_marker("e2e")
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"means something on {other} only"))


def pytest_unconfigure() -> None:
    """Remove the temporary folder that the test settings made."""
    from django.conf import settings  # noqa: PLC0415  (settings are ready only now)

    if settings.configured:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
