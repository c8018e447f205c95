"""The register and the officer's page: who sees whom, who may do what, what is shown once."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import storages

from common import jobs
from common.models import AuditEvent, Job, JobState
from personnel.api import accounts, roles
from personnel.enums import Role
from personnel.models import Officer, RoleGrant
from tests.factories.personnel import OfficerFactory
from tests.personas import People, login

pytestmark = pytest.mark.django_db
REGISTER = "/personnel/officers/"


def _numbers(page: Any) -> list[str]:
    return [officer.service_no for officer in page.context["page"]]


def _run_only_job() -> Job:
    job = Job.objects.get()
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def _sheet(job: Job) -> Any:
    with storages["private"].open(job.output) as file:
        return openpyxl.load_workbook(BytesIO(file.read())).active


def _cells(job: Job) -> list[tuple[Any, ...]]:
    sheet = _sheet(job)
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=李慧", ["A1001"]),
        ("q=lihuimin", ["A1001"]),
        ("q=lhm", ["A1001"]),
        ("q=a100", ["A1001", "A1002"]),
        ("unit=SZ-ST-01", ["A1001", "A1002", "C7001"]),
        ("unit=BH", []),
        ("account=closed", ["A1002"]),
        ("account=no_password", ["N1"]),
        ("q=沈浩", []),
    ],
)
def test_hr_finds_officers_of_her_subtree(people: People, query: str, found: list[str]) -> None:
    accounts.disable(people.colleague, by=people.hr)
    OfficerFactory(service_no="N1", name="新人", password=None, unit=people.bureau)
    assert _numbers(login(people.hr).get(f"{REGISTER}?{query}")) == found


@pytest.mark.fault("F48")
@pytest.mark.parametrize("words", ["';--", "%", "_", "a" * 10_000, "a\x00b", "（", "\\"])
def test_f48_strange_words_find_nobody_and_break_nothing(people: People, words: str) -> None:
    answer = login(people.hr).get(REGISTER, {"q": words})
    assert (answer.status_code, _numbers(answer)) == (200, [])


def test_a_page_number_out_of_range_shows_the_last_page(people: People) -> None:
    assert login(people.hr).get(REGISTER, {"page": "999"}).status_code == 200


def test_the_register_costs_the_same_queries_for_one_and_for_many(
    people: People, django_assert_num_queries: Callable[..., Any]
) -> None:
    session = login(people.unit_chief)
    session.get(REGISTER)
    for _round in range(2):
        with django_assert_num_queries(8):
            session.get(REGISTER)
        OfficerFactory(unit=people.team)
        OfficerFactory(unit=people.team)


@pytest.mark.fault("F37")
def test_f37_the_register_does_not_exist_for_those_without_a_seeing_role(people: People) -> None:
    for person in (people.learner, people.trainer, people.question_author):
        assert login(person).get(REGISTER).status_code == 404


@pytest.mark.fault("F37")
def test_f37_an_officer_of_another_city_is_not_there(people: People) -> None:
    outsider = login(people.outsider)
    assert _numbers(outsider.get(REGISTER)) == ["X9001"]
    assert outsider.get("/personnel/officer/A1001/").status_code == 404
    for act in ("close", "post", "password", "id-number", "roles/grant", "roles/revoke"):
        assert outsider.post(f"/personnel/officer/A1001/{act}/", {"reason": "试一试吧"}).status_code == 404


def test_the_id_number_is_masked_on_every_page(people: People) -> None:
    session = login(people.hr)
    for address in (REGISTER, "/personnel/officer/A1001/"):
        assert people.learner.id_number not in session.get(address).content.decode()
    assert people.learner.masked_id_number in session.get("/personnel/officer/A1001/").content.decode()


@pytest.mark.fault("F40")
def test_f40_the_full_id_number_is_shown_once_with_a_reason(people: People) -> None:
    session = login(people.hr)
    address = "/personnel/officer/A1001/id-number/"
    assert session.post(address, {"reason": ""}).status_code == 422
    assert not AuditEvent.objects.filter(action="personnel.id_number_revealed").exists()
    shown = session.post(address, {"reason": "核对证件"})
    assert people.learner.id_number in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert AuditEvent.objects.get(action="personnel.id_number_revealed").reason == "核对证件"
    assert people.learner.id_number not in session.get("/personnel/officer/A1001/").content.decode()
    assert login(people.system_admin).post(address, {"reason": "核对证件"}).status_code == 404


@pytest.mark.fault("F40")
def test_f40_the_export_is_masked_and_written_down(people: People) -> None:
    answer = login(people.hr).post("/personnel/officers/export/", {"q": "李慧敏"})
    job = _run_only_job()
    assert answer.url == f"/jobs/{job.code}/"
    (row,) = _cells(job)[1:]
    assert row[:3] == ("A1001", "李慧敏", people.learner.masked_id_number)
    entry = AuditEvent.objects.get(action="personnel.register_exported")
    assert (entry.actor_code, entry.detail["count"], entry.detail["words"]) == ("H4001", 1, "李慧敏")


@pytest.mark.fault("F41")
def test_f41_a_name_that_is_a_formula_is_exported_as_text(people: People) -> None:
    OfficerFactory(service_no="F1", name='=HYPERLINK("http://x.example")', unit=people.team)
    login(people.hr).post("/personnel/officers/export/", {"q": "F1"})
    job = _run_only_job()
    cell = _sheet(job).cell(2, 2)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_initial_passwords_come_in_a_file_that_is_fetched_once(people: People) -> None:
    newcomer = OfficerFactory(service_no="N1", password=None, unit=people.team)
    OfficerFactory(service_no="N2", password=None, unit=people.other_city)
    session = login(people.hr)
    session.post("/personnel/officers/passwords/", {"account": "no_password"})
    job = _run_only_job()
    assert job.state == JobState.DONE
    (row,) = [row for row in _cells(job) if row[0] == "N1"]
    assert not any("N2" in row for row in _cells(job))
    newcomer.refresh_from_db()
    assert newcomer.check_password(row[2])
    assert newcomer.must_change_password
    fetched = session.get(f"/jobs/{job.code}/download/")
    assert fetched.getvalue()[:2] == b"PK"
    assert session.get(f"/jobs/{job.code}/download/").status_code == 409


def test_one_initial_password_is_shown_once(people: People) -> None:
    shown = login(people.hr).post("/personnel/officer/A1001/password/")
    people.learner.refresh_from_db()
    assert people.learner.check_password(shown.context["password"])
    assert "no-store" in shown.headers["Cache-Control"]


def test_hr_adds_moves_closes_and_reopens(people: People) -> None:
    session = login(people.hr)
    new = {
        "service_no": "n1", "name": "王新", "unit": "SZ-ST", "starts_on": "2026-01-05", "tier": "in_post",
        "employment": "contract", "is_enforcement": "on",
    }  # fmt: skip
    assert session.post("/personnel/officers/add/", new).url == "/personnel/officer/N1/"
    assert session.post("/personnel/officers/add/", new).status_code == 422
    moved = session.post("/personnel/officer/N1/post/", {"unit": "SZ-ST-01", "starts_on": "2026-02-02"})
    assert moved.status_code == 302
    too_early = session.post("/personnel/officer/N1/post/", {"unit": "SZ-ST", "starts_on": "2026-01-06"})
    assert too_early.status_code == 422
    assert session.post("/personnel/officer/N1/post/", {"unit": "BH", "starts_on": "2026-03-02"}).status_code == 422
    assert session.post("/personnel/officer/N1/close/", {"reason": "调离本市"}).status_code == 302
    officer = Officer.objects.get(service_no="N1")
    assert not officer.is_active
    assert session.post("/personnel/officer/N1/close/", {"reason": "再次停用"}).status_code == 409
    assert session.post("/personnel/officer/N1/reopen/", {"reason": "调回本市"}).status_code == 302
    assert list(officer.postings.order_by("starts_on").values_list("unit__code", flat=True)) == ["SZ-ST", "SZ-ST-01"]


def test_nobody_closes_their_own_account_on_the_page(people: People) -> None:
    session = login(people.hr)
    assert "close/" not in session.get("/personnel/officer/H4001/").content.decode()
    assert session.post("/personnel/officer/H4001/close/", {"reason": "不想干了"}).status_code == 403


def test_the_security_administrator_grants_and_takes_back(people: People) -> None:
    session = login(people.security_admin)
    grant = {"role": "hr", "unit": "SZ-ST", "reason": "任命"}
    assert session.post("/personnel/officer/A1001/roles/grant/", grant).status_code == 302
    held = RoleGrant.objects.get(officer=people.learner)
    assert session.post("/personnel/officer/A1001/roles/grant/", grant).status_code == 422
    assert session.post("/personnel/officer/A1001/roles/grant/", {**grant, "unit": "BH"}).status_code == 422
    revoke = {"grant": str(held.pk), "reason": ""}
    assert session.post("/personnel/officer/A1001/roles/revoke/", revoke).status_code == 422
    assert session.post("/personnel/officer/A1001/roles/revoke/", {**revoke, "grant": "x"}).status_code == 404
    assert session.post("/personnel/officer/A1001/roles/revoke/", {**revoke, "reason": "轮岗轮换"}).status_code == 302
    assert not RoleGrant.objects.filter(officer=people.learner, revoked_at__isnull=True).exists()


@pytest.mark.fault("F37")
def test_f37_hr_grants_no_role_and_the_security_administrator_not_to_himself(people: People) -> None:
    grant = {"role": "hr", "unit": "SZ", "reason": "任命"}
    assert login(people.hr).post("/personnel/officer/A1001/roles/grant/", grant).status_code == 404
    own = login(people.security_admin).post("/personnel/officer/S6001/roles/grant/", grant)
    assert own.status_code == 422
    assert RoleGrant.objects.filter(officer=people.security_admin).count() == 1


def test_the_list_of_roles_shows_the_subtree_alone(people: People) -> None:
    roles.grant(people.learner, Role.MARKER, people.team, by=people.security_admin)
    page = login(people.security_admin).get("/personnel/roles/").context["page"]
    shown = {grant.officer.service_no for grant in page}
    assert "A1001" in shown
    assert "X9001" not in shown
    assert login(people.hr).get("/personnel/roles/").status_code == 404
