from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    label = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        # Each registers what it holds: columns of the score sheet, receivers, tasks and schedules.
        from common import audit  # noqa: PLC0415
        from training import receivers, tasks  # noqa: F401, PLC0415
        from training.enums import ACTION_NAMES  # noqa: PLC0415
        from training.exporters import score_facts  # noqa: F401, PLC0415

        audit.name_actions(ACTION_NAMES)
