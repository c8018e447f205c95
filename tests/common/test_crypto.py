"""Single fields encrypted at rest, and found without being read."""

import base64

import pytest
from hypothesis import given, strategies as st

from common import crypto
from common.masking import mask_id_number, mask_name

CONTEXT = "per_officer.id_number"


@given(st.text(max_size=200))
def test_what_was_encrypted_is_read_again(plain: str) -> None:
    assert crypto.decrypt(crypto.encrypt(plain, context=CONTEXT), context=CONTEXT) == plain


def test_the_same_number_never_looks_the_same_and_shows_nothing() -> None:
    stored = {crypto.encrypt("130503196704010016", context=CONTEXT) for _time in range(20)}
    assert len(stored) == 20
    assert not any("130503" in one for one in stored)


@pytest.mark.parametrize("context", ["per_officer.name", "", "com_job.id_number"])
def test_a_value_moved_to_another_column_cannot_be_read(context: str) -> None:
    stored = crypto.encrypt("130503196704010016", context=CONTEXT)
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt(stored, context=context)


@given(st.integers(0, 40), st.integers(1, 255))
def test_any_changed_byte_is_noticed(position: int, change: int) -> None:
    raw = bytearray(base64.b64decode(crypto.encrypt("130503196704010016", context=CONTEXT).removeprefix("a1:")))
    raw[position] ^= change
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt("a1:" + base64.b64encode(bytes(raw)).decode(), context=CONTEXT)


def test_another_key_cannot_read_it(settings: object) -> None:
    stored = crypto.encrypt("130503196704010016", context=CONTEXT)
    settings.MINGFA_FIELD_KEY = "another-key-of-another-installation"  # type: ignore[attr-defined]
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt(stored, context=CONTEXT)


def test_plain_text_in_an_encrypted_column_is_not_taken_for_a_value() -> None:
    with pytest.raises(crypto.Undecipherable, match="scheme"):
        crypto.decrypt("130503196704010016", context=CONTEXT)


def test_the_blind_index_is_equal_for_equals_keyed_and_short_enough(settings: object) -> None:
    first = crypto.blind_index("130503196704010016")
    assert first == crypto.blind_index("130503196704010016")
    assert first != crypto.blind_index("130503196704010024")
    assert len(first) == 64
    settings.MINGFA_INDEX_KEY = "another-key"  # type: ignore[attr-defined]
    assert crypto.blind_index("130503196704010016") != first


@pytest.mark.parametrize(
    ("number", "shown"),
    [("130503196704010016", "130***********0016"), ("1234567", "*******"), ("", "")],
)
def test_an_id_number_shows_three_and_four(number: str, shown: str) -> None:
    assert mask_id_number(number) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("王小华", "王*华"), ("李敏", "李*"), ("欧阳娜娜", "欧**娜"), ("王", "*"), ("", "")]
)
def test_a_name_shows_its_ends(name: str, shown: str) -> None:
    assert mask_name(name) == shown
