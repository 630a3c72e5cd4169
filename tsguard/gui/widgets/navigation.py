"""The navigation: a list of pages at the left, or a rail of icons where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from tsguard.gui import icons
from tsguard.gui.text import Text, put, tooltip
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import NAVIGATION_ROW, NAVIGATION_WIDTH, RADIUS_CONTROL, RAIL_WIDTH, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.signs import Icon
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _

_ICON = 18
_LIST_LEAST = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """One page.

    Attributes:
        key: Its name in code.
        label: Its word.
        icon: Its icon.
    """

    key: str
    label: str
    icon: str


class _Row(QAbstractButton):
    """One entry.

    Signals:
        walked(int): A key that moves along the entries; a scroll area above would swallow it.
    """

    walked = Signal(int)

    def __init__(self, theme: Theme, entry: Entry, *, selectable: bool = True) -> None:
        super().__init__()
        self._theme, self.entry = theme, entry
        self._count, self._rail = 0, False
        self.setText(entry.label)
        self.setCheckable(selectable)
        self.setFixedHeight(NAVIGATION_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_count(0)
        theme.changed.connect(self.update)

    def set_count(self, count: int) -> None:
        """How many wait there."""
        self._count = count
        name = self.entry.label
        self.setAccessibleName(_("{page}，{count}条待办").format(page=name, count=count) if count else name)
        self.update()

    def set_rail(self, *, rail: bool) -> None:
        """Show only the icon, with the word as tooltip."""
        self._rail = rail
        self.setToolTip(tooltip(self.entry.label) if rail else "")
        self.update()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter opens like Space; the moving keys are the navigation's."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.walked.emit(event.key())
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """Stay chosen: another page being chosen is what ends it."""

    def sizeHint(self) -> QSize:
        """34 high."""
        return QSize(RAIL_WIDTH - 16 if self._rail else NAVIGATION_WIDTH - 16, NAVIGATION_ROW)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint ground, mark, icon, word and count."""
        painter, theme, chosen = paint.begin(QPainter(self)), self._theme, self.isChecked()
        if chosen or self.underMouse() or self.isDown():
            plane: Token = "pressed" if chosen or self.isDown() else "hover"
            paint.rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, theme.color(plane))
        if chosen:
            paint.marker(painter, theme, 0, self.height() / 2)
        tone = theme.color("accent" if chosen else "ink2")
        icons.draw(painter, self.entry.icon, tone, 11, (self.height() - _ICON) / 2, _ICON)
        if self._rail:
            if self._count:
                paint.rounded(painter, QRectF(27, 6, 6, 6), 3, theme.color("accent"))
            return
        ink = theme.color("ink" if chosen else "ink2")
        room = QRectF(40, 0, self.width() - 82, self.height())
        put(painter, self.entry.label, "body", ink, room, strong=chosen)
        if self._count:
            place = QRectF(self.width() - 44, 0, 32, self.height())
            put(painter, f"{self._count:,}", "caption", theme.color("ink3"), place, "right")


