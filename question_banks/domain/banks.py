"""Banks and knowledge points: made by those who author."""

from django.db import transaction
from django.utils.translation import gettext as _

from common import audit, clock
from common.codes import new_code
from common.errors import BadInput
from personnel.models import EnforcementField, Officer, Unit
from question_banks.models import Bank, KnowledgePoint


def create_bank(
    code: str, name: str, *, unit: Unit, field: EnforcementField | None = None, by: Officer | None
) -> Bank:
    """Open a bank that a unit owns; `by=None` is the platform setting itself up.

    Raises:
        BadInput: the code is taken.
    """
    at = clock.now()
    with transaction.atomic():
        if Bank.objects.filter(code=code).exists():
            raise BadInput(_("There is a bank with the code %(code)s already.") % {"code": code}, field="code")
        bank = Bank.objects.create(code=code, name=name, unit=unit, field=field, created_at=at)
        audit.record("question_banks.bank_created", by=by, at=at, subject=f"bank:{code}", detail={"name": name})
    return bank


def add_knowledge_point(
    name: str, *, code: str = "", parent: KnowledgePoint | None = None, by: Officer | None
) -> KnowledgePoint:
    """Add a knowledge point at the top or below another; its code is made up when none is given."""
    at = clock.now()
    with transaction.atomic():
        fields = {"name": name, "code": code or f"kp-{new_code(6).lower()}"}
        # Fresh from the database: treebeard writes by the path and child count in memory.
        point: KnowledgePoint = (
            KnowledgePoint.objects.get(pk=parent.pk).add_child(**fields)
            if parent
            else KnowledgePoint.add_root(**fields)
        )
        audit.record(
            "question_banks.knowledge_point_added",
            by=by,
            at=at,
            subject=f"knowledge_point:{point.code}",
            detail={"name": name},
        )
    return point
