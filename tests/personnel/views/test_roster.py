"""Roster import in the browser: upload, see, import; what is uploaded does not stay."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from common import jobs
from common.models import Job, JobState
from personnel import tasks
from personnel.models import Officer
from tests.personas import People, login

pytestmark = pytest.mark.django_db
GOOD = "工号,姓名,单位\nR1,王新,SZ-ST\nA1001,李慧敏,SZ-ST-01\n"
MIXED = GOOD + "R2,,SZ-ST\n"


@pytest.fixture(autouse=True)
def _empty_folder() -> None:
    folder = Path(storages["private"].path(tasks.ROSTER_FOLDER))
    for old in folder.glob("*"):
        old.unlink()


def _file(text: str, name: str = "花名册.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, text.encode("gb18030"), "text/csv")}


def _kept() -> list[str]:
    return storages["private"].listdir(tasks.ROSTER_FOLDER)[1]


def test_a_roster_is_seen_then_imported_and_the_upload_is_gone(people: People) -> None:
    session = login(people.hr)
    planned = session.post("/personnel/roster/", _file(GOOD)).url
    shown = session.get(planned).content.decode()
    assert "王新" in shown
    assert not Officer.objects.filter(service_no="R1").exists()
    assert session.post(planned).url.startswith("/jobs/")
    job = Job.objects.get()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.outcome["created"], job.outcome["same"]) == (JobState.DONE, 1, 1)
    assert "王新" in session.get("/personnel/officers/?q=R1").content.decode()
    assert _kept() == []
    assert session.get(planned).status_code == 404


def test_refused_rows_stop_the_import_until_they_are_left_out(people: People) -> None:
    session = login(people.hr)
    planned = session.post("/personnel/roster/", _file(MIXED)).url
    assert "第 4 行" in session.get(planned).content.decode()
    assert session.post(planned).status_code == 422
    assert not Job.objects.exists()
    session.post(planned, {"leave_refused": "yes"})
    job = Job.objects.get()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.outcome["created"], len(job.outcome["refused"])) == (1, 1)


@pytest.mark.fault("F36")
def test_f36_the_plan_of_somebody_else_is_not_there(people: People) -> None:
    planned = login(people.hr).post("/personnel/roster/", _file(GOOD)).url
    assert login(people.system_admin).get(planned).status_code == 404
    assert login(people.hr).get(planned[:-3] + "x/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "r.xlsx"),
        (b"PK\x03\x04 broken", "r.xlsx"),
        (b"%PDF-1.7", "r.xlsx"),
        ("题干,答案\n问,A\n".encode(), "r.csv"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_at_the_field_and_not_kept(
    people: People, content: bytes, name: str
) -> None:
    answer = login(people.hr).post("/personnel/roster/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert _kept() == []


def test_a_file_that_is_too_large_is_not_read(people: People) -> None:
    large = {"file": SimpleUploadedFile("r.csv", b"a" * (5 * 1024 * 1024 + 1))}
    assert login(people.hr).post("/personnel/roster/", large).status_code == 422


def test_the_template_comes_as_a_workbook(people: People) -> None:
    answer = login(people.hr).get("/personnel/roster/template/")
    assert answer.content[:2] == b"PK"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="roster-template.xlsx"'


def test_uploads_that_nobody_imports_are_deleted_after_a_day(people: People) -> None:
    login(people.hr).post("/personnel/roster/", _file(GOOD))
    assert tasks.prune_rosters() == 0
    path = storages["private"].path(f"{tasks.ROSTER_FOLDER}/{_kept()[0]}")
    old = time.time() - 25 * 3600
    os.utime(path, (old, old))
    assert tasks.prune_rosters() == 1
    assert _kept() == []
