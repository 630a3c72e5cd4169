"""What is known of a stored file, to read and to copy; nothing here can be changed."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from tsguard.domain.evidence import Evidence
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.surfaces import Formula
from tsguard.i18n import _
from tsguard.services.explain import size_text


class FileFacts(QWidget):
    """File name, size, kind and check sums of a piece of evidence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._piece: Evidence | None = None
        self._name = Text(theme, "", "small", wrap=True)
        self._kind = Text(theme, "", "caption", "ink3")
        self._sha256 = Text(theme, "", "caption", "ink2", wrap=True)
        self._sm3 = Text(theme, "", "caption", "ink2", wrap=True)
        copy = Button(theme, _("复制校验值"), "link", "copy")
        copy.clicked.connect(self._copy)
        body = column(
            self._name,
            self._kind,
            4,
            Text(theme, "SHA-256", "caption", "ink3"),
            self._sha256,
            4,
            Text(theme, "SM3", "caption", "ink3"),
            self._sm3,
            row(None, copy),
            gap=0,
        )
        title = Text(theme, _("保险库里的文件（文件名只在内部版里）"), "small", "ink2")
        self.setLayout(column(title, Formula(theme, body), gap=4))

    def show_piece(self, piece: Evidence) -> None:
        """Show a file; hidden for paper."""
        self._piece = piece
        self.setVisible(not piece.is_paper)
        self._name.set_text(piece.file_name)
        self._kind.set_text(f"{size_text(piece.size)} · {piece.media_type}")
        self._sha256.set_text(piece.sha256)
        self._sm3.set_text(piece.sm3)

    def _copy(self) -> None:
        if self._piece is not None:
            text = f"SHA-256 {self._piece.sha256}\nSM3 {self._piece.sm3}"
            QApplication.clipboard().setText(text)
