"""How many approved questions an exam's banks hold for a cell of its blueprint."""

from exams.models import Exam
from question_banks.models import KnowledgePoint
from question_banks.queries import pool


class Stock:
    """The counts of one exam's banks, read once; asked cell by cell without further queries."""

    def __init__(self, exam: Exam) -> None:
        self._paths: dict[int, str] = dict(KnowledgePoint.objects.values_list("pk", "path"))
        self._counts = pool.stock(exam.banks.values_list("pk", flat=True))

    def available(self, question_type: str, knowledge_point_id: int | None) -> int:
        """Return the number for a type and a knowledge point with its branch; None stands for any point."""
        branch = self._paths.get(knowledge_point_id, "-") if knowledge_point_id else ""
        return sum(
            entry.count
            for entry in self._counts
            if entry.question_type == question_type
            and self._paths.get(entry.knowledge_point_id or 0, "").startswith(branch)
        )
