"""A made dossier onto the disk, into the register of what was issued, and what was let pass on the way.

Nothing is written while the leak guard has a hit that nobody has cleared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tsguard.domain.dossier import Clearance, Edition, IssuedDocument
from tsguard.domain.leaks import Hit
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import LeaksFound, NotReplaced, TSGuardError
from tsguard.services.dossier import Made, MadeFile, Order, make
from tsguard.store.claim import is_held

if TYPE_CHECKING:
    from tsguard.services.session import Session


def places(made: Made, target: Path) -> dict[Path, MadeFile]:
    """Where each file goes: a single one to ``target``, several into the folder ``target``."""
    if len(made.files) == 1:
        return {target: made.files[0]}
    return {target / each.name: each for each in made.files}


def taken(made: Made, target: Path) -> tuple[Path, ...]:
    """The places where something is already."""
    return tuple(path for path in places(made, target) if path.is_symlink() or path.exists())


def write(
    made: Made,
    target: Path,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[IssuedDocument, ...]:
    """Write all files, or none that was not there before.

    Args:
        made: With no open hits.
        target: The file for a single one, else a folder, which is made where it is missing.
        progress: Told the files written and all files.
        cancelled: Asked before each file.

    Returns:
        What ``record`` is to store, in the same order.

    Raises:
        LeaksFound: There are hits that nobody has cleared; nothing is written.
        NotReplaced: A vault is at one of the places; it is untouched.
        StorageError: The file system said no; an older file is untouched, a new one is gone again.
        Cancelled: The person stopped it; as for ``StorageError``.
    """
    if made.open_hits:
        raise LeaksFound(len(made.open_hits))
    targets = places(made, target)
    for path in targets:
        _refuse_held(path)
    from tsguard.report.plain_file import make_folder, replace_plain  # noqa: PLC0415 - start-up time

    fresh = [path for path in targets if path not in taken(made, target)]
    new_folder = len(made.files) > 1 and make_folder(target)
    done: list[IssuedDocument] = []
    try:
        for path, each in targets.items():
            progress(len(done), len(targets))
            written = replace_plain(path, (each.data,), cancelled=cancelled)
            done.append(_issued(made, each, path, written.sha256))
    except (TSGuardError, OSError):
        for path in fresh:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        if new_folder:
            with suppress(OSError):
                target.rmdir()
        raise
    progress(len(done), len(targets))
    return tuple(done)


def record(session: Session, issued: Iterable[IssuedDocument]) -> tuple[IssuedDocument, ...]:
    """Store what was written in the register of issued documents, each with its journal entry.

    Raises:
        StorageError: The vault can't be written; the files are where they are.
    """
    return tuple(session.issued.add(each) for each in issued)


def clear(session: Session, hits: Iterable[Hit], reason: str, on: date) -> tuple[Clearance, ...]:
    """Let hits pass, with a reason; journalled, and remembered for the same hit in a later export.

    Raises:
        InvalidField: The reason is empty or too long.
        StorageError: The vault can't be written.
    """
    known = cleared_keys(session)
    return tuple(
        session.clearances.add(
            Clearance(
                key=hit.key,
                kind=hit.kind,
                source=hit.source,
                quote=hit.quote,
                reason=reason,
                cleared_on=on,
            )
        )
        for hit in hits
        if hit.key not in known
    )


def cleared_keys(session: Session) -> frozenset[str]:
    """Keys of the hits that were let pass."""
    return frozenset(each.key for each in session.clearances)


def export_document(
    snapshot: Snapshot,
    edition: Edition,
    target: Path,
    *,
    on: date,
    clearances: Collection[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> IssuedDocument:
    """Make one document, look it through and write it as PDF; ``record`` stores what is returned.

    Raises:
        MissingGlyphs: Characters that no font has; nothing is written.
        TSGuardError: As ``make`` and ``write``.
    """
    _refuse_held(target)
    made = make(
        snapshot, Order((edition,), on), clearances=clearances, progress=progress, cancelled=cancelled
    )
    (issued,) = write(made, target, cancelled=cancelled)
    return issued


def _refuse_held(target: Path) -> None:
    """Before it is opened, which would drop SQLite's lock on it."""
    if is_held(target):
        raise NotReplaced(target)


def _issued(made: Made, each: MadeFile, path: Path, digest: str) -> IssuedDocument:
    return IssuedDocument(
        assessment=made.assessment,
        kind=each.edition.kind,
        level=each.edition.level,
        format=each.format,
        number=each.number,
        on=made.on,
        issued_at=datetime.now(UTC).isoformat(timespec="seconds"),
        file_name=path.name,
        pages=each.pages,
        size=len(each.data),
        sha256=digest or hashlib.sha256(each.data).hexdigest(),
        journal_head=made.journal_head,
        signed=each.signed,
        locked=each.locked,
    )
