"""The certificate as a PDF/A page: facts frozen at its issue, the state left to the verification.

Values reach the template as `sys_inputs` only, where they are inert text.
"""

import io
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from noto_cjk_sans_otc import FONT_PATH

from common.errors import DomainError
from training.exporters import guilloche
from training.models import Certificate

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
DIGITS = "〇一二三四五六七八九"


class GlyphMissing(DomainError):
    """The fonts lack a character of the officer's name or unit."""

    code = "glyph_missing"


def verification_url(certificate: Certificate) -> str:
    """Return the public address that the QR code leads to."""
    asked = urlencode({"number": certificate.number, "code": certificate.verify_code})
    return f"{settings.MINGFA_BASE_URL.rstrip('/')}{reverse('training:verify')}?{asked}"


def qr_svg(text: str) -> str:
    """Return a QR code as SVG, level M, without a quiet zone (the page leaves one)."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, dark="#10262b", xmldecl=False, svgns=True)
    return out.getvalue().decode()


def render(certificate: Certificate) -> bytes:
    """Return the certificate as PDF/A-2b.

    Raises:
        GlyphMissing: a character of the officer's data is in none of the fonts.
    """
    try:
        pdf = typst.compile(
            str(TEMPLATES / "certificate.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=_inputs(certificate),
            pdf_standards="a-2b",
            timestamp=certificate.issued_at.replace(microsecond=0),
        )
    except typst.TypstError as error:
        if "could not be displayed" in f"{error} {error.message}" or "glyph" in str(error):
            raise GlyphMissing(
                _(
                    "The certificate of %(name)s (%(service_no)s) cannot be printed: no font here "
                    "has one of its characters. Ask your system administrator to add a font with "
                    "rare characters (MINGFA_FONT_PATHS)."
                )
                % {
                    "name": certificate.facts["name"],
                    "service_no": certificate.officer.service_no,
                }
            ) from error
        raise
    assert isinstance(pdf, bytes)
    return pdf


def chinese_date(day: date) -> str:
    """Return 二〇二六年十一月二十三日, as seals and certificates date."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_count(day.month)}月{_count(day.day)}日"


def _count(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts, read once a process: the configured folders and the bundled face."""
    folders = [*settings.MINGFA_FONT_PATHS, str(Path(str(FONT_PATH)).parent)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def _inputs(certificate: Certificate) -> dict[str, str]:
    facts = certificate.facts
    last_day = certificate.last_valid_day
    return {
        "number": certificate.number,
        "code": certificate.verify_code,
        "name": facts["name"],
        "unit": facts["unit"],
        "issuer": facts["issuer"],
        "exam": facts["exam"],
        "field": facts["field"],
        "score": facts["score"].removesuffix(".00"),
        "full_marks": facts["full_marks"].removesuffix(".00"),
        "valid_from": f"{certificate.valid_from:%Y-%m-%d}",
        "valid_last": f"{last_day:%Y-%m-%d}",
        "issued_on": chinese_date(certificate.valid_from),
        "address": f"{settings.MINGFA_BASE_URL.rstrip('/')}{reverse('training:verify')}",
        "qr": qr_svg(verification_url(certificate)),
        "border": guilloche.border(),
        "rosette": guilloche.rosette(),
        "corner": guilloche.corner(),
    }
