"""Resident identity numbers 居民身份证号: read as people write them, checked, compared.

A number of 15 digits (issued until 1999) and the one of 18 that replaced it name the same person,
so both are kept in the form of 18.
"""

import unicodedata
from datetime import date

from django.utils.translation import gettext as _
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from common import clock
from common.errors import BadInput

# The first two digits name the province of first registration. Counties are not checked: they are
# renamed and merged, and the number keeps the old code for life.
_REGIONS = (
    range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66),
    (71, 81, 82, 83),
)  # fmt: skip
PROVINCES = frozenset(str(number) for region in _REGIONS for number in region)


def read(text: str) -> str:
    """Return the number as 18 characters; full-width digits, spaces and 15-digit numbers are read.

    Raises:
        BadInput: not such a number. The sentence never repeats the number.
    """
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if looks_rounded(number):
        raise _refusal(
            _("Excel has rounded this ID number. Set the column to the format Text and enter the number again.")
        )
    if len(number) == 15 and _is_digits(number):
        number = f"{number[:6]}19{number[6:]}"
        number += ric.calc_check_digit(number + "0")
    _check_shape(number)
    if number[-1] != ric.calc_check_digit(number):
        raise _refusal(_("The last character of the ID number does not fit the others: a typing error."))
    _check_birth_date(number)
    return number


def looks_rounded(text: str) -> bool:
    """Return whether Excel took the number for a quantity: it keeps 15 digits of it, and what
    follows becomes zeros or an exponent.
    """
    number = "".join(text.split()).upper()
    if "E+" in number:
        return True
    rounded = len(number) == 18 and _is_digits(number) and number.endswith("000")
    return rounded and number[-1] != ric.calc_check_digit(number)


def _check_shape(number: str) -> None:
    if len(number) != 18 or not _is_digits(number[:17]) or number[17] not in "0123456789X":
        raise _refusal(_("An ID number has 18 characters: 17 digits, then a digit or X."))
    if number[:2] not in PROVINCES:
        raise _refusal(_("The first two digits of the ID number name no province."))


def _check_birth_date(number: str) -> None:
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        raise _refusal(_("The ID number holds no real date of birth.")) from None
    if not date(1900, 1, 1) <= born <= clock.today():
        raise _refusal(_("The ID number holds no real date of birth."))


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _refusal(sentence: str) -> BadInput:
    return BadInput(sentence, code="id_number_invalid", field="id_number")
