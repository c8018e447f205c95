"""Keys for a machine that has none configured: made once, kept in the data folder, readable by its
owner only.
"""

import secrets
from pathlib import Path


def development_key(folder: Path, name: str) -> str:
    """Return the key kept in `folder/keys/name`, making it on first use.

    Written through an exclusive create, so that two processes that start together agree on one key.
    """
    path = folder / "keys" / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("x", encoding="ascii") as handle:
            path.chmod(0o600)
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
