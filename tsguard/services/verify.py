"""Whether a PDF is as it was exported (核验文件), and whether its score adds up; needs no vault.

Works on any file: every one is taken for hostile, and what is wrong with it is an answer, not an error. It
writes nothing. What each answer says in words is in ``verify_words``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tsguard.domain.dossier import IssuedDocument
from tsguard.errors import FileTooLarge
from tsguard.report.pdf_header import is_pdf
from tsguard.services.given_file import given_bytes
from tsguard.services.known_content import Here, matches
from tsguard.services.readding import readd
from tsguard.services.verified_file import (
    Finding,
    Outcome,
    Result,
    Severity,
    Signature,
    VerifiedDocument,
    VerifiedFile,
)

if TYPE_CHECKING:
    from tsguard.report.assessment_shape import AssessmentData
    from tsguard.report.examined import Examined
    from tsguard.report.seal import SealReading

__all__ = [
    "Finding",
    "Outcome",
    "Result",
    "Severity",
    "Signature",
    "VerifiedDocument",
    "VerifiedFile",
    "verify",
]

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes of a file that is verified."""

_PRODUCT = "tsguard"


def verify(
    source: Path | bytes,
    *,
    passphrase: str | None = None,
    issued: Iterable[IssuedDocument] | None = None,
) -> VerifiedFile:
    """Look at a file from anywhere; takes a second or two, and may run in another thread.

    Args:
        source: The file, or what is in it.
        passphrase: For a locked copy, as typed.
        issued: The register of what a vault issued; None where no vault is open.

    Raises:
        FileTooLarge: More than 512 MB.
        Unreadable: The operating system does not give it to us.
    """
    data = source if isinstance(source, bytes) else given_bytes(source, LARGEST_FILE)
    if len(data) > LARGEST_FILE:
        raise FileTooLarge(LARGEST_FILE)
    return _Verifier(data, passphrase, None if issued is None else tuple(issued)).verified()


