"""The list of what a submission still lacks, each with its way there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import delete

from tsguard.gui.exporting.gaps import Gap, Remark
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Icon, Severity
from tsguard.i18n import _


class _GapRow(QWidget):
    """One missing field.

    Signals:
        asked(target): The person wants to fill it in.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, gap: Gap) -> None:
        super().__init__()
        self._target = gap.target
        link = Button(theme, _("去填"), "link")
        link.setAccessibleName(_("去填{what}").format(what=gap.label))
        link.clicked.connect(self._ask)
        label = Text(theme, gap.label, "small")
        line = row(Icon(theme, "circle", "edge", 16), gap=8)
        line.addWidget(label, 1)
        line.addWidget(link)
        self.setLayout(line)

    def _ask(self) -> None:
        self.asked.emit(self._target)


class _RemarkNote(Note):
    """A remark with its way there.

    Signals:
        asked(target): The person wants to go there.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, remark: Remark) -> None:
        super().__init__(theme, Severity.WARNING, remark.text, remark.action)
        self._target = remark.target
        self.acted.connect(self._ask)

    def _ask(self) -> None:
        self.asked.emit(self._target)


class MissingList(QWidget):
    """还缺 n项, and remarks.

    Signals:
        go(target): Take the person there.
    """

    go = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[tuple[Gap, ...], tuple[Remark, ...]] | None = None
        self._parts: list[QWidget] = []
        self._count = Text(theme, "", "small", "ink3")
        self._done = Icon(theme, "checkmark_circle", "good", 16)
        self._title = Text(theme, "", "body_b")
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._notes = QVBoxLayout()
        self._notes.setContentsMargins(0, 0, 0, 0)
        self._notes.setSpacing(6)
        body = column(row(self._done, self._title, self._count, None, gap=8), gap=4)
        body.addLayout(self._rows)
        body.addSpacing(4)
        body.addLayout(self._notes)
        self.setLayout(body)

    def show_gaps(self, gaps: Sequence[Gap], remarks: Sequence[Remark]) -> None:
        """Show other gaps; nothing is rebuilt where they are the same."""
        wanted = (tuple(gaps), tuple(remarks))
        if wanted == self._shown:
            return
        self._shown = wanted
        for part in self._parts:
            delete(part)
        self._parts = []
        self._done.setVisible(not gaps)
        self._title.set_text(_("还缺") if gaps else _("申报表的必填项齐了"))
        self._count.set_text(_("{count}项").format(count=len(gaps)) if gaps else "")
        for gap in gaps:
            line = _GapRow(self._theme, gap)
            line.asked.connect(self.go)
            self._rows.addWidget(line)
            self._parts.append(line)
        for remark in remarks:
            note = _RemarkNote(self._theme, remark)
            note.asked.connect(self.go)
            self._notes.addWidget(note)
            self._parts.append(note)
