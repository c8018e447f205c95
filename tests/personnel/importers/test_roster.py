"""Rosters as clerks send them: what is understood, what is refused and where, and nothing by halves."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from stdnum.cn import ric

from common.errors import BadInput
from common.models import AuditEvent
from personnel.enums import EmploymentKind, Tier
from personnel.exporters import register as sheets
from personnel.importers import roster
from personnel.importers.roster import Action
from personnel.models import Officer, Posting
from personnel.queries import officers
from tests.factories.personnel import OfficerFactory, UnitFactory, id_number
from tests.personas import People

pytestmark = pytest.mark.django_db
HEADER = ["工号", "姓名", "身份证号", "所在单位", "执法领域", "职务", "层级", "用工性质", "是否执法岗", "任职日期"]
Write = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Return a function that writes rows (the header first) into a workbook."""

    def write(*rows: Sequence[object], name: str = "roster.xlsx") -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "名册"
        for row in rows:
            sheet.append(list(row))
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def test_a_new_officer_is_put_on_record_and_posted_without_a_password(people: People, written: Write) -> None:
    number = id_number(900)
    path = written(
        HEADER,
        [
            "001",
            "王小虎",
            number,
            "执法一大队",
            "生态环境、公共法律",
            "一级主办",
            "骨干",
            "事业编制",
            "否",
            "2026年3月1日",
        ],
    )
    plan = roster.plan(path, by=people.hr)
    assert roster.execute(plan, by=people.hr) == {
        "found": 1, "created": 1, "updated": 0, "moved": 0, "same": 0, "refused": [],
    }  # fmt: skip
    officer = Officer.objects.get(service_no="001")
    assert (officer.name, officer.id_number, officer.title) == ("王小虎", number, "一级主办")
    assert (officer.tier, officer.employment) == (Tier.BACKBONE, EmploymentKind.ESTABLISHED)
    assert {field.code for field in officer.fields.all()} == {"ecology", "public_law"}
    assert not officer.has_usable_password()
    posting = Posting.objects.get(officer=officer)
    assert (posting.unit, posting.starts_on, posting.is_enforcement) == (people.team, date(2026, 3, 1), False)


def test_planning_writes_nothing(people: People, written: Write) -> None:
    path = written(HEADER, ["001", "王小虎", "", "SZ-ST"])
    counts = (Officer.objects.count(), AuditEvent.objects.count())
    assert roster.plan(path, by=people.hr).count(Action.NEW) == 1
    assert (Officer.objects.count(), AuditEvent.objects.count()) == counts


def test_the_same_roster_again_changes_nothing(people: People, written: Write) -> None:
    path = written(HEADER, ["001", "王小虎", id_number(901), "SZ-ST", "农业", "", "初任"])
    roster.execute(roster.plan(path, by=people.hr), by=people.hr)
    again = roster.plan(path, by=people.hr)
    assert again.report() == {"found": 1, "created": 0, "updated": 0, "moved": 0, "same": 1, "refused": []}


def test_another_unit_moves_and_other_particulars_update(people: People, written: Write) -> None:
    path = written(
        ["服务编号", "姓名", "单位编码", "层级", "任职日期"],
        ["a1001", "李慧敏", "SZ-ST", "", "2026-05-01"],
        ["A1002", "周明", "SZ-ST-01", "领导", ""],
        ["C7001", "郑国强", "", "", ""],
    )
    plan = roster.plan(path, by=people.hr)
    assert [(step.row.service_no, step.action, step.changes) for step in plan.steps] == [
        ("A1001", Action.MOVED, ("unit",)),
        ("A1002", Action.UPDATED, ("tier",)),
        ("C7001", Action.SAME, ()),
    ]
    roster.execute(plan, by=people.hr)
    assert officers.unit_of(people.learner, day=date(2026, 5, 1)) == people.bureau
    assert Officer.objects.get(service_no="A1002").tier == Tier.LEADER


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["002", "", "", "SZ-ST"], "B", "缺少姓名"),
        (["", "王虎", "", "SZ-ST"], "A", "缺少工号"),
        (["002", "王虎", "130503196704010017", "SZ-ST"], "C", "末位"),
        (["002", "王虎", "1.30503E+17", "SZ-ST"], "C", "Excel"),
        (["2.3E+11", "王虎", "", "SZ-ST"], "A", "Excel"),
        (["002", "王虎", "", "SZ-ST", "", "", "高手"], "G", "高手"),
        (["002", "王虎", "", "SZ-ST", "", "", "", "临时"], "H", "临时"),
        (["002", "王虎", "", "SZ-ST", "", "", "", "", "也许"], "I", "是"),
        (["002", "王虎", "", "SZ-ST", "", "", "", "", "", "三月"], "J", "2026-03-01"),
        (["002", "王虎", "", "SZ-ST", "", "职" * 61], "F", "60"),
    ],
)
@pytest.mark.fault("F45")
def test_f45_a_bad_cell_is_refused_with_sheet_row_column_and_reason(
    people: People, written: Write, row: list[str], column: str, words: str
) -> None:
    plan = roster.plan(written(["花名册（2026）"], HEADER, row), by=people.hr)
    (refusal,) = plan.refused
    assert refusal.place == f"工作表“名册”第 3 行 {column} 列"
    assert words in refusal.reason


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["002", "王虎", "", ""], "缺少单位"),
        (["002", "王虎", "", "滨海市"], "滨海市"),
        (["002", "王虎", "", "SZ-ST", "渔业"], "渔业"),
        (["X9001", "沈浩", "", "SZ-ST"], "不能在您的单位使用"),
        (["A1001", "李慧敏", "", "SZ-ST", "", "", "", "", "", "2019-01-01"], "2020-01-06"),
    ],
)
def test_what_contradicts_the_register_is_refused(people: People, written: Write, row: list[str], words: str) -> None:
    (refusal,) = roster.plan(written(HEADER, row), by=people.hr).refused
    assert words in refusal.reason


