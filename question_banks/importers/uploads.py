"""Reads files of questions in the sandbox; the only way in from views, tasks and commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from common import sandbox
from common.errors import BadInput
from question_banks.question_types.record import Reading, Record, Sentence

IN_FILE = gettext_noop("%(file)s, %(place)s")


@dataclass(frozen=True)
class Upload:
    """A file on disk and the name it was uploaded by."""

    path: Path
    name: str


@dataclass(frozen=True)
class Gathered:
    """What several files hold: records of those that could be read, the refusal of those that could not."""

    readings: Sequence[tuple[str, Reading]]
    records: Sequence[Record]
    refused_files: Sequence[tuple[str, str]]


def read_file(upload: Upload, format_name: str = "") -> Reading:
    """Return what a file holds.

    Raises:
        BadInput: it cannot be read, or holds no questions.
    """
    plain = sandbox.run("question_banks.importers.reading.read", str(upload.path), upload.name, format_name)
    return Reading.model_validate(plain)


def gather(uploads: Sequence[Upload], format_name: str = "") -> Gathered:
    """Read several files; places name the file when there are more than one."""
    readings: list[tuple[str, Reading]] = []
    refused: list[tuple[str, str]] = []
    for upload in uploads:
        try:
            readings.append((upload.name, read_file(upload, format_name)))
        except BadInput as refusal:
            refused.append((upload.name, str(refusal)))
    records = [
        _placed(record, name) if len(uploads) > 1 else record
        for name, reading in readings
        for record in reading.records
    ]
    return Gathered(readings, records, refused)


def _placed(record: Record, name: str) -> Record:
    params: dict[str, Any] = {"file": name, "place": record.place.model_dump()}
    return record.model_copy(update={"place": Sentence(message=IN_FILE, params=params)})
