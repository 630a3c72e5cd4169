"""The documents that make up a dossier (申报材料), what was issued of them, and which leaks were cleared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tsguard.domain.disclosure import OPAQUE, Guard, Level, cleared, internal


class DocumentKind(StrEnum):
    """The documents of a dossier, in the order in which they are handed in.

    The last two are never chosen: the list comes with every set of more than one file, and the bound file
    holds all documents in one.
    """

    APPLICATION = "application"
    REPORT = "report"
    RECTIFICATION = "rectification"
    EXHIBITS = "exhibits"
    PLAN = "plan"
    METHOD = "method"
    TRANSMITTAL = "transmittal"
    BOUND = "bound"


LEVELS: dict[DocumentKind, tuple[Level, ...]] = {
    DocumentKind.APPLICATION: (Level.SUBMISSION,),
    DocumentKind.REPORT: (Level.SUBMISSION, Level.INTERNAL),
    DocumentKind.RECTIFICATION: (Level.SUBMISSION, Level.INTERNAL),
    DocumentKind.EXHIBITS: (Level.SUBMISSION, Level.INTERNAL),
    DocumentKind.PLAN: (Level.SUBMISSION, Level.INTERNAL),
    DocumentKind.METHOD: (Level.SUBMISSION,),
    DocumentKind.TRANSMITTAL: (Level.SUBMISSION, Level.INTERNAL),
    DocumentKind.BOUND: (Level.SUBMISSION, Level.INTERNAL),
}
"""Which editions each kind has."""

COVERING = frozenset({DocumentKind.TRANSMITTAL, DocumentKind.BOUND})
"""What lists or holds the other documents."""

CHOSEN = tuple(kind for kind in DocumentKind if kind not in COVERING)
"""The documents that a person chooses, in the order in which they are handed in."""

EDITABLE = frozenset({DocumentKind.APPLICATION, DocumentKind.REPORT, DocumentKind.RECTIFICATION})
"""Kinds that are also made as DOCX."""


class Format(StrEnum):
    """File formats of a dossier."""

    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """One document to be made.

    Attributes:
        kind: Which.
        level: For whom.
    """

    kind: DocumentKind
    level: Level

    def __post_init__(self) -> None:
        if self.level not in LEVELS[self.kind]:
            message = f"{self.kind} has no {self.level} edition"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A file that was exported (出具记录), and the scan of its sealed page once that has come back.

    Attributes:
        id: Such as ``D-0001``; given by the register, never reused; "" for a draft.
        enterprise: The enterprise's id.
        assessment: The assessment's id.
        kind: Which document.
        level: For whom.
        format: Of the file.
        number: The document's own number, as printed.
        dated: The date printed on it.
        issued_at: When it was written, UTC, as the journal writes moments.
        file_name: As it was called; without its folder.
        pages: 0 for DOCX.
        size: In bytes.
        sha256: Of the file, 64 hexadecimal digits.
        journal_head: The journal's head that it was made from.
        signed: Whether it carries an electronic signature.
        locked: Whether it needs a passphrase to be opened.
        scan_sha256: Of the scan of the sealed page; "" while there is none.
        scan_sm3: Likewise.
        scan_name: The scan's file name; with a name and no digest its content is lost.
        scan_type: Its media type.
        scan_size: In bytes.
        scanned_on: The day it was stored.
        note: The person's own words.
    """

    id: str = cleared(default="")
    enterprise: str = internal(default="", unguarded=OPAQUE)
    assessment: str = internal(default="", unguarded=OPAQUE)
    kind: DocumentKind = cleared(default=DocumentKind.REPORT)
    level: Level = cleared(default=Level.SUBMISSION)
    format: Format = cleared(default=Format.PDF)
    number: str = cleared(default="")
    dated: date | None = cleared(default=None)
    issued_at: str = cleared(default="")
    file_name: str = internal(default="", unguarded="the name that the file went out with")
    pages: int = cleared(default=0)
    size: int = cleared(default=0)
    sha256: str = cleared(default="")
    journal_head: str = cleared(default="")
    signed: bool = cleared(default=False)
    locked: bool = cleared(default=False)
    scan_sha256: str = cleared(default="")
    scan_sm3: str = cleared(default="")
    scan_name: str = internal(default="", guard=Guard.FILE)
    scan_type: str = cleared(default="")
    scan_size: int = cleared(default=0)
    scanned_on: date | None = cleared(default=None)
    note: str = internal(default="", guard=Guard.PROSE)

    @property
    def sealed(self) -> bool:
        """Whether the scan of its sealed page is in the vault."""
        return bool(self.scan_sha256)

    @property
    def scan_lost(self) -> bool:
        """Whether there was a scan whose content a salvage could not bring over."""
        return not self.scan_sha256 and bool(self.scan_name)


@dataclass(frozen=True, slots=True)
class Clearance:
    """One hit of the leak guard that a person let pass.

    Attributes:
        id: Such as ``C-0001``; given by the register, never reused; "" for a draft.
        enterprise: The enterprise's id.
        key: What makes it that very hit: 64 hexadecimal digits over document, source, string and context.
        kind: The document it stands in.
        source: Where the protected string comes from: ``secret_point/SP-0003/name``.
        quote: The passage, as it was shown.
        page: Where it was seen; 0 for what stands on no page, such as a file name.
        reason: Why it may stand there.
        cleared_on: The day.
    """

    id: str = internal(default="", unguarded="a number that tells nothing")
    enterprise: str = internal(default="", unguarded=OPAQUE)
    key: str = internal(default="", unguarded=OPAQUE)
    kind: DocumentKind = internal(default=DocumentKind.REPORT)
    source: str = internal(default="", unguarded="names a record and a field, no content")
    quote: str = internal(default="", unguarded="let out; its string is looked for at its source")
    page: int = internal(default=0)
    reason: str = internal(default="", guard=Guard.PROSE)
    cleared_on: date | None = internal(default=None)
