"""The child's side of `common.sandbox`: limits itself, runs one function, answers in JSON on
standard output.

Imports nothing of Django, so that it starts fast and holds no settings, secrets or connections.
"""

import importlib
import json
import os
import resource
import sys
from typing import Any


class Refused(Exception):
    """The input breaks a rule of form; the sentence is translated by the parent.

    Attributes:
        message: English sentence with `%(name)s` blanks, marked for translation where it is
        written.
        params: what fills the blanks; plain values, lists, or nested ``{"message": …, "params":
        …}``.
    """

    def __init__(self, message: str, *, code: str = "bad_input", **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.params = params


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation without translating it here."""
    return message


def limit(memory_bytes: int, cpu_seconds: int) -> None:
    """Bind this process: address space, processor time, no files written, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    # One second more until the hard kill: SIGXCPU at the soft limit tells the parent why.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Run the function that the request names; never raises."""
    module_name, _dot, function_name = request["function"].rpartition(".")
    try:
        function = getattr(importlib.import_module(module_name), function_name)
        return {"result": function(*request["arguments"])}
    except Refused as refused:
        return {"refused": {"message": refused.message, "params": refused.params, "code": refused.code}}
    except (MemoryError, RecursionError):
        return {"failed": "memory"}
    except Exception as error:  # noqa: BLE001  (whatever a parser throws at a hostile file is one answer)
        return {"failed": f"{type(error).__name__}: {error}"[:500]}


def main() -> None:
    """Read the request, bind the process, answer."""
    request = json.load(sys.stdin)
    # A parser's own prints must not mix with the answer. The answer is a pipe, which RLIMIT_FSIZE
    # leaves alone.
    pipe = os.dup(1)
    os.dup2(2, 1)
    limit(request["memory_bytes"], request["cpu_seconds"])
    encoded = json.dumps(answer(request), ensure_ascii=True).encode()
    with os.fdopen(pipe, "wb") as out:
        out.write(encoded)