def test_an_id_number_of_somebody_else_is_refused_without_naming_anybody(people: People, written: Write) -> None:
    path = written(HEADER, ["002", "王虎", people.outsider.id_number, "SZ-ST"])
    (refusal,) = roster.plan(path, by=people.hr).refused
    for word in ("X9001", "沈浩", people.outsider.id_number):
        assert word not in refusal.reason + refusal.excerpt


def test_a_number_that_stands_twice_in_the_file_names_the_first_place(people: People, written: Write) -> None:
    path = written(HEADER, ["002", "王虎", "", "SZ-ST"], ["002", "王豹", "", "SZ-ST"])
    (refusal,) = roster.plan(path, by=people.hr).refused
    assert "第 2 行" in refusal.reason
    assert "第 3 行" in refusal.place


def test_units_of_the_same_name_must_be_told_apart_by_code(people: People, written: Write) -> None:
    UnitFactory(name="执法一大队", parent=people.city)
    (refusal,) = roster.plan(written(HEADER, ["002", "王虎", "", "执法一大队"]), by=people.hr).refused
    assert "编码" in refusal.reason


@pytest.mark.fault("F45")
def test_f45_leading_zeros_eaten_by_excel_are_refused_not_guessed(people: People, written: Write) -> None:
    rows = [[f"{number:06d}", "王虎", "", "SZ-ST"] for number in range(1, 6)]
    plan = roster.plan(written(HEADER, *rows, [1234, "李虎", "", "SZ-ST"]), by=people.hr)
    (refusal,) = plan.refused
    assert "前导 0" in refusal.reason
    OfficerFactory(service_no="007700", unit=people.team)
    (known,) = roster.plan(written(HEADER, [7700, "李虎", "", "SZ-ST"]), by=people.hr).refused
    assert "007700" in known.reason


@pytest.mark.fault("F45")
def test_f45_one_rounded_id_number_makes_all_that_end_alike_suspect(people: People, written: Write) -> None:
    lucky = _lucky()
    rounded = "130503196704013000"
    plan = roster.plan(
        written(HEADER, ["002", "王虎", lucky, "SZ-ST"], ["003", "王豹", rounded, "SZ-ST"]), by=people.hr
    )
    assert len(plan.refused) == 2


@pytest.mark.fault("F45")
def test_f45_a_gbk_file_with_full_width_digits_is_read(people: People, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes("工 号,姓　名,单位\r\n\uff10\uff10\uff19,王 虎,SZ-ST\r\n".encode("gb18030"))
    plan = roster.plan(path, by=people.hr)
    assert [(step.row.service_no, step.row.name, step.unit) for step in plan.steps] == [("009", "王虎", people.bureau)]


def test_one_refused_row_keeps_everything_out_unless_it_may_be_left_out(people: People, written: Write) -> None:
    path = written(HEADER, ["002", "王虎", "", "SZ-ST"], ["003", "", "", "SZ-ST"])
    plan = roster.plan(path, by=people.hr)
    with pytest.raises(BadInput):
        roster.execute(plan, by=people.hr)
    assert not Officer.objects.filter(service_no="002").exists()
    report = roster.execute(plan, by=people.hr, leave_refused=True)
    assert (report["created"], len(report["refused"])) == (1, 1)


def test_a_failure_half_way_takes_everything_back(people: People, written: Write) -> None:
    path = written(HEADER, ["002", "王虎", "", "SZ-ST"], ["003", "王豹", "", "SZ-ST"])
    plan = roster.plan(path, by=people.hr)
    OfficerFactory(service_no="003")
    with pytest.raises(BadInput):
        roster.execute(plan, by=people.hr)
    assert not Officer.objects.filter(service_no="002").exists()


def test_a_workbook_without_the_headings_is_no_roster(people: People, written: Write) -> None:
    with pytest.raises(BadInput, match="工号"):
        roster.plan(written(["题干", "答案"], ["问", "A"]), by=people.hr)


def test_the_template_is_a_roster_that_is_understood(people: People, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(sheets.template())
    plan = roster.plan(path, by=people.hr)
    assert plan.refused == []
    assert [step.unit for step in plan.steps] == [people.team, people.bureau]


def test_planning_costs_the_same_queries_for_one_row_and_for_many(
    people: People, written: Write, django_assert_num_queries: Callable[..., object]
) -> None:
    for count in (1, 40):
        path = written(HEADER, *([f"{number:03d}", "王虎", "", "SZ-ST"] for number in range(count)))
        with django_assert_num_queries(6):
            roster.plan(path, by=Officer.objects.get(pk=people.hr.pk))


def _lucky() -> str:
    """Return a number that ends in 000 and whose check digit fits all the same."""
    for serial in range(1, 10):
        for day in range(10, 29):
            body = f"110101199001{day}{serial}00"
            if ric.calc_check_digit(body + "0") == "0":
                return body + "0"
    raise AssertionError("no such number")
