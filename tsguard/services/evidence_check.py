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
from tsguard.store.files import altered
from tsguard.store.telling import Cancel, Progress, never, silent


class FaultKind(StrEnum):
    """What is wrong with a stored file."""

    ALTERED = "altered"
    UNREADABLE = "unreadable"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FileFault:
    """A piece of evidence whose file is not what its record says.

    Attributes:
        evidence: The piece's id, such as ``E-07``.
        title: Its title.
        kind: What is wrong.
    """

    evidence: str
    title: str
    kind: FaultKind


def verify_files(
    cabinet: Cabinet,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> tuple[FileFault, ...]:
    """Read every stored file; SHA-256, SM3 and size have to be those of its record. May run in a thread.

    A content that several pieces share is read once, and a fault in it is told of each of them.

    Args:
        cabinet: Where the files are.
        progress: Told the bytes read and the bytes there are.
        cancelled: Asked between pieces of 1 MiB.

    Returns:
        What does not match, in the order of the ids; nothing where all is well.

    Raises:
        Cancelled: The person stopped it.
        VaultClosed: The vault was locked meanwhile.
    """
    pieces = [piece for piece in cabinet if not piece.is_paper]
    sharing: dict[str, list[Evidence]] = {}
    for piece in pieces:
        sharing.setdefault(piece.sha256, []).append(piece)
    total, done = sum(each[0].size for each in sharing.values()), 0
    wrong: dict[str, FaultKind] = {}
    for sha256, same in sharing.items():
        before = done
        try:
            for chunk in cabinet.read(same[0].id):
                if cancelled():
                    raise Cancelled
                done += len(chunk)
                progress(min(done, total), total)
        except UnknownRecord:
            if same[0].id not in cabinet:  # deleted while this was running
                continue
            wrong[sha256] = FaultKind.MISSING
        except VaultDamaged as error:
            wrong[sha256] = FaultKind.ALTERED if error.what == altered(sha256) else FaultKind.UNREADABLE
        else:
            if done - before != same[0].size:
                wrong[sha256] = FaultKind.ALTERED
        done = before + same[0].size
    faults = [
        FileFault(piece.id, piece.title, kind)
        for piece in pieces
        if (kind := wrong.get(piece.sha256) or _record_fault(piece, sharing[piece.sha256][0])) is not None
    ]
    return tuple(faults)


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
