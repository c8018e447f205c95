from decimal import Decimal

from question_banks.question_types.base import MarkingRules, Sample

_CONTENT = {
    "version": 1,
    "stem": "现场笔录由哪些人签名？",
    "options": [
        {"id": "A", "text": "当事人"},
        {"id": "B", "text": "执法人员"},
        {"id": "C", "text": "围观群众"},
        {"id": "D", "text": "在场的见证人"},
    ],
}
_KEY = {"version": 1, "right": ["A", "B", "D"]}

SAMPLES = (
    Sample(
        content=_CONTENT,
        key=_KEY,
        right=["D", "A", "B"],
        wrong=["A", "B", "C", "D"],
        partly_right=["A", "B"],
    ),
    Sample(
        content=_CONTENT,
        key=_KEY,
        right=["A", "B", "D"],
        wrong=["A", "C"],
        marks=Decimal("1.50"),
        partly_right=["A", "B"],
        partly_right_marks=Decimal("0.75"),
        rules=MarkingRules(multiple="partial_if_subset"),
    ),
)
