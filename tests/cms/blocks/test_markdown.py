"""Markdown is rendered and then cleaned."""

import pytest

from cms.blocks.markdown import render


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<a href="javascript:alert(1)">x</a>',
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)></svg>",
        '<p style="position:fixed">x</p>',
        "<iframe src='https://example.org'></iframe>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_nothing_hostile_survives(hostile: str) -> None:
    html = render(f"前 {hostile} 后")

    for trace in ("<script", "javascript:", "onerror", "onload", "style=", "<iframe", "data:"):
        assert trace not in html
    assert "前" in html


def test_headings_lists_and_tables_are_kept() -> None:
    html = render("## 告知\n\n- 一\n- 二\n\n| 事项 | 时限 |\n|---|---|\n| 听证 | 五日 |")

    assert "<h2>告知</h2>" in html
    assert html.count("<li>") == 2
    assert "<td>五日</td>" in html
