"""Who may be tried out, and as what."""

from dataclasses import dataclass

from personnel.enums import Role, Tier

# Documented, the same everywhere, and only ever set by `seed_demo`.
PASSWORD = "mingfa-demo-2026"  # noqa: S105


@dataclass(frozen=True)
class Login:
    """A demonstration account: number, name, unit code, what it shows, roles over a unit."""

    service_no: str
    name: str
    unit: str
    what: str
    roles: tuple[Role, ...] = ()
    over: str = ""
    is_enforcement: bool = False
    tier: Tier = Tier.IN_POST
    title: str = ""


PROVINCE = "MF"
CITY = "MF01"
OTHER_CITY = "MF02"

LOGINS = (
    Login(
        "A1001", "李慧敏", "MF0101", "执法人员：差两分钟学时，读完即可参加正在进行的考试",
        is_enforcement=True, title="一级行政执法员",
    ),
    Login(
        "A1002", "周明", "MF0101", "执法人员：上次考试未通过，正在针对性再培训",
        is_enforcement=True, title="二级行政执法员",
    ),
    Login(
        "T2001", "王建平", CITY, "培训师：编写课程、导入试题",
        (Role.TRAINER, Role.QUESTION_AUTHOR), PROVINCE, title="培训师",
    ),
    Login("Q2101", "赵文", PROVINCE, "命题人：编写、导入试题", (Role.QUESTION_AUTHOR,), PROVINCE),
    Login("Q2102", "钱思远", PROVINCE, "审题人：审核试题", (Role.QUESTION_REVIEWER,), PROVINCE),
    Login("E3001", "孙丽", PROVINCE, "考务：组卷、报名、发布成绩", (Role.EXAM_OFFICER,), PROVINCE),
    Login("H4001", "陈静", PROVINCE, "人事：人员名册、成绩单、持证上岗率", (Role.HR,), PROVINCE),
    Login("U5001", "冯远", PROVINCE, "审计员：审计日志", (Role.AUDITOR,), PROVINCE),
    Login("S6001", "褚良", PROVINCE, "安全管理员：授予角色", (Role.SECURITY_ADMIN,), PROVINCE),
    Login("S6002", "卫东", PROVINCE, "系统管理员：账号与机构", (Role.SYSTEM_ADMIN,), PROVINCE),
    Login("S6003", "蒋平", PROVINCE, "审计管理员：核验记录", (Role.AUDIT_ADMIN,), PROVINCE),
    Login(
        "C7001", "郑国强", CITY, "单位负责人：本市持证上岗率",
        (Role.UNIT_CHIEF,), CITY, is_enforcement=True, tier=Tier.LEADER, title="支队长",
    ),
    Login("I8001", "吴刚", CITY, "监考：考场监控", (Role.INVIGILATOR,), PROVINCE),
    Login(
        "X9001", "沈浩", "MF0201", "外市执法人员：看不到本市的任何内容",
        is_enforcement=True, title="三级行政执法员",
    ),
)  # fmt: skip


def table() -> list[str]:
    """Return the logins as lines for the terminal, the password last."""
    rows = [f"  {login.service_no}  {login.name}  {login.what}" for login in LOGINS]
    return ["演示账号 Demo logins:", *rows, f"密码 Password: {PASSWORD}"]
