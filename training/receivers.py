"""What training hears. Receivers run inside the announcing transaction and only enqueue, so the
task commits or rolls back with the fact.
"""

from typing import Any

from django.dispatch import receiver

from common import queue
from exams.signals import candidacy_registered, result_published


@receiver(result_published, dispatch_uid="training.follow_up")
def follow_up(*, result_id: int, **_announced: Any) -> None:
    """A result became visible: certificate or retraining follow from it."""
    queue.enqueue("training.tasks.follow_up", result_id, group="training.follow_up")


@receiver(candidacy_registered, dispatch_uid="training.consider_admission")
def consider_admission(*, candidacy_id: int, **_announced: Any) -> None:
    """A candidate was registered: whoever has the hours already is admitted."""
    queue.enqueue("training.tasks.consider_admission", candidacy_id, group="training.admission")
