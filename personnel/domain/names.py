"""Names as they are typed: cleaned, and in pinyin for search."""

import re
import unicodedata

from django.utils.translation import gettext as _
from pypinyin import Style, lazy_pinyin

from common.errors import BadInput

# Surnames whose character is read otherwise in other words.
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "区": "ou", "查": "zha", "任": "ren",
    "朴": "piao", "盖": "ge", "缪": "miao", "宓": "fu", "尉": "wei", "万": "wan", "燕": "yan",
    "华": "hua", "乐": "yue", "员": "yun", "覃": "qin", "翟": "zhai", "黑": "he", "冼": "xian",
}  # fmt: skip
PINYIN_LIMIT = 160
SERVICE_NO = re.compile(r"[A-Z0-9][A-Z0-9_.-]{1,29}")


def clean_name(text: str) -> str:
    """Return a person's name: NFKC, one space between Latin words, none inside Chinese.

    Raises:
        BadInput: empty, longer than 60 characters, or with control characters.
    """
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if all("\u3400" <= character <= "\u9fff" or character == " " for character in name):
        # Two-character names are often spaced out in rosters: 张 三.
        name = name.replace(" ", "")
    if not name:
        raise BadInput(_("The name is missing."), code="name_missing", field="name")
    if len(name) > 60 or not name.isprintable():
        raise BadInput(
            _("A name has at most 60 characters and no control characters."),
            code="name_invalid",
            field="name",
        )
    return name


def clean_service_no(text: str) -> str:
    """Return a service number as it is stored: NFKC, upper case, no white space.

    Raises:
        BadInput: empty or with characters that no service number has.
    """
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not number:
        raise BadInput(_("The service number is missing."), code="service_no_missing", field="service_no")
    if not SERVICE_NO.fullmatch(number):
        raise BadInput(
            _("A service number has 2 to 30 letters and digits; hyphens and dots may occur."),
            code="service_no_invalid",
            field="service_no",
        )
    return number


def pinyin(name: str) -> str:
    """Return what somebody may type to find the name: "zhangwei zw zhang wei"."""
    syllables = [part.lower() for part in lazy_pinyin(name, style=Style.NORMAL, errors="default")]
    if name[:1] in SURNAMES and syllables:
        syllables[0] = SURNAMES[name[0]]
    syllables = [part.strip() for part in syllables if part.strip()]
    initials = "".join(part[0] for part in syllables)
    return " ".join(["".join(syllables), initials, *syllables])[:PINYIN_LIMIT]
