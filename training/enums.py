"""The closed lists of training."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EnrolmentState(TextChoices):
    ACTIVE = "active", _("Under way")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CertificateState(TextChoices):
    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")
    REVOKED = "revoked", _("Revoked")


class RetrainingState(TextChoices):
    OPEN = "open", _("Under way")
    READY = "ready", _("Ready for the resit")
    CLOSED = "closed", _("Closed")


class PerformanceKind(TextChoices):
    EXAM_RESULT = "exam_result", _("Exam result")
    CERTIFICATE = "certificate", _("Certificate")
