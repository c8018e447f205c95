from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionBanksConfig(AppConfig):
    name = "question_banks"
    label = "question_banks"
    verbose_name = _("Question banks")

    def ready(self) -> None:
        from common import audit  # noqa: PLC0415
        from question_banks import tasks  # noqa: F401, PLC0415  (jobs register on import)
        from question_banks.enums import ACTION_NAMES  # noqa: PLC0415

        audit.name_actions(ACTION_NAMES)
