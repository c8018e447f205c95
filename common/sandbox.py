"""Parsing of uploads, away from the web process: a pure function runs in a child with limited
memory and time.

Arguments and result travel as JSON, never as pickles: what comes back from a child that read a
hostile file is data.
The function refuses by raising `common.sandbox_child.Refused` with an untranslated sentence;
this side translates
it. A child that is killed, runs out of memory or answers nonsense becomes a sentence as well.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from common.errors import BadInput

# Bytes of JSON a child may answer with: a bank of 50,000 questions is about 40 MB.
ANSWER_LIMIT = 128 * 1024 * 1024
# Not `-m`: the module would exist twice, and its exception with it.
START = "from common.sandbox_child import main; main()"
MEMORY_CODES = frozenset({"memory"})


def run(function: str, *arguments: Any, timeout_seconds: float | None = None) -> Any:
    """Run `package.module.function(*arguments)` in a child process and return its plain result.

    Memory and processor time are limited by `MINGFA_SANDBOX_MEMORY_BYTES` and
    `MINGFA_SANDBOX_CPU_SECONDS`;
    `timeout_seconds` limits waiting (three times the processor time when not given).

    Raises:
        BadInput: the function refused its input, or the child died, ran out of memory or of time.
    """
    cpu_seconds = int(settings.MINGFA_SANDBOX_CPU_SECONDS)
    request = {
        "function": function,
        "arguments": arguments,
        "memory_bytes": int(settings.MINGFA_SANDBOX_MEMORY_BYTES),
        "cpu_seconds": cpu_seconds,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-c", START],
            input=json.dumps(request).encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env=_environment(),
            timeout=timeout_seconds or cpu_seconds * 3,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow() from None
    return _result(done)


def translate(message: str, params: Mapping[str, Any]) -> str:
    """Return an untranslated sentence from a child in the reader's language, its blanks filled in.

    A parameter that is a list is joined; one of the form ``{"message": …, "params": …}`` is
    translated first.
    """
    return _(message) % {name: _spelled(value) for name, value in params.items()}


def _spelled(value: Any) -> Any:
    if isinstance(value, dict) and "message" in value:
        return translate(value["message"], value.get("params", {}))
    if isinstance(value, list):
        # Translators: separates the items of a list inside a sentence.
        return _(", ").join(str(_spelled(item)) for item in value)
    return value


def _environment() -> dict[str, str]:
    # Nothing of the parent's environment: it holds secrets and database addresses.
    return {"PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def _result(done: "subprocess.CompletedProcess[bytes]") -> Any:
    if done.returncode == -signal.SIGXCPU:
        raise _too_slow()
    if done.returncode != 0 or len(done.stdout) > ANSWER_LIMIT:
        raise _too_large()
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise _too_large() from None
    if "refused" in answer:
        refused = answer["refused"]
        raise BadInput(translate(refused["message"], refused["params"]), code=refused["code"])
    if "failed" in answer:
        raise _too_large() if answer["failed"] in MEMORY_CODES else _unreadable()
    return answer["result"]


def _too_slow() -> BadInput:
    return BadInput(
        _("This file takes too long to read. Save it again without empty rows and columns, or split it, and retry."),
        code="file_too_slow",
    )


def _too_large() -> BadInput:
    return BadInput(
        _(
            "This file is too large to be read safely. Delete unused rows, columns and "
            "pictures, or split it, and retry."
        ),
        code="file_too_large",
    )


def _unreadable() -> BadInput:
    return BadInput(
        _(
            "This file could not be read; it may be damaged. Open it in the program it "
            "comes from, save it again, and retry."
        ),
        code="file_unreadable",
    )
