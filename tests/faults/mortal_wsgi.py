"""The platform's WSGI entry for fault tests: a request may name the moment at which its process is killed outright.

`X-Test-Die: before-commit` kills after the answer is inserted and before the transaction commits (F20);
`X-Test-Die: before-response` kills after the commit and before the browser hears of it (F19). Exists in tests only.
"""

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as platform
from exams.domain import evidence

_append_response = evidence.append_response
_doomed = False


def _append_and_perhaps_die(*args: Any, **kwargs: Any) -> Any:
    row = _append_response(*args, **kwargs)
    if _doomed:
        os.kill(os.getpid(), signal.SIGKILL)
    return row


evidence.append_response = _append_and_perhaps_die


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    global _doomed
    moment = environ.get("HTTP_X_TEST_DIE", "")
    _doomed = moment == "before-commit"
    response = platform(environ, start_response)
    if moment == "before-response":
        os.kill(os.getpid(), signal.SIGKILL)
    return response
