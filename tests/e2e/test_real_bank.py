"""A real newcomer's file, from import to a graded result in the browser."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from common import clock
from exams import api
from question_banks.enums import QuestionType
from question_banks.models import Bank
from tests.e2e.test_story import log_in, sit
from tests.factories import exams as made
from tests.personas import cast
from tests.queues import drain
from tests.realdata.test_questions import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.realdata]


@pytest.fixture
def people(transactional_db: None) -> Any:
    return cast()


def test_exam_drawn_from_a_real_word_bank_is_sat_to_a_graded_result(open_page: Any, people: Any) -> None:
    document = ROOT / "xingzhengzhifa" / "单选题.docx"
    if not document.exists():
        pytest.skip("the real question files are not here (MINGFA_DATA)")
    Bank.objects.create(code="real", name="真实题库", unit=people.city, created_at=clock.now())
    said = StringIO()
    options = {"bank": "real", "json": True, "by": "Q2101", "approve_as": "Q2102"}
    call_command("import_questions", str(document), stdout=said, **options)
    outcome = json.loads(said.getvalue())
    assert (outcome["found"], outcome["imported"], len(outcome["refused"])) == (727, 718, 9)

    scheme = made.scheme(code="real")
    bank = Bank.objects.get(code="real")
    exam = api.create_exam(title="真实题库考试", scheme=scheme, unit=people.city, banks=[bank], by=people.exam_officer)
    api.set_blueprint(exam, [api.Cell(QuestionType.SINGLE, None, 40, Decimal("2.5"))], by=people.exam_officer)
    paper = api.seal(api.draw(exam, by=people.exam_officer, seed=20261123), by=people.exam_officer)
    exam.refresh_from_db()
    opens_at = clock.now() - timedelta(minutes=1)
    sitting = api.create_sitting(
        exam,
        paper=paper,
        name="第一场",
        opens_at=opens_at,
        ends_at=opens_at + timedelta(hours=2),
        by=people.exam_officer,
    )
    candidacy = api.register(sitting, [people.learner], by=people.exam_officer).registered[0]
    api.admit(candidacy, by=None)

    page = log_in(open_page(viewport={"width": 390, "height": 844}), "A1001")
    attempt = sit(page, people.learner, exam, wrong=10)
    drain()
    attempt.refresh_from_db()
    assert (attempt.result.score, attempt.result.has_passed) == (Decimal("75.00"), True)