class NavigationRail(QWidget):
    """All pages of an open vault, settings and lock at the foot, and the state of the last save.

    Up and Down move along the entries, Enter or Space opens one; Tab passes the list in one step.

    Signals:
        chosen(str): The key of the entry a person chose, foot entries included; not for ``select``.
        collapsed_changed(bool): It is a rail now, or a list again.
    """

    chosen = Signal(str)
    collapsed_changed = Signal(bool)

    def __init__(self, theme: Theme, groups: Sequence[Sequence[Entry]], foot: Sequence[Entry]) -> None:
        """Make the navigation.

        Args:
            theme: Where colours come from.
            groups: Entries, a hairline between one group and the next.
            foot: Entries that stay at the lower end; those whose key is not a page are never selected.
        """
        super().__init__()
        self._theme, self._collapsed = theme, False
        self._rows: list[_Row] = []
        self._burger = _Row(theme, Entry("", _("展开导航"), "line_horizontal_3"), selectable=False)
        self._burger.set_rail(rail=True)
        self._burger.clicked.connect(self._unfold)
        self._owner = Text(theme, "", "body_b")
        self._owner_line = Text(theme, "", "caption", "ink3")
        self._tag = Tag(theme, "", "ink3")
        who = row(column(self._owner, self._owner_line, gap=0), gap=4, margins=(12, 2, 10, 8))
        who.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignVCenter)
        who.setStretch(0, 1)
        self._head = holder(who)
        body = QVBoxLayout(self)
        body.setContentsMargins(8, 4, 8, 8)
        body.setSpacing(2)
        body.addWidget(self._burger)
        body.addWidget(self._head)
        self._list = holder(self._entries(groups))
        self._scroll = Scroll(self._list)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(_LIST_LEAST)
        body.addWidget(self._scroll, 1)
        self._more = Hairline(theme, tone="line_strong")
        body.addWidget(self._more)
        for entry in foot:
            body.addWidget(self._row(entry))
        self._state_icon = Icon(theme, "checkmark_circle", "good", 16)
        self._state = Text(theme, "", "caption", "ink3", wrap=True)
        state = row(gap=8, margins=(12, 6, 4, 2))
        state.addWidget(self._state_icon, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        state.addWidget(self._state, 1)
        self._state_line = holder(state)
        body.addWidget(self._state_line)
        self.setAccessibleName(_("导航"))
        self.set_owner("", "")
        self.set_save_state("")
        self.set_collapsed(collapsed=False)
        self.select("")

    def _entries(self, groups: Sequence[Sequence[Entry]]) -> QVBoxLayout:
        entries = column(gap=2)
        for number, group in enumerate(groups):
            if number:
                entries.addSpacing(5)
                entries.addLayout(row(Hairline(self._theme), margins=(12, 0, 12, 0)))
                entries.addSpacing(5)
            for entry in group:
                entries.addWidget(self._row(entry))
        entries.addStretch(1)
        return entries

    def _row(self, entry: Entry) -> _Row:
        made = _Row(self._theme, entry)
        made.clicked.connect(self._clicked)
        made.walked.connect(self._walk)
        self._rows.append(made)
        return made

    # --- what it shows ------------------------------------------------------------------------------

    @property
    def collapsed(self) -> bool:
        """Whether it is a rail."""
        return self._collapsed

    def selected(self) -> str:
        """The key of the page that is shown, or ""."""
        return next((known.entry.key for known in self._rows if known.isChecked()), "")

    def select(self, key: str) -> None:
        """Mark a page as the one that is shown; emits nothing."""
        for known in self._rows:
            known.setChecked(known.entry.key == key)
        stop = next((known for known in self._rows if known.isChecked()), self._rows[0])
        for known in self._rows:  # one stop for Tab, arrows inside
            known.setFocusPolicy(Qt.FocusPolicy.TabFocus if known is stop else Qt.FocusPolicy.NoFocus)

    def set_count(self, key: str, count: int) -> None:
        """How many wait on a page; 0 shows nothing."""
        for known in self._rows:
            if known.entry.key == key:
                known.set_count(count)

    def set_owner(self, name: str, line: str, tag: str = "") -> None:
        """Whose vault this is: short name, what it holds, and a word such as 示例."""
        self._owner.set_text(name)
        self._owner_line.set_text(line)
        self._tag.set_text(tag)
        self._tag.setVisible(bool(tag))

    def set_save_state(self, text: str, *, icon: str = "checkmark_circle", tone: Token = "good") -> None:
        """The state of the last save, always in sight: ``10:42已存入保险库``."""
        self._state.set_text(text)
        self._state_icon.set_icon(icon if text else "", tone, "")
        self._state_icon.setToolTip(tooltip(text))
        self._state_icon.setAccessibleName(text if self._collapsed else "")

    def set_collapsed(self, *, collapsed: bool) -> None:
        """Be a rail of icons, or a list again."""
        changed = collapsed != self._collapsed
        self._collapsed = collapsed
        self.setFixedWidth(RAIL_WIDTH if collapsed else NAVIGATION_WIDTH)
        self._burger.setVisible(collapsed)
        self._head.setVisible(not collapsed)
        self._state.setVisible(not collapsed)
        for known in self._rows:
            known.set_rail(rail=collapsed)
        if changed:
            self.collapsed_changed.emit(collapsed)

    def _unfold(self) -> None:
        self.set_collapsed(collapsed=False)

    def _clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _Row):
            self.chosen.emit(pressed.entry.key)

    # --- Qt -----------------------------------------------------------------------------------------

    def _walk(self, key: int) -> None:
        """Up, Down, Home, End move the keyboard along the entries."""
        at = next((number for number, known in enumerate(self._rows) if known.hasFocus()), 0)
        last = len(self._rows) - 1
        to = {
            Qt.Key.Key_Up: at - 1 if at else last,
            Qt.Key.Key_Down: at + 1 if at < last else 0,
            Qt.Key.Key_Home: 0,
        }.get(Qt.Key(key), last)
        self._rows[to].setFocus(Qt.FocusReason.TabFocusReason)
        if self._list.isAncestorOf(self._rows[to]):
            self._scroll.ensureWidgetVisible(self._rows[to], 0, 8)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """A hairline shows that the list goes on below."""
        super().resizeEvent(event)
        self._more.setVisible(self._list.sizeHint().height() > self._scroll.height())
