"""The platform's WSGI entry for fault tests: a request may name when to be killed, to pause, or to go without a lock.

- ``X-Test-Die: before-commit`` kills the process after the answer is written, before the commit (F20).
- ``X-Test-Die: before-response`` kills it after the commit, before the browser hears of it (F19).
- ``X-Test-Pause: 0.3`` waits that many seconds after the attempt was read, so that parallel requests meet.
- ``X-Test-Unlocked: 1`` reads the attempt without locking it: the negative control that must show the race.

Exists in tests only.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as platform
from exams.domain import attempts
from exams.models import Attempt

_store = attempts._store
_locked = attempts._locked
_wish = threading.local()


def _store_and_perhaps_die(*args: Any, **kwargs: Any) -> None:
    _store(*args, **kwargs)
    if _wish.die == "before-commit":
        os.kill(os.getpid(), signal.SIGKILL)


def _read_and_perhaps_pause(token: Any) -> Any:
    attempt = Attempt.objects.get(pk=token.attempt_id) if _wish.unlocked else _locked(token)
    time.sleep(_wish.pause)
    return attempt


attempts._store = _store_and_perhaps_die
attempts._locked = _read_and_perhaps_pause


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    _wish.die = environ.get("HTTP_X_TEST_DIE", "")
    _wish.pause = float(environ.get("HTTP_X_TEST_PAUSE", "0"))
    _wish.unlocked = environ.get("HTTP_X_TEST_UNLOCKED", "") == "1"
    response = platform(environ, start_response)
    if _wish.die == "before-response":
        os.kill(os.getpid(), signal.SIGKILL)
    return response
