"""The closed lists of training."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class EnrolmentState(TextChoices):
    ACTIVE = "active", _("Under way")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @property
    def tone(self) -> str:
        """Return how it is coloured beside its word."""
        return {"active": "info", "completed": "success"}.get(self.value, "neutral")


class CertificateState(TextChoices):
    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", pgettext_lazy("of a certificate", "Suspended")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", pgettext_lazy("of a certificate", "Cancelled")
    REVOKED = "revoked", _("Revoked")

    @property
    def tone(self) -> str:
        """Return how it is coloured beside its word."""
        return {"valid": "success", "suspended": "warning"}.get(self.value, "danger")


class RetrainingState(TextChoices):
    OPEN = "open", _("Under way")
    READY = "ready", _("Ready for the resit")
    CLOSED = "closed", _("Closed")

    @property
    def tone(self) -> str:
        """Return how it is coloured beside its word."""
        return {"open": "info", "ready": "success"}.get(self.value, "neutral")


class PerformanceKind(TextChoices):
    EXAM_RESULT = "exam_result", _("Exam result")
    CERTIFICATE = "certificate", _("Certificate")


class UncoveredReason(TextChoices):
    """Why an officer on an enforcement post holds no valid certificate."""

    NEVER_SAT = "never_sat", _("Has not been registered for an exam")
    REGISTERED = "registered", _("Is registered and has not sat yet")
    NOT_RELEASED = "not_released", _("Has sat; the result is not released")
    FAILED = "failed", _("Did not pass; in retraining")
    EXPIRED = "expired", _("The certificate has expired")
    SUSPENDED = "suspended", _("The certificate is suspended")
    CANCELLED = "cancelled", _("The certificate was cancelled")
    REVOKED = "revoked", _("The certificate was revoked")


# What the audit log calls the acts of this app; moves of a state are named by the state.
ACTION_NAMES = {
    "training.programme_created": _("Programme made"),
    "training.officers_enrolled": _("Officers enrolled"),
    "training.certificate_issued": _("Certificate issued"),
    "training.retraining_opened": _("Retraining opened"),
    "training.coverage_exported": _("Certified on duty exported"),
}
