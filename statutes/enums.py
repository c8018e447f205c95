from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rank(TextChoices):
    """Rank of legal force 效力级别."""

    CONSTITUTION = "constitution", _("Constitution")
    LAW = "law", _("Law")
    ADMINISTRATIVE_REGULATION = "admin_regulation", _("Administrative regulation")
    LOCAL_REGULATION = "local_regulation", _("Local regulation")
    RULE = "rule", _("Rule")
    INTERPRETATION = "interpretation", _("Judicial interpretation")


# What the audit log calls the acts of this app.
ACTION_NAMES = {
    "statutes.statute_created": _("Law put on record"),
    "statutes.version_created": _("Version of a law put on record"),
}
