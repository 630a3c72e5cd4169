"""A dossier in memory: which documents, made from a snapshot, each looked through by the leak guard.

Works on frozen values only, so it may run in another thread; nothing touches the disk here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import tsguard
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import EDITABLE, DocumentKind, Edition, Format
from tsguard.domain.evidence import proved_items
from tsguard.domain.leaks import Hit
from tsguard.domain.snapshot import Snapshot
from tsguard.domain.words import document_word, level_word
from tsguard.errors import Cancelled
from tsguard.i18n import _
from tsguard.rules.checks import run_checks
from tsguard.scoring.sheet import score
from tsguard.services.file_names import safe_stem

if TYPE_CHECKING:
    from tsguard.report.document import Document
    from tsguard.report.transmittal import TransmittalRow

_STEPS = 100
"""Steps of progress for each file."""
_DRAWN = 75
"""Of them, when it is drawn and before it is looked through."""


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
        passphrase: For a locked copy of each PDF; None for none.
        signing: None for none.
    """

    editions: tuple[Edition, ...]
    on: date
    docx: bool = False
    bound: bool = False
    passphrase: str | None = field(default=None, repr=False)
    signing: Signing | None = None


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of the dossier, in memory.

    Attributes:
        edition: Which document; a bound file is the transmittal's.
        format: PDF or DOCX.
        number: The document's number.
        name: Its file name.
        pages: 0 for DOCX.
        data: Its content.
        hits: What the leak guard found and nobody has cleared.
        cleared: How many hits had been cleared before.
        signed: Whether it carries an electronic signature.
        locked: Whether it needs a passphrase to be opened.
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


@dataclass(frozen=True, slots=True)
class Made:
    """A dossier in memory.

    Attributes:
        files: In the order of the transmittal list.
        on: The date printed on them.
        assessment: The assessment's id.
        journal_head: What they were made from.
    """

    files: tuple[MadeFile, ...]
    on: date
    assessment: str
    journal_head: str

    @property
    def open_hits(self) -> tuple[Hit, ...]:
        """All hits that nobody has cleared, each once."""
        return tuple({hit.key: hit for made in self.files for hit in made.hits}.values())

    def without(self, keys: Collection[str]) -> Made:
        """The same files after hits were cleared."""
        return replace(self, files=tuple(_sifted(made, made.hits, keys, made.cleared) for made in self.files))


