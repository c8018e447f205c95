"""Every question type proves itself by its samples; grading never fails and never leaves its bounds."""

import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from question_banks import enums
from question_banks.question_types import registry
from question_banks.question_types.base import MarkingRules, QuestionType, Sample
from question_banks.question_types.fingerprint import content_fingerprint

SAMPLES = [(entry, sample) for entry in registry.TYPES.values() for sample in entry.samples]


def graded(entry: QuestionType, sample: Sample, answer: Any) -> Decimal:
    content, key = entry.read(sample.content, sample.key)
    return entry.grade(content, key, answer, sample.marks, sample.rules)


def test_registry_and_enumeration_name_the_same_types() -> None:
    assert {code: str(entry.label) for code, entry in registry.TYPES.items()} == {
        member.value: str(member.label) for member in enums.QuestionType
    }
    assert all(entry.samples for entry in registry.TYPES.values())


@pytest.mark.parametrize(("entry", "sample"), SAMPLES)
def test_sample_is_marked_as_it_says(entry: QuestionType, sample: Sample) -> None:
    assert graded(entry, sample, sample.right) == sample.marks
    assert graded(entry, sample, sample.wrong) == 0
    assert graded(entry, sample, sample.partly_right) == sample.partly_right_marks
    assert [graded(entry, sample, answer) for answer in sample.unreadable] == [0] * len(sample.unreadable)
    assert graded(entry, sample, []) == 0


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
)
def test_any_answer_gets_marks_within_bounds(chosen: tuple[QuestionType, Sample], answer: Any) -> None:
    entry, sample = chosen
    assert 0 <= graded(entry, sample, answer) <= sample.marks


@given(st.permutations(["A", "B", "D"]))
def test_order_of_choices_does_not_matter(answer: list[str]) -> None:
    sample = registry.MULTIPLE.samples[0]
    assert graded(registry.MULTIPLE, sample, answer) == sample.marks


def test_half_marks_for_a_part_without_a_wrong_one() -> None:
    sample = registry.MULTIPLE.samples[0]
    content, key = registry.MULTIPLE.read(sample.content, sample.key)
    rules = MarkingRules(multiple="partial_if_subset")
    marks = [
        registry.MULTIPLE.grade(content, key, answer, Decimal("1.25"), rules)
        for answer in (["A"], ["A", "B"], ["A", "C"], ["A", "B", "D"], ["A", "B", "C", "D"], [])
    ]
    # Half of 1.25 is 0.625, rounded half up.
    assert marks == [Decimal("0.63"), Decimal("0.63"), 0, Decimal("1.25"), 0, 0]


@pytest.mark.parametrize(
    ("code", "content", "key"),
    [
        ("single", {"stem": "甲", "options": [{"id": "A", "text": "一"}]}, {"right": ["A"]}),
        (
            "single",
            {"stem": "甲", "options": [{"id": "A", "text": "一"}, {"id": "B", "text": "二"}]},
            {"right": ["C"]},
        ),
        (
            "single",
            {"stem": "甲", "options": [{"id": "A", "text": "一"}, {"id": "B", "text": "二"}]},
            {"right": ["A", "B"]},
        ),
        (
            "single",
            {"stem": "甲", "options": [{"id": "A", "text": "一"}, {"id": "A", "text": "二"}]},
            {"right": ["A"]},
        ),
        (
            "multiple",
            {"stem": "", "options": [{"id": "A", "text": "一"}, {"id": "B", "text": "二"}]},
            {"right": ["A"]},
        ),
        ("multiple", {"stem": "甲", "options": [{"id": "A", "text": "一"}, {"id": "B", "text": "二"}]}, {"right": []}),
        (
            "true_false",
            {"stem": "甲", "options": [{"id": "A", "text": "对"}, {"id": "B", "text": "错"}]},
            {"right": ["A"]},
        ),
    ],
)
def test_broken_content_is_refused(code: str, content: dict[str, Any], key: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"validation error|not among the options"):
        registry.get(code).read(content, key)


def test_fingerprint_ignores_blanks_width_and_order_but_not_options() -> None:
    def fingerprint(stem: str, *texts: str) -> str:
        options = [{"id": "ABCD"[index], "text": text} for index, text in enumerate(texts)]
        content, _key = registry.SINGLE.read({"stem": stem, "options": options}, {"right": ["A"]})
        return content_fingerprint("single", content)

    assert fingerprint("处罚 （ ）次", "1", "\uff12") == fingerprint("处罚（）次", "2", "\uff11")
    assert fingerprint("处罚（）次", "1", "2") != fingerprint("处罚（）次", "1", "3")


def test_grading_needs_no_settings_and_no_models() -> None:
    code = (
        "import sys; from question_banks.question_types import registry; "
        "assert 'question_banks.models' not in sys.modules and 'personnel.models' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PATH": ""})
