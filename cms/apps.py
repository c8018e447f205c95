from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Course content")

    def ready(self) -> None:
        from cms.enums import ACTION_NAMES  # noqa: PLC0415
        from common import audit  # noqa: PLC0415

        audit.name_actions(ACTION_NAMES)
