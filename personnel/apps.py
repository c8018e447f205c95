from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonnelConfig(AppConfig):
    name = "personnel"
    label = "personnel"
    verbose_name = _("Personnel")

    def ready(self) -> None:
        from common import audit  # noqa: PLC0415
        from personnel import tasks  # noqa: F401, PLC0415  (jobs and schedules register on import)
        from personnel.enums import ACTION_NAMES  # noqa: PLC0415

        audit.name_actions(ACTION_NAMES)
