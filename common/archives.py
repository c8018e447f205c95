"""A look at a zip archive before anything is unpacked (faults F42, F43).

Reads only the directory of the archive. Runs in the sandbox's child as part of reading
workbooks and packages.
"""

import stat
import zipfile
from pathlib import PurePosixPath
from typing import IO

from common.sandbox_child import Refused, gettext_noop

MAX_ENTRIES = 200
MAX_TOTAL_BYTES = 100 * 1024 * 1024
# Bytes unpacked for one byte packed. Office files stay below 30; a bomb has 1,000.
MAX_RATIO = 100
# Below this many unpacked bytes a high ratio is harmless: a short file of blanks packs very well.
RATIO_FROM_BYTES = 256 * 1024


def check(source: str | IO[bytes], *, max_entries: int = MAX_ENTRIES) -> list[str]:
    """Return the names of an archive's entries, in order, when it may be unpacked.

    Raises:
        Refused: not a zip, too many entries, too large, packed too tightly, or a name that
        leaves the folder.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused(
            gettext_noop("This is not a readable zip archive; it may be damaged or cut off."),
            code="archive_unreadable",
        ) from None
    if len(entries) > max_entries:
        raise Refused(
            gettext_noop("The archive holds %(count)s files; at most %(limit)s are allowed."),
            code="archive_too_many",
            count=len(entries),
            limit=max_entries,
        )
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > MAX_TOTAL_BYTES or any(_is_bomb(entry.file_size, entry.compress_size) for entry in entries):
        raise Refused(
            gettext_noop("Unpacked, this archive would fill %(size)s MB from %(packed)s KB. It is not opened."),
            code="archive_bomb",
            size=total // (1024 * 1024),
            packed=max(1, packed // 1024),
        )
    for entry in entries:
        _check_entry(entry)
    return [entry.filename for entry in entries]


def _is_bomb(size: int, packed: int) -> bool:
    return size > RATIO_FROM_BYTES and size > packed * MAX_RATIO


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    path = PurePosixPath(name)
    leaves = path.is_absolute() or ".." in path.parts or (len(name) > 1 and name[1] == ":") or "\0" in name
    if leaves or stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused(
            gettext_noop("The archive holds “%(name)s”, which points outside its folder. It is not opened."),
            code="archive_unsafe_name",
            name=entry.filename[:80],
        )
    if entry.flag_bits & 0x1:
        raise Refused(
            gettext_noop("The archive is protected by a password. Save it without one, and retry."),
            code="archive_encrypted",
        )
