"""A dossier (申报材料) in memory: what was ordered, the files made of it, and how a document is built.

Works on frozen values only, so it may run in another thread; nothing touches the disk here. How the files are
made and looked through is ``dossier_making``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import tsguard
from tsguard.domain.dossier import EDITABLE, DocumentKind, Edition, Format
from tsguard.domain.evidence import proved_items
from tsguard.domain.leaks import Hit
from tsguard.domain.snapshot import Snapshot
from tsguard.domain.words import document_word, level_word
from tsguard.i18n import _
from tsguard.rules.checks import run_checks
from tsguard.scoring.sheet import score
from tsguard.services.certificate import CertificateLook, look_at_certificate
from tsguard.services.file_names import safe_stem

if TYPE_CHECKING:
    from tsguard.report.bound_evidence import BoundReport
    from tsguard.report.document import Document
    from tsguard.report.exhibit_pages import Bound, Exhibit

Contents = Callable[[str], Iterator[bytes]]
"""Gives the content of a piece of evidence, by its id, in chunks."""


@dataclass(frozen=True, slots=True)
class Signing:
    """How files are signed.

    Attributes:
        certificate: A PKCS#12 file.
        passphrase: Its own.
    """

    certificate: Path
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made.

    Attributes:
        editions: The documents, at least one, each once.
        on: The date printed on them, and from which overdue is counted.
        docx: Whether those that can be edited are made as DOCX, too.
        bound: Whether the documents are bound into one file rather than lie side by side.
        with_evidence: Whether the pages of the evidence stand behind its covers in the exhibits. Such a file
            is written page by page, so it has neither a signature nor a locked copy.
        passphrase: For a locked copy of each PDF; None for none.
        signing: None for none.
    """

    editions: tuple[Edition, ...]
    on: date
    docx: bool = False
    bound: bool = False
    with_evidence: bool = False
    passphrase: str | None = field(default=None, repr=False)
    signing: Signing | None = None

    @property
    def edited(self) -> tuple[Edition, ...]:
        """The documents that are made as DOCX, too."""
        return tuple(each for each in self.editions if each.kind in EDITABLE) if self.docx else ()

    @property
    def streamed(self) -> frozenset[Edition]:
        """The documents whose file holds pages of evidence."""
        wanted = {each for each in self.editions if each.kind is DocumentKind.EXHIBITS}
        if not (self.with_evidence and wanted):
            return frozenset()
        return frozenset(self.editions if self.bound else wanted)

    @property
    def papers(self) -> int:
        """How many PDFs are made, the list among them, locked copies not."""
        if self.bound:
            return 1
        return len(self.editions) + (len(self.editions) + len(self.edited) > 1)

    @property
    def copies(self) -> int:
        """How many of them have a locked copy."""
        if self.passphrase is None:
            return 0
        return self.papers - (min(len(self.streamed), 1) if self.bound else len(self.streamed))

    @property
    def files(self) -> int:
        """How many files are made."""
        return self.papers + self.copies + len(self.edited)


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of the dossier, in memory.

    Attributes:
        edition: Which document.
        format: PDF or DOCX.
        number: The document's number.
        name: Its file name.
        pages: 0 for DOCX.
        data: Its content; of one with pages of evidence, with empty places for them.
        hits: What the leak guard found and nobody has cleared.
        cleared: How many hits had been cleared before.
        signed: Whether it carries an electronic signature.
        locked: Whether it needs a passphrase to be opened.
        with_pages: How the pages of evidence get into the file; None for one that is whole.
    """

    edition: Edition
    format: Format
    number: str
    name: str
    pages: int
    data: bytes = field(repr=False)
    hits: tuple[Hit, ...] = ()
    cleared: int = 0
    signed: bool = False
    locked: bool = False
    with_pages: BoundFile | None = field(default=None, repr=False)

    def sifted(self, hits: Iterable[Hit], clearances: Collection[str]) -> MadeFile:
        """The same file after hits were looked for, and some had been cleared."""
        found = tuple(hits)
        left = tuple(hit for hit in found if hit.key not in clearances)
        return replace(self, hits=left, cleared=self.cleared + len(found) - len(left))


@dataclass(frozen=True, slots=True)
class BoundFile:
    """A file with empty places, and the evidence that goes there.

    Attributes:
        report: With the places.
        exhibits: The pieces.
        unread: What a person must look at, since no program has; by the piece's id.
    """

    report: BoundReport
    exhibits: tuple[Exhibit, ...]
    unread: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A dossier in memory.

    Attributes:
        files: In the order of the transmittal list.
        on: The date printed on them.
        assessment: The assessment's id.
        journal_head: What they were made from.
        relist: Makes the transmittal list and its locked copy anew with SHA-256 by file name, for files that
            are whole only once they are written; None where they hold already.
        let_pass: Keys of hits that were cleared since.
        certificate: What the files were signed with; None where they were not.
        rename: Gives a file another name and looks that through; None where none is to be given.
        in_folder: Adds to a file what is found in the name of the set's folder; None as for ``rename``.
    """

    files: tuple[MadeFile, ...]
    on: date
    assessment: str
    journal_head: str
    relist: Callable[[Mapping[str, str]], tuple[MadeFile, ...]] | None = field(default=None, repr=False)
    let_pass: frozenset[str] = frozenset()
    certificate: CertificateLook | None = None
    rename: Callable[[MadeFile, str], MadeFile] | None = field(default=None, repr=False)
    in_folder: Callable[[MadeFile, str], MadeFile] | None = field(default=None, repr=False)

    @property
    def open_hits(self) -> tuple[Hit, ...]:
        """All hits that nobody has cleared, each once, where it stands first."""
        found: dict[str, Hit] = {}
        for made in self.files:
            for hit in made.hits:
                found.setdefault(hit.key, hit)
        return tuple(found.values())

    @property
    def unread(self) -> Mapping[str, str]:
        """What a person must look at before evidence leaves, by the piece's id."""
        return {
            piece: words
            for made in self.files
            if made.with_pages
            for piece, words in made.with_pages.unread.items()
        }

    def without(self, keys: Collection[str]) -> Made:
        """The same files after hits were cleared."""
        return replace(
            self,
            files=tuple(made.sifted(made.hits, keys) for made in self.files),
            let_pass=self.let_pass.union(keys),
        )


