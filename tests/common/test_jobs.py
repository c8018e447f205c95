"""Long work that people watch: once, owned, fetched for a while."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.test import Client
from django_q.models import OrmQ

from common import jobs
from common.errors import BadInput
from common.models import Job, JobState
from tests.personas import People, login

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def work() -> Iterator[dict[str, Any]]:
    """A kind of job that does what the test says, and counts how often it ran."""
    said: dict[str, Any] = {"runs": 0, "raises": None}

    @jobs.register("test.work")
    def run(job: Job) -> dict[str, Any]:
        said["runs"] += 1
        jobs.advance(job, 1, 4)
        if said["raises"]:
            raise said["raises"]
        job.output = storages["private"].save(f"exports/测试-{job.code}.xlsx", ContentFile(b"PK made up"))
        return {"message": "做完了"}

    yield said
    del jobs.KINDS["test.work"]


def _submitted(people: People, **arguments: Any) -> Job:
    return jobs.submit("test.work", title="试作业", by=people.hr, arguments=arguments)


def _run(job: Job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_is_queued_with_the_fact_or_not_at_all(people: People, work: dict[str, Any]) -> None:
    waiting = OrmQ.objects.count()

    def act() -> None:
        with transaction.atomic():
            _submitted(people)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert (Job.objects.count(), OrmQ.objects.count()) == (0, waiting)
    _submitted(people)
    assert (Job.objects.count(), OrmQ.objects.count()) == (1, waiting + 1)


@pytest.mark.fault("F22")
def test_f22_a_job_delivered_twice_runs_once(people: People, work: dict[str, Any]) -> None:
    job = _submitted(people)
    _run(job)
    assert (_run(job).state, job.outcome, work["runs"]) == (JobState.DONE, {"message": "做完了"}, 1)


def test_a_refusal_is_shown_in_its_own_words(people: People, work: dict[str, Any]) -> None:
    work["raises"] = BadInput("第 3 行缺少姓名。")
    job = _run(_submitted(people))
    assert (job.state, job.error, job.output) == (JobState.FAILED, "第 3 行缺少姓名。", "")


def test_an_error_of_ours_shows_nothing_of_itself(people: People, work: dict[str, Any]) -> None:
    work["raises"] = ValueError("secret detail")
    job = _run(_submitted(people))
    assert job.state == JobState.FAILED
    assert "secret" not in job.error


def test_the_owner_watches_and_fetches(people: People, work: dict[str, Any]) -> None:
    job = _submitted(people)
    session = login(people.hr)
    assert "hx-trigger" in session.get(f"/jobs/{job.code}/").content.decode()
    _run(job)
    part = session.get(f"/jobs/{job.code}/", headers={"HX-Request": "true"}).content.decode()
    assert "做完了" in part
    assert "hx-trigger" not in part
    assert "<html" not in part
    fetched = session.get(f"/jobs/{job.code}/download/")
    assert fetched.getvalue() == b"PK made up"
    assert fetched.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=utf-8''" in fetched.headers["Content-Disposition"]
    assert "no-store" in fetched.headers["Cache-Control"]
    assert job.title in session.get("/jobs/").content.decode()


@pytest.mark.fault("F36")
def test_f36_a_job_of_somebody_else_is_not_there(people: People, work: dict[str, Any]) -> None:
    job = _run(_submitted(people))
    for _part, person in people.each():
        if person == people.hr:
            continue
        session = login(person)
        assert session.get(f"/jobs/{job.code}/").status_code == 404
        assert session.get(f"/jobs/{job.code}/download/").status_code == 404
        assert list(session.get("/jobs/").context["page"]) == []
    assert Client().get(f"/jobs/{job.code}/download/").status_code == 302


@pytest.mark.fault("F40")
def test_f40_the_file_expires_after_a_week_and_is_deleted(people: People, work: dict[str, Any]) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        job = _run(_submitted(people))
        clock.shift(timedelta(days=6, hours=23))
        assert jobs.prune_outputs() == 0
        assert login(people.hr).get(f"/jobs/{job.code}/download/").getvalue() == b"PK made up"
        clock.shift(timedelta(hours=2))
        assert login(people.hr).get(f"/jobs/{job.code}/download/").status_code == 409
        assert jobs.prune_outputs() == 1
        assert jobs.prune_outputs() == 0
    assert not storages["private"].exists(job.output)


def test_a_file_with_secrets_is_handed_out_once(people: People, work: dict[str, Any]) -> None:
    job = _run(_submitted(people, **{jobs.FETCHED_ONCE: True}))
    session = login(people.hr)
    assert session.get(f"/jobs/{job.code}/download/").getvalue() == b"PK made up"
    assert session.get(f"/jobs/{job.code}/download/").status_code == 409
    assert not storages["private"].exists(job.output)


def test_there_is_no_file_before_the_job_has_ended(people: People, work: dict[str, Any]) -> None:
    job = _submitted(people)
    assert login(people.hr).get(f"/jobs/{job.code}/download/").status_code == 404
    assert login(people.hr).get("/jobs/../etc/passwd/").status_code == 404
