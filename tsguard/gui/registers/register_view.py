"""A register on a page: head, search and filters, table, footnote, and the side form of one record.

It knows no kind of record: the page says what is searched, which filter keeps what, and what the empty
page says. Columns give way to the form by the widths the page names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tsguard.gui.registers.record_form import RecordForm
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder
from tsguard.gui.widgets.messages import MessageBar
from tsguard.gui.widgets.segmented import Option, Pills
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _

ALL = "all"
"""The filter that keeps every record."""

_SEARCH_WIDTH = 210
_LEAST_SEARCH = 120
_BAR_STACKS = 590
_FORM_ALONE = 700
_NOTHING_TOP = 72
_LEAST_WIDTH, _LEAST_HEIGHT = 320, 240
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX


class RegisterTable(DataTable):
    """A table whose Delete key means the current record.

    Signals:
        delete_asked(object): Delete was pressed on this value.
    """

    delete_asked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Delete asks; everything else as in every table."""
        if event.key() == Qt.Key.Key_Delete and self.value() is not None:
            self.delete_asked.emit(self.value())
        else:
            super().keyPressEvent(event)


class RegisterView(QWidget):
    """List and form of a register.

    Attributes:
        table: The list.
        form: The side form.
        messages: The bar under the head.
        search: The search line.
        pills: The filters.

    Signals:
        chosen(object): The person went to another record.
    """

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        header: PageHeader,
        table: RegisterTable,
        form: RecordForm,
        *,
        search: str,
        filters: Sequence[Option],
        matches: Callable[[Any, str], bool],
        passes: Callable[[Any, object], bool],
        empty: EmptyState,
        footnote: str,
        hide_below: Mapping[int, int],
        strips: Sequence[QWidget] = (),
    ) -> None:
        """Put the parts together.

        Args:
            theme: Where colours come from.
            header: The page's head.
            table: The list.
            form: The side form.
            search: What the search line looks for.
            filters: The pills; the first one's value is ``ALL``.
            matches: Whether a record is found by a lower-case search text.
            passes: Whether a record passes the chosen filter.
            empty: Shown while there is no record at all.
            footnote: Under the table.
            hide_below: Width of the table below which a column is not shown, by its number.
            strips: Under the head, such as progress.
        """
        super().__init__()
        self.table, self.form = table, form
        self._matches, self._passes, self._header = matches, passes, header
        self._hide_below = dict(hide_below)
        self._loading = False
        self._current = ""
        self.messages = MessageBar(theme)
        self.search = SearchField(theme, search)
        self.search.setMinimumWidth(_LEAST_SEARCH)
        self.search.setMaximumWidth(_SEARCH_WIDTH)
        self.pills = Pills(theme, filters)
        self._nothing = Text(theme, "", "body", "ink2", wrap=True, align="center")
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._stack = QStackedWidget()
        self._empty = empty
        self._listing = self._build_listing(Text(theme, footnote, "caption", "ink3", wrap=True))
        self._sides = QVBoxLayout()
        self._main = self._build_main(header, strips)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._main, 1)
        whole.addWidget(form)
        self.search.textChanged.connect(self._filter_changed)
        self.pills.chosen.connect(self._filter_changed)
        table.row_chosen.connect(self._row_chosen)
        table.row_opened.connect(self._row_opened)
        form.closed.connect(self._form_closed)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_search)

    def _build_listing(self, foot: QWidget) -> QWidget:
        self._bar.setContentsMargins(0, 0, 0, 0)
        self._bar.setSpacing(12)
        self._bar.addWidget(self.search, 1)
        self._bar.addWidget(self.pills, 0, Qt.AlignmentFlag.AlignLeft)
        self._bar.addStretch(1)
        nothing = column(_NOTHING_TOP, self._nothing, None, gap=0)
        self._nothing_holder = holder(nothing)
        self._nothing_holder.hide()
        listing = column(gap=0)
        listing.addLayout(self._bar)
        listing.addSpacing(10)
        listing.addWidget(self.table, 1)
        listing.addWidget(self._nothing_holder, 1)
        listing.addSpacing(8)
        listing.addWidget(foot)
        return holder(listing)

    def _build_main(self, header: QWidget, strips: Sequence[QWidget]) -> QWidget:
        self._stack.addWidget(self._listing)
        self._stack.addWidget(self._empty)
        self._sides.setContentsMargins(PAGE_MARGIN, 14, 16, 0)
        self._sides.setSpacing(12)
        self._sides.addWidget(self.messages)
        for strip in strips:
            self._sides.addWidget(strip)
        self._sides.addWidget(self._stack, 1)
        main = column(header, gap=0, margins=(0, 0, 0, 14))
        main.addLayout(self._sides, 1)
        made = holder(main)
        made.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)  # else its widest row would forbid to fold
        return made

    def minimumSizeHint(self) -> QSize:
        """What it can fold to; its parts alone would hold the window open."""
        return QSize(_LEAST_WIDTH, _LEAST_HEIGHT)

    def hasHeightForWidth(self) -> bool:
        """Never: a note that wraps takes room from the list, not from the window."""
        return False

    # --- what it shows --------------------------------------------------------------------------

    def set_records(self, records: Sequence[Any]) -> None:
        """Show other records, or other states of the same; place, selection and form stay."""
        self._loading = True
        try:
            known = self.table.rows.values()
            if [each.id for each in known] == [each.id for each in records]:
                for row, (old, new) in enumerate(zip(known, records, strict=True)):
                    if old != new:
                        self.table.rows.replace(row, new)
            else:
                self.table.set_rows(records)
            self._stack.setCurrentWidget(self._listing if records or self.form.record else self._empty)
            self._apply_filter()
            self._select_current()
        finally:
            self._loading = False
        if self._current and self.form.record is not None and not self.form.is_draft:
            now = next((each for each in records if each.id == self._current), None)
            self.form.refresh(now)
            if now is None:
                self._current = ""
                self._give_way()

    def open_record(self, record: Any) -> None:
        """Show a record, or a draft, in the form; the filter gives way where it hides the record."""
        self._current = record.id
        self._stack.setCurrentWidget(self._listing)
        self.form.show_record(record)
        self._loading = True
        try:
            if record.id and not self._select_current():
                self.search.clear()
                self.pills.set_value(ALL)
                self._apply_filter()
                self._select_current()
            elif not record.id:
                self.table.clearSelection()
                self.table.setCurrentIndex(QModelIndex())
        finally:
            self._loading = False
        self._give_way()

    def stored_as(self, record_id: str) -> None:
        """The draft in the form has this id now."""
        self._current = record_id
        self._loading = True
        try:
            self._select_current()
        finally:
            self._loading = False

    def choose_filter(self, value: object) -> None:
        """Show what passes a filter, without a search text."""
        self.search.clear()
        self.pills.set_value(value)
        self._filter_changed(value)

    @property
    def current(self) -> str:
        """The id of the record in the form, or ""."""
        return self._current if self.form.record is not None else ""

    def focus_search(self) -> None:
        """Put the keyboard into the search line."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # --- inside ---------------------------------------------------------------------------------

    def _select_current(self) -> bool:
        found = bool(self._current) and self.table.choose(lambda value: bool(value.id == self._current))
        if not found:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        return found

    def _filter_changed(self, _what: object) -> None:
        self._loading = True
        try:
            self._apply_filter()
            self._select_current()
        finally:
            self._loading = False

    def _apply_filter(self) -> None:
        sought, kept = self.search.text().strip().lower(), self.pills.value()
        self.table.set_filter(
            lambda value: self._passes(value, kept) and (not sought or self._matches(value, sought))
        )
        nothing = not self.table.shown()
        self.table.setVisible(not nothing)
        self._nothing_holder.setVisible(nothing)
        if nothing:
            self._nothing.set_text(
                _("没有找到“{text}”，按Esc清空再试").format(text=self.search.text().strip())
                if sought
                else _("这一类里还没有记录")
            )

    def _row_chosen(self, value: Any) -> None:
        if self._loading or value is None or value.id == self.current:
            return
        if not self.form.may_leave():
            self._loading = True
            try:
                self._select_current()
            finally:
                self._loading = False
            return
        self._current = value.id
        self.form.show_record(value)
        self._give_way()
        self.chosen.emit(value)

    def _row_opened(self, value: Any) -> None:
        if value is not None and value.id != self.current:
            self._row_chosen(value)
        self.form.focus_first()

    def _form_closed(self) -> None:
        self._current = ""
        self._loading = True
        try:
            self._select_current()
        finally:
            self._loading = False
        if not self.table.rows.values():
            self._stack.setCurrentWidget(self._empty)
        self._give_way()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_way(self) -> None:
        is_open = self.form.record is not None
        alone = is_open and self.width() < _FORM_ALONE
        self._main.setVisible(not alone)
        self.form.panel.setMinimumWidth(_LEAST_WIDTH if alone else self._form_width())
        self.form.panel.setMaximumWidth(_UNLIMITED if alone else self._form_width())
        edge = 16 if is_open else PAGE_MARGIN
        self._header.set_right_margin(edge)
        self._sides.setContentsMargins(PAGE_MARGIN, 14, edge, 0)
        taken = self._form_width() + 16 if is_open else PAGE_MARGIN
        room = self.width() - PAGE_MARGIN - taken
        for at, least in self._hide_below.items():
            self.table.setColumnHidden(at, room < least)
        stacked = room < max(_BAR_STACKS, _LEAST_SEARCH + self.pills.whole_width + self._bar.spacing())
        self.pills.fold(room if stacked else 0)
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._bar.setDirection(way)

    def _form_width(self) -> int:
        return 356 if self.width() < 1500 else 400

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Columns give way to the form, and in a very narrow page the list does."""
        super().resizeEvent(event)
        self._give_way()
