"""Doing in a test what the worker process does: every queued task, in order, until none is left."""

from importlib import import_module

from django.db import transaction
from django_q.models import OrmQ


def drain(limit: int = 500) -> list[str]:
    """Run what is queued, and what that queues; return the functions that ran.

    A task that raises stops the test: nothing here is delivered twice.
    """
    ran: list[str] = []
    while (row := OrmQ.objects.order_by("pk").first()) is not None:
        assert len(ran) < limit, "tasks keep queueing tasks"
        task = row.task
        row.delete()
        module, _dot, function = task["func"].rpartition(".")
        with transaction.atomic():
            getattr(import_module(module), function)(*task["args"], **task["kwargs"])
        ran.append(task["func"])
    return ran
