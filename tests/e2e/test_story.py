"""The whole loop as its users live it, in a real browser: roster, course, questions, exam, result, what follows.

One long story instead of many short ones: each step stands on what the person before has really done. Only the
worker's part (`drain`) and the passing of time are the test's own.
"""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from cms.models import CourseIndexPage, CoursePage, LessonPage
from common import clock, records
from exams.domain import grading, papers
from exams.models import Attempt, Exam, Sitting
from personnel.models import Officer
from personnel.queries.officers import unit_of
from question_banks.models import Bank, KnowledgePoint, LessonKnowledge, Question
from tests.factories import exams as made
from tests.factories.personnel import PASSWORD
from tests.personas import cast
from tests.queues import drain
from training.domain import enrolment, programmes
from training.models import Certificate, LessonProgress, RetrainingPlan

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db: None) -> Any:
    return cast()


def log_in(page: Page, service_no: str) -> Page:
    page.goto("/account/login/")
    page.locator("[name=username]").fill(service_no)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1").first).to_be_visible()
    assert "/account/login/" not in page.url
    return page


def workbook(rows: list[list[Any]], path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def import_roster(page: Page, people: Any, folder: Path) -> None:
    """HR brings two officers of the team in from Excel."""
    roster = workbook(
        [
            ["工号", "姓名", "单位", "层级", "是否执法岗"],
            ["N0001", "林晓", people.team.name, "在岗", "是"],
            ["N0002", "马丁", people.team.name, "在岗", "是"],
        ],
        folder / "名册.xlsx",
    )
    log_in(page, "H4001").goto("/personnel/roster/")
    page.locator("[name=file]").set_input_files(roster)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("林晓")).to_be_visible()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url("**/jobs/**")
    drain()
    for officer in Officer.objects.filter(service_no__in=["N0001", "N0002"]):
        assert unit_of(officer) == people.team
        officer.set_password(PASSWORD)
        officer.save()


def write_course(page: Page) -> None:
    """The trainer writes a course with a lesson in Wagtail and publishes both."""
    log_in(page, "T2001").goto("/cms/")
    index = page.request.get("/content/courses/")
    assert index.ok
    page.goto(f"/cms/pages/add/cms/coursepage/{CourseIndexPage.objects.get().pk}/")
    type_title(page, "行政处罚程序")
    page.locator("[name=field]").select_option(index=1)
    publish(page)
    course = CoursePage.objects.get(title="行政处罚程序")
    page.goto(f"/cms/pages/add/cms/lessonpage/{course.pk}/")
    type_title(page, "告知与陈述申辩")
    page.locator("[name=minutes]").fill("1")
    publish(page)
    assert course.live


def type_title(page: Page, title: str) -> None:
    """Type as a person does: Wagtail makes the address from the keys pressed."""
    page.locator("[name=title]").press_sequentially(title)
    page.keyboard.press("Tab")
    expect(page.locator("[name=slug]")).to_have_value(title)


def publish(page: Page) -> None:
    page.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("[name=action-publish]").click()
    page.wait_for_url("**/cms/pages/*/**")
    expect(page.locator(".messages .success")).to_be_visible()


def import_questions(page: Page, bank: Bank, folder: Path) -> None:
    """The author imports questions from Excel; one record is refused with its reason."""
    rows: list[list[Any]] = [["题型", "题干", "选项A", "选项B", "选项C", "选项D", "正确答案", "知识点", "解析"]]
    rows += [
        ["单选题", f"第{n}问：哪一种做法正确？", f"甲{n}", f"乙{n}", "丙", "丁", "B", "处罚程序", "略"]
        for n in range(1, 9)
    ]
    rows += [["判断题", f"第{n}条说法是正确的。", "", "", "", "", "正确", "证据规则", ""] for n in range(1, 5)]
    rows.append(["单选题", "这道题的答案没有对应选项", "甲", "乙", "", "", "D", "处罚程序", ""])
    log_in(page, "Q2101").goto(f"/banks/{bank.code}/import/")
    page.locator("[name=documents]").set_input_files(workbook(rows, folder / "题目.xlsx"))
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_url("**/banks/imports/**")
    drain()
    page.reload()
    expect(page.locator("main")).to_contain_text("这道题的答案没有对应选项")
    page.locator("[name=leave_out]").check()
    page.locator("button[form=execute]").click()
    page.wait_for_load_state()
    drain()
    assert Question.objects.filter(bank=bank, state="in_review").count() == 12


def approve_questions(page: Page, bank: Bank) -> None:
    """Another person approves them."""
    log_in(page, "Q2102").goto(f"/banks/{bank.code}/review/")
    page.locator("main form button[name=all]").click()
    page.wait_for_load_state()
    assert Question.objects.filter(bank=bank, state="approved").count() == 12


