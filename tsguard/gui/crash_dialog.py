"""The dialog of a bug: what happened, what it means for the data, and the details on demand."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from tsguard.gui.crash import details, sentences
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.dialogs import Choice, Dialog
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.i18n import _

_DETAILS_HEIGHT = 180


class _Details(QWidget):
    """What can be passed on, on demand."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self.setObjectName("details")
        self._open = Button(theme, _("看细节"), "link", "chevron_right", flush=True)
        self._open.clicked.connect(self.toggle)
        self._copy = Button(theme, _("复制细节"), "link", "copy", flush=True)
        self._copy.clicked.connect(self._copied)
        self._text = QPlainTextEdit(text)
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(12)
        self._text.setFont(fixed)
        self._text.setFixedHeight(_DETAILS_HEIGHT)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(_("错误的细节"))
        said = _("细节只有出错的种类和位置，没有您填写的内容；不会发到任何地方。")
        self._words = Text(theme, said, "caption", "ink3", wrap=True)
        self._body = holder(column(self._text, self._words, row(self._copy, None), gap=6))
        self._body.hide()
        self.setLayout(column(row(self._open, None), self._body, gap=6))

    def toggle(self) -> None:
        """Show or hide them."""
        shown = self._body.isHidden()
        self._body.setVisible(shown)
        self._open.set_text(_("收起细节") if shown else _("看细节"))
        self._open.set_icon("chevron_down" if shown else "chevron_right")
        self.window().adjustSize()

    def _copied(self) -> None:
        QApplication.clipboard().setText(self._text.toPlainText())
        self._copy.set_text(_("已复制"))


class CrashDialog(Dialog):
    """What happened, what it means for the data, and the details on demand."""

    def __init__(self, theme: Theme, parent: QWidget, error: BaseException) -> None:
        title, text = sentences(error)
        choices = (Choice("go on", _("接着用"), "primary"),)
        super().__init__(
            theme, parent, title, text, choices, safe="go on", body=_Details(theme, details(error))
        )
