from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common import constraints
from common.codes import new_code
from exams.models import Result
from training.enums import CertificateState


class Certificate(models.Model):
    """A certificate of qualification, frozen with the facts it was granted on."""

    number = models.CharField(_("certificate number"), max_length=40, unique=True)
    # Printed beside the number: both together open the public verification page.
    verify_code = models.CharField(max_length=12, default=new_code)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates")
    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="certificate")
    state = models.CharField(max_length=10, choices=CertificateState.choices, default=CertificateState.VALID)
    valid_from = models.DateField()
    # The first day on which it is no longer valid.
    valid_until = models.DateField()
    # Name, unit, exam, score, scheme and law of the day, as they were.
    facts = models.JSONField()
    facts_digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        db_table = "tra_certificate"
        constraints = [
            constraints.valid_choice("state", CertificateState, name="tra_certificate_state_valid"),
            constraints.starts_before_ends("valid_from", "valid_until", name="tra_certificate_validity"),
        ]
        indexes = [
            # "Who is certified today?"
            models.Index(fields=["officer", "state", "valid_until"], name="tra_certificate_valid_ix"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def code(self) -> str:
        """Return what audit entries name it by."""
        return self.number

    @property
    def last_valid_day(self) -> date:
        """Return the last day on which it is valid, as people write validity."""
        return self.valid_until - timedelta(days=1)

    def state_on(self, day: date) -> CertificateState:
        """Return the state on a day: expiry is by date, whether or not it was written down yet."""
        state = CertificateState(self.state)
        if state in (CertificateState.VALID, CertificateState.SUSPENDED) and day >= self.valid_until:
            return CertificateState.EXPIRED
        return state
