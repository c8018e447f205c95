from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionBanksConfig(AppConfig):
    name = "question_banks"
    label = "question_banks"
    verbose_name = _("Question banks")
