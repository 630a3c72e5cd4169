"""How the files of one order are made, one after another, each looked through by the leak guard.

Nothing touches the disk. The guard reads the very bytes that will be written; of a file with pages of
evidence, everything but these pages, and the pieces themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Literal

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition, Format
from tsguard.domain.leaks import Hit, Part
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import Cancelled
from tsguard.report.binding import bind
from tsguard.report.bound_evidence import render_bound, survey
from tsguard.report.document import Document
from tsguard.report.exhibit_pages import Bound, Exhibit
from tsguard.report.locking import locked_copy
from tsguard.report.marked import said
from tsguard.report.pdf import render
from tsguard.report.signing import MOST_BYTES, sign
from tsguard.report.transmittal import build_transmittal, transmittal_row
from tsguard.services.dossier import BoundFile, Contents, MadeFile, Order, build_document, file_name
from tsguard.services.given_file import given_bytes
from tsguard.services.leak_guard import LeakGuard

_STEPS = 100
"""Steps of progress for each file."""
_DRAWN = 75
"""Of them, when it is drawn and before it is looked through."""
_SEEN = frozenset({Part.PAGE, Part.ANNOTATION, Part.FORM_FIELD})
"""What of a piece of evidence its pictured pages show; its properties and attachments stay behind."""


class Maker:
    """Makes the files of one order; arguments are those of ``dossier.make``.

    Attributes:
        relist: As in ``Made``, once the files are made.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        order: Order,
        clearances: Collection[str],
        contents: Contents | None,
        also: Iterable[object],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._snapshot = snapshot
        self._order = order
        self._clearances = clearances
        self._progress = progress
        self._cancelled = cancelled
        self._guard = LeakGuard(snapshot, also)
        self._exhibits = _exhibits(snapshot, contents) if order.streamed else ()
        self._done = 0
        self._all = (order.files + (2 if self._exhibits else 0)) * _STEPS
        self._certificate = given_bytes(order.signing.certificate, MOST_BYTES) if order.signing else b""
        self.relist: Callable[[Mapping[str, str]], tuple[MadeFile, ...]] | None = None

    def files(self) -> Iterator[MadeFile]:
        """What lists them, documents, their locked copies, editable copies."""
        order = self._order
        bound = self._surveyed()
        unread, found = self._read_evidence(bound)
        documents = [
            (each, build_document(self._snapshot, each, order.on, bound if each in order.streamed else None))
            for each in order.editions
        ]
        edited = [self._docx(edition, document) for edition, document in documents if edition in order.edited]
        if order.bound:
            papers = [self._bound([document for _edition, document in documents], unread, found)]
        else:
            papers = [
                self._streamed(edition, document, unread, found)
                if edition in order.streamed
                else self._pdf(edition, document)
                for edition, document in documents
            ]
            if len(papers) + len(edited) > 1:
                papers.insert(0, self._listed((*papers, *edited)))
        yield from papers
        if order.passphrase is not None:
            for made in papers:
                if made.with_pages is None:
                    yield self._locked(made, order.passphrase)
        yield from edited

    def renamed(self, made: MadeFile, name: str) -> MadeFile:
        """A file under a name that a person chose, with what the guard finds in it."""
        return replace(self._named(made, name, Part.FILE_NAME), name=name)

    def in_folder(self, made: MadeFile, name: str) -> MadeFile:
        """A file of a set, with what the guard finds in the name that a person chose for the set's folder."""
        return self._named(made, name, Part.FOLDER_NAME)

    def _named(self, made: MadeFile, name: str, part: Literal[Part.FILE_NAME, Part.FOLDER_NAME]) -> MadeFile:
        inside = (hit for hit in made.hits if hit.place.part is not part)
        found = self._guard.inspect_name(name, made.edition, part)
        return made.sifted((*inside, *found), self._clearances)

    # --- evidence -------------------------------------------------------------------------------

    def _surveyed(self) -> dict[str, Bound]:
        """What can be bound in, by id."""
        if not self._exhibits:
            return {}
        start = self._done
        found = survey(
            self._exhibits,
            progress=lambda done, pieces: self._tell(start + _STEPS * done // max(pieces, 1)),
            cancelled=self._cancelled,
        )
        self._done = start + _STEPS
        return found

    def _read_evidence(self, bound: Mapping[str, Bound]) -> tuple[dict[str, str], tuple[Hit, ...]]:
        """What a person must look at, by the piece's id; and what the guard found in the pieces."""
        unread: dict[str, str] = {}
        hits: list[Hit] = []
        start = self._done
        edition = next((each for each in self._order.editions if each.kind is DocumentKind.EXHIBITS), None)
        for number, exhibit in enumerate(self._exhibits, 1):
            self._stop()
            if bound[exhibit.id].pages and exhibit.read is not None:
                reading = self._guard.inspect_evidence(b"".join(exhibit.read()), cancelled=self._cancelled)
                unread[exhibit.id] = reading.sentence
                if edition and edition.level is Level.SUBMISSION:
                    seen = (hit for hit in reading.hits if hit.place.part in _SEEN)
                    hits += (_of_piece(hit, exhibit.id) for hit in seen)
            self._tell(start + _STEPS * number // len(self._exhibits))
        if self._exhibits:
            self._done = start + _STEPS
        return unread, tuple(hits)

    # --- one file -------------------------------------------------------------------------------

    def _pdf(self, edition: Edition, document: Document) -> MadeFile:
        start, signing = self._done, self._order.signing
        rendered = render(document, progress=self._drawn(start), cancelled=self._cancelled)
        data = rendered.data
        if signing:
            data = sign(data, self._certificate, signing.passphrase)
        name = file_name(self._snapshot, edition, Format.PDF)
        made = MadeFile(edition, Format.PDF, document.number.text, name, rendered.pages, data)
        return self._inspected(replace(made, signed=signing is not None), start)

    def _streamed(
        self,
        edition: Edition,
        document: Document,
        unread: Mapping[str, str],
        found: tuple[Hit, ...],
    ) -> MadeFile:
        start = self._done
        report = render_bound(document, progress=self._drawn(start), cancelled=self._cancelled)
        name = file_name(self._snapshot, edition, Format.PDF)
        number, pages = document.number.text, BoundFile(report, self._exhibits, unread)
        made = MadeFile(edition, Format.PDF, number, name, report.pages, report.data, with_pages=pages)
        return self._inspected(made, start, found)

    def _docx(self, edition: Edition, document: Document) -> MadeFile:
        from tsguard.report.docx import render_docx  # noqa: PLC0415 - only where it is asked for

        start = self._done
        data = render_docx(document, cancelled=self._cancelled)
        self._tell(start + _DRAWN)
        name = file_name(self._snapshot, edition, Format.DOCX)
        return self._inspected(MadeFile(edition, Format.DOCX, document.number.text, name, 0, data), start)

    def _bound(
        self, documents: list[Document], unread: Mapping[str, str], found: tuple[Hit, ...]
    ) -> MadeFile:
        edition = self._listing
        document = bind(documents, self._snapshot, level=edition.level, on=self._order.on)
        if self._order.streamed:
            return self._streamed(edition, document, unread, found)
        return self._pdf(edition, document)

    def _listed(self, files: tuple[MadeFile, ...]) -> MadeFile:
        """The list of the files; one that is whole only on the disk makes it be made again there."""
        if any(made.with_pages for made in files):
            self.relist = partial(self._relisted, files)
        return self._transmittal(files, {})

    def _relisted(self, files: tuple[MadeFile, ...], digests: Mapping[str, str]) -> tuple[MadeFile, ...]:
        """The list and its locked copy, as ``Made.relist`` gives them."""
        listing, passphrase = self._transmittal(files, digests), self._order.passphrase
        return (listing,) if passphrase is None else (listing, self._locked(listing, passphrase))

    def _transmittal(self, files: tuple[MadeFile, ...], digests: Mapping[str, str]) -> MadeFile:
        """The list with these SHA-256 by file name, and those of what is whole."""
        rows = []
        for made in files:
            row = transmittal_row(
                made.edition, made.format, number=made.number, pages=made.pages, data=made.data
            )
            if made.with_pages:
                row = replace(row, sha256=said(digests.get(made.name, "")))
            rows.append(row)
        edition = self._listing
        return self._pdf(
            edition, build_transmittal(self._snapshot, rows, level=edition.level, on=self._order.on)
        )

    def _locked(self, made: MadeFile, passphrase: str) -> MadeFile:
        self._stop()
        locked = replace(
            made,
            name=file_name(self._snapshot, made.edition, made.format, locked=True),
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
        """The list's or the bound file's own edition: internal as soon as one of the documents is."""
        levels = {edition.level for edition in self._order.editions}
        level = Level.INTERNAL if Level.INTERNAL in levels else Level.SUBMISSION
        return Edition(DocumentKind.BOUND if self._order.bound else DocumentKind.TRANSMITTAL, level)

    def _inspected(self, made: MadeFile, start: int, found: tuple[Hit, ...] = ()) -> MadeFile:
        self._stop()
        hits = self._guard.inspect(
            made.data,
            format=made.format,
            edition=made.edition,
            file_name=made.name,
            cancelled=self._cancelled,
        )
        self._done = start + _STEPS
        self._tell(self._done)
        return made.sifted((*hits, *found), self._clearances)

    def _drawn(self, start: int) -> Callable[[int, int], None]:
        return lambda done, pages: self._tell(start + _DRAWN * done // max(pages, 1))

    def _tell(self, done: int) -> None:
        self._progress(min(done, self._all), self._all)

    def _stop(self) -> None:
        if self._cancelled():
            raise Cancelled


def _exhibits(snapshot: Snapshot, contents: Contents | None) -> tuple[Exhibit, ...]:
    """The pieces of evidence, with what reads those that are files."""
    return tuple(
        Exhibit(
            piece.id, piece.size, None if piece.is_paper or contents is None else partial(contents, piece.id)
        )
        for piece in snapshot.evidence
    )


def _of_piece(hit: Hit, piece: str) -> Hit:
    """A hit in a piece of evidence, which its place names."""
    return replace(hit, place=replace(hit.place, name=piece))
