from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatutesConfig(AppConfig):
    name = "statutes"
    label = "statutes"
    verbose_name = _("Law base")
