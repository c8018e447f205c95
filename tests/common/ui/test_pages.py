"""The pages that answer when something else cannot: refused, missing, expired, broken."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from common.errors import NotPermitted, NotPossibleNow
from common.middleware import DomainErrorMiddleware

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son\w+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("name", ["403_csrf.html", "500.html"])
def test_pages_of_last_resort_need_neither_request_nor_database(name: str) -> None:
    with translation.override("zh-hans"):
        shown = render_to_string(name)
    assert 'href="/"' in shown
    assert "<form" not in shown
    assert not INLINE.search(shown)


def test_missing_page_says_so_and_offers_a_way_on(db: None, client: Client) -> None:
    answer = client.get("/ui/nothing-here/")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


@pytest.mark.parametrize("refusal", [NotPermitted("只有考务人员可以发布成绩。"), NotPossibleNow("试卷尚未密封。")])
def test_refusal_shows_its_sentence_with_its_status(rf: RequestFactory, refusal: NotPermitted) -> None:
    request = rf.get("/exams/7KQ2M9XA/", headers={"referer": "http://testserver/exams/"})
    answer = DomainErrorMiddleware(lambda _: None).process_exception(request, refusal)  # type: ignore[arg-type, return-value]
    assert answer is not None
    assert answer.status_code == refusal.status
    shown = answer.content.decode()
    assert str(refusal) in shown
    assert 'href="http://testserver/exams/"' in shown


def test_no_template_carries_inline_script_or_style() -> None:
    templates = [*Path("common/templates").rglob("*.html")]
    assert len(templates) > 30
    guilty = [str(template) for template in templates if INLINE.search(template.read_text(encoding="utf-8"))]
    assert guilty == []
