from datetime import date, timedelta

import pytest
import time_machine
from django_q.models import OrmQ

from common import clock
from common.models import AuditEvent
from exams.enums import ExamKind
from exams.models import Result, Scheme
from tests.factories import exams as exam_factory, training as factory
from training import tasks
from training.domain import certification, followup, performance
from training.enums import CertificateState, PerformanceKind
from training.models import Certificate, PerformanceEntry, RetrainingPlan

pytestmark = pytest.mark.django_db


def test_release_enqueues_one_follow_up_per_result_and_nothing_else_happens(people):
    hall = exam_factory.hall(people)
    factory.sit(hall, people.learner)
    before = OrmQ.objects.count()
    factory.release(hall, follow=False)
    queued = [row.task["func"] for row in OrmQ.objects.all()[before:]]
    assert queued == ["training.tasks.follow_up"]
    assert not Certificate.objects.exists()


def test_registering_enqueues_the_admission_check(people):
    hall = exam_factory.hall(people)
    before = OrmQ.objects.count()
    hall.candidate(people.learner, admitted=False)
    queued = [row.task["func"] for row in OrmQ.objects.all()[before:]]
    assert queued == ["training.tasks.consider_admission"]


@time_machine.travel("2026-11-22T16:30:00Z", tick=True)
def test_pass_grants_a_certificate_from_the_local_day_of_release(people):
    certificate = factory.certificate(people, people.learner)
    # 16:30 UTC is half past midnight of the next day where the officers live (F11).
    assert certificate.valid_from == date(2026, 11, 23)
    assert certificate.valid_until == date(2031, 11, 23)
    assert certificate.last_valid_day == date(2031, 11, 22)
    assert certificate.number.startswith("MF2026")
    assert len(certificate.number) == len("MF2026") + 7
    assert certificate.facts["name"] == people.learner.name
    assert certificate.facts["unit"] == people.team.name
    assert certificate.facts["service_no_masked"] == "A1**1"
    assert certificate.facts["paper_digest"] == certificate.result.attempt.paper.digest
    assert AuditEvent.objects.filter(subject=f"certificate:{certificate.number}").count() == 1


def test_following_up_twice_changes_nothing(people):
    certificate = factory.certificate(people, people.learner)
    counts = PerformanceEntry.objects.count(), AuditEvent.objects.count()
    followup.follow_up(certificate.result_id)
    tasks.follow_up(certificate.result_id)
    assert Certificate.objects.get() == certificate
    assert (PerformanceEntry.objects.count(), AuditEvent.objects.count()) == counts


def test_unreleased_result_has_no_consequences(people):
    hall = exam_factory.hall(people)
    factory.sit(hall, people.learner)
    followup.follow_up(Result.objects.get().pk)
    assert not Certificate.objects.exists()
    assert not PerformanceEntry.objects.exists()


def test_mock_exam_has_no_consequences(people):
    factory.released(people, passed=[people.learner], failed=[people.colleague], kind=ExamKind.MOCK)
    assert not Certificate.objects.exists()
    assert not RetrainingPlan.objects.exists()
    assert not PerformanceEntry.objects.exists()


def test_legal_study_pass_counts_for_performance_and_grants_no_certificate(people):
    factory.released(people, passed=[people.learner], kind=ExamKind.LEGAL_STUDY)
    assert not Certificate.objects.exists()
    assert [row.kind for row in PerformanceEntry.objects.all()] == [PerformanceKind.EXAM_RESULT]


def test_performance_entries_form_each_officers_own_chain(people):
    factory.released(people, passed=[people.learner], failed=[people.colleague])
    mine = list(PerformanceEntry.objects.filter(officer=people.learner).order_by("link"))
    assert [(row.link, row.kind) for row in mine] == [
        (1, PerformanceKind.EXAM_RESULT),
        (2, PerformanceKind.CERTIFICATE),
    ]
    assert mine[1].previous == mine[0].digest
    assert performance.first_break(people.learner) is None
    assert [found for _name, found in performance.chains()] == [None, None]


def test_a_changed_certificate_shows(people):
    certificate = factory.certificate(people, people.learner)
    assert certification.first_break(certificate) is None
    facts = {**certificate.facts, "score": "61.00"}
    Certificate.objects.filter(pk=certificate.pk).update(facts=facts)
    assert [found.place for _name, found in certification.chains() if found] == [f"certificate {certificate.number}"]


def test_clashing_numbers_are_drawn_again(people, monkeypatch, settings):
    taken = factory.certificate(people, people.learner)
    draws = iter([int(taken.number[-7:]), 7654321])
    monkeypatch.setattr(certification.secrets, "randbelow", lambda _limit: next(draws))
    fresh = Certificate(
        officer=people.colleague,
        valid_from=taken.valid_from,
        valid_until=taken.valid_until,
        facts={},
        facts_digest="0" * 64,
        issued_at=clock.now(),
    )
    fresh.result = factory_result(people)
    assert certification._numbered(fresh).number.endswith("7654321")


def factory_result(people):
    """A second passed result of another officer, without its certificate."""
    hall = exam_factory.hall(people)
    factory.sit(hall, people.colleague)
    return Result.objects.get(officer=people.colleague)


def test_expiry_is_by_date_and_written_down_by_the_nightly_task(people):
    certificate = factory.certificate(people, people.learner)
    assert certificate.state_on(certificate.last_valid_day) == CertificateState.VALID
    assert certificate.state_on(certificate.valid_until) == CertificateState.EXPIRED
    assert tasks.expire_certificates() == 0
    with time_machine.travel(clock.now() + timedelta(days=5 * 366), tick=True):
        assert tasks.expire_certificates() == 1
        assert tasks.expire_certificates() == 0
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.EXPIRED


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2026, 11, 23), 5, date(2031, 11, 23)),
        (date(2028, 2, 29), 5, date(2033, 3, 1)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
    ],
)
def test_years_later(day, years, expected):
    assert certification.years_later(day, years) == expected


def test_validity_follows_the_scheme(people):
    certificate = factory.certificate(people, people.learner, certificate_years=1)
    assert Scheme.objects.get().certificate_years == 1
    assert certificate.valid_until == certification.years_later(certificate.valid_from, 1)
