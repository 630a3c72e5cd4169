"""变更记录: who changed what and when, and what the checklist said at the end of a past day.

Shows only; nothing can be changed here, least of all the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.history.detail import WIDTH, DetailPanel
from tsguard.gui.history.digest import DigestPanel
from tsguard.gui.history.lines_view import LinesView
from tsguard.gui.history.past_view import PastView
from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Action, Message, MessageBar
from tsguard.gui.widgets.panels import Sheet, SidePanel
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.history_lines import HistoryLine
from tsguard.services.history_tables import lines_table, past_table
from tsguard.services.plain_copy import write_csv

LINES, PAST = "lines", "past"
_COPY, _READ = "history-copy", "history-read"
_PANEL_BESIDE = 980
_SHEET_WIDTH = 460
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX


class HistoryPage(Page):
    """Two views of the journal under one head.

    Attributes:
        lines: 变更记录.
        past: 某一天的清单.
        panel: One change opened, at the right.
        digest: The question for a report's digest; None until it is asked for.
        messages: Under the head.

    Signals:
        go(target): To what a line or an item is about.
    """

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, model, parent)
        self._tasks = tasks
        self._view = LINES
        self._dirty = True
        self._copying: Progress | None = None
        self.digest: DigestPanel | None = None
        self._sheet: Sheet | None = None
        self._switch = Segmented(
            theme, [Option(LINES, _("逐条")), Option(PAST, _("某一天的清单"))], LINES, name=_("视图")
        )
        self._check = Button(theme, _("核对报告上的摘要"), "plain", "checkmark")
        self._export = Button(theme, _("导出CSV"), "plain", "arrow_download")
        actions = (self._switch, self._check, self._export)
        self._header = PageHeader(theme, _("变更记录"), " ", actions=actions)
        self.messages = MessageBar(theme)
        self.strip = ProgressStrip(theme)
        self.lines = LinesView(theme, model.session.history)
        self.past = PastView(theme, model, tasks)
        self.panel = DetailPanel(theme, model)
        self.panel.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.lines)
        self._stack.addWidget(self.past)
        self._sides = column(self.messages, self.strip, gap=12, margins=(PAGE_MARGIN, 14, PAGE_MARGIN, 0))
        self._sides.addWidget(self._stack, 1)
        main = column(self._header, gap=0, margins=(0, 0, 0, 14))
        main.addLayout(self._sides, 1)
        self._main = holder(main)
        line = row(gap=0)
        line.addWidget(self._main, 1)
        line.addWidget(self.panel)
        self.setLayout(line)
        self._switch.chosen.connect(self._switched)
        self._check.clicked.connect(self.check_digest)
        self._export.clicked.connect(self.warn_of_copy)
        self.lines.chosen.connect(self._line_chosen)
        self.lines.opened.connect(self._line_opened)
        self.lines.failed.connect(self._read_failed)
        self.past.failed.connect(self._read_failed)
        self.past.shown.connect(self._say_facts)
        self.past.go.connect(self.go)
        self.panel.go.connect(self.go)
        self.panel.closed.connect(self._close_panel)
        model.saved.connect(self._changed)
        model.closing.connect(self._closing)

    # --- the contract -----------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to a view: ``lines``, ``lines:17`` for an entry's number, ``past``, ``past:2026-11-20``."""
        view, _colon, inside = detail.partition(":")
        if view in {LINES, PAST}:
            self._switch.set_value(view)
            self._view = view
        day = None
        if view == PAST and inside:
            try:
                day = date.fromisoformat(inside)
            except ValueError:
                day = None
        if day is not None:
            self.past.day.set_value(day)
        self.refresh()
        if view == LINES and inside.isascii() and inside.isdecimal() and len(inside) < 12:
            self.lines.choose(int(inside))

    def place(self) -> str:
        """The view, with the day that is looked at."""
        day = self.past.day.value()
        return f"{PAST}:{day.isoformat()}" if self._view == PAST and day else self._view

    def showEvent(self, event: QShowEvent, /) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        if self._dirty:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The panel stands beside, or in the place of, the list."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc closes the panel."""
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisibleTo(self):
            self._close_panel()
        else:
            super().keyPressEvent(event)

    # --- showing ----------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._dirty = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the view that is chosen, as the journal is now."""
        if self.model.session.closed:
            return
        self._dirty = False
        if self._view == LINES:
            self._stack.setCurrentWidget(self.lines)
            self.lines.reload()
        else:
            self._drop_panel()
            self._stack.setCurrentWidget(self.past)
            self.past.show_day(None)
        self._say_facts()

    def _say_facts(self) -> None:
        history = self.model.session.history
        try:
            first, count = history.first_day(), history.count()
        except TSGuardError as error:
            self._read_failed(error)
            return
        self._header.set_facts(
            _("共{count}次变更").format(count=f"{count:,}"),
            _("从{day}起").format(day=first.isoformat()) if first else "",
        )
        state = self.past.state
        nothing = self._view == PAST and (state is None or state.assessment is None)
        self._export.setEnabled(not nothing)

    def _switched(self, view: object) -> None:
        self._view = str(view)
        self.refresh()

    def _read_failed(self, error: TSGuardError) -> None:
        if self.model.session.closed:
            return
        self._say_error(error, key=_READ)

    # --- the panel --------------------------------------------------------------------------------

    def _roomy(self) -> bool:
        return self.width() >= _PANEL_BESIDE

    def _line_chosen(self, line: object) -> None:
        """Beside the list the panel follows the row; in its place only what is opened counts."""
        if not isinstance(line, HistoryLine):
            self._drop_panel()
        elif self._roomy() or self.panel.isVisibleTo(self):
            self._line_opened(line)

    def _line_opened(self, line: object) -> None:
        if isinstance(line, HistoryLine):
            self.panel.show_line(line, self.lines.query.text)
            self.panel.show()
            self._arrange()

    def _drop_panel(self) -> None:
        self.panel.hide()
        self.panel.forget()
        self._arrange()

    def _close_panel(self) -> None:
        self.lines.leave()
        self._drop_panel()
        self.lines.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        opened, roomy = self.panel.isVisibleTo(self), self._roomy()
        self._main.setVisible(roomy or not opened)
        edge = 16 if opened and roomy else PAGE_MARGIN
        self._header.set_right_margin(edge)
        self._sides.setContentsMargins(PAGE_MARGIN, 14, edge, 0)
        self.panel.setMinimumWidth(WIDTH if roomy else 0)
        self.panel.setMaximumWidth(WIDTH if roomy else _UNLIMITED)

    # --- a report's digest ------------------------------------------------------------------------

    def check_digest(self) -> None:
        """Lay the question for a report's digest over the page."""
        if self.digest is None or self._sheet is None:
            self.digest = DigestPanel(self.theme, self.model.session.history)
            side = SidePanel(self.theme, _("核对报告上的摘要"), self.digest, width=0)
            # On the page, so that it goes with it.
            self._sheet = Sheet(self.theme, self, side, width=_SHEET_WIDTH)
            side.closed.connect(self._sheet.dismiss)
            self._sheet.closed.connect(self.digest.begin)
            self.digest.wanted.connect(self._show_digest)
        self._sheet.open()
        self.digest.digits.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_digest(self, digest: str) -> None:
        if self._sheet is not None:
            self._sheet.dismiss()
        self.open_at(LINES)
        self.lines.show_digest(digest)
        self._line_opened(self.lines.table.value())

    # --- taking along -----------------------------------------------------------------------------

    def warn_of_copy(self) -> None:
        """Say that the table lies in clear, and offer to write it all the same."""
        title = _("导出的表格不加密")
        text = _("里面有备注、秘点名称和操作账户，是内部内容；离开保险库后任何人都能打开，用完请自行删除。")
        action = Action(_("仍要导出"), self._ask_where)
        self.messages.post(Message(Severity.WARNING, title, text, (action,), key=_COPY))

    def _ask_where(self) -> None:
        state = self.past.state
        name = _("变更记录.csv")
        if self._view == PAST and state is not None:
            name = _("清单{day}.csv").format(day=state.day.isoformat())
        chosen, _kind = QFileDialog.getSaveFileName(self, _("导出CSV"), name, _("CSV表格(*.csv)"))
        if chosen:
            path = Path(chosen)
            self.export(path if path.suffix else path.with_suffix(".csv"))

    def export(self, path: Path) -> None:
        """Write what is shown as CSV, in the worker: all lines of the filter, or the past day's checklist."""
        if self._copying is not None:
            return
        state, history, query = self.past.state, self.model.session.history, self.lines.query
        past = self._view == PAST and state is not None

        def rows(progress: Progress) -> Iterable[tuple[str, ...]]:
            if past and state is not None:
                yield from past_table(state)
                return
            total = history.count(query)
            done = 0
            for done, row_of in enumerate(lines_table(history.all(query))):
                progress.report(min(done, total), total)
                yield row_of

        def work(progress: Progress) -> Path:
            write_csv(path, rows(progress))
            return path

        self._copying = self._tasks.run(work, self._copied, self._copy_failed, self.strip.report)
        self.strip.start(_("正在导出"), self._copying.cancel)

    def _copied(self, path: Path) -> None:
        self._copying = None
        self.strip.finish()
        self.messages.post(Message(Severity.GOOD, _("表格已导出，文件不加密"), str(path), key=_COPY))

    def _copy_failed(self, error: TSGuardError) -> None:
        self._copying = None
        self.strip.finish()
        if isinstance(error, Cancelled):
            self.messages.solve(_COPY)
        else:
            self._say_error(error, key=_COPY, retry=self.warn_of_copy)

    def _closing(self) -> None:
        if self._copying is not None:
            self._copying.cancel()

    def _say_error(self, error: TSGuardError, *, key: str, retry: Callable[[], object] | None = None) -> None:
        said = explain(error)
        actions = (Action(_("再试一次"), retry),) if retry else ()
        text = f"{said.data}{said.advice}"
        self.messages.post(Message(Severity.ERROR, said.happened, text, actions, key=key))
