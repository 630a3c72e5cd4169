"""One change opened: what each field said before and says then, who did it, its number and digest."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tsguard.errors import TSGuardError
from tsguard.gui.history.lines_table import back_words
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.panels import SidePanel
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.services.history_digest import place_words, search_digits
from tsguard.services.history_lines import HistoryLine
from tsguard.services.history_tables import numbers_text, time_text
from tsguard.services.history_words import FieldChange, HistoryKind, subject

WIDTH = 356
_LABEL = 72
_MOST_ROWS = 8


class DetailPanel(SidePanel):
    """A line with everything the journal knows of it.

    Attributes:
        line: What is shown, or None.
        pieces: The true entries behind a text that was typed in pieces.

    Signals:
        closed: A person closed it.
        go(target): To what the line is about.
    """

    go = Signal(str)

    def __init__(self, theme: Theme, model: SessionModel) -> None:
        self._panel_theme, self._model = theme, model
        self.line: HistoryLine | None = None
        self._target = ""
        self._said = Text(theme, "", "body_b", wrap=True)
        self._place = Note(theme, Severity.INFO, "")
        self._clock = Note(theme, Severity.WARNING, "")
        self._facts = {
            name: Text(theme, "", "small", "ink2", wrap=True) for name in ("time", "who", "number", "digest")
        }
        self._changes = QVBoxLayout()
        self._changes.setContentsMargins(0, 0, 0, 0)
        self._changes.setSpacing(14)
        self._pieces_title = Text(theme, "", "small_b", wrap=True)
        self.pieces = DataTable(theme, _piece_columns(), name=_("分次写成的每一次"), sortable=False)
        self._see = Button(theme, _("看现在的内容"), "plain", "arrow_right", icon_after=True)
        self._see.clicked.connect(self._follow)
        facts = column(
            *(
                row(_label(theme, words), self._facts[name], gap=8)
                for name, words in (
                    ("time", _("时间")),
                    ("who", _("操作账户")),
                    ("number", _("编号")),
                    ("digest", _("摘要")),
                )
            ),
            gap=4,
        )
        body = column(
            self._said,
            self._place,
            self._clock,
            holder(self._changes),
            self._pieces_title,
            self.pieces,
            gap=12,
        )
        body.addWidget(Hairline(theme))
        body.addLayout(facts)
        super().__init__(theme, _("这次变更"), holder(body), width=WIDTH, foot=(self._see, None))

    def show_line(self, line: HistoryLine, sought: str = "") -> None:
        """Open a line.

        Args:
            line: What to show.
            sought: The text that was searched for; a digest's beginning is answered with the line's place.
        """
        self.line = line
        self.set_title(subject(line.kind, line.record) or _("这次变更"))
        self._said.set_text(line.text)
        self._clock.setVisible(line.clock_back is not None)
        if line.clock_back is not None:
            words = _("写这一条时，电脑时间比上一条倒退了{time}。先后以编号为准。")
            self._clock.say(Severity.WARNING, words.format(time=back_words(line.clock_back)))
        self._facts["time"].set_text(_span(line))
        self._facts["who"].set_text(line.who)
        self._facts["number"].set_text(numbers_text(line))
        self._facts["digest"].set_text(" ".join(line.digest[at : at + 8] for at in range(0, 64, 8)))
        self._show_place(line, search_digits(sought))
        self._show_changes(line)
        self._show_pieces(line)
        self._target = self._target_of(line)
        self._see.setVisible(bool(self._target))
        self.area.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Show nothing, keep nothing."""
        self.line = None
        self._said.set_text("")
        self._empty_changes()
        self.pieces.set_rows(())

    def _empty_changes(self) -> None:
        while (item := self._changes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _show_place(self, line: HistoryLine, digits: str) -> None:
        words = ""
        if digits and line.digest.startswith(digits):
            try:
                later = self._model.session.history.later_than(line.number)
                words = place_words(line.number, line.at, later)
            except TSGuardError:  # locked meanwhile, or damaged, which the list has said
                words = ""
        self._place.say(Severity.INFO, words)
        self._place.setVisible(bool(words))

    def _show_changes(self, line: HistoryLine) -> None:
        self._empty_changes()
        for change in line.changes:
            self._changes.addWidget(_ChangeBlock(self._panel_theme, change, line))

    def _show_pieces(self, line: HistoryLine) -> None:
        several = line.folded > 1
        rows: tuple[HistoryLine, ...] = ()
        if several:
            try:
                rows = self._model.session.history.unfold(line)
            except TSGuardError:  # locked meanwhile, or damaged, which the list has said
                several = False
        self._pieces_title.setVisible(several)
        self.pieces.setVisible(several)
        self._pieces_title.set_text(
            _("分{count}次写成，最新的在上").format(count=line.folded) if several else ""
        )
        self.pieces.set_rows(rows)
        self.pieces.setFixedHeight(33 + 38 * min(len(rows), _MOST_ROWS))

    def _target_of(self, line: HistoryLine) -> str:
        session = self._model.session
        if line.kind is HistoryKind.ANSWER:
            there = session.assessment is not None and any(
                item.id == line.record for item in session.checklist.items()
            )
            return f"checklist:{line.record}" if there else ""
        if line.kind is HistoryKind.EVIDENCE:
            return f"evidence:{line.record}" if line.record in session.cabinet else ""
        if line.kind is HistoryKind.POINT:
            return f"points:{line.record}" if line.record in session.points else ""
        if line.kind is HistoryKind.RECTIFICATION:
            return f"rectification:{line.record}" if line.record in session.rectifications else ""
        if line.kind is HistoryKind.ISSUED:
            return f"export:issued:{line.record}" if line.record in session.issued else ""
        if line.kind is HistoryKind.FORM:
            asked = session.assessment and session.assessment.programme.asked(line.record)
            return f"application:{line.record}" if asked else ""
        return {
            HistoryKind.PROFILE: "profile",
            HistoryKind.CHECKLIST: "profile:modules",
            HistoryKind.SETTING: "settings",
        }.get(line.kind, "")

    def _follow(self) -> None:
        if self._target:
            self.go.emit(self._target)


class _ChangeBlock(QWidget):
    """A field: its word, what stood there, what stands there then."""

    def __init__(self, theme: Theme, change: FieldChange, line: HistoryLine) -> None:
        super().__init__()
        layout = column(Text(theme, change.label, "small_b", wrap=True), gap=4)
        pairs = []
        if not line.came:
            pairs.append((_("改前"), change.before, "ink2"))
        if not line.gone:
            pairs.append((_("改后"), change.after, "ink"))
        if line.came and not line.gone and change.before:
            pairs.insert(0, (_("改前"), change.before, "ink2"))
        if line.gone and change.after:
            pairs.append((_("改后"), change.after, "ink"))
        for word, value, tone in pairs:
            said = Text(theme, value or _("（空）"), "small", tone if value else "ink3", wrap=True)  # type: ignore[arg-type]
            line_of = row(gap=8)
            line_of.addWidget(_label(theme, word, 34), 0, Qt.AlignmentFlag.AlignTop)
            line_of.addWidget(said, 1)
            layout.addLayout(line_of)
        self.setLayout(layout)


def _label(theme: Theme, words: str, width: int = _LABEL) -> QWidget:
    text = Text(theme, words, "caption", "ink3")
    text.setFixedWidth(width)
    # Its line is lower than the value's beside it.
    outer = holder(column(text, None, gap=0, margins=(0, 1, 0, 0)))
    outer.setFixedWidth(width)
    return outer


def _span(line: HistoryLine) -> str:
    if line.began == line.at:
        return time_text(line)
    return _("{began}至{at}").format(began=f"{line.began:%Y-%m-%d %H:%M:%S}", at=f"{line.at:%H:%M:%S}")


def _piece_columns() -> list[Column]:
    return [
        Column(_("时间"), lambda line: Cell(f"{line.at:%H:%M:%S}", tone="ink2"), 80),
        Column(_("写成"), _piece, 0, main=True),
        Column(_("编号"), lambda line: Cell(str(line.number), tone="ink3"), 64, align="right"),
    ]


def _piece(line: HistoryLine) -> Cell:
    after = line.changes[0].after if line.changes else ""
    return Cell(" ".join(after.split()) or _("（空）"), tip=after)
