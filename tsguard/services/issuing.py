"""A made dossier onto the disk, into the register of what was issued, and what was let pass on the way.

Nothing is written while the leak guard has a hit that nobody has cleared.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tsguard.domain.dossier import Clearance, DocumentKind, IssuedDocument
from tsguard.domain.leaks import Hit
from tsguard.errors import LeaksFound
from tsguard.services.dossier import Made, MadeFile
from tsguard.services.visible import visible
from tsguard.store.claim import refuse_replacing
from tsguard.store.journal import timestamp, utc_now

if TYPE_CHECKING:
    from tsguard.report.plain_file import PlainSet
    from tsguard.services.session import Session

_STEPS = 100
"""Steps of progress for each file."""
_LONGEST_NAME = 255
"""Characters of a file name that the register takes."""


def places(made: Made, target: Path) -> dict[Path, MadeFile]:
    """Where each file goes: a single one to ``target``, several into the folder ``target``."""
    if len(made.files) == 1:
        return {target: made.files[0]}
    return {target / each.name: each for each in made.files}


def named(made: Made, target: Path) -> Made:
    """The same dossier with the name that a person chose looked through: of a single file, or a set's folder.

    What is found in a folder's name stands with the first file of the set.
    """
    first, *others = made.files
    if others:
        if made.in_folder is None:
            return made
        first = made.in_folder(first, target.absolute().name)
    elif made.rename is None or first.name == target.name:
        return made
    else:
        first = made.rename(first, target.name)
    return replace(made, files=(first, *others)).without(made.let_pass)


def taken(made: Made, target: Path) -> tuple[Path, ...]:
    """The places where something is already."""
    return tuple(path for path in places(made, target) if os.path.lexists(path))


def write(
    made: Made,
    target: Path,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[IssuedDocument, ...]:
    """Write all files, or none; each gets its place once all of them are whole.

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
        StorageError: The file system said no; older files are untouched, new ones are gone again.
        Cancelled: The person stopped it; as for ``StorageError``.
    """
    made = named(made, target)
    if made.open_hits:
        raise LeaksFound(len(made.open_hits))
    targets = places(made, target)
    for path in targets:
        refuse_replacing(path)
    from tsguard.report.plain_file import PlainSet, make_folder  # noqa: PLC0415 - start-up time

    new_folder = len(made.files) > 1 and make_folder(target)
    try:
        with PlainSet() as files:
            issued = _written(made, targets, files, progress, cancelled)
            for path in targets:
                refuse_replacing(path)  # it may have been opened meanwhile
            files.place()
    except BaseException:
        if new_folder:
            with suppress(OSError):
                target.rmdir()
        raise
    progress(1, 1)
    return issued


def _written(
    made: Made,
    targets: Mapping[Path, MadeFile],
    files: PlainSet,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[IssuedDocument, ...]:
    """Write file by file; what lists the others comes last where it has to name what only the disk knows."""
    done: dict[Path, IssuedDocument] = {}
    listing = DocumentKind.TRANSMITTAL if made.relist else None
    order = sorted(targets.items(), key=lambda pair: pair[1].edition.kind is listing)
    relisted: dict[str, MadeFile] = {}
    for path, each in order:
        start, each_all = len(done) * _STEPS, len(targets) * _STEPS

        def tell(part: int, whole: int, start: int = start, every: int = each_all) -> None:
            progress(start + _STEPS * part // max(whole, 1), every)

        tell(0, 1)
        if made.relist and each.edition.kind is listing:
            relisted = relisted or _relisted(made, {path.name: file.sha256 for path, file in done.items()})
            each = relisted[each.name]  # noqa: PLW2901
        done[path] = _write_one(made, each, path, files, tell, cancelled)
    return tuple(done[path] for path in targets)


def _relisted(made: Made, digests: Mapping[str, str]) -> dict[str, MadeFile]:
    """The list and its locked copy by file name, looked through."""
    found = {}
    for each in made.relist(digests) if made.relist else ():
        found[each.name] = each.sifted(each.hits, made.let_pass)
        if found[each.name].hits:
            raise LeaksFound(len(found[each.name].hits))
    return found


def _write_one(
    made: Made,
    each: MadeFile,
    path: Path,
    files: PlainSet,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> IssuedDocument:
    if each.with_pages:
        from tsguard.report.bound_evidence import write_bound  # noqa: PLC0415 - start-up time

        report, exhibits = each.with_pages.report, each.with_pages.exhibits
        bound = write_bound(
            report, exhibits, path, progress=progress, cancelled=cancelled, writer=files.write
        )
        return _issued(made, each, path, bound.size, bound.sha256)
    file = files.write(path, (each.data,), cancelled=cancelled)
    return _issued(made, each, path, file.size, file.sha256)


def record(session: Session, issued: Iterable[IssuedDocument]) -> tuple[IssuedDocument, ...]:
    """Store what was written in the register of issued documents, all or none, each with its journal entry.

    Raises:
        StorageError: The vault can't be written; the files are where they are.
    """
    return session.issued.add_all(issued)


def clear(session: Session, hits: Iterable[Hit], reason: str, on: date) -> tuple[Clearance, ...]:
    """Let hits pass, all or none, with a reason; journalled, and remembered for the same hit later on.

    Raises:
        InvalidField: The reason is empty or too long.
        StorageError: The vault can't be written.
    """
    known = cleared_keys(session)
    return session.clearances.add_all(
        Clearance(
            key=hit.key,
            kind=hit.kind,
            source=hit.source,
            quote=hit.quote,
            page=hit.place.page,
            reason=reason,
            cleared_on=on,
        )
        for hit in hits
        if hit.key not in known
    )


def cleared_keys(session: Session) -> frozenset[str]:
    """Keys of the hits that were let pass."""
    return frozenset(each.key for each in session.clearances)


def _issued(made: Made, each: MadeFile, path: Path, size: int, digest: str) -> IssuedDocument:
    return IssuedDocument(
        assessment=made.assessment,
        kind=each.edition.kind,
        level=each.edition.level,
        format=each.format,
        number=each.number,
        dated=made.on,
        issued_at=timestamp(utc_now),
        file_name=_recorded_name(path),
        pages=each.pages,
        size=size,
        sha256=digest,
        journal_head=made.journal_head,
        signed=each.signed,
        locked=each.locked,
    )


def _recorded_name(path: Path) -> str:
    """A file's name as the register takes it: nobody shall fail to record a file for its name."""
    name = visible(path.name.encode("utf-8", "replace").decode())
    return name[:_LONGEST_NAME] if name.strip() else repr(name)
