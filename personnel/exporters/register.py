"""The register, the roster template and initial passwords as workbooks."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext as _, pgettext

from common import worksheets
from common.worksheets import Choice, Table
from personnel.importers.roster_rows import EMPLOYMENTS, TIERS
from personnel.models import EnforcementField, Officer

TEMPLATE_HEADER = (
    "工号", "姓名", "身份证号", "所在单位", "执法领域", "职务/职级",
    "层级", "用工性质", "是否执法岗", "任职日期", "邮箱",
)  # fmt: skip


def store(path: str, tables: Iterable[Table]) -> str:
    """Write a workbook into the private storage; return the path it got there."""
    buffer = BytesIO()
    worksheets.write(buffer, tables)
    saved: str = storages["private"].save(path, ContentFile(buffer.getvalue()))
    return saved


def register_table(officers: Iterable[Officer]) -> Table:
    """Return the register with ID numbers masked (fault F40)."""
    header = (
        _("Service number"), pgettext("of a person", "Name"), _("ID number"), _("Unit code"),
        _("Unit"), pgettext("of a person", "Title"), _("Tier"), _("Employment"), _("Enforcement fields"),
        _("Enforcement post"), _("Account"),
    )  # fmt: skip
    widths = (14, 12, 22, 14, 28, 16, 12, 14, 24, 12, 12)
    return Table(_("Register of officers"), header, (_register_row(one) for one in officers), widths)


def _register_row(officer: Officer) -> tuple[str, ...]:
    posts = getattr(officer, "present_posts", [])
    unit = posts[0].unit if posts else None
    return (
        officer.service_no,
        officer.name,
        officer.masked_id_number,
        unit.code if unit else "",
        unit.name if unit else "",
        officer.title,
        officer.get_tier_display(),
        officer.get_employment_display(),
        "、".join(str(field) for field in officer.fields.all()),
        (_("yes") if posts[0].is_enforcement else _("no")) if posts else "",
        pgettext("account", "Open") if officer.is_active else pgettext("account", "Closed"),
    )


def password_table(issued: Sequence[tuple[Officer, str]]) -> Table:
    """Return initial passwords, to be handed to each officer in person."""
    rows = ((one.service_no, one.name, password) for one, password in issued)
    notes = (_("Hand each line to its officer only. It must be changed at the first login."),)
    header = (_("Service number"), pgettext("of a person", "Name"), _("Initial password"))
    return Table(_("Initial passwords"), header, rows, (16, 16, 24), notes=notes)


def template() -> bytes:
    """Return an empty roster with headings, drop-down lists and two made-up rows."""
    fields = [field.name for field in EnforcementField.objects.all()]
    rows = (
        ("001001", "张晓明", "", "SZ-ST-01", "生态环境", "一级行政执法员", "在岗", "在编", "是", "2026-03-01", ""),
        ("001002", "李芳", "", "苏南市生态环境局", "生态环境、公共法律", "", "初任", "在编", "是", "2026-09-01", ""),
    )
    table = Table(
        "执法人员花名册",
        TEMPLATE_HEADER,
        rows,
        (12, 12, 24, 24, 24, 18, 10, 12, 12, 14, 24),
        choices=(
            Choice(4, fields),
            Choice(6, ["初任", "在岗", "骨干", "领导"]),
            Choice(7, ["在编", "合同", "辅助人员"]),
            Choice(8, ["是", "否"]),
        ),
    )
    words = (
        ("工号", "必填。文本格式，前导 0 不能丢。"),
        ("姓名", "必填。"),
        ("身份证号", "选填。文本格式；加密保存，处处脱敏显示。"),
        ("所在单位", "新人员必填。写单位编码，或单位全称。"),
        ("执法领域", "选填，多个用顿号分开：" + "、".join(fields)),
        ("层级", "选填：" + "、".join(TIERS)),
        ("用工性质", "选填：" + "、".join(EMPLOYMENTS)),
        ("是否执法岗", "选填：是、否；不填为是。"),
        ("任职日期", "选填：2026-03-01；不填为导入当天。"),
        ("示例", "导入前请删除两行示例。"),
    )
    buffer = BytesIO()
    worksheets.write(buffer, [table, Table("填写说明", ("列", "说明"), words, (16, 80))])
    return buffer.getvalue()
