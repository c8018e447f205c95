"""Project rules as system checks: they run at every start, not only in tests."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def check_queue_retry(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A task that outlives `retry` would run twice at the same time (fault F23)."""
    cluster: dict[str, Any] = settings.Q_CLUSTER
    if cluster["retry"] > cluster["timeout"]:
        return []
    return [
        Error(
            "Q_CLUSTER: retry must be greater than timeout.",
            hint="Otherwise a slow task is delivered a second time while the first still runs.",
            id="mingfa.E001",
        )
    ]
