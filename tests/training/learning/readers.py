"""A reader with a clock of her own: what tests of honest hours move."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms.models import LessonPage
    from personnel.models import Officer
    from training.domain.progress import Reading

# 09:00 in Shanghai.
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@dataclass
class Reader:
    """Reads lessons at instants that the test decides."""

    officer: "Officer"
    now: datetime = field(default=MORNING)

    def open(self, lesson: "LessonPage", *, after: float = 0) -> "Reading":
        """Open the lesson's page some seconds later."""
        return self._beat(lesson, after, opening=True)

    def beat(self, lesson: "LessonPage", *, after: float = 15) -> "Reading":
        """Send the next sign of life, some seconds later."""
        return self._beat(lesson, after, opening=False)

    def read(self, lesson: "LessonPage", *, minutes: int) -> "Reading":
        """Open the page and read for so many minutes, with a sign of life every 15 seconds."""
        reading = self.open(lesson)
        for _ in range(minutes * 4):
            reading = self.beat(lesson)
        return reading

    def _beat(self, lesson: "LessonPage", after: float, *, opening: bool) -> "Reading":
        from training.domain import progress  # noqa: PLC0415  (models need settings)

        self.now += timedelta(seconds=after)
        return progress.beat(self.officer, lesson, opening=opening, at=self.now)
