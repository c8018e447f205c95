"""An exam's graded results in figures, for the exam officer before and after release."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from common.scores import as_score
from exams.enums import CLOSED_STATES
from exams.models import Exam, Result
from exams.queries import score_sheets

STEPS = 10


@dataclass(frozen=True)
class Step:
    """A bar of the histogram: results from `low` percent of the full marks up to the next step."""

    low: int
    count: int

    @property
    def label(self) -> str:
        width = 100 // STEPS
        return f"{self.low}–{100 if self.low + width == 100 else self.low + width - 1} %"


@dataclass(frozen=True)
class Figures:
    """Counts, pass rate and distribution of the graded results of an exam."""

    due: int
    count: int
    passed: int
    mean: Decimal
    highest: Decimal
    lowest: Decimal
    histogram: list[Step]

    @property
    def failed(self) -> int:
        return self.count - self.passed

    @property
    def absent(self) -> int:
        return max(0, self.due - self.count)

    @property
    def pass_rate(self) -> Decimal:
        """Return the share of passes among the graded, in percent with one place."""
        if not self.count:
            return Decimal("0.0")
        share = Decimal(self.passed) * 100 / self.count
        return share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    @property
    def tallest(self) -> int:
        return max((step.count for step in self.histogram), default=0) or 1


def of(exam: Exam) -> Figures:
    """Return the figures of every graded attempt that was handed in, released or not; two queries."""
    graded = list(
        Result.objects.filter(exam=exam, attempt__state__in=CLOSED_STATES).values_list(
            "score", "full_marks", "has_passed"
        )
    )
    marks = [as_score(score) for score, _full, _passed in graded]
    counted = Counter(_step(as_score(score), as_score(full)) for score, full, _passed in graded)
    due: int = score_sheets.candidacies(exam).count()
    return Figures(
        due=due,
        count=len(graded),
        passed=sum(passed for _score, _full, passed in graded),
        mean=as_score(sum(marks, Decimal(0)) / len(marks)) if marks else Decimal(0),
        highest=max(marks, default=Decimal(0)),
        lowest=min(marks, default=Decimal(0)),
        histogram=[Step(step * 100 // STEPS, counted.get(step, 0)) for step in range(STEPS)],
    )


def _step(score: Decimal, full: Decimal) -> int:
    if not full:
        return 0
    return min(STEPS - 1, int(score * STEPS / full))