class _Verifier:
    """Looks at one file, step by step."""

    def __init__(
        self, data: bytes, passphrase: str | None, issued: tuple[IssuedDocument, ...] | None
    ) -> None:
        self._data = data
        self._passphrase = passphrase
        self._register = issued
        self._sha256 = hashlib.sha256(data).hexdigest()
        self._findings: list[Finding] = []

    def verified(self) -> VerifiedFile:
        """Everything that is known of it."""
        # Drawing and reading libraries take longer to import than the unlock page to show.
        from tsguard.report.assessment_shape import DataFault  # noqa: PLC0415 - start-up time
        from tsguard.report.examined import ExamineFault, examine  # noqa: PLC0415 - start-up time
        from tsguard.report.seal import SealState, read_seal  # noqa: PLC0415 - start-up time

        if not is_pdf(self._data):
            word = self._data.startswith(b"PK\x03\x04") and b"word/document.xml" in self._data
            return self._only(Result.FILE_DOCX if word else Result.FILE_NOT_PDF)
        seal = read_seal(self._data)
        found = examine(self._data, self._passphrase)
        if isinstance(found, ExamineFault):
            return self._only(
                {
                    ExamineFault.LOCKED: Result.FILE_LOCKED,
                    ExamineFault.WRONG_PASSPHRASE: Result.FILE_WRONG_PASSPHRASE,
                    ExamineFault.BROKEN: Result.FILE_DAMAGED,
                }[found]
            )
        data = self._attached(found)
        told = any(said not in {DataFault.NOT_JSON, DataFault.TOO_LARGE} for _raw, said in data)
        if seal.state is SealState.NONE and not told and found.creator != _PRODUCT:
            return self._only(Result.FILE_FOREIGN, pages=found.pages)
        self._add(Result.FILE_OURS)
        signatures = self._signatures(found, seal)
        documents = self._documents(data, found)
        issued = self._issued({document.number for document in documents})
        return VerifiedFile(
            size=len(self._data),
            sha256=self._sha256,
            pages=found.pages,
            findings=tuple(self._findings),
            documents=documents,
            signatures=signatures,
            issued=issued,
        )

    def _add(self, result: Result, **facts: str) -> None:
        self._findings.append(Finding(result, facts))

    def _only(self, result: Result, pages: int = 0) -> VerifiedFile:
        """Of a file that can't be looked into; the register knows it nevertheless, if it is the very file."""
        self._add(result)
        issued = self._entry()
        if issued is not None:
            self._add(Result.ISSUED_HERE, id=issued.id)
        return VerifiedFile(len(self._data), self._sha256, pages, tuple(self._findings), issued=issued)

    # --- seal and signatures ----------------------------------------------------------------------

    def _signatures(self, found: Examined, seal: SealReading) -> tuple[Signature, ...]:
        from tsguard.report.signatures import read_signatures  # noqa: PLC0415 - start-up time

        # A locked copy is read without its encryption: no signature could hold there.
        read = read_signatures(self._data) if found.signed and found.plain is self._data else ()
        signatures = tuple(
            Signature(each.signer, each.issuer, each.stated_at, each.holds, each.whole) for each in read or ()
        )
        self._add_seal(seal, signed=found.signed)
        if not found.signed:
            self._add(Result.SIGNATURE_NONE)
        elif read is None:
            self._add(Result.SIGNATURE_UNCHECKED)
        elif not signatures or any(each.holds is None for each in signatures):
            self._add(Result.SIGNATURE_UNKNOWN)
        elif not all(each.holds for each in signatures):
            self._add(Result.SIGNATURE_BROKEN)
        else:
            names = "、".join(each.signer for each in signatures)
            whole = any(each.whole for each in signatures)
            self._add(Result.SIGNATURE_HOLDS if whole else Result.SIGNATURE_PARTIAL, names=names)
        return signatures

    def _add_seal(self, seal: SealReading, *, signed: bool) -> None:
        from tsguard.report.examined import Added, added_since  # noqa: PLC0415 - start-up time
        from tsguard.report.seal import SealState  # noqa: PLC0415 - start-up time

        if seal.state is SealState.APPENDED:
            added = added_since(self._data[: seal.sealed], self._data) if signed else Added.MORE
            result = {
                Added.SIGNATURES: Result.SEAL_SIGNED,
                Added.DRAWN_SIGNATURES: Result.SEAL_SIGNED_VISIBLY,
                Added.MORE: Result.SEAL_APPENDED,
            }[added]
            self._add(result, count=f"{seal.appended:,}")
        else:
            self._add(
                {
                    SealState.WHOLE: Result.SEAL_WHOLE,
                    SealState.CHANGED: Result.SEAL_CHANGED,
                    SealState.NONE: Result.SEAL_NONE,
                }[seal.state]
            )

    # --- the attached data ------------------------------------------------------------------------

    def _attached(self, found: Examined) -> tuple[tuple[bytes, AssessmentData | str], ...]:
        """The attachments that are an assessment's, each with what it says or why it can't be read."""
        from tsguard.report.assessment_shape import DataFault, read_assessment  # noqa: PLC0415

        read = ((each, read_assessment(each)) for each in found.attachments)
        return tuple((each, said) for each, said in read if said is not DataFault.FOREIGN)

    def _documents(
        self, attached: tuple[tuple[bytes, AssessmentData | str], ...], found: Examined
    ) -> tuple[VerifiedDocument, ...]:
        from tsguard.report.assessment_shape import DataFault, to_bytes  # noqa: PLC0415
        from tsguard.report.examined import printed  # noqa: PLC0415 - start-up time

        if not attached:
            self._add(Result.DATA_NONE)
            return ()
        faults = {said for _raw, said in attached if isinstance(said, str)}
        whole = [(raw, said) for raw, said in attached if not isinstance(said, str)]
        if faults:
            self._add(Result.DATA_NEWER if faults == {DataFault.NEWER} else Result.DATA_MALFORMED)
        elif any(to_bytes(said) != raw for raw, said in whole):
            self._add(Result.DATA_REWRITTEN)
        else:
            self._add(Result.DATA_SOUND)
        if not whole:
            return ()
        digests = frozenset(hashlib.sha256(raw).hexdigest() for raw, _said in whole)
        on_paper, read = printed(found.plain, digests)
        self._add(
            Result.PAPER_MATCHES
            if on_paper == digests
            else Result.PAPER_DIFFERS
            if read
            else Result.PAPER_UNREAD
        )
        documents = tuple(self._document(raw, said, on_paper, read=read) for raw, said in whole)
        adds_up = all(each.readded.adds_up for each in documents)
        self._add(Result.SCORE_ADDS_UP if adds_up else Result.SCORE_DIFFERS)
        self._compare(documents)
        return documents

    def _document(
        self, raw: bytes, said: AssessmentData, on_paper: frozenset[str], *, read: bool
    ) -> VerifiedDocument:
        digest = hashlib.sha256(raw).hexdigest()
        return VerifiedDocument(
            number=said.document.number,
            kind=said.document.kind,
            level=said.document.edition,
            on=said.document.date,
            company=said.company.name,
            programme=said.programme.title,
            official=said.programme.official,
            program_version=said.program.version,
            journal_head=said.journal_head,
            data_sha256=digest,
            on_paper=True if digest in on_paper else False if read else None,
            readded=readd(said),
            contents=matches(said),
        )

    def _compare(self, documents: Iterable[VerifiedDocument]) -> None:
        found = {match for document in documents for match in document.contents}
        for here, result in (
            (Here.CHANGED, Result.CONTENT_CHANGED),
            (Here.OWN, Result.CONTENT_OWN),
            (Here.OTHER, Result.CONTENT_OTHER),
        ):
            titles = sorted({match.title for match in found if match.here is here})
            if titles:
                self._add(result, names="、".join(titles))
        if all(match.here is Here.SAME for match in found):
            self._add(Result.CONTENT_SAME)

    # --- the register -----------------------------------------------------------------------------

    def _entry(self) -> IssuedDocument | None:
        """The register's entry of this very file."""
        return next((entry for entry in self._register or () if entry.sha256 == self._sha256), None)

    def _issued(self, numbers: Collection[str]) -> IssuedDocument | None:
        if self._register is None:
            return None
        entry = self._entry()
        same = next((each for each in self._register if each.number in numbers), None)
        if entry is not None:
            self._add(Result.ISSUED_HERE, id=entry.id)
        elif same is not None:
            self._add(Result.ISSUED_OTHER_FILE, id=same.id)
        else:
            self._add(Result.ISSUED_ELSEWHERE)
        return entry
