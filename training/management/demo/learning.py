"""Laws, questions, courses and the year's programme."""

from collections.abc import Iterable
from datetime import date, timedelta

from cms import api as content
from cms.models import CoursePage, LessonPage
from common import clock
from exams.models import Exam
from personnel.enums import Tier
from personnel.models import EnforcementField, Officer, Unit
from question_banks.api import banks, importing, review
from question_banks.models import Bank, KnowledgePoint, LessonKnowledge, Question
from statutes import api as statutes
from statutes.enums import Rank
from statutes.models import Article
from training.domain import enrolment, programmes, progress
from training.management.demo import texts
from training.management.demo.timeline import Timeline
from training.models import Programme

BEAT_SECONDS = 60
IN_FORCE_FROM = date(2020, 1, 1)
REQUIRED_MINUTES = 60


def seed_laws() -> dict[str, dict[int, Article]]:
    """Write the two made-up laws; return letter → number → article."""
    found: dict[str, dict[int, Article]] = {}
    for law in texts.laws():
        statute = statutes.create_statute(
            code=law.code,
            title=law.title,
            short_title=law.short_title,
            rank=Rank.LOCAL_REGULATION if law.letter == "条" else Rank.RULE,
            issuer="演示文本（自行编写）",
            by=None,
        )
        wordings = [
            statutes.Wording(str(number), texts.article_number(number), text) for number, text in law.articles.items()
        ]
        statutes.create_version(statute, label="演示文本", in_force_from=IN_FORCE_FROM, articles=wordings, by=None)
        by_code = {article.code: article for article in statute.articles.all()}
        found[law.letter] = {number: by_code[f"{law.code}-{number}"] for number in law.articles}
    return found


def seed_bank(unit: Unit, *, author: Officer, reviewer: Officer) -> Bank:
    """Import the questions into a bank and have them approved by somebody else."""
    bank = banks.create_bank("demo", "行政执法通用法律知识题库（演示）", unit=unit, by=author)
    for code, name in texts.POINTS.items():
        banks.add_knowledge_point(name, code=code, by=author)
    planned = importing.plan(bank, texts.questions())
    if planned.refused:
        raise ValueError(f"refused: {[row.excerpt for row in planned.refused]}")
    importing.execute(planned, by=author, at=clock.now(), files=["演示题库"])
    review.approve_all(Question.objects.filter(bank=bank), bank=bank, by=reviewer)
    return bank


def seed_course(
    field: EnforcementField, laws: dict[str, dict[int, Article]], *, trainer: Officer
) -> tuple[CoursePage, list[LessonPage]]:
    """Publish the course with its lessons, each tied to the knowledge point it teaches."""
    course = content.create_course(
        title="行政处罚办案实务",
        tier=Tier.IN_POST,
        field=field,
        summary="从立案到执行，从听证到裁量：六课讲清办一起处罚案件的程序、证据、尺度与操守。",
        by=trainer,
    )
    points = {point.code: point for point in KnowledgePoint.objects.all()}
    lessons = []
    for text in texts.lessons():
        lesson = content.create_lesson(
            course,
            title=text.title,
            minutes=text.minutes,
            blocks=list(_blocks(text, laws)),
            by=trainer,
        )
        LessonKnowledge.objects.create(lesson=lesson, knowledge_point=points[text.point])
        lessons.append(lesson)
    return course, lessons


def seed_programme(unit: Unit, field: EnforcementField, course: CoursePage, exam: Exam, *, by: Officer) -> Programme:
    """Make this year's programme, which opens the exam."""
    today = clock.today()
    return programmes.create(
        title=f"{today.year}年度在岗执法人员培训",
        year=today.year,
        tier=Tier.IN_POST,
        field=field,
        unit=unit,
        courses=[course],
        required_minutes=REQUIRED_MINUTES,
        exam=exam,
        due_on=today + timedelta(days=30),
        by=by,
    )


def enrol(programme: Programme, officers: Iterable[Officer], *, by: Officer) -> None:
    """Put officers on the programme."""
    enrolment.enrol(programme, officers, by=by)


def read(officer: Officer, lessons: Iterable[LessonPage], line: Timeline) -> None:
    """Let an officer read lessons from beginning to end, as fast as the server's watch allows."""
    for lesson in lessons:
        progress.beat(officer, lesson, opening=True)
        for _minute in range(lesson.minutes):
            line.pass_time(seconds=BEAT_SECONDS)
            progress.beat(officer, lesson)


def _blocks(text: texts.LessonText, laws: dict[str, dict[int, Article]]) -> Iterable[tuple[str, object]]:
    """Return a lesson's parts as the editor's blocks; running text is joined into one."""
    running: list[tuple[str, str]] = []
    for kind, part in text.parts:
        if kind in ("article", "note") and running:
            yield "text", texts.rich_text(running)
            running = []
        if kind == "article":
            yield "article", laws[part[0]][int(part[1:])]
        elif kind == "note":
            title, _colon, body = part.partition("：")
            yield "note", {"title": title, "text": texts.rich_text([("paragraph", body)])}
        else:
            running.append((kind, part))
    if running:
        yield "text", texts.rich_text(running)
