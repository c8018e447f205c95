"""The score sheet: its columns, its rows, what it never shows, and how it comes to its reader."""

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from common import clock, jobs
from common.models import AuditEvent, Job, JobState
from exams import api
from exams.exporters import score_sheet
from exams.models import Attempt, Exam, Sitting
from exams.queries import officer_facts, score_sheets
from exams.queries.officer_facts import OfficerFacts
from personnel.models import Officer
from tests.factories import exams as made
from tests.factories.personnel import OfficerFactory

pytestmark = pytest.mark.django_db

HEADER = [
    "序号", "单位", "姓名", "证件号(脱敏)", "执法证号", "执法领域", "职务/职级", "考试名称", "场次", "应考/实考",
    "成绩", "合格线",
    "是否合格", "补考次数", "最终结果", "完成学时/应修学时", "交卷时间", "备注",
]  # fmt: skip


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[int, OfficerFacts]]:
    """Facts handed in from above exams, as training does."""
    facts: dict[int, OfficerFacts] = {}
    provider = {"tests": lambda exam, ids, *, day: {pk: facts[pk] for pk in ids if pk in facts}}
    monkeypatch.setattr(officer_facts, "_providers", provider)
    return facts


def sat(hall: made.Hall, officer: Officer, *, wrong: int = 0) -> Attempt:
    attempt = hall.attempt(officer)
    token = api.RoomToken(attempt.code, attempt.pk, attempt.lease)
    handed = api.submit(token, seq=1, answers=made.right_answers(attempt, wrong=wrong), at=clock.now())
    api.grade(handed)
    return handed


def released(people: Any, *, wrong: dict[Officer, int], absent: tuple[Officer, ...] = ()) -> Exam:
    hall = made.hall(people)
    for officer, count in wrong.items():
        sat(hall, officer, wrong=count)
    for officer in absent:
        hall.candidate(officer)
    Sitting.objects.filter(pk=hall.sitting.pk).update(
        opens_at=clock.now() - timedelta(hours=3),
        entry_closes_at=clock.now() - timedelta(hours=2),
        ends_at=clock.now() - timedelta(hours=1),
    )
    api.release(hall.exam, by=people.exam_officer)
    hall.exam.refresh_from_db()
    return hall.exam


