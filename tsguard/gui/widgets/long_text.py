"""A field of several lines that grows with its text."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from tsguard.gui.fonts import font, metrics
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CONTROL_HEIGHT
from tsguard.gui.widgets.fields import Field, LeaveWatch

_SAVE_AFTER_MS = 600
_AROUND = 10  # frame of the style sheet, and the document's own margin


class _Growing(QPlainTextEdit):
    """A plain-text editor as high as its text, between two numbers of lines."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font("body"))
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(4)
        self.document().contentsChanged.connect(self._grow)
        self._grow()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Another width breaks other lines."""
        super().resizeEvent(event)
        self._grow()

    def _lines(self) -> int:
        """Lines as they are broken now, counted no further than they matter."""
        layout, block, lines = self.document().documentLayout(), self.document().begin(), 0
        while block.isValid() and lines <= self._most:
            layout.blockBoundingRect(block)  # lays the block out; Qt does so only when it paints
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines

    def _grow(self) -> None:
        lines = self._lines()
        shown = min(max(lines, self._least), self._most)
        height = max(CONTROL_HEIGHT, math.ceil(shown * metrics("body").lineSpacing()) + _AROUND)
        policy = Qt.ScrollBarPolicy
        scrolls = lines > self._most
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff)
        if height != self.height():
            self.setFixedHeight(height)


class PlainTextField(Field):
    """Several lines of text.

    Signals:
        edited(str): After each key.
        committed(str): 600 ms after the last key and on leaving, where the text is another.
    """

    edited = Signal(str)
    committed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        label: str,
        value: str = "",
        *,
        help: str = "",  # noqa: A002 - the page reads help="…"
        required: bool = False,
        placeholder: str = "",
        least: int = 1,
        most: int = 8,
    ) -> None:
        """Make a field.

        Args:
            theme: Where colours come from.
            label: Above it.
            value: What it holds.
            help: One line below it.
            required: Whether 必填 stands beside the label.
            placeholder: In ``ink3`` while it is empty.
            least: Lines it shows at least.
            most: Lines after which it scrolls.
        """
        self.area = _Growing(least, most)
        self.area.setPlainText(value)
        self.area.setPlaceholderText(placeholder)
        self._last = value
        super().__init__(theme, label, self.area, help=help, required=required)
        self._watch = LeaveWatch(self.area)
        self._watch.left.connect(self.commit)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SAVE_AFTER_MS)
        self._pause.timeout.connect(self.commit)
        self.area.textChanged.connect(self._typed)

    def text(self) -> str:
        """What stands in it."""
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text; emits nothing."""
        self._last = text
        if text != self.area.toPlainText():
            self.area.setPlainText(text)
        self._pause.stop()

    def commit(self) -> None:
        """Emit what has not been emitted yet; before a lock or a change of page."""
        self._pause.stop()
        text = self.text()
        if text != self._last:
            self._last = text
            self.committed.emit(text)

    def _typed(self) -> None:
        text = self.text()
        if text != self._last:
            self.edited.emit(text)
            self._pause.start()