def make(
    snapshot: Snapshot,
    order: Order,
    *,
    clearances: Collection[str] = (),
    contents: Contents | None = None,
    also: Iterable[object] = (),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Made:
    """Make every file of a dossier and look it through.

    Args:
        snapshot: The frozen state.
        order: What is to be made.
        clearances: Keys of hits that a person has let pass.
        contents: Where the evidence's contents come from; needed for an order with evidence.
        also: Records that the snapshot lacks and whose strings are protected, too.
        progress: Told the steps done and all steps.
        cancelled: Asked often.

    Raises:
        MissingGlyphs: Characters that no font has.
        TSGuardError: The certificate or the copy's passphrase can't be used.
        Cancelled: ``cancelled`` said so.
    """
    from tsguard.services.dossier_making import Maker  # noqa: PLC0415 - start-up time

    certificate = None
    if order.signing is not None:  # before anything is drawn, which takes a while
        certificate = look_at_certificate(order.signing.certificate, order.signing.passphrase, order.on)
    maker = Maker(snapshot, order, clearances, contents, also, progress, cancelled)
    files = tuple(maker.files())
    return Made(
        files,
        order.on,
        snapshot.assessment.id,
        snapshot.journal_head,
        maker.relist,
        certificate=certificate,
        rename=maker.renamed,
        in_folder=maker.in_folder,
    )


def build_document(
    snapshot: Snapshot, edition: Edition, on: date, bound: Mapping[str, Bound] | None = None
) -> Document:
    """One document of a snapshot, before it is drawn.

    Args:
        snapshot: The frozen state.
        edition: Which document.
        on: The date printed on it.
        bound: Of exhibits with their pages: what became of each piece, by id.
    """
    # Drawing libraries take longer to import than the unlock page to show.
    from tsguard.report.build import build  # noqa: PLC0415 - start-up time

    assessment = snapshot.assessment
    checks = run_checks(assessment.checklist, snapshot.secret_points, on)
    proved = proved_items(snapshot.evidence, on)
    sheet = score(assessment.checklist, assessment.programme, snapshot.answers, proved, checks)
    return build(
        snapshot, sheet, edition, checks=checks, program_version=tsguard.__version__, on=on, bound=bound
    )


def file_name(snapshot: Snapshot, edition: Edition, form: Format, *, locked: bool = False) -> str:
    """A file name: company, document, edition, without what no file system allows.

    A long company name is cut, never what tells the files of one dossier apart.
    """
    tail = f"-{document_word(edition.kind)}-{level_word(edition.level)}"
    if locked:
        tail = _("{name}-加密").format(name=tail)
    return f"{safe_stem(snapshot.enterprise.name, tail)}.{form}"
