"""Question files of other people: counts as the data's own description tells. Skipped when they are not there."""

import os
from collections import Counter
from pathlib import Path

import pytest

from common.errors import BadInput
from question_banks.importers.uploads import Upload, read_file
from question_banks.question_types.record import Reading, Record

ROOT = Path(os.environ.get("MINGFA_DATA", Path(__file__).parents[3] / "shared" / "data")) / "questions"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not ROOT.is_dir(), reason="The folder with real files is not here; set MINGFA_DATA to it."),
]

SHEETS = "spreadsheets"
LAW = "xingzhengzhifa"


def read(path: str) -> Reading:
    return read_file(Upload(ROOT / path, Path(path).name))


def whole(reading: Reading) -> list[Record]:
    return [record for record in reading.records if not record.problems]


@pytest.mark.parametrize(
    ("path", "found", "good", "types"),
    [
        (f"{LAW}/单选题.docx", 727, 718, {"single": 718}),
        (f"{LAW}/判断题.docx", 1000, 1000, {"true_false": 1000}),
        (f"{LAW}/danxuan_data.txt", 510, 505, {"single": 505}),
        (f"{LAW}/duoxuan_data.txt", 329, 323, {"multiple": 323}),
        (f"{LAW}/panduan_data.txt", 707, 707, {"true_false": 707}),
        ("word/xuzhou_party_docx/题库.docx", 807, 807, {"single": 331, "multiple": 212, "true_false": 264}),
        (f"{SHEETS}/religious_knowledge/题库.xlsx", 283, 283, {"single": 162, "multiple": 65, "true_false": 56}),
        (f"{SHEETS}/web_quiz_practice/选择题题库200题20251220.xlsx", 200, 200, {"single": 200}),
        (f"{SHEETS}/xxt_questions/题库.xlsx", 290, 290, {"single": 138, "multiple": 152}),
        (f"{SHEETS}/html_quiz_tool/题库模板.xlsx", 5, 5, {"single": 2, "multiple": 1, "true_false": 2}),
        # One of the twelve names D as right and leaves D empty.
        (f"{SHEETS}/hermannmayer_paper_gen/题库模板.xlsx", 12, 11, {"single": 5, "multiple": 3, "true_false": 3}),
        # Two fill-in questions and an essay are of types that do not exist yet.
        (f"{SHEETS}/fyhc1_online_exam/试题导入模板.xlsx", 10, 7, {"single": 3, "multiple": 2, "true_false": 2}),
        (f"{SHEETS}/moodle_csv_format_plugin/csv/sampleTruefalse.csv", 2, 2, {"true_false": 2}),
        (f"{SHEETS}/moodle_csv_format_plugin/csv/sampleMultichoice.csv", 6, 6, {"multiple": 3, "single": 3}),
    ],
)
def test_every_record_is_accounted_for(path: str, found: int, good: int, types: dict[str, int]) -> None:
    reading = read(path)
    records = whole(reading)
    assert (len(reading.records), len(records)) == (found, good)
    assert Counter(record.question_type for record in records) == types
    for record in records:
        ids = {option.id for option in record.options}
        assert len(ids) >= 2
        assert record.right
        assert set(record.right) <= ids


def test_nine_merged_records_are_the_known_ones() -> None:
    refused = [record for record in read(f"{LAW}/单选题.docx").records if record.problems]
    assert {record.place.params["label"] for record in refused} == {
        "2922", "2930", "2932", "2527", "3390", "1680", "1676", "1821", "1796",
    }  # fmt: skip
    assert all("stands more than once" in record.problems[0].message for record in refused)


def test_polarity_of_true_false_is_read_record_by_record() -> None:
    files = ("判断题.docx", "panduan_data.txt")
    trues = [sum(record.right == ["T"] for record in read(f"{LAW}/{name}").records) for name in files]
    assert trues == [596, 426]


def test_options_show_percentages_times_and_zero_as_the_clerk_saw_them() -> None:
    reading = read(f"{SHEETS}/web_quiz_practice/选择题题库200题20251220.xlsx")
    rows = {record.place.params["row"]: [option.text for option in record.options] for record in reading.records}
    assert rows[67] == ["80%", "90%", "100%", "110%"]
    assert rows[80] == ["06:00", "10:00", "16:00", "18:00"]
    assert rows[49] == ["0", "600", "1200", "2000"]


def test_records_of_word_and_text_are_the_same_questions() -> None:
    def keys(reading: Reading) -> set[tuple[str, tuple[str, ...]]]:
        return {
            # The Word file lost the end of one last option, so three are compared.
            ("".join(record.stem.split()), tuple("".join(option.text.split()) for option in record.options[:3]))
            for record in whole(reading)
        }

    assert keys(read(f"{LAW}/danxuan_data.txt")) <= keys(read(f"{LAW}/单选题.docx"))


def test_cases_are_refused_by_name() -> None:
    reading = read(f"{LAW}/anlifenxi_data.txt")
    assert len(reading.records) == 173
    assert whole(reading) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"{SHEETS}/playedu/playedu-admin/public/template/学员批量导入模板.xlsx", "not_questions"),
        (f"{SHEETS}/china_uni_online_csv/题库.csv", "columns_missing"),
        (f"{SHEETS}/cyzendev_answer/题库模板.xlsx", "no_questions"),
        (f"{SHEETS}/moodle_csv_format_plugin/csv/sampleEssay.csv", "columns_missing"),
        (f"{SHEETS}/xxt_questions/题库.json", "not_supported"),
        ("word/word_moodle_quiz/xml-question/essay.xml", "not_supported"),
    ],
)
def test_what_is_no_question_file_is_refused_whole(path: str, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read(path)
    assert refusal.value.code == code
