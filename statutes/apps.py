from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatutesConfig(AppConfig):
    name = "statutes"
    label = "statutes"
    verbose_name = _("Law base")

    def ready(self) -> None:
        from common import audit  # noqa: PLC0415
        from statutes.enums import ACTION_NAMES  # noqa: PLC0415

        audit.name_actions(ACTION_NAMES)
