"""The sandbox: a child with limits, plain data back, a sentence when it dies."""

import io
import zipfile

import pytest

from common import archives, sandbox
from common.errors import BadInput
from common.sandbox_child import Refused


def test_run_returns_plain_result() -> None:
    assert sandbox.run("math.hypot", 3, 4) == 5.0


def test_run_translates_what_the_child_refuses(tmp_path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    with pytest.raises(BadInput) as refusal:
        sandbox.run("common.worksheet_reader.read", str(empty), "empty.csv")
    assert refusal.value.code == "file_empty"


def test_child_that_asks_for_too_much_memory_is_a_sentence() -> None:
    with pytest.raises(BadInput) as refusal:
        sandbox.run("operator.mul", "x", 4_000_000_000)
    assert refusal.value.code == "file_too_large"


def test_child_that_computes_for_ever_is_stopped(settings) -> None:
    settings.MINGFA_SANDBOX_CPU_SECONDS = 1
    with pytest.raises(BadInput) as refusal:
        sandbox.run("math.factorial", 10_000_000)
    assert refusal.value.code in {"file_too_slow", "file_too_large"}


def test_child_that_sleeps_is_not_waited_for() -> None:
    with pytest.raises(BadInput) as refusal:
        sandbox.run("time.sleep", 30, timeout_seconds=1)
    assert refusal.value.code == "file_too_slow"


def test_child_that_dies_is_a_sentence() -> None:
    with pytest.raises(BadInput) as refusal:
        sandbox.run("os._exit", 134)
    assert refusal.value.code == "file_too_large"


def test_child_sees_no_secret_of_the_parent(monkeypatch) -> None:
    monkeypatch.setenv("MINGFA_SECRET_KEY", "very-secret")
    assert sandbox.run("os.getenv", "MINGFA_SECRET_KEY") is None


def test_child_cannot_write_files(tmp_path) -> None:
    with pytest.raises(BadInput):
        sandbox.run("shutil.copyfile", __file__, str(tmp_path / "copy"))
    copy = tmp_path / "copy"
    assert not copy.exists() or copy.stat().st_size == 0


def _zip(**entries: bytes) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


def _refusal(source: io.BytesIO) -> str:
    with pytest.raises(Refused) as refusal:
        archives.check(source)
    return refusal.value.code


def test_f43_bomb_is_refused_before_unpacking() -> None:
    assert _refusal(_zip(bomb=b"0" * 900_000)) == "archive_bomb"


def test_f43_names_that_leave_the_folder_are_refused() -> None:
    for name in ("../evil", "/etc/evil", "a/../../evil", "C:\\evil", "..\\evil"):
        assert _refusal(_zip(**{name: b"x"})) == "archive_unsafe_name"


def test_f43_symlink_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert _refusal(target) == "archive_unsafe_name"


def test_f43_too_many_entries_are_refused() -> None:
    assert _refusal(_zip(**{f"n{number}": b"" for number in range(201)})) == "archive_too_many"


def test_f43_not_a_zip_is_refused() -> None:
    assert _refusal(io.BytesIO(b"PK\x03\x04 and then nothing")) == "archive_unreadable"


def test_ordinary_archive_lists_its_names() -> None:
    assert archives.check(_zip(a=b"text", b=b"more")) == ["a", "b"]
