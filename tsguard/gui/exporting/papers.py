"""Which document of a dossier lies on the desk; its pages are drawn by the worker, one document at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from shiboken6 import isValid

from tsguard.domain.dossier import COVERING, Edition, Format
from tsguard.domain.leaks import Part
from tsguard.gui.exporting.checking import file_words
from tsguard.gui.exporting.desk import THUMBNAIL_SCALE, PreviewDesk
from tsguard.gui.tasks import Progress, Tasks
from tsguard.services.dossier import Made, MadeFile
from tsguard.services.preview import Preview, preview_of


def has_pages(made: MadeFile) -> bool:
    """Whether a file can be looked at as pages: a PDF that asks for no passphrase."""
    return made.format is Format.PDF and not made.locked


class Papers(QObject):
    """The documents of what was made last.

    Attributes:
        desk: Where they are shown.
    """

    def __init__(self, desk: PreviewDesk, tasks: Tasks) -> None:
        super().__init__(desk)
        self.desk, self._tasks = desk, tasks
        self._papers: tuple[MadeFile, ...] = ()
        self._at = self._turn = 0
        self._looking: Progress | None = None
        desk.turned_to.connect(self._turned)

    @property
    def busy(self) -> bool:
        """Whether pages are being drawn."""
        return self._looking is not None

    @property
    def pages(self) -> dict[Edition, int]:
        """How many pages each edition has."""
        return {each.edition: each.pages for each in self._papers}

    def take(self, made: Made) -> None:
        """Show what was made: the document that lay there, else the first one; the list of all comes last."""
        before = self._papers[self._at].edition if self._papers else None
        papers = [each for each in made.files if has_pages(each)]
        self._papers = tuple(sorted(papers, key=lambda each: each.edition.kind in COVERING))
        editions = [each.edition for each in self._papers]
        if before in editions:
            self.show(editions.index(before))
        else:
            self.show(0, 0)

    def show(self, at: int, page: int | None = None) -> None:
        """Put a document onto the desk.

        Args:
            at: Which, counted from 0.
            page: The page to come to, counted from 0; None stays at the number.
        """
        if not 0 <= at < len(self._papers):
            return
        self._at, paper = at, self._papers[at]
        self.desk.offer([file_words(each) for each in self._papers], at)
        marked = frozenset(
            hit.place.page - 1
            for hit in paper.hits
            if hit.place.page and not (hit.place.part is Part.PAGE and hit.place.name)
        )
        if self._looking is not None:
            self._looking.cancel()

        def work(progress: Progress) -> Callable[[], None]:
            preview = preview_of(paper.data, scale=THUMBNAIL_SCALE, cancelled=progress.cancelled)
            return lambda: self._lay(paper, preview, marked, page)

        self._turn += 1
        turn = self._turn
        self._looking = self._tasks.run(
            work, lambda act: self._looked(turn, act), lambda _error: self._looked(turn, None), looks=True
        )

    def show_edition(self, wanted: Edition, page: int) -> None:
        """Come to a page, counted from 1, of one of the documents."""
        editions = [each.edition for each in self._papers]
        if wanted in editions:
            at = editions.index(wanted)
            if at == self._at and not self.busy:
                self.desk.go_to(page - 1)
            else:
                self.show(at, page - 1)
            self.desk.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop everything, at lock."""
        if self._looking is not None:
            self._looking.cancel()
        self._papers, self._at, self._looking = (), 0, None
        self._turn += 1
        self.desk.clear()

    def _turned(self, at: int) -> None:
        if at != self._at:
            self.show(at, 0)

    def _looked(self, turn: int, act: Callable[[], None] | None) -> None:
        if turn != self._turn or not isValid(self):
            return  # another document was asked for meanwhile
        self._looking = None
        if act is not None:
            act()

    def _lay(self, paper: MadeFile, preview: Preview, marked: frozenset[int], page: int | None) -> None:
        if self._papers and self._papers[self._at] is paper:
            self.desk.show_preview(preview, marked=marked, page=page)
