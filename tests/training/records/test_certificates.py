import re
import shutil
import subprocess
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from personnel.api import postings
from tests.factories import training as factory
from tests.factories.personnel import POSTED_ON
from tests.personas import login
from training.enums import CertificateState
from training.exporters import certificate as exporter
from training.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(people):
    return factory.certificate(people, people.learner)


def document(held):
    return reverse("training:certificate", args=[held.number])


# --- the document --------------------------------------------------------------------------------
def test_the_document_is_an_archive_pdf_with_its_fonts_inside(held):
    pdf = exporter.render(held)
    assert pdf.startswith(b"%PDF-")
    assert b"pdfaid:part>2<" in pdf
    assert b"/FontFile3" in pdf


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_the_document_tells_the_facts(held, tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(exporter.render(held))
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    plain = re.sub(r"\s", "", text)
    for word in ("行政执法资格考试合格证书", held.facts["name"], held.facts["unit"], held.number, held.verify_code):
        assert re.sub(r"\s", "", word) in plain


def test_the_qr_code_leads_to_the_verification_of_this_certificate(held, client, settings):
    settings.MINGFA_BASE_URL = "https://example.gov/"
    address = urlsplit(exporter.verification_url(held))
    assert address.netloc == "example.gov"
    assert parse_qs(address.query) == {"number": [held.number], "code": [held.verify_code]}
    assert exporter.qr_svg(address.geturl()).startswith("<svg")
    answer = client.get(f"{address.path}?{address.query}")
    assert answer.status_code == 200


def test_values_are_inert_in_the_template(held):
    held.facts["name"] = '#panic("run") $x$ *bold*'
    assert exporter.render(held).startswith(b"%PDF-")


def test_a_missing_glyph_names_the_officer(held):
    held.facts["name"] = "李😀"
    with pytest.raises(exporter.GlyphMissing, match=held.officer.service_no):
        exporter.render(held)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ((2026, 11, 23), "二〇二六年十一月二十三日"),
        ((2030, 10, 10), "二〇三〇年十月十日"),
        ((2027, 1, 1), "二〇二七年一月一日"),
    ],
)
def test_chinese_date(day, text):
    from datetime import date  # noqa: PLC0415

    assert exporter.chinese_date(date(*day)) == text


# --- who gets it ---------------------------------------------------------------------------------
@pytest.mark.fault("F36")
@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("learner", 200),
        ("hr", 200),
        ("colleague", 404),
        ("unit_chief", 404),
        ("exam_officer", 404),
        ("auditor", 404),
        ("system_admin", 404),
        ("outsider", 404),
    ],
)
def test_f36_the_document_is_for_its_holder_and_her_hr(people, held, part, status):
    answer = login(getattr(people, part)).get(document(held))
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.fault("F36")
def test_f36_hr_of_the_unit_she_has_left_no_longer_gets_it(people, held):
    postings.post(people.learner, people.other_city, starts_on=POSTED_ON.replace(year=2022), by=None)
    assert login(people.hr).get(document(held)).status_code == 404


def test_anonymous_is_sent_to_the_login(held, client):
    assert client.get(document(held)).status_code == 302


def test_the_list_shows_ones_own_certificates_with_todays_state(people, held):
    Certificate.objects.filter(pk=held.pk).update(state=CertificateState.SUSPENDED)
    mine = login(people.learner).get(reverse("training:certificates")).text
    assert held.number in mine
    assert "暂扣" in mine
    assert held.number not in login(people.colleague).get(reverse("training:certificates")).text
