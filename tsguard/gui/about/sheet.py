"""The sheet about the program: what it is, and every part of others with its licence.

Home pages are shown as words and never opened. It knows nothing of a vault.
"""

from __future__ import annotations

from pathlib import Path

import PySide6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStackedLayout, QWidget

from tsguard.gui.about import words
from tsguard.gui.fonts import font
from tsguard.gui.manual.outline import OutlineList, Place
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PANEL_MARGIN
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.facts import Facts
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.panels import Sheet
from tsguard.gui.widgets.searched import SearchedSurface
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.i18n import _
from tsguard.services import licences
from tsguard.services.licences import Part

_WIDTH = 1080
_LIST = 264
_LONGEST_LINE = 760
_PROGRAM, _OWN = "program", "own"


class LicenceText(QPlainTextEdit):
    """A licence's full text, to be read, searched by eye and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font("small"))
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("许可全文"))
        self.viewport().setAutoFillBackground(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the smallest window."""
        return QSize(260, 120)


class PartView(QWidget):
    """One part: what it is, and its licence.

    Attributes:
        facts: Version, owner, licence, home.
        text: The licence.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name = Text(theme, "", "title", wrap=True)
        self._facts = column(gap=0)
        self.facts: Facts | None = None
        self._exchange = Text(theme, "", "small", "ink2", wrap=True)
        self.text = LicenceText()
        self.setLayout(
            column(
                self._name,
                6,
                self._facts,
                8,
                self._exchange,
                8,
                Hairline(theme),
                self.text,
                gap=0,
                margins=(0, 12, 16, 0),
            )
        )

    def show_part(self, part: Part) -> None:
        """Show a part from the beginning of its text."""
        self._name.set_text(part.name)
        lines = words.facts_of(part)
        if self.facts is not None:
            self._facts.removeWidget(self.facts)
            self.facts.hide()
            self.facts.deleteLater()
        self.facts = Facts(self._theme, [(label, label) for label, _value in lines])
        for label, value in lines:
            self.facts.values[label].set_text(value)
        self._facts.addWidget(self.facts)
        said = words.exchange_words(part, Path(PySide6.__file__).parent)
        self._exchange.set_text(said)
        self._exchange.setVisible(bool(said))
        self.text.setPlainText(words.licence_text(part))
        self.text.setAccessibleDescription(part.name)


class AboutPanel(SearchedSurface):
    """Search and list at the left, the program or one part at the right.

    Attributes:
        search: Narrows the list.
        list: The program, then every part.
        part: Shows one part.
        trouble: Says that the list can't be read; hidden as a rule.

    Signals:
        closed: The person wants to close it.
    """

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        self._parts, trouble = _known()
        close = IconButton(theme, "dismiss", _("关闭"))
        self.search = SearchField(theme, _("在部件里找"))
        self.list = OutlineList(theme)
        self.list.setAccessibleName(_("软件和它的部件"))
        self._none = Text(theme, "", "small", "ink3", wrap=True)
        self._none.hide()
        self.trouble = Note(theme, Severity.WARNING, trouble)
        self.trouble.setVisible(bool(trouble))
        self.part = PartView(theme)
        left = holder(column(self.search, self._none, self.list, gap=10, margins=(PANEL_MARGIN, 8, 8, 12)))
        left.setFixedWidth(_LIST)
        self._right = QStackedLayout()
        self._right.addWidget(Scroll(self._program(theme)))
        self._right.addWidget(self.part)
        body = row(left, Hairline(theme, upright=True), 24, gap=0, margins=(0, 0, 8, 12))
        body.addLayout(self._right, 1)
        head = row(Text(theme, _("关于"), "subtitle"), None, close, margins=(PANEL_MARGIN, 14, 12, 8))
        whole = column(head, Hairline(theme), gap=0)
        whole.addLayout(body, 1)
        super().__init__(theme, whole)
        self.setAccessibleName(_("关于"))
        close.clicked.connect(self.closed)
        self.search.textChanged.connect(self._find)
        self.list.reached.connect(self._reach)
        self.list.entered.connect(self._enter)
        self._list("")

    def _program(self, theme: Theme) -> QWidget:
        self._manual = Button(theme, _("看安全说明"), icon="book")
        self._manual.clicked.connect(self._show_manual)
        whole = column(
            Text(theme, words.version_words(), "title", wrap=True), 14, gap=6, margins=(0, 16, 16, 16)
        )
        for heading, said in words.about_program():
            whole.addWidget(Text(theme, heading, "body_b"))
            whole.addWidget(Text(theme, said, "body", "ink2", wrap=True))
            whole.addSpacing(12)
        whole.addWidget(Text(theme, _("说明"), "body_b"))
        manual = _("说明随软件一起装好，不上网也能看：口令、备份、锁定、文件坏了怎么办。")
        whole.addWidget(Text(theme, manual, "body", "ink2", wrap=True))
        whole.addLayout(row(self._manual, None))
        whole.addSpacing(12)
        whole.addWidget(Text(theme, _("许可"), "body_b"))
        told = _(
            "本软件按Apache许可2.0发布。它用到{count}个别人做的部件，都列在左边，点一个就能看到许可全文。"
            "主页地址只是文字，软件不会打开它。"
        )
        whole.addWidget(Text(theme, told.format(count=len(self._parts)), "body", "ink2", wrap=True))
        whole.addWidget(self.trouble)
        whole.addStretch(1)
        inner = holder(whole)
        inner.setMaximumWidth(_LONGEST_LINE)
        line = row(gap=0)
        line.addWidget(inner, 1000)
        line.addStretch(1)
        return holder(line)

    def show_part(self, name: str) -> None:
        """Come to a part by its name, or to the program itself for ""; nothing happens for an unknown one."""
        self.search.clear()
        for number in range(self.list.count()):
            place = self.list.places()[number]
            if place.heading == name or (not name and place.chapter == _PROGRAM):
                self.list.setCurrentRow(number)
                return

    def _list(self, wanted: str) -> None:
        found = [
            Place(str(number), part.name, part.name, _second(part))
            for number, part in enumerate(self._parts)
            if part.speaks_of(wanted)
        ]
        first = Place(_PROGRAM, "", _("本软件"), words.version_words().rpartition("，")[2])
        own = Place(_OWN, "", _("本软件的许可"), "Apache-2.0")
        places = found if wanted.strip() else [first, own, *found]
        self._none.set_text(
            "" if places else _("没有找到“{words}”。换个词再试。").format(words=wanted.strip())
        )
        self._none.setVisible(not places)
        self.list.set_places(places, None if wanted.strip() else first)
        if not wanted.strip():
            self._right.setCurrentIndex(0)

    def _find(self, wanted: str) -> None:
        self._list(wanted)

    def _reach(self, place: Place) -> None:
        if place.chapter == _PROGRAM:
            self._right.setCurrentIndex(0)
            return
        part = _own() if place.chapter == _OWN else self._parts[int(place.chapter)]
        self.part.show_part(part)
        self._right.setCurrentIndex(1)

    def _enter(self) -> None:
        (self.part.text if self._right.currentIndex() else self._manual).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _show_manual(self) -> None:
        from tsguard.gui.manual.reader import show_manual  # noqa: PLC0415 - only when asked for

        self.closed.emit()
        show_manual(self._theme, self)


class AboutSheet(Sheet):
    """The sheet over a window.

    Attributes:
        panel: What it shows.
    """

    def __init__(self, theme: Theme, host: QWidget) -> None:
        self.panel = AboutPanel(theme)
        super().__init__(theme, host, self.panel, width=_WIDTH)
        self.panel.closed.connect(self.dismiss)


def show_about(theme: Theme, part: QWidget) -> AboutSheet:
    """Lay it over the window that a widget stands in; one sheet for each window."""
    window = part.window()
    sheet = window.findChild(AboutSheet) or AboutSheet(theme, window)
    sheet.open()
    sheet.panel.search.setFocus(Qt.FocusReason.OtherFocusReason)
    return sheet


def _known() -> tuple[tuple[Part, ...], str]:
    """All parts, or none and why."""
    try:
        return licences.parts(), ""
    except (OSError, ValueError, LookupError):
        return (), _("部件和许可的清单读不出来，软件可能没有装完整。请重新安装；保险库不受影响。")


def _own() -> Part:
    licence = licences.own()
    return Part(_("商业秘密保护自评"), "", "Apache-2.0", "", texts=(licence,))


def _second(part: Part) -> str:
    """Version or owner, and the licence."""
    return " · ".join(each for each in (part.version or part.inside, part.licence) if each)
