"""The one door to django-q2: tasks are enqueued in the transaction that makes them due.

On the ORM broker the task row commits or rolls back with the fact. Delivery is at least once, so
every task is idempotent; arguments are ids and plain values, because payloads are signed pickles.
"""

from django_q.tasks import async_task

Plain = str | int | float | bool | None


def enqueue(task: str, *arguments: Plain, group: str = "") -> str:
    """Queue the function at the dotted path `task`; return the queue's id for it."""
    return str(async_task(task, *arguments, group=group or None))
