"""The beginning of a text file, to read only."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from tsguard.gui.fonts import font
from tsguard.gui.theme import Theme
from tsguard.i18n import _


class PlainText(QPlainTextEdit):
    """Monospaced lines as they are; long ones wrap."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)  # nothing of a text that was looked at may stay behind
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        face = font("small")
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setFamilies([fixed.family(), *face.families()])
        self.setFont(face)
        self.document().setDocumentMargin(20)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("文件内容"))
        theme.changed.connect(self.viewport().update)

    def show_text(self, text: str) -> None:
        """Show a text from its first line."""
        self.setPlainText(text)
        self.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Show nothing, and keep nothing."""
        self.clear()
