from question_banks.question_types.base import Sample

_OPTIONS = [{"id": "T", "text": "对"}, {"id": "F", "text": "错"}]

SAMPLES = (
    Sample(
        content={"version": 1, "stem": "执法人员上岗须出示执法证件。", "options": _OPTIONS},
        key={"version": 1, "right": ["T"]},
        right=["T"],
        wrong=["F"],
        partly_right=["T", "F"],
    ),
    Sample(
        content={"version": 1, "stem": "罚款可以不出具收据。", "options": _OPTIONS},
        key={"version": 1, "right": ["F"]},
        right=["F"],
        wrong=["T"],
    ),
)
