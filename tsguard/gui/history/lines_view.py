"""变更记录 as a list: searched, filtered, loaded page by page, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from tsguard.errors import TSGuardError
from tsguard.gui.history.lines_table import HIDE_BELOW, LinesTable
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import ComboField
from tsguard.gui.widgets.fields import DateField, SearchField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.segmented import Option, Pills
from tsguard.i18n import _
from tsguard.services.history import PAGE, History
from tsguard.services.history_digest import search_digits
from tsguard.services.history_lines import HistoryLine, HistoryQuery
from tsguard.services.history_words import HistoryKind

_ALL = "all"
_ALONG = {HistoryKind.ISSUED: (HistoryKind.CLEARANCE,)}
"""What a filter shows besides: letting something pass is a step of issuing."""
_PAUSE_MS = 250
_LARGEST_RELOAD = 2000
_FIELD = 138


class LinesView(QWidget):
    """The list with its filters.

    Attributes:
        table: The lines.
        search: Looks in ids, in what was written, and at the beginning of digests.
        pills: What it is about.
        since: The first day.
        until: The last day.
        who: Whose; shown where there is more than one person.

    Signals:
        chosen(object): The ``HistoryLine`` that is chosen now, or None.
        opened(object): One that was opened by Enter or a double click.
        failed(error): The journal could not be read.
    """

    chosen = Signal(object)
    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, theme: Theme, history: History) -> None:
        super().__init__()
        self._history = history
        self._after: int | None = None
        self._query = HistoryQuery()
        self.search = SearchField(theme, _("搜编号、文字、摘要"))
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(240)
        self.since = DateField(theme, _("从哪天"))
        self.until = DateField(theme, _("到哪天"))
        self.who = ComboField(theme, _("操作账户"), [("", _("所有账户"))], "")
        for field in (self.since, self.until, self.who):
            field.setFixedWidth(_FIELD)
        for day in (self.since, self.until):
            day.line.setPlaceholderText(_("如2026-06-30"))
        self.pills = Pills(
            theme,
            [
                Option(_ALL, _("全部")),
                Option(HistoryKind.ANSWER, _("作答")),
                Option(HistoryKind.EVIDENCE, _("佐证")),
                Option(HistoryKind.POINT, _("秘点")),
                Option(HistoryKind.PROFILE, _("企业档案")),
                Option(HistoryKind.CHECKLIST, _("清单与方案")),
                Option(HistoryKind.FORM, _("申报表")),
                Option(HistoryKind.RECTIFICATION, _("整改")),
                Option(HistoryKind.ISSUED, _("出具")),
                Option(HistoryKind.SETTING, _("设置")),
                Option(HistoryKind.VAULT, _("保险库")),
            ],
            name=_("按类别筛选变更"),
        )
        self.table = LinesTable(theme, self._fetch)
        self._nothing = Text(
            theme, _("没有符合的变更；可以换个词，或放宽日期和类别"), "body", "ink2", align="center"
        )
        self._clear = Button(theme, _("清除筛选"), "link")
        self._foot = Text(theme, "", "caption", "ink3", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._build()
        self._pause.timeout.connect(self.reload)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self.reload)
        self.pills.chosen.connect(self._narrowed)
        self.since.committed.connect(self._narrowed)
        self.until.committed.connect(self._narrowed)
        self.who.chosen.connect(self._narrowed)
        self._clear.clicked.connect(self.clear_filter)
        self.table.row_chosen.connect(self.chosen)
        self.table.row_opened.connect(self.opened)

    def _build(self) -> None:
        searching = column(None, self.search, gap=0)
        days = row(self.since, self.until, self.who, gap=10, align=Qt.AlignmentFlag.AlignTop)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setContentsMargins(0, 0, 0, 0)
        self._bar.setSpacing(12)
        self._bar.addWidget(holder(days), 0, Qt.AlignmentFlag.AlignLeft)
        self._bar.addLayout(searching, 100)
        self._bar.addStretch(1)
        none = column(64, self._nothing, 8, gap=0)
        none.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignHCenter)
        none.addStretch(1)
        self._none = holder(none)
        self._none.hide()
        pills = row(self.pills, None, gap=0)
        layout = column(self._bar, 10, pills, 8, gap=0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._none, 1)
        layout.addSpacing(8)
        layout.addWidget(self._foot)
        self.setLayout(layout)

    # --- what it shows --------------------------------------------------------------------------

    @property
    def query(self) -> HistoryQuery:
        """What is asked for."""
        return self._query

    def reload(self) -> None:
        """Read the newest lines again; the chosen one stays so where it was already loaded."""
        self._pause.stop()
        if not self._fits():
            return
        kept = min(max(PAGE, self.table.loaded()), _LARGEST_RELOAD) if self._asked() == self._query else PAGE
        self._query = self._asked()
        try:
            page = self._history.page(self._query, limit=kept)
            self._offer_people()
            self._count()
        except TSGuardError as error:
            self._after = None
            self.table.set_more(more=False)
            self.failed.emit(error)
            return
        self._after = page.after
        self.table.set_more(more=page.after is not None)
        self.table.set_rows(page.lines)
        nothing = not page.lines
        self.table.setVisible(not nothing)
        self._none.setVisible(nothing)

    def clear_filter(self) -> None:
        """Ask for everything."""
        self.search.clear()
        self.pills.set_value(_ALL)
        self.since.set_value(None)
        self.until.set_value(None)
        self.who.set_value("")
        self.reload()

    def show_digest(self, digest: str) -> None:
        """Show the entry with a digest and nothing else, and choose it."""
        self.clear_filter()
        self.search.setText(digest)
        self.search.setCursorPosition(0)
        self.reload()
        self.table.choose(lambda line: line.digest.startswith(search_digits(digest)))

    def choose(self, number: int) -> bool:
        """Choose the line that an entry stands in; whether it is loaded."""
        return self.table.choose(lambda line: number in line.numbers)

    def leave(self) -> None:
        """Choose no line."""
        self.table.clearSelection()

    # --- inside ---------------------------------------------------------------------------------

    def _fetch(self) -> Sequence[HistoryLine]:
        if self._after is None:
            return ()
        try:
            page = self._history.page(self._query, before=self._after)
        except TSGuardError as error:
            self._after = None
            self.table.set_more(more=False)
            self.failed.emit(error)
            return ()
        self._after = page.after
        self.table.set_more(more=page.after is not None)
        return page.lines

    def _asked(self) -> HistoryQuery:
        kind = self.pills.value()
        return HistoryQuery(
            kinds=(kind, *_ALONG.get(kind, ())) if isinstance(kind, HistoryKind) else (),
            text=self.search.text().strip(),
            who=str(self.who.value() or ""),
            since=self.since.value(),
            until=self.until.value(),
        )

    def _fits(self) -> bool:
        since, until = self.since.value(), self.until.value()
        backwards = isinstance(since, date) and isinstance(until, date) and since > until
        if backwards:
            self.until.set_error(_("早于“从哪天”"))
        elif self.until.error == _("早于“从哪天”"):
            self.until.set_error("")
        return not backwards

    def _offer_people(self) -> None:
        people = self._history.people()
        chosen = self.who.value()
        self.who.set_options([("", _("所有账户")), *((name, name) for name in people)], chosen)
        self.who.setVisible(len(people) > 1)

    def _count(self) -> None:
        left_out = self._history.left_out()
        words = _("变更记录只增加，不能改也不能删。")
        if self._query.narrows:
            words = _("符合的变更{count}次。").format(count=f"{self._history.count(self._query):,}")
        elif left_out:
            words += _("另有{count}条程序自己的记录（发号、离开时的位置）没有列出。").format(
                count=f"{left_out:,}"
            )
        self._foot.set_text(words)

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _narrowed(self, _what: object) -> None:
        self.reload()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Columns give way, and the search stands under the days."""
        super().resizeEvent(event)
        for at, least in HIDE_BELOW.items():
            self.table.setColumnHidden(at, self.width() < least)
        stacked = self.width() < 3 * _FIELD + 200
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._bar.setDirection(way)
