"""The trainer's import: upload, plan, decision, result; files that are no question files."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from common import jobs, worksheets
from common.worksheets import Table
from question_banks.enums import ImportState
from question_banks.models import Bank, ImportRun, Question
from tests.personas import People, login

pytestmark = pytest.mark.django_db

HEADER = ["题型", "题干", "选项A", "选项B", "选项C", "正确答案", "备注"]
GOOD = ["单选题", "执法人员检查时应当出示什么？", "执法证件", "身份证", "介绍信", "A", ""]
BAD = ["单选题", "当场收缴罚款须出具什么？", "收据", "欠条", "", "D", ""]


def workbook(*rows: list[str], name: str = "题目.xlsx") -> SimpleUploadedFile:
    target = io.BytesIO()
    worksheets.write(target, [Table("题", HEADER, rows)])
    return SimpleUploadedFile(name, target.getvalue())


def upload(client: Client, bank: Bank, *files: SimpleUploadedFile) -> ImportRun:
    answer = client.post(reverse("question_banks:import", args=[bank.code]), {"documents": files})
    assert answer.status_code == 302
    run = ImportRun.objects.select_related("job").get(code=answer["Location"].rstrip("/").split("/")[-1])
    assert run.state == ImportState.PARSING
    jobs.run(run.job_id)
    run.refresh_from_db()
    return run


def page(client: Client, run: ImportRun) -> str:
    return client.get(reverse("question_banks:import_run", args=[run.code])).content.decode()


def test_whole_way_from_upload_to_questions(bank: Bank, people: People) -> None:
    client = login(people.question_author)
    run = upload(client, bank, workbook(GOOD, BAD))
    assert (run.state, run.plan["new"], run.plan["refused_count"]) == (ImportState.PLANNED, 1, 1)
    shown = page(client, run)
    assert "工作表“题”第3行，F列" in shown
    assert "答案写的是D，选项却只有A、B。" in shown
    assert "备注" in shown
    execute = reverse("question_banks:import_execute", args=[run.code])
    # Without the tick nothing is imported.
    assert client.post(execute).status_code == 409
    assert not Question.objects.exists()
    assert client.post(execute, {"leave_out": "1"}).status_code == 302
    run.refresh_from_db()
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert (run.state, run.outcome["imported"], Question.objects.count()) == (ImportState.EXECUTED, 1, 1)
    assert "已导入1道试题" in page(client, run)


def test_job_delivered_twice_imports_once(bank: Bank, people: People) -> None:
    client = login(people.question_author)
    run = upload(client, bank, workbook(GOOD))
    client.post(reverse("question_banks:import_execute", args=[run.code]))
    run.refresh_from_db()
    jobs.run(run.job_id)
    type(run.job).objects.filter(pk=run.job_id).update(state="running", finished_at=None)
    jobs.run(run.job_id)
    assert Question.objects.count() == 1


def test_executed_import_cannot_be_executed_again(bank: Bank, people: People) -> None:
    client = login(people.question_author)
    run = upload(client, bank, workbook(GOOD))
    execute = reverse("question_banks:import_execute", args=[run.code])
    client.post(execute)
    assert client.post(execute).status_code == 409
    run.refresh_from_db()
    jobs.run(run.job_id)
    assert client.post(execute).status_code == 409


def test_discarded_import_writes_nothing(bank: Bank, people: People) -> None:
    client = login(people.question_author)
    run = upload(client, bank, workbook(GOOD))
    client.post(reverse("question_banks:import_discard", args=[run.code]))
    run.refresh_from_db()
    assert (run.state, Question.objects.count()) == (ImportState.DISCARDED, 0)


def test_one_unreadable_file_does_not_hold_back_the_other(bank: Bank, people: People) -> None:
    run = upload(login(people.question_author), bank, workbook(GOOD), SimpleUploadedFile("坏.xlsx", b"PK\x03\x04x"))
    assert (run.state, run.plan["new"]) == (ImportState.PLANNED, 1)
    assert [entry["name"] for entry in run.plan["refused_files"]] == ["坏.xlsx"]


def test_no_readable_file_is_a_refused_import(bank: Bank, people: People) -> None:
    client = login(people.question_author)
    people_list = SimpleUploadedFile("学员.csv", "部门,邮箱,密码,姓名\n一队,a@example.org,x,王丽\n".encode("gb18030"))
    run = upload(client, bank, people_list)
    assert run.state == ImportState.REFUSED
    assert "人员名单" in page(client, run)


def test_names_of_files_never_become_paths(bank: Bank, people: People, settings) -> None:
    run = upload(login(people.question_author), bank, workbook(GOOD, name="../../../evil.xlsx"))
    assert [entry["path"].startswith(f"imports/{run.code}/") for entry in run.files] == [True]
    assert ".." not in run.files[0]["path"]
    assert (Path(settings.PRIVATE_ROOT) / run.files[0]["path"]).is_file()


def test_no_file_and_too_large_a_file_are_422(bank: Bank, people: People, monkeypatch) -> None:
    client = login(people.question_author)
    address = reverse("question_banks:import", args=[bank.code])
    assert client.post(address).status_code == 422
    monkeypatch.setattr("question_banks.forms.imports.MAX_BYTES", 10)
    assert client.post(address, {"documents": workbook(GOOD)}).status_code == 422
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("part", ["question_reviewer", "exam_officer", "learner", "outsider"])
def test_import_is_not_there_for_others(bank: Bank, people: People, part: str) -> None:
    run = upload(login(people.question_author), bank, workbook(GOOD))
    client = login(getattr(people, part))
    assert client.get(reverse("question_banks:import_run", args=[run.code])).status_code == 404
    for name in ("import_execute", "import_discard"):
        assert client.post(reverse(f"question_banks:{name}", args=[run.code])).status_code == 404


def test_template_and_download_are_read_again_as_the_same(bank: Bank, people: People) -> None:
    client = login(people.question_author)
    run = upload(client, bank, workbook(GOOD, ["判断题", "听证应当公开。", "", "", "", "对", ""]))
    client.post(reverse("question_banks:import_execute", args=[run.code]))
    run.refresh_from_db()
    jobs.run(run.job_id)
    content = b"".join(client.get(reverse("question_banks:download", args=[bank.code])).streaming_content)
    again = upload(client, bank, SimpleUploadedFile("again.xlsx", content))
    assert (again.plan["found"], again.plan["same"], again.plan["new"], again.plan["updated"]) == (2, 2, 0, 0)


def test_empty_template_holds_no_questions(bank: Bank, people: People) -> None:
    client = login(people.question_author)
    content = b"".join(client.get(reverse("question_banks:template")).streaming_content)
    assert upload(client, bank, SimpleUploadedFile("t.xlsx", content)).state == ImportState.REFUSED
