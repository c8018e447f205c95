"""How texts and queries are cut."""

import pytest
from hypothesis import given, strategies as st

from cms.search.words import LONGEST_TEXT, MOST_TERMS, Term, index_text, query_terms


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("行政处罚法", "行政 政处 处罚 罚法 法"),
        ("法", "法"),
        ("GB2760 标准", "gb2760 标准 准"),
        ("\uff27\uff22\uff12\uff17\uff16\uff10", "gb2760"),
        ("a_b-c%d", "a b c d"),
        ('";:', ""),
        ("", ""),
    ],
)  # fmt: skip
def test_text_is_cut_into_pairs_and_words(text: str, pieces: str) -> None:
    assert index_text(text) == pieces


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("处罚", [Term("处罚")]),
        ("监督管理", [Term("监督"), Term("督管"), Term("管理")]),
        ("法", [Term("法", is_prefix=True)]),
        ("处罚 程序", [Term("处罚"), Term("程序")]),
        ("处罚处罚", [Term("处罚"), Term("罚处")]),
        ("Additive", [Term("additive")]),
        ('";', []),
        ("%", []),
        ("(*", []),
        ("\0", []),
    ],
)
def test_query_asks_for_the_same_pieces(query: str, terms: list[Term]) -> None:
    assert query_terms(query) == terms


def test_endless_query_is_cut() -> None:
    assert len(query_terms("".join(chr(0x4E00 + n) for n in range(10_000)))) == MOST_TERMS
    assert len(query_terms("x" * 10_000)[0].text) == 64


def test_endless_text_is_cut() -> None:
    assert len(index_text("法" * (LONGEST_TEXT + 5)).split()) == LONGEST_TEXT


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30)


@given(HAN, HAN, HAN)
def test_every_part_of_a_text_is_found_in_it(before: str, part: str, after: str) -> None:
    pieces = index_text(before + part + after).split()

    for term in query_terms(part):
        if term.is_prefix:
            assert any(piece.startswith(term.text) for piece in pieces)
        else:
            assert term.text in pieces
