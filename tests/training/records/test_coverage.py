from datetime import date, timedelta

import openpyxl
import pytest
import time_machine
from django.core.files.storage import storages
from django.urls import reverse

from common import clock, jobs
from common.models import AuditEvent, Job
from exams.models import Result
from personnel.api import postings, roles
from personnel.enums import Role
from personnel.models import Unit
from tests.factories import exams as exam_factory, training as factory
from tests.factories.personnel import OfficerFactory, UnitFactory
from tests.personas import login
from training.enums import CertificateState, UncoveredReason
from training.models import Certificate
from training.queries import coverage

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks(people):
    """Everybody but the two officers of the team leaves the enforcement posts, to count simply."""
    for name, officer in people.each():
        if name not in ("learner", "colleague", "outsider"):
            unit = officer.postings.get().unit
            postings.post(officer, unit, starts_on=date(2021, 1, 1), is_enforcement=False, by=None)
    return people


def figures(people, day=None):
    return {
        code: (row.officers, row.certified)
        for code, row in coverage.by_unit([people.city], day or clock.today()).items()
    }


def test_rate_counts_enforcement_posts_and_rolls_up_the_tree(desks):
    assert figures(desks) == {"SZ": (2, 0), "SZ-ST": (2, 0), "SZ-ST-01": (2, 0)}
    factory.certificate(desks, desks.learner)
    found = coverage.by_unit([desks.city], clock.today())["SZ"]
    assert (found.officers, found.certified, found.uncovered, found.rate) == (2, 1, 1, 50.0)


def test_two_certificates_count_one_officer(desks):
    factory.certificate(desks, desks.learner, resit_wait_days=0)
    factory.certificate(desks, desks.learner)
    assert figures(desks)["SZ"] == (2, 1)


def test_a_certificate_counts_from_its_first_day_to_its_last(desks):
    held = factory.certificate(desks, desks.learner)
    days = [
        held.valid_from - timedelta(days=1),
        held.valid_from,
        held.last_valid_day,
        held.valid_until,
    ]
    assert [figures(desks, day)["SZ"][1] for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize("state", [CertificateState.SUSPENDED, CertificateState.CANCELLED, CertificateState.REVOKED])
def test_decided_against_certificates_do_not_count(desks, state):
    held = factory.certificate(desks, desks.learner)
    Certificate.objects.filter(pk=held.pk).update(state=state)
    assert figures(desks)["SZ"] == (2, 0)


def test_a_unit_without_enforcement_posts_has_no_rate(desks):
    empty = UnitFactory(code="SZ-LEER", name="空单位", parent=desks.city)
    assert coverage.by_unit([empty], clock.today())["SZ-LEER"].rate is None


def test_reasons_of_the_uncovered(desks):
    held = factory.released(desks, passed=[desks.learner], failed=[desks.colleague])
    never, sat, waiting = (OfficerFactory(unit=desks.team) for _ in range(3))
    hall = exam_factory.hall(desks)
    factory.sit(hall, sat)
    hall.candidate(waiting)
    after = held.result(desks.learner).certificate.valid_until
    with time_machine.travel(clock.now() + timedelta(days=5 * 366), tick=True):
        found = {
            row.officer.service_no: (row.reason, row.since) for row in coverage.uncovered([desks.city], clock.today())
        }
    assert found == {
        desks.learner.service_no: (UncoveredReason.EXPIRED, after),
        desks.colleague.service_no: (
            UncoveredReason.FAILED,
            clock.local_day(held.result(desks.colleague).released_at),
        ),
        never.service_no: (UncoveredReason.NEVER_SAT, None),
        sat.service_no: (UncoveredReason.NOT_RELEASED, None),
        waiting.service_no: (UncoveredReason.REGISTERED, None),
    }


@pytest.mark.parametrize("size", [1, 3])
def test_figures_take_the_same_queries_whatever_the_size(desks, size, django_assert_num_queries):
    for number in range(size):
        unit = UnitFactory(code=f"SZ-N{number}", name=f"支队{number}", parent=desks.city)
        for _ in range(size):
            OfficerFactory(unit=unit)
    Result.objects.exists()
    with django_assert_num_queries(2):
        coverage.by_unit([desks.city], clock.today())
    with django_assert_num_queries(5):
        coverage.uncovered([desks.city], clock.today())


def test_the_units_that_pull_the_figure_down_come_first(desks):
    for code, officers in (("SZ-A", 1), ("SZ-B", 3), ("SZ-C", 2), ("SZ-D", 1)):
        unit = UnitFactory(code=code, name=code, parent=desks.city)
        for _ in range(officers):
            OfficerFactory(unit=unit)
    found = coverage.by_unit([desks.city], clock.today())
    parts = coverage.children(Unit.objects.get(code="SZ"), found)
    assert [row.unit.code for row in coverage.pulling_down(parts)] == ["SZ-B", "SZ-C", "SZ-ST"]


# --- who sees it ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("hr", 200),
        ("auditor", 200),
        ("unit_chief", 404),
        ("learner", 404),
        ("trainer", 404),
        ("exam_officer", 404),
        ("security_admin", 404),
        ("system_admin", 404),
        ("outsider", 404),
    ],
)
@pytest.mark.fault("F36")
def test_f36_coverage_of_the_city_by_role(people, part, status):
    client = login(getattr(people, part))
    assert client.get(reverse("training:coverage_unit", args=["SZ"])).status_code == status
    if status == 404:
        assert client.post(reverse("training:coverage_export", args=["SZ"])).status_code == 404
        assert not Job.objects.exists()


def test_the_unit_chief_sees_her_own_unit_and_no_way_above_it(people):
    client = login(people.unit_chief)
    answer = client.get(reverse("training:coverage"))
    assert answer.status_code == 200
    assert people.team.name in answer.text
    assert people.city.name not in answer.text
    assert reverse("training:coverage_unit", args=["SZ"]) not in answer.text


def test_whoever_answers_for_two_units_chooses(people):
    roles.grant(people.hr, Role.AUDITOR, people.other_city, by=None)
    answer = login(people.hr).get(reverse("training:coverage"))
    assert people.city.name in answer.text
    assert people.other_city.name in answer.text


def test_anonymous_is_sent_to_the_login(people, client):
    assert client.get(reverse("training:coverage")).status_code == 302


def test_filter_by_reason_and_unknown_reason(people):
    factory.released(people, failed=[people.colleague])
    client = login(people.hr)
    failed = client.get(reverse("training:coverage"), {"reason": "failed"}).text
    assert people.colleague.service_no in failed
    assert people.learner.service_no not in failed
    assert client.get(reverse("training:coverage"), {"reason": '";'}).status_code == 200


@pytest.mark.fault("F40")
@pytest.mark.fault("F41")
def test_f40_f41_export_masks_id_numbers_and_holds_no_formula(people):
    bad = OfficerFactory(unit=people.team, name='=HYPERLINK("http://x","y")')
    answer = login(people.hr).post(reverse("training:coverage_export", args=["SZ"]))
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("common:job", args=[job.code])
    assert AuditEvent.objects.filter(action="training.coverage_exported", subject="unit:SZ").count() == 1
    jobs.run(job.pk)
    job.refresh_from_db()
    with storages["private"].open(job.output) as file:
        book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    texts = {str(cell.value) for cell in cells}
    assert bad.masked_id_number in texts
    assert not any(officer.id_number in texts for officer in (bad, people.learner))
    assert any(text.endswith('HYPERLINK("http://x","y")') for text in texts)