def cells(path: Path) -> list[list[Any]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def written(exam: Exam, tmp_path: Path) -> list[list[Any]]:
    target = tmp_path / "sheet.xlsx"
    score_sheet.write(exam, score_sheets.candidacies(exam), target, by=None)
    return cells(target)


def test_sheet_has_the_columns_of_human_resources(people: Any, tmp_path: Path, known: dict[int, OfficerFacts]) -> None:
    exam = released(people, wrong={people.learner: 0, people.colleague: 6}, absent=(people.unit_chief,))
    known[people.learner.pk] = OfficerFacts("苏南执法2026001", credited_minutes=2430, required_minutes=2400)
    header, passed, failed, absent = written(exam, tmp_path)
    assert header == HEADER
    learner = people.learner
    closed = Attempt.objects.get(candidacy__officer=learner).closed_at
    assert passed[:16] == [
        1, "执法一大队", "李慧敏", learner.masked_id_number, "苏南执法2026001", None, None,
        "行政执法资格考试", "第一场",
        "1/1", 100, 60, "是", 0, "合格", "40.5/40",
    ]  # fmt: skip
    assert closed is not None
    assert abs(passed[16] - (closed + timedelta(hours=8)).replace(tzinfo=None)) < timedelta(seconds=1)
    assert failed[2:3] + failed[9:15] == ["周明", "1/1", 30, 60, "否", 0, "待补考"]
    assert absent[2:3] + absent[9:] == ["郑国强", "1/0", None, 60, None, 0, "待补考", None, None, "缺考"]


@pytest.mark.fault("F40")
def test_f40_no_cell_holds_a_whole_id_number(people: Any, tmp_path: Path) -> None:
    exam = released(people, wrong={people.learner: 0})
    assert len(people.learner.id_number) == 18
    rows = written(exam, tmp_path)
    assert rows[1][3] == people.learner.id_number[:3] + "*" * 11 + people.learner.id_number[-4:]
    assert not any(people.learner.id_number in str(cell) for row in rows for cell in row)


@pytest.mark.fault("F41")
def test_f41_a_name_that_is_a_formula_stays_text(people: Any, tmp_path: Path) -> None:
    hostile = OfficerFactory(unit=people.team, name='=HYPERLINK("http://x.example","点我")', title="+1+cmd")
    exam = released(people, wrong={hostile: 0})
    target = tmp_path / "sheet.xlsx"
    score_sheet.write(exam, score_sheets.candidacies(exam), target, by=None)
    sheet = load_workbook(target).active
    assert sheet is not None
    for column, text in ((3, hostile.name), (7, "+1+cmd")):
        cell = sheet.cell(row=2, column=column)
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.fault("F33")
def test_f33_nothing_is_written_before_release(people: Any, tmp_path: Path) -> None:
    hall = made.hall(people)
    sat(hall, people.learner)
    target = tmp_path / "sheet.xlsx"
    with pytest.raises(score_sheet.NotPossibleNow):
        score_sheet.write(hall.exam, score_sheets.candidacies(hall.exam), target, by=people.hr)
    assert not target.exists()


@pytest.mark.fault("F33")
def test_f33_a_result_graded_after_the_release_shows_no_score(people: Any, tmp_path: Path) -> None:
    exam = released(people, wrong={people.learner: 0})
    hall = made.Hall(exam, exam.papers.get(), exam.sittings.get(), people.exam_officer)
    Sitting.objects.update(
        opens_at=clock.now() - timedelta(minutes=1),
        entry_closes_at=clock.now() + timedelta(minutes=20),
        ends_at=clock.now() + timedelta(minutes=50),
    )
    sat(hall, people.colleague, wrong=0)
    later = written(exam, tmp_path)[2]
    assert later[2:3] + later[9:15] == ["周明", "1/1", None, 60, None, 0, "待补考"]


def test_human_resources_get_the_rows_of_their_own_people(people: Any) -> None:
    from personnel.enums import Role  # noqa: PLC0415  (models are ready only now)

    abroad = OfficerFactory(unit=people.other_city)
    exam = released(people, wrong={people.learner: 0, abroad: 0})
    below = OfficerFactory(unit=people.team, roles=[Role.HR])

    def rows(officer: Officer) -> set[str]:
        return set(score_sheets.candidacies_for(officer, exam).values_list("officer__service_no", flat=True))

    assert rows(people.exam_officer) == {"A1001", abroad.service_no}
    assert rows(people.hr) == rows(below) == {"A1001"}
    assert rows(people.outsider) == {abroad.service_no}
    assert rows(people.learner) == rows(people.auditor) == set()


def test_one_row_and_three_rows_cost_the_same_number_of_queries(people: Any) -> None:
    from django.db import connection  # noqa: PLC0415  (settings are ready only now)

    exam = released(people, wrong={people.learner: 0, people.colleague: 1}, absent=(people.unit_chief,))
    everybody = score_sheets.candidacies(exam)
    counts = []
    for wanted in (everybody.filter(officer=people.learner), everybody):
        with CaptureQueriesContext(connection) as captured:
            found = list(score_sheet.rows(Exam.objects.get(pk=exam.pk), wanted))
        counts.append((len(found), len(captured)))
    assert counts == [(1, 8), (3, 8)]


def test_job_writes_the_file_and_the_audit_names_it(people: Any) -> None:
    exam = released(people, wrong={people.learner: 0})
    job = jobs.submit(score_sheet.JOB_KIND, title="成绩表", by=people.hr, arguments={"exam": exam.pk})
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    with storages["private"].open(job.output) as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    assert job.outcome == {"rows": 1, "sha256": digest}
    noted = AuditEvent.objects.get(action="exams.score_sheet_exported")
    assert (noted.actor_code, noted.subject, noted.detail) == (
        people.hr.service_no, f"exam:{exam.code}", {"rows": 1, "sha256": digest},
    )  # fmt: skip


def test_job_before_release_fails_with_the_sentence(people: Any) -> None:
    hall = made.hall(people)
    job = jobs.submit(score_sheet.JOB_KIND, title="成绩表", by=people.hr, arguments={"exam": hall.exam.pk})
    jobs.run(job.pk)
    job = Job.objects.get(pk=job.pk)
    assert job.state == JobState.FAILED
    assert "尚未发布" in job.error
    assert not job.output


def test_command_writes_the_sheet_and_reports_it(people: Any, tmp_path: Path) -> None:
    exam = released(people, wrong={people.learner: 0, people.colleague: 0})
    target = tmp_path / "成绩.xlsx"
    said = io.StringIO()
    call_command("export_scores", exam.code, "--out", str(target), "--json", stdout=said)
    report = json.loads(said.getvalue())
    assert report == {
        "exam": exam.code, "rows": 2, "file": str(target),
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
    }  # fmt: skip
    assert [row[2] for row in cells(target)] == ["姓名", "李慧敏", "周明"]
    assert [path.name for path in tmp_path.iterdir()] == ["成绩.xlsx"]


def test_command_refuses_unknown_and_unreleased_exams(people: Any, tmp_path: Path) -> None:
    hall = made.hall(people)
    for code in ("NOSUCHXM", hall.exam.code):
        with pytest.raises(CommandError):
            call_command("export_scores", code, "--out", str(tmp_path / "x.xlsx"))
    assert list(tmp_path.iterdir()) == []
