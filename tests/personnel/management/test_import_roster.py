"""`manage.py import_roster`: the report for programs, the sentence for people."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from personnel.models import Officer
from tests.personas import People

pytestmark = pytest.mark.django_db


def _written(path: Path, *rows: list[str]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in (["工号", "姓名", "单位"], *rows):
        book.active.append(row)
    book.save(path)
    return path


def _run(path: Path, *options: str) -> dict[str, object]:
    out = io.StringIO()
    call_command("import_roster", str(path), "--json", *options, stdout=out)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


def test_the_dry_run_reports_and_writes_nothing_then_the_run_writes(people: People, tmp_path: Path) -> None:
    path = _written(tmp_path / "r.xlsx", ["002", "王虎", "SZ-ST"], ["A1001", "李慧敏", "SZ-ST-01"])
    expected = {"found": 2, "created": 1, "updated": 0, "moved": 0, "same": 1, "refused": []}
    assert _run(path, "--dry-run") == expected
    assert not Officer.objects.filter(service_no="002").exists()
    assert _run(path) == expected
    assert Officer.objects.filter(service_no="002").exists()


def test_a_refused_row_ends_in_failure_with_nothing_imported(people: People, tmp_path: Path) -> None:
    path = _written(tmp_path / "r.xlsx", ["002", "王虎", "SZ-ST"], ["003", "王豹", "无此单位"])
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_roster", str(path), "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["found"], report["created"]) == (2, 0)
    assert report["refused"][0].keys() == {"place", "reason", "excerpt"}
    assert not Officer.objects.filter(service_no="002").exists()
    assert _run(path, "--leave-refused")["created"] == 1


@pytest.mark.fault("F43")
def test_f43_a_file_that_is_no_workbook_is_one_refusal(people: People, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_roster", str(path), "--json", stdout=out)
    assert [row["place"] for row in json.loads(out.getvalue())["refused"]] == ["r.xlsx"]
