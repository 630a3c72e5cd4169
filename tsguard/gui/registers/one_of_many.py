"""One of many numbered things, such as an item or a piece of evidence: shown in full, chosen from a list.

The list is folded away until it is asked for. Knows no record; what stands behind a number is said to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QWidget

from tsguard.gui.checklist.standing import folded
from tsguard.gui.text import Text, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import LABEL_GAP, Token
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.numbered import LINE, NumberedDelegate, number_of, numbered
from tsguard.gui.widgets.signs import Icon
from tsguard.gui.widgets.surfaces import Surface
from tsguard.i18n import _

_LINES_SHOWN = 5


class _List(QListWidget):
    """A list where Enter or a click chooses.

    Signals:
        given(entry_id): That one.
    """

    given = Signal(str)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter and Space choose the current entry."""
        entry = self.currentItem()
        if entry is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.given.emit(number_of(entry))
        else:
            super().keyPressEvent(event)


class OneOfMany(QWidget):
    """A label, what is chosen, and the folded list to choose from.

    Signals:
        picked(entry_id): A person chose that one, or "" for none.
        seen(entry_id): A person wants to go there; "" where there is nothing to choose from yet.
    """

    picked = Signal(str)
    seen = Signal(str)

    def __init__(
        self, theme: Theme, label: str, *, search: str, pick: str, see: str, none: str, gone: str, begin: str
    ) -> None:
        """Make it; ``set_entries`` fills it.

        Args:
            theme: Where colours come from.
            label: Above it, and its accessible name.
            search: What the search line looks for.
            pick: The verb that opens the list while nothing is chosen.
            see: The verb that goes to what is chosen.
            none: What stands there while nothing is chosen.
            gone: Stands for the text of a number that is not among the entries.
            begin: The verb that goes where entries are made, while there are none.
        """
        super().__init__()
        self._pick_words, self._see_words, self._begin_words = pick, see, begin
        self._none_words, self._gone = none, gone
        self._texts: dict[str, str] = {}
        self._chosen = ""
        self._id = Text(theme, "", "small_b")
        self._icon = Icon(theme, "", "ink2", 16)
        self._state = Text(theme, "", "small", "ink2")
        self._text = Text(theme, "", "small", "ink2", wrap=True)
        self._see = Button(theme, see, "link", flush=True)
        self._pick = Button(theme, pick, "link", flush=True)
        self._drop = Button(theme, _("不关联"), "link", flush=True)
        self._head = holder(row(self._id, 4, self._icon, self._state, None, gap=4))
        links = row(self._see, self._pick, self._drop, None, gap=14)
        self._search = SearchField(theme, search)
        self._list = _List()
        self._delegate = NumberedDelegate(theme, self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.setAccessibleName(label)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setFixedHeight(LINE * _LINES_SHOWN)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.viewport().setAutoFillBackground(False)
        self._nothing = Text(theme, _("没有找到，换个词再试"), "small", "ink2")
        frame = Surface(
            theme,
            column(self._list, self._nothing, gap=0, margins=4),
            fill="card",
            frame="line_strong",
            radius=4,
        )
        self._picker = holder(column(self._search, frame, gap=LABEL_GAP))
        self._picker.hide()
        self.setLayout(
            column(
                Text(theme, label, "small", "ink2"),
                self._head,
                self._text,
                links,
                self._picker,
                gap=LABEL_GAP,
            )
        )
        self.setAccessibleName(label)
        self._see.clicked.connect(lambda: self.seen.emit(self._chosen))
        self._pick.clicked.connect(self._fold)
        self._drop.clicked.connect(lambda: self._give(""))
        self._search.textChanged.connect(self._list_again)
        self._search.returnPressed.connect(self._give_current)
        self._list.given.connect(self._give)
        self._list.itemClicked.connect(lambda entry: self._give(number_of(entry)))
        theme.changed.connect(self._list.viewport().update)
        self.show_chosen("")

    @property
    def picking(self) -> bool:
        """Whether the list is open."""
        return not self._picker.isHidden()

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Offer other things: numbers with their texts, in the order of the list."""
        texts = dict(entries)
        if list(texts.items()) == list(self._texts.items()):
            return
        self._texts = texts
        self._delegate.text_at = max((width_of(each, "caption") for each in texts), default=0) + 12
        if self.picking:
            self._list_again()
        self.show_chosen(self._chosen)

    def show_chosen(self, chosen: object) -> None:
        """Show a number with its text; emits nothing. Another one than before folds the list."""
        if str(chosen or "") != self._chosen:
            self.fold()
        self._chosen = str(chosen or "")
        self._head.setVisible(bool(self._chosen))
        self._id.set_text(self._chosen)
        text = self._texts.get(self._chosen, self._gone) if self._chosen else self._none_words
        self._text.set_text(text)
        self._text.set_tone("ink" if self._chosen in self._texts else "ink3")
        self._see.setVisible(self._chosen in self._texts or not (self._chosen or self._texts))
        self._see.set_text(self._see_words if self._texts else self._begin_words)
        self._pick.setVisible(bool(self._texts))
        self._drop.setVisible(bool(self._chosen))
        self._name_pick()
        self.show_state("", "ink2", "")

    def show_state(self, icon: str, tone: Token, words: str) -> None:
        """Say something of what is chosen beside its number, such as a verdict."""
        self._icon.set_icon(icon, tone)
        self._icon.setVisible(bool(icon))
        self._state.set_text(words)
        self._state.set_tone(tone)
        self._state.setVisible(bool(words))

    def fold(self) -> None:
        """Put the list away."""
        self._picker.hide()
        self._list.clear()
        self._name_pick()

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """Hand the keyboard on; a focus proxy would make Tab pass the link before it."""
        (self._see if self._pick.isHidden() else self._pick).setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc puts the list away."""
        if event.key() == Qt.Key.Key_Escape and self.picking:
            self.fold()
            self._pick.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Down and self._search.hasFocus():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _name_pick(self) -> None:
        words = _("换一个") if self._chosen else self._pick_words
        self._pick.set_text(_("收起") if self.picking else words)

    def _fold(self) -> None:
        if self.picking:
            self.fold()
            return
        self._search.clear()
        self._picker.show()
        self._list_again()
        self._name_pick()
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_again(self) -> None:
        sought = folded(self._search.text())
        self._list.clear()
        for number, text in self._texts.items():
            if sought in folded(f"{number} {text}"):
                self._list.addItem(numbered(number, text))
        found = self._list.count() > 0
        if found:
            self._list.setCurrentRow(0)
        self._list.setVisible(found)
        self._nothing.setVisible(not found)

    def _give_current(self) -> None:
        entry = self._list.currentItem()
        if entry is not None:
            self._give(number_of(entry))

    def _give(self, number: str) -> None:
        self.fold()
        self._pick.setFocus(Qt.FocusReason.OtherFocusReason)
        if number != self._chosen:
            self.picked.emit(number)
