import pytest
from django.urls import reverse

from exams.enums import ExamKind
from question_banks.models import LessonKnowledge
from tests.factories import exams as exam_factory, training as factory
from tests.factories.cms import CourseFactory, LessonFactory
from tests.personas import login
from training.models import RetrainingPlan

pytestmark = pytest.mark.django_db


def page(officer, result):
    return login(officer).get(reverse("training:after_result", args=[result.code]))


def test_a_pass_leads_to_the_certificate(people):
    released = factory.released(people, passed=[people.learner])
    result = released.result(people.learner)
    answer = page(people.learner, result)
    assert answer.status_code == 200
    assert reverse("training:certificate", args=[result.certificate.number]) in answer.text


def test_a_pass_waits_for_the_queue_in_words(people):
    hall = exam_factory.hall(people)
    factory.sit(hall, people.learner)
    result = factory.release(hall, follow=False).result(people.learner)
    assert "正在生成您的证书" in page(people.learner, result).text


def test_a_pass_without_certificate_says_so(people):
    released = factory.released(people, passed=[people.learner], kind=ExamKind.LEGAL_STUDY)
    assert "不颁发证书" in page(people.learner, released.result(people.learner)).text


def test_a_failure_leads_to_the_lessons_and_shows_the_gap(people):
    lesson = LessonFactory(course=CourseFactory(), title="听证怎样组织")
    LessonKnowledge.objects.create(lesson=lesson, knowledge_point=exam_factory.knowledge_point("KP1"))
    released = factory.released(people, failed=[people.learner])
    result = released.result(people.learner)
    for answer in (
        page(people.learner, result),
        login(people.learner).get(reverse("training:retraining", args=[result.retraining_plan.code])),
    ):
        assert answer.status_code == 200
        assert "听证怎样组织" in answer.text
        assert "还没有讲授这一知识点的课程" in answer.text
        assert "尚未重读" in answer.text


@pytest.mark.fault("F36")
@pytest.mark.parametrize("part", ["colleague", "hr", "exam_officer", "unit_chief", "outsider"])
def test_f36_only_the_officer_herself_sees_what_follows(people, part):
    released = factory.released(people, failed=[people.learner])
    other = getattr(people, part)
    assert page(other, released.result(people.learner)).status_code == 404
    plan = RetrainingPlan.objects.get()
    assert login(other).get(reverse("training:retraining", args=[plan.code])).status_code == 404


@pytest.mark.fault("F33")
def test_f33_before_release_there_is_nothing(people):
    hall = exam_factory.hall(people)
    attempt = factory.sit(hall, people.learner)
    assert page(people.learner, attempt.result).status_code == 404
