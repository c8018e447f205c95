from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamsConfig(AppConfig):
    name = "exams"
    label = "exams"
    verbose_name = _("Examinations")

    def ready(self) -> None:
        from common import audit  # noqa: PLC0415
        from exams import tasks  # noqa: F401, PLC0415  (jobs and schedules register on import)
        from exams.enums import ACTION_NAMES  # noqa: PLC0415

        audit.name_actions(ACTION_NAMES)
