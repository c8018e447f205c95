"""The one place that reads the environment.

Every variable the platform honours is a function call below, with its type, its default and a
sentence for the operator when the value cannot be used. Settings modules call `read_*`; nothing
else looks at `os.environ`.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


def read_text(name: str, default: str = "") -> str:
    """Return the variable as text, stripped; `default` when unset or empty."""
    return os.environ.get(name, "").strip() or default


def read_secret(name: str, *, minimum_length: int = 32) -> str:
    """Return a secret that must be set.

    Raises:
        ImproperlyConfigured: unset, or shorter than `minimum_length` characters.
    """
    value = read_text(name)
    if len(value) < minimum_length:
        raise ImproperlyConfigured(
            f"{name} must be set to at least {minimum_length} random characters. "
            'Make one with: python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return value


def read_flag(name: str, *, default: bool) -> bool:
    """Return a yes/no variable.

    Raises:
        ImproperlyConfigured: the value is neither a yes nor a no word.
    """
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={raw!r} is not a yes or a no; write 1 or 0.")


def read_number(name: str, default: int, *, minimum: int = 0) -> int:
    """Return a whole number.

    Raises:
        ImproperlyConfigured: not a whole number, or below `minimum`.
    """
    raw = read_text(name)
    if not raw:
        return default
    try:
        number = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={raw!r} is not a whole number.") from None
    if number < minimum:
        raise ImproperlyConfigured(f"{name}={number} is below {minimum}.")
    return number


def read_list(name: str) -> list[str]:
    """Return a comma-separated variable as its non-empty parts."""
    return [part.strip() for part in read_text(name).split(",") if part.strip()]


def read_path(name: str, default: Path) -> Path:
    """Return a path, made absolute."""
    raw = read_text(name)
    return Path(raw).expanduser().resolve() if raw else default
