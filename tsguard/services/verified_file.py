"""What verifying a file found, as values; how it is found is in ``verify``, words are in ``verify_words``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, IssuedDocument
from tsguard.services.known_content import ContentMatch
from tsguard.services.readding import Readded


class Severity(StrEnum):
    """How much a finding weighs."""

    GOOD = "good"
    NOTE = "note"
    DOUBT = "doubt"
    BAD = "bad"


class Outcome(StrEnum):
    """All findings in one word."""

    WHOLE = "whole"
    DOUBTFUL = "doubtful"
    CHANGED = "changed"
    NOT_OURS = "not-ours"
    UNREADABLE = "unreadable"
    LOCKED = "locked"


class Result(StrEnum):
    """What was found, named after what was checked."""

    FILE_OURS = "file-ours"
    FILE_FOREIGN = "file-foreign"
    FILE_NOT_PDF = "file-not-pdf"
    FILE_DOCX = "file-docx"
    FILE_DAMAGED = "file-damaged"
    FILE_LOCKED = "file-locked"
    FILE_WRONG_PASSPHRASE = "file-wrong-passphrase"
    SEAL_WHOLE = "seal-whole"
    SEAL_SIGNED = "seal-signed"
    SEAL_SIGNED_VISIBLY = "seal-signed-visibly"
    SEAL_APPENDED = "seal-appended"
    SEAL_CHANGED = "seal-changed"
    SEAL_NONE = "seal-none"
    SIGNATURE_NONE = "signature-none"
    SIGNATURE_HOLDS = "signature-holds"
    SIGNATURE_PARTIAL = "signature-partial"
    SIGNATURE_BROKEN = "signature-broken"
    SIGNATURE_UNKNOWN = "signature-unknown"
    SIGNATURE_UNCHECKED = "signature-unchecked"
    DATA_SOUND = "data-sound"
    DATA_NONE = "data-none"
    DATA_NEWER = "data-newer"
    DATA_MALFORMED = "data-malformed"
    DATA_REWRITTEN = "data-rewritten"
    PAPER_MATCHES = "paper-matches"
    PAPER_DIFFERS = "paper-differs"
    PAPER_UNREAD = "paper-unread"
    SCORE_ADDS_UP = "score-adds-up"
    SCORE_DIFFERS = "score-differs"
    CONTENT_SAME = "content-same"
    CONTENT_OTHER = "content-other"
    CONTENT_OWN = "content-own"
    CONTENT_CHANGED = "content-changed"
    ISSUED_HERE = "issued-here"
    ISSUED_OTHER_FILE = "issued-other-file"
    ISSUED_ELSEWHERE = "issued-elsewhere"


_SEVERITY = {
    Result.FILE_FOREIGN: Severity.BAD,
    Result.FILE_NOT_PDF: Severity.BAD,
    Result.FILE_DOCX: Severity.NOTE,
    Result.FILE_DAMAGED: Severity.BAD,
    Result.FILE_LOCKED: Severity.NOTE,
    Result.FILE_WRONG_PASSPHRASE: Severity.NOTE,
    Result.SEAL_SIGNED_VISIBLY: Severity.DOUBT,
    Result.SEAL_APPENDED: Severity.BAD,
    Result.SEAL_CHANGED: Severity.BAD,
    Result.SEAL_NONE: Severity.BAD,
    Result.SIGNATURE_NONE: Severity.NOTE,
    Result.SIGNATURE_PARTIAL: Severity.DOUBT,
    Result.SIGNATURE_BROKEN: Severity.BAD,
    Result.SIGNATURE_UNKNOWN: Severity.DOUBT,
    Result.SIGNATURE_UNCHECKED: Severity.DOUBT,
    Result.DATA_NONE: Severity.NOTE,
    Result.DATA_NEWER: Severity.DOUBT,
    Result.DATA_MALFORMED: Severity.BAD,
    Result.DATA_REWRITTEN: Severity.BAD,
    Result.PAPER_DIFFERS: Severity.BAD,
    Result.PAPER_UNREAD: Severity.DOUBT,
    Result.SCORE_DIFFERS: Severity.BAD,
    Result.CONTENT_OTHER: Severity.NOTE,
    Result.CONTENT_OWN: Severity.NOTE,
    Result.CONTENT_CHANGED: Severity.DOUBT,
    Result.ISSUED_OTHER_FILE: Severity.DOUBT,
    Result.ISSUED_ELSEWHERE: Severity.NOTE,
}
"""Everything else is good."""
_OUTCOME = {
    Result.FILE_FOREIGN: Outcome.NOT_OURS,
    Result.FILE_NOT_PDF: Outcome.NOT_OURS,
    Result.FILE_DOCX: Outcome.NOT_OURS,
    Result.FILE_DAMAGED: Outcome.UNREADABLE,
    Result.FILE_LOCKED: Outcome.LOCKED,
    Result.FILE_WRONG_PASSPHRASE: Outcome.LOCKED,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer.

    Attributes:
        result: What was found.
        facts: What its sentences need, such as a count or names.
    """

    result: Result
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return _SEVERITY.get(self.result, Severity.GOOD)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature; attributes as ``report.signatures.SignatureReading``."""

    signer: str
    issuer: str
    stated_at: datetime | None
    holds: bool | None
    whole: bool


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """A document of the file, as its attached data say; a bound file has several.

    Attributes:
        number: Its number.
        kind: Which.
        level: For whom.
        on: Its date.
        company: The company's name.
        programme: The programme's title.
        official: Whether a bureau issued the programme.
        program_version: Of the program that made it.
        journal_head: Of the vault that it was made from.
        data_sha256: Of the data.
        on_paper: Whether that digest is printed on the pages; None where they could not be read.
        readded: The score, added up again.
        contents: Modules, programme and legal library, compared with this program's own.
    """

    number: str
    kind: DocumentKind
    level: Level
    on: date
    company: str
    programme: str
    official: bool
    program_version: str
    journal_head: str
    data_sha256: str
    on_paper: bool | None
    readded: Readded
    contents: tuple[ContentMatch, ...]


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """Everything that is known of a file.

    Attributes:
        size: In bytes.
        sha256: Of the whole file.
        pages: 0 where it was not looked into.
        findings: In the order in which they are read.
        documents: As the attached data say.
        signatures: Oldest first.
        issued: The register's entry of this very file, where a register was given.
    """

    size: int
    sha256: str
    pages: int = 0
    findings: tuple[Finding, ...] = ()
    documents: tuple[VerifiedDocument, ...] = ()
    signatures: tuple[Signature, ...] = ()
    issued: IssuedDocument | None = None

    @property
    def outcome(self) -> Outcome:
        """All findings in one word."""
        told = next((_OUTCOME[each.result] for each in self.findings if each.result in _OUTCOME), None)
        if told is not None:
            return told
        severities = {each.severity for each in self.findings}
        if Severity.BAD in severities:
            return Outcome.CHANGED
        return Outcome.DOUBTFUL if Severity.DOUBT in severities else Outcome.WHOLE

    def has(self, result: Result) -> bool:
        """Whether that was found."""
        return any(each.result is result for each in self.findings)