def prepare_exam(page: Page, people: Any, bank: Bank) -> Exam:
    """The exam officer begins an exam, is told what is lacking, mends the blueprint, draws and seals."""
    scheme = made.scheme(code="story", name="演练")
    log_in(page, "E3001").goto("/exams/manage/new/")
    page.locator("[name=title]").fill("行政执法资格考试（故事）")
    page.locator("[name=scheme]").select_option(str(scheme.pk))
    page.locator("[name=unit]").select_option(str(people.city.pk))
    page.locator(f"[name=banks][value='{bank.pk}']").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    exam = Exam.objects.get(title="行政执法资格考试（故事）")
    refused = page.request.post(
        f"/exams/manage/{exam.code}/draw/", headers=csrf(page), form={"csrfmiddlewaretoken": csrf_value(page)}
    )
    assert refused.status == 409
    assert "多选题" in refused.text()
    page.goto(f"/exams/manage/{exam.code}/blueprint/")
    fit_blueprint(page)
    page.goto(f"/exams/manage/{exam.code}/")
    page.locator(".next-step button, .next-step a").first.click()
    page.wait_for_url("**/exams/manage/**")
    paper = exam.papers.get()
    page.goto(f"/exams/manage/papers/{paper.code}/")
    page.locator("[name=confirmed]").check()
    page.locator("form[action$='/seal/'] button[type=submit]").click()
    page.wait_for_load_state()
    exam.refresh_from_db()
    assert exam.state == "sealed"
    return exam


def fit_blueprint(page: Page) -> None:
    """Ask for 8 single choice at 10 marks and 4 true or false at 5, and no multiple choice."""
    wanted = {"single": ("8", "10"), "multiple": None, "true_false": ("4", "5")}
    rows = page.locator("select[name$=question_type]")
    for index in range(rows.count()):
        kind = rows.nth(index).input_value()
        prefix = (rows.nth(index).get_attribute("name") or "").removesuffix("question_type")
        values = wanted.pop(kind, None) if kind else None
        if values is None:
            remove = page.locator(f"[name='{prefix}DELETE']")
            if kind and remove.count():
                remove.check()
            continue
        page.locator(f"[name='{prefix}count']").fill(values[0])
        page.locator(f"[name='{prefix}marks_each']").fill(values[1])
    page.locator("main button[name=save]").click()
    page.wait_for_load_state()


def csrf_value(page: Page) -> str:
    return page.locator("[name=csrfmiddlewaretoken]").first.input_value()


def csrf(page: Page) -> dict[str, str]:
    return {"Referer": page.url}


