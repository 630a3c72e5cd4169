"""核验文件: choose or drop a PDF, and read calmly what is the case with it. Writes nothing; keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from tsguard.domain.dossier import IssuedDocument
from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.registers.drop_veil import DropVeil, dropped_files
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.verifying.document_part import DocumentPart
from tsguard.gui.verifying.findings import Findings
from tsguard.gui.verifying.state_card import StateCard
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.verified_file import Outcome, VerifiedFile
from tsguard.services.verify import verify
from tsguard.services.verify_words import signature_words

_WIDEST = 860

Register = Callable[[], Iterable[IssuedDocument] | None]
"""Gives what an open vault has issued; None where no vault is open."""


class VerifyView(QWidget):
    """The file, its state, and every check.

    Attributes:
        card: The file and its state in one line.
        found: What was found last, or None.

    Signals:
        issued_wanted(issued_id): To the register's entry of this very file.
    """

    issued_wanted = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, register: Register, *, side: int = PAGE_MARGIN) -> None:
        """Make the view.

        Args:
            theme: Where colours come from.
            tasks: Reads the file.
            register: Asked each time a file is verified.
            side: Margin at left and right.
        """
        super().__init__()
        self._theme, self._tasks, self._register = theme, tasks, register
        self._path: Path | None = None
        self._running: Progress | None = None
        self._turn = 0
        self.found: VerifiedFile | None = None
        self._parts: list[QWidget] = []
        self.card = StateCard(theme)
        self.strip = ProgressStrip(theme)
        self._trouble = Note(theme, Severity.ERROR, "")
        self._trouble.hide()
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(20)
        inside = holder(column(self.card, self._body, None, gap=20, margins=(side, 8, side, 24)))
        inside.setMaximumWidth(_WIDEST + 2 * side)
        line = row(gap=0)
        line.addWidget(inside, 1000)
        line.addStretch(1)
        choose = Button(theme, _("选择PDF…"), "primary", "document_pdf")
        empty = EmptyState(
            theme,
            "document_pdf",
            _("拿到一份导出的PDF，先核一核"),
            _(
                "看它是不是原样、由哪一版内容打的分，再把分数重新加一遍。\n选择文件，或拖到这里；不联网，也不改动它。"
            ),
            (choose,),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(Scroll(holder(line)))
        head = column(self.strip, self._trouble, gap=8, margins=(side, 0, side, 0))
        whole = column(head, gap=4)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)
        self._veil = DropVeil(theme, _("松开就核验这份文件"), self)
        self.setAcceptDrops(True)
        choose.clicked.connect(self.browse)
        self.card.unlock_asked.connect(self._with_passphrase)
        self.card.copy_asked.connect(self._copy_digest)
        self.card.issued_asked.connect(self._see_issued)

    def minimumSizeHint(self) -> QSize:
        """Little; its parts wrap and scroll."""
        return QSize(280, 200)

    def hasHeightForWidth(self) -> bool:
        """Never: a note that wraps takes room from the list, not from the window."""
        return False

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._running is not None

    def browse(self) -> None:
        """Let the person choose a file."""
        folder = str(self._path.parent) if self._path is not None else ""
        name, _kind = QFileDialog.getOpenFileName(self, _("核验文件"), folder, "PDF (*.pdf)")
        if name:
            self.look(Path(name))

    def look(self, path: Path, passphrase: str | None = None) -> None:
        """Verify a file; ``found`` has the answer when ``busy`` is over."""
        if self._running is not None:
            self._running.cancel()
        issued = self._register()
        known = tuple(issued) if issued is not None else None
        self._turn += 1
        turn = self._turn
        if path != self._path:
            self._clear_parts()
            self._stack.setCurrentIndex(0)
        self._path = path
        self._trouble.hide()

        def work(_progress: Progress) -> VerifiedFile:
            return verify(path, passphrase=passphrase, issued=known)

        self._running = self._tasks.run(
            work, lambda found: self._came(turn, found), lambda error: self._failed(turn, error), looks=True
        )
        self.strip.start(_("正在核验“{name}”").format(name=path.name), self._running.cancel)

    def clear(self) -> None:
        """Forget the file and all that was found."""
        self._turn += 1
        if self._running is not None:
            self._running.cancel()
        self._running = self._path = None
        self.strip.finish()
        self._trouble.hide()
        self._clear_parts()
        self._stack.setCurrentIndex(0)

    def _clear_parts(self) -> None:
        self.found = None
        self.card.forget()
        for part in self._parts:
            self._body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []

    # --- the answer -------------------------------------------------------------------------------

    def _came(self, turn: int, found: VerifiedFile) -> None:
        if turn != self._turn or self._path is None:
            return
        self._running = None
        self.strip.finish()
        self._clear_parts()
        self.found = found
        self.card.show_file(self._path, found)
        for part in self._made(found):
            self._body.addWidget(part)
            self._parts.append(part)
        self._stack.setCurrentIndex(1)
        if found.outcome is Outcome.LOCKED:
            self.card.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, found: VerifiedFile) -> list[QWidget]:
        theme = self._theme
        if found.outcome is Outcome.LOCKED:
            return []
        parts: list[QWidget] = [Findings(theme, found.findings)]
        if found.signatures:
            lines = [
                Text(theme, signature_words(each), "small", "ink2", wrap=True) for each in found.signatures
            ]
            parts.append(holder(column(Text(theme, _("电子签名"), "subtitle"), *lines, gap=4)))
        for document in found.documents:
            parts += [Hairline(theme), DocumentPart(theme, document)]
        return parts

    def _failed(self, turn: int, error: TSGuardError) -> None:
        if turn != self._turn:
            return
        self._running = None
        self.strip.finish()
        if isinstance(error, Cancelled):
            return
        said = explain(error)
        self._trouble.say(Severity.ERROR, f"{said.data}{said.advice}", title=said.happened)
        self._trouble.show()

    def _with_passphrase(self) -> None:
        if self._path is not None:
            self.look(self._path, self.card.passphrase.text())

    def _copy_digest(self) -> None:
        if self.found is not None:
            QApplication.clipboard().setText(self.found.sha256)

    def _see_issued(self) -> None:
        if self.found is not None and self.found.issued is not None:
            self.issued_wanted.emit(self.found.issued.id)

    # --- dropping ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Show what letting go will do."""
        if len(dropped_files(event.mimeData())) == 1:
            event.acceptProposedAction()
            self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        """It was taken elsewhere."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Verify it."""
        self._veil.hide()
        event.acceptProposedAction()
        self.look(dropped_files(event.mimeData())[0])