def make(
    snapshot: Snapshot,
    order: Order,
    *,
    clearances: Collection[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Made:
    """Make every file of a dossier and look it through.

    Args:
        snapshot: The frozen state.
        order: What is to be made.
        clearances: Keys of hits that a person has let pass.
        progress: Told the steps done and all steps.
        cancelled: Asked often.

    Raises:
        MissingGlyphs: Characters that no font has.
        SigningRefused: The certificate can't be used, or signing is not installed.
        PassphraseTooShort: The locked copy's.
        Cancelled: ``cancelled`` said so.
    """
    maker = _Maker(snapshot, order, clearances, progress, cancelled)
    files = tuple(maker.files())
    return Made(files, order.on, snapshot.assessment.id, snapshot.journal_head)


def build_document(snapshot: Snapshot, edition: Edition, on: date) -> Document:
    """One document of a snapshot, before it is drawn."""
    # Drawing libraries take longer to import than the unlock page to show.
    from tsguard.report.build import build  # noqa: PLC0415 - start-up time

    assessment = snapshot.assessment
    checks = run_checks(assessment.checklist, snapshot.secret_points, on)
    proved = proved_items(snapshot.evidence, on)
    sheet = score(assessment.checklist, assessment.programme, snapshot.answers, proved, checks)
    return build(snapshot, sheet, edition, checks=checks, program_version=tsguard.__version__, on=on)


def file_name(snapshot: Snapshot, edition: Edition, form: Format, suffix: str = "") -> str:
    """A file name: company, document, edition, without what no file system allows."""
    words = f"{snapshot.enterprise.name}-{document_word(edition.kind)}-{level_word(edition.level)}{suffix}"
    return f"{safe_stem(words)}.{form}"


def _sifted(made: MadeFile, hits: Iterable[Hit], clearances: Collection[str], before: int = 0) -> MadeFile:
    found = tuple(hits)
    left = tuple(hit for hit in found if hit.key not in clearances)
    return replace(made, hits=left, cleared=before + len(found) - len(left))


class _Maker:
    """Makes the files of one order, one after another."""

    def __init__(
        self,
        snapshot: Snapshot,
        order: Order,
        clearances: Collection[str],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._snapshot = snapshot
        self._order = order
        self._clearances = clearances
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0
        edited = sum(edition.kind in EDITABLE for edition in order.editions) if order.docx else 0
        papers = 1 if order.bound else len(order.editions) + (len(order.editions) + edited > 1)
        self._all = (papers * (2 if order.passphrase else 1) + edited) * _STEPS

    def files(self) -> Iterator[MadeFile]:
        """Documents, editable copies, then what lists them; each with its locked copy."""
        documents = [
            (each, build_document(self._snapshot, each, self._order.on)) for each in self._order.editions
        ]
        edited = [
            self._docx(edition, document)
            for edition, document in documents
            if self._order.docx and edition.kind in EDITABLE
        ]
        if self._order.bound:
            papers = [self._bound([document for _edition, document in documents])]
        else:
            papers = [self._pdf(edition, document) for edition, document in documents]
            if len(papers) + len(edited) > 1:
                papers.insert(0, self._transmittal([*papers, *edited]))
        yield from papers
        if self._order.passphrase is not None:
            for made in papers:
                yield self._locked(made, self._order.passphrase)
        yield from edited

    # --- one file -------------------------------------------------------------------------------

    def _pdf(self, edition: Edition, document: Document, name: str = "") -> MadeFile:
        from tsguard.report.pdf import render  # noqa: PLC0415 - start-up time

        start = self._done

        def drawn(done: int, pages: int) -> None:
            self._tell(start + _DRAWN * done // max(pages, 1))

        rendered = render(document, progress=drawn, cancelled=self._cancelled)
        data, signing = rendered.data, self._order.signing
        if signing:
            from tsguard.report.signing import sign  # noqa: PLC0415 - start-up time

            data = sign(data, signing.certificate, signing.passphrase)
        made = MadeFile(
            edition,
            Format.PDF,
            document.number.text,
            name or file_name(self._snapshot, edition, Format.PDF),
            rendered.pages,
            data,
            signed=signing is not None,
        )
        return self._inspected(made, start)

    def _docx(self, edition: Edition, document: Document) -> MadeFile:
        from tsguard.report.docx import render_docx  # noqa: PLC0415 - start-up time

        start = self._done
        data = render_docx(document, cancelled=self._cancelled)
        self._tell(start + _DRAWN)
        name = file_name(self._snapshot, edition, Format.DOCX)
        return self._inspected(MadeFile(edition, Format.DOCX, document.number.text, name, 0, data), start)

    def _bound(self, documents: list[Document]) -> MadeFile:
        from tsguard.report.binding import bind  # noqa: PLC0415 - start-up time

        edition = self._listing
        stem = safe_stem(_("{company}-申报材料合订本").format(company=self._snapshot.enterprise.name))
        bound = bind(documents, self._snapshot, level=edition.level, on=self._order.on)
        return self._pdf(edition, bound, f"{stem}.{Format.PDF}")

    def _transmittal(self, files: list[MadeFile]) -> MadeFile:
        from tsguard.report.transmittal import build_transmittal  # noqa: PLC0415 - start-up time

        rows = tuple(_row(made) for made in files)
        return self._pdf(
            self._listing,
            build_transmittal(self._snapshot, rows, level=self._listing.level, on=self._order.on),
        )

    def _locked(self, made: MadeFile, passphrase: str) -> MadeFile:
        from tsguard.report.locking import locked_copy  # noqa: PLC0415 - start-up time

        suffix = _("-加密")
        stem, _dot, ending = made.name.rpartition(".")
        locked = replace(
            made,
            name=f"{safe_stem(stem + suffix)}.{ending}",
            data=locked_copy(made.data, passphrase),
            signed=False,
            locked=True,
        )
        self._done += _STEPS
        self._tell(self._done)
        return locked

    # --- small ----------------------------------------------------------------------------------

    @property
    def _listing(self) -> Edition:
        """The list's own edition: internal as soon as one of the documents is."""
        levels = {edition.level for edition in self._order.editions}
        return Edition(
            DocumentKind.TRANSMITTAL, Level.INTERNAL if Level.INTERNAL in levels else Level.SUBMISSION
        )

    def _inspected(self, made: MadeFile, start: int) -> MadeFile:
        from tsguard.services.leak_guard import inspect  # noqa: PLC0415 - start-up time

        self._stop()
        hits = inspect(
            self._snapshot,
            made.data,
            format=made.format,
            edition=made.edition,
            file_name=made.name,
            cancelled=self._cancelled,
        )
        self._done = start + _STEPS
        self._tell(self._done)
        return _sifted(made, hits, self._clearances)

    def _tell(self, done: int) -> None:
        self._progress(done, self._all)

    def _stop(self) -> None:
        if self._cancelled():
            raise Cancelled


def _row(made: MadeFile) -> TransmittalRow:
    from tsguard.report.transmittal import transmittal_row  # noqa: PLC0415 - start-up time

    return transmittal_row(made.edition, made.format, number=made.number, pages=made.pages, data=made.data)
