"""Copies of evidence in clear, outside the vault: their names, which kinds may be opened, and their writing.

Whole or not at all per file, never over another file. It decides nothing about what may leave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from tsguard.domain.evidence import Evidence
from tsguard.errors import Cancelled, ReadOnly, TSGuardError, Unreadable, VaultClosed, WriteFailed
from tsguard.services.cabinet import FileSource
from tsguard.services.file_names import safe_stem
from tsguard.services.plain_copy import write_chunks
from tsguard.store.telling import Cancel, Progress, never, silent

OPENED_KINDS = frozenset(
    f".{ending}"
    for group in (
        ("pdf", "ofd", "caj", "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "webp", "tif", "tiff"),
        ("heic", "heif", "txt", "csv", "tsv", "log", "md", "doc", "docx", "wps", "odt", "rtf", "eml", "msg"),
        ("xls", "xlsx", "et", "ods", "ppt", "pptx", "dps", "odp", "dwg", "dxf", "vsd", "vsdx"),
        ("mp3", "wav", "m4a", "amr", "aac", "mp4", "mov", "avi", "wmv", "mkv"),
    )
    for ending in group
)
"""Endings of documents, pictures and recordings. Whatever else there is, programs, scripts, shortcuts,
archives and documents made for macros among it, is only ever saved, never opened."""

_SUFFIX = re.compile(r"\.[A-Za-z0-9_-]{1,12}")
_MOST_NUMBER = 999


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of files that were to be saved.

    Attributes:
        written: Where each now lies, in the order asked for.
        failed: Ids of those that were not written, each with the reason.
        stopped: Whether a person stopped it before all were tried.
    """

    written: tuple[Path, ...]
    failed: tuple[tuple[str, TSGuardError], ...] = ()
    stopped: bool = False


def suffix_of(piece: Evidence) -> str:
    """The ending of a piece's file name in lower case, such as ``.pdf``; "" where it has no usable one."""
    # As Windows reads it: blanks and dots at the end count for nothing.
    suffix = PurePath(piece.file_name.rstrip(" .")).suffix
    return suffix.lower() if _SUFFIX.fullmatch(suffix) else ""


def may_open(piece: Evidence) -> bool:
    """Whether its kind may be handed to another program to open."""
    return not piece.is_paper and suffix_of(piece) in OPENED_KINDS


def opened_name(piece: Evidence) -> str:
    """The file's own name, made safe; its ending as it is read by the system."""
    suffix = suffix_of(piece)
    name = piece.file_name.rstrip(" .")
    return safe_stem(name[: len(name) - len(suffix)] if suffix else name) + suffix


def saved_name(piece: Evidence) -> str:
    """A name that tells which piece it is: ``E-07_保密协议.pdf``."""
    return safe_stem(f"{piece.id}_{piece.title}") + suffix_of(piece)


def free_path(folder: Path, name: str) -> Path:
    """A place in a folder where nothing is: the name itself, or with a number behind.

    Raises:
        WriteFailed: A thousand files of that name are there.
    """
    pure = PurePath(name)
    stem = name.removesuffix(pure.suffix)
    for number in range(1, _MOST_NUMBER + 1):
        place = folder / (name if number == 1 else f"{stem} ({number}){pure.suffix}")
        if not place.exists() and not place.is_symlink():
            return place
    raise WriteFailed(folder / name, "exists")


def write_copy(
    cabinet: FileSource,
    piece: Evidence,
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Path:
    """Write a piece's file in clear, checked against its digests before it takes its place.

    Raises:
        UnknownRecord: It is paper, or gone.
        VaultDamaged: The content is not what was stored; nothing is left behind.
        Cancelled: The person stopped it; nothing is left behind.
        StorageError: The file system said no, or a vault is at that place; nothing is left behind.
    """
    chunks = cabinet.read(piece.id)
    write_chunks(path, chunks, total=piece.size, progress=progress, cancelled=cancelled)
    return path


def save_copies(
    cabinet: FileSource,
    pieces: Sequence[Evidence],
    folder: Path,
    *,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Saved:
    """Write the files of several pieces into a folder; paper is left out, a failure stops no other file.

    Args:
        cabinet: Where they are stored.
        pieces: Which ones.
        folder: An existing folder.
        progress: Told the bytes done and the bytes there are.
        cancelled: Asked between pieces of 1 MiB; what is whole by then stays.

    Raises:
        Unreadable: The folder is none.
        ReadOnly: Nothing can be written there.
        VaultClosed: The vault was locked meanwhile.
    """
    if not folder.is_dir():
        raise Unreadable(folder, "not a folder")
    files = [piece for piece in pieces if not piece.is_paper]
    total, done = sum(piece.size for piece in files), 0
    written: list[Path] = []
    failed: list[tuple[str, TSGuardError]] = []
    for piece in files:

        def tell(count: int, _size: int, before: int = done) -> None:
            progress(min(before + count, total), total)

        try:
            place = free_path(folder, saved_name(piece))
            written.append(write_copy(cabinet, piece, place, progress=tell, cancelled=cancelled))
        except Cancelled:
            return Saved(tuple(written), tuple(failed), stopped=True)
        except (VaultClosed, ReadOnly):
            raise
        except TSGuardError as error:
            failed.append((piece.id, error))
        done += piece.size
    return Saved(tuple(written), tuple(failed))