def plan_sitting(page: Page, people: Any, exam: Exam) -> Sitting:
    """The exam officer sets a sitting and registers the team's officers."""
    now = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    page.goto(f"/exams/manage/{exam.code}/sittings/new/")
    page.locator("[name=name]").fill("第一场")
    page.locator("[name=opens_at]").fill((now - timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M"))
    page.locator("[name=ends_at]").fill((now + timedelta(minutes=120)).strftime("%Y-%m-%dT%H:%M"))
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    sitting = Sitting.objects.get(exam=exam)
    page.goto(f"/exams/manage/sittings/{sitting.code}/register/?unit={people.team.code}")
    for service_no in ("N0001", "N0002"):
        page.locator("tr", has_text=service_no).locator("input[type=checkbox]").check()
    page.locator("button[name=ticked]").click()
    page.wait_for_load_state()
    assert sitting.candidacies.count() == 2
    return sitting


def learn(page: Page, officer: Officer, exam: Exam) -> None:
    """The officer finds her programme and reads the lesson; the server counts, and admits her to the exam."""
    page.goto("/")
    expect(page.locator("main")).to_contain_text("告知与陈述申辩")
    page.locator("main .next-step a").click()
    page.wait_for_load_state()
    beat = page.locator("[data-reading-url]").get_attribute("data-reading-url")
    assert beat
    token = page.context.cookies()
    headers = {"X-CSRFToken": next(c["value"] for c in token if c["name"] == "csrftoken"), "Referer": page.url}
    assert page.request.post(beat, headers=headers).ok
    # A minute of reading, as the server's watch would have seen it.
    LessonProgress.objects.filter(officer=officer).update(last_beat_at=clock.now() - timedelta(seconds=59))
    page.request.post(beat, headers=headers)
    LessonProgress.objects.filter(officer=officer).update(last_beat_at=clock.now() - timedelta(seconds=59))
    assert page.request.post(beat, headers=headers).ok
    drain()
    assert officer.candidacies.get(sitting__exam=exam).state == "admitted"


def sit(page: Page, officer: Officer, exam: Exam, *, wrong: int) -> Attempt:
    """The officer sits the exam in the room, answers every question and hands in."""
    candidacy = officer.candidacies.get(sitting__exam=exam)
    page.goto(f"/exams/room/{candidacy.code}/")
    page.get_by_role("button", name="开始考试").click()
    expect(page.locator("[data-panel=paper]")).to_be_visible()
    attempt = Attempt.objects.get(candidacy=candidacy)
    items = grading.paper_items(attempt)
    layout = attempt.frozen_layout.layout
    for number, row in enumerate(layout):
        item = items[row["ref"]]
        order = papers.option_order(attempt.paper, item.version)
        right = set(item.version.key["right"])
        place = next(index for index, ref in enumerate(row["refs"]) if (order[ref] in right) == (number >= wrong))
        page.locator("[data-options] input").nth(place).check()
        if number + 1 < len(layout):
            page.keyboard.press("ArrowRight")
    expect(page.locator("[data-save]")).to_have_attribute("data-save", "saved")
    page.get_by_role("button", name="交卷…").first.click()
    page.get_by_role("button", name="现在交卷").click()
    expect(page.locator("[data-receipt]")).to_contain_text(attempt.code)
    return attempt


def download_scores(page: Page, exam: Exam) -> list[list[Any]]:
    """HR downloads the score sheet; return its rows."""
    log_in(page, "H4001").goto("/exams/manage/score-sheets/")
    page.locator(f"form[action*='{exam.code}'] button[type=submit]").click()
    page.wait_for_url("**/jobs/**")
    drain()
    page.reload()
    with page.expect_download() as caught:
        page.locator("a[href$='/download/']").first.click()
    content = Path(caught.value.path()).read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_story_from_roster_to_certificate_and_retraining(open_page: Any, people: Any, tmp_path: Path) -> None:
    import_roster(open_page(), people, tmp_path)
    passing, failing = (Officer.objects.get(service_no=number) for number in ("N0001", "N0002"))
    write_course(open_page())
    bank = Bank.objects.create(code="story", name="故事题库", unit=people.city, created_at=clock.now())
    made.knowledge_point("KP1", "处罚程序"), made.knowledge_point("KP2", "证据规则")
    import_questions(open_page(), bank, tmp_path)
    approve_questions(open_page(), bank)
    desk = open_page()
    exam = prepare_exam(desk, people, bank)

    lesson = LessonPage.objects.get(title="告知与陈述申辩")
    LessonKnowledge.objects.create(lesson=lesson, knowledge_point=KnowledgePoint.objects.get(code="KP1"))
    programme = programmes.create(
        title="在岗培训",
        year=clock.today().year,
        tier="in_post",
        unit=people.city,
        required_minutes=1,
        courses=[CoursePage.objects.get()],
        exam=exam,
        by=people.trainer,
    )
    enrolment.enrol(programme, [passing, failing], by=people.trainer)
    sitting = plan_sitting(desk, people, exam)
    drain()
    assert set(sitting.candidacies.values_list("state", flat=True)) == {"registered"}

    first, second = open_page(), open_page(viewport={"width": 390, "height": 844})
    for page, officer, wrong in ((first, passing, 0), (second, failing, 9)):
        log_in(page, officer.service_no)
        learn(page, officer, exam)
        sit(page, officer, exam, wrong=wrong)
    desk.goto(f"/exams/manage/sittings/{sitting.code}/monitor/")
    expect(desk.locator("main")).to_contain_text("林晓")
    drain()

    for page in (first, second):
        page.goto("/exams/")
        expect(page.locator("main")).not_to_contain_text("合格线")
    sitting.entry_closes_at = clock.now()
    sitting.save()
    desk.goto(f"/exams/manage/{exam.code}/release/")
    desk.locator("main form button[type=submit]").first.click()
    desk.wait_for_load_state()
    drain()

    result = passing.results.get()
    assert (result.has_passed, failing.results.get().has_passed) == (True, False)
    first.goto(f"/exams/results/{result.code}/")
    expect(first.locator("main")).to_contain_text("处罚程序")
    first.goto(f"/results/{result.code}/next/")
    certificate = Certificate.objects.get(officer=passing)
    pdf = first.request.get(f"/certificates/{certificate.number}.pdf")
    assert pdf.body().startswith(b"%PDF-")
    stranger = open_page()
    stranger.goto(f"/verify/?number={certificate.number}&code={certificate.verify_code}")
    expect(stranger.locator("main")).to_contain_text("林*")
    expect(stranger.locator("main")).not_to_contain_text("林晓")

    plan = RetrainingPlan.objects.get(officer=failing)
    second.goto(f"/results/{failing.results.get().code}/next/")
    expect(second.locator("main")).to_contain_text("处罚程序")
    expect(second.locator("main")).to_contain_text("告知与陈述申辩")
    assert plan.resit_opens_on > clock.today()

    hr = open_page()
    rows = download_scores(hr, exam)
    assert rows[0][:4] == ["序号", "单位", "姓名", "证件号(脱敏)"] or "序号" in [
        str(cell) for row in rows[:3] for cell in row
    ]
    assert {"林晓", "马丁"} <= {cell for row in rows for cell in row}
    hr.goto("/coverage/")
    expect(hr.locator("main")).to_contain_text("马丁")
    assert records.verify().broken == []
