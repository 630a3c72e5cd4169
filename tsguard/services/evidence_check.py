"""Whether every stored file is still what was stored: read whole, compared with its record.

It changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tsguard.domain.evidence import Evidence
from tsguard.errors import Cancelled, UnknownRecord, VaultDamaged
from tsguard.i18n import _
from tsguard.services.cabinet import Cabinet
from tsguard.services.issued import IssuedRegister
from tsguard.store.files import altered
from tsguard.store.telling import Cancel, Progress, never, silent


class FaultKind(StrEnum):
    """What is wrong with a stored file."""

    ALTERED = "altered"
    UNREADABLE = "unreadable"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FileFault:
    """A record whose file is not what it says: a piece of evidence, or the scan of a sealed page.

    Attributes:
        evidence: The record's id, such as ``E-07``; ``D-0002`` for the scan of that issued document.
        title: Its title.
        kind: What is wrong.
    """

    evidence: str
    title: str
    kind: FaultKind


def verify_files(
    cabinet: Cabinet,
    issued: IssuedRegister,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> tuple[FileFault, ...]:
    """Read every stored file; SHA-256, SM3 and size have to be those of its record. May run in a thread.

    A content that several records share is read once, and a fault in it is told of each of them.

    Args:
        cabinet: The evidence.
        issued: The register with the scans of sealed pages.
        progress: Told the bytes read and the bytes there are.
        cancelled: Asked between pieces of 1 MiB.

    Returns:
        What does not match, evidence before scans, in the order of the ids; nothing where all is well.

    Raises:
        Cancelled: The person stopped it.
        VaultClosed: The vault was locked meanwhile.
    """
    scans = issued.scans()
    pieces = [*(piece for piece in cabinet if not piece.is_paper), *scans]
    scanned = {scan.id for scan in scans}
    sharing: dict[str, list[Evidence]] = {}
    for piece in pieces:
        sharing.setdefault(piece.sha256, []).append(piece)
    total, done = sum(each[0].size for each in sharing.values()), 0
    wrong: dict[str, FaultKind] = {}
    for sha256, same in sharing.items():
        before = done
        try:
            for chunk in (issued if same[0].id in scanned else cabinet).read(same[0].id):
                if cancelled():
                    raise Cancelled
                done += len(chunk)
                progress(min(done, total), total)
        except UnknownRecord:
            wrong[sha256] = FaultKind.MISSING
        except VaultDamaged as error:
            wrong[sha256] = FaultKind.ALTERED if error.what == altered(sha256) else FaultKind.UNREADABLE
        else:
            if done - before != same[0].size:
                wrong[sha256] = FaultKind.ALTERED
        if not _named_still(same[0], cabinet, issued):  # deleted or replaced while this was running
            wrong.pop(sha256, None)
        done = before + same[0].size
    faults = [
        FileFault(piece.id, piece.title, kind)
        for piece in pieces
        if (kind := wrong.get(piece.sha256) or _record_fault(piece, sharing[piece.sha256][0])) is not None
    ]
    return tuple(faults)


def _named_still(piece: Evidence, cabinet: Cabinet, issued: IssuedRegister) -> bool:
    if piece.id in issued:
        return issued.get(piece.id).scan_sha256 == piece.sha256
    return piece.id in cabinet and cabinet.get(piece.id).sha256 == piece.sha256


def _record_fault(piece: Evidence, first: Evidence) -> FaultKind | None:
    """Where records share one content, they have to agree about it."""
    return None if (piece.sm3, piece.size) == (first.sm3, first.size) else FaultKind.ALTERED


def fault_words(fault: FileFault) -> str:
    """What is wrong with a stored file, one sentence."""
    return {
        FaultKind.ALTERED: _("{id}的内容与存入时不一致。"),
        FaultKind.UNREADABLE: _("{id}有一段读不出来。"),
        FaultKind.MISSING: _("{id}的内容不在保险库里。"),
    }[fault.kind].format(id=fault.evidence)
