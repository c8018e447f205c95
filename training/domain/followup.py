"""What follows from a released result: certificate or retraining, and the performance record."""

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock
from exams.enums import ExamKind
from exams.models import Result
from training.domain import certification, performance, retraining
from training.enums import PerformanceKind
from training.models import Certificate


def follow_up(result_id: int) -> None:
    """Draw the consequences of one released result. Runs any number of times with one effect.

    A result that was never released, or a mock exam, has none.
    """
    at = clock.now()
    with transaction.atomic():
        result = (
            Result.objects.select_for_update(of=("self",))
            .select_related("exam__scheme", "exam__unit", "exam__field", "officer", "attempt__paper")
            .get(pk=result_id)
        )
        if result.released_at is None or result.exam.scheme.kind == ExamKind.MOCK:
            return
        performance.append(
            result.officer,
            PerformanceKind.EXAM_RESULT,
            subject=f"result:{result.code}",
            detail=_result_detail(result),
            at=at,
        )
        if not result.has_passed:
            retraining.open_plan(result, at=at)
            return
        certificate = certification.issue(result, at=at)
        if certificate:
            performance.append(
                result.officer,
                PerformanceKind.CERTIFICATE,
                subject=f"certificate:{certificate.number}",
                detail=_certificate_detail(certificate),
                at=at,
            )
        retraining.close_plans(result, at=at, reason=_("A later exam of the scheme was passed."))


def _result_detail(result: Result) -> dict[str, str | bool]:
    return {
        "exam": result.exam.title,
        "exam_code": result.exam.code,
        "score": f"{result.score:.2f}",
        "full_marks": f"{result.full_marks:.2f}",
        "passed": result.has_passed,
        "band": result.band,
    }


def _certificate_detail(certificate: Certificate) -> dict[str, str]:
    return {
        "number": certificate.number,
        "valid_from": certificate.valid_from.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
    }
