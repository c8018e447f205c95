"""The command: what it writes, what it says, when it fails."""

import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from common import worksheets
from common.worksheets import Table
from question_banks.enums import QuestionState
from question_banks.models import Bank, Question
from tests.personas import People

pytestmark = pytest.mark.django_db

HEADER = ["题型", "题干", "选项A", "选项B", "选项C", "正确答案", "难度"]
GOOD = ["单选题", "执法人员检查时应当出示什么？", "执法证件", "身份证", "介绍信", "A", "易"]
BAD_KEY = ["单选题", "当场收缴罚款须出具什么？", "收据", "欠条", "", "D", ""]


def run(*arguments: object) -> dict[str, Any]:
    out = StringIO()
    call_command("import_questions", *map(str, arguments), "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "题目.xlsx"
    worksheets.write(path, [Table("题", HEADER, [GOOD, BAD_KEY])])
    return path


def test_whole_records_are_imported_and_refused_ones_named(bank: Bank, file: Path) -> None:
    assert run(file, "--bank", "tongyong") == {
        "found": 2,
        "imported": 1,
        "repeated": 0,
        "updated": 0,
        "same": 0,
        "refused": [
            {
                "place": "工作表“题”第3行，F列",
                "reason": "答案写的是D，选项却只有A、B。",
                "excerpt": "当场收缴罚款须出具什么？",
            }
        ],
    }
    assert Question.objects.get().state == QuestionState.IN_REVIEW


def test_dry_run_writes_nothing(bank: Bank, file: Path) -> None:
    assert run(file, "--bank", "tongyong", "--dry-run")["imported"] == 1
    assert not Question.objects.exists()


def test_strict_imports_nothing_when_one_is_refused(bank: Bank, file: Path) -> None:
    with pytest.raises(SystemExit):
        run(file, "--bank", "tongyong", "--strict")
    assert not Question.objects.exists()


def test_second_run_finds_the_same(bank: Bank, file: Path) -> None:
    run(file, "--bank", "tongyong")
    report = run(file, "--bank", "tongyong")
    assert (report["imported"], report["same"]) == (0, 1)


def test_approval_is_by_another_officer_or_nothing_stays(bank: Bank, people: People, file: Path) -> None:
    with pytest.raises(CommandError):
        run(file, "--bank", "tongyong", "--approve-as", people.question_author.service_no)
    assert not Question.objects.exists()
    run(file, "--bank", "tongyong", "--approve-as", people.question_reviewer.service_no)
    assert Question.objects.get().state == QuestionState.APPROVED


def test_unknown_bank_author_and_file_are_sentences(bank: Bank, file: Path, tmp_path: Path) -> None:
    for arguments in (
        (file, "--bank", "nothere"),
        (tmp_path / "missing.xlsx", "--bank", "tongyong"),
        (file, "--bank", "tongyong", "--by", "NOBODY"),
    ):
        with pytest.raises(CommandError):
            run(*arguments)


def test_file_that_cannot_be_read_is_named_and_fails(bank: Bank, file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(SystemExit) as stopped:
        run(broken, file, "--bank", "tongyong")
    assert stopped.value.code == 1
    # The other file is not held back by it.
    assert Question.objects.count() == 1


def test_repeated_record_is_accounted_for_and_kept_once(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "重复.xlsx"
    worksheets.write(path, [Table("题", HEADER, [GOOD, GOOD])])
    report = run(path, "--bank", "tongyong")
    assert (report["found"], report["imported"], report["repeated"], report["same"]) == (2, 2, 1, 0)
    assert Question.objects.count() == 1
    assert run(path, "--bank", "tongyong")["same"] == 2


def _bomb() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 900_000)
    assert len(target.getvalue()) < 1200
    return target.getvalue()


def _empty_workbook() -> bytes:
    target = BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


BAD_FILES = {
    "people.csv": ("姓名,性别,手机号\n王丽,女,13800000000\n".encode("gb18030"), "人员名单"),
    "wrong_columns.csv": ("商品,价格\n雨伞,12\n".encode(), "没有找到表头"),
    "no_key.csv": ("题干,选项A,选项B\n甲题？,一,二\n".encode(), "缺少答案列"),
    "law.txt": (("第一条 为了规范行政处罚，制定本法。\n" * 3).encode("gbk"), "没有找到试题"),
    "bomb.xlsx": (_bomb(), ""),
    "empty.xlsx": (_empty_workbook(), ""),
    "empty.txt": (b"", "文件是空的"),
    "noise.txt": (bytes(range(128, 256)) * 20, ""),
}


@pytest.mark.fault("F43")
@pytest.mark.fault("F45")
@pytest.mark.parametrize("name", BAD_FILES)
def test_f43_f45_bad_file_of_each_kind_is_refused_and_nothing_written(bank: Bank, tmp_path: Path, name: str) -> None:
    content, reason = BAD_FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("import_questions", str(path), "--bank", "tongyong", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert stopped.value.code == 1
    assert [refused["place"] for refused in report["refused"]] == [name]
    assert reason in report["refused"][0]["reason"]
    assert not Question.objects.exists()
