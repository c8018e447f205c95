from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamsConfig(AppConfig):
    name = "exams"
    label = "exams"
    verbose_name = _("Examinations")

    def ready(self) -> None:
        from exams import tasks  # noqa: F401, PLC0415  (jobs and schedules register on import)
