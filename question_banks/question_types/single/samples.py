from question_banks.question_types.base import Sample

SAMPLES = (
    Sample(
        content={
            "version": 1,
            "stem": "现场检查时，执法人员不得少于（ ）人。",
            "options": [
                {"id": "A", "text": "一"},
                {"id": "B", "text": "两"},
                {"id": "C", "text": "三"},
            ],
        },
        key={"version": 1, "right": ["B"]},
        right=["B"],
        wrong=["A"],
        partly_right=["A", "B"],
    ),
)
