from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "common"
    label = "common"
    verbose_name = _("Common ground")

    def ready(self) -> None:
        from common import checks  # noqa: F401, PLC0415  (system checks register on import)
