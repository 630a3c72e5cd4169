"""The left column: title, search, filters, and the tree of sections and items."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from tsguard.gui.checklist.outline_model import OutlineModel
from tsguard.gui.checklist.outline_view import OutlineView
from tsguard.gui.checklist.standing import Mark, Show, Standings
from tsguard.gui.checklist.wording import mark_word
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.segmented import Option, Pills
from tsguard.i18n import _

OUTLINE_WIDTH = 264
_SEARCH_MS = 120


class Outline(QWidget):
    """Search, filters and tree.

    Attributes:
        rows: The tree's model.
        tree: The tree.
        search: The search line.

    Signals:
        reached(item_id): The person moved to an item.
        entered_card(): The person wants to go on in the card.
    """

    reached = Signal(str)
    entered_card = Signal()

    def __init__(self, theme: Theme, standings: Standings) -> None:
        super().__init__()
        self._standings = standings
        self._mark: Mark | None = None
        self.rows = OutlineModel(standings, self)
        self.tree = OutlineView(theme, self.rows)
        self.search = SearchField(theme, _("搜条款、依据、备注"))
        self._pills = Pills(
            theme,
            [
                Option(Show.ALL, _("全部")),
                Option(Show.UNANSWERED, _("未答"), count=0),
                Option(Show.GAPS, _("差距"), count=0),
            ],
            name=_("按作答筛选"),
        )
        self._more = IconButton(theme, "filter", _("更多筛选"), size=28)
        self._more.setMenu(self._marks_menu())
        self._only = Button(theme, "", "link", "dismiss", icon_after=True, flush=True)
        self._only.clicked.connect(self._drop_mark)
        self._only.hide()
        self._nothing = Text(theme, _("没有符合的条款"), "small", "ink2")
        self._clear = Button(theme, _("清除搜索和筛选"), "link", flush=True)
        self._clear.clicked.connect(self.clear_filter)
        self._empty = holder(
            column(self._nothing, row(self._clear, None), None, gap=4, margins=(14, 12, 8, 0))
        )
        self._empty.hide()
        head = row(Text(theme, _("自评清单"), "title"), None, margins=(10, 0, 6, 0))
        find = row(self.search, margins=(6, 0, 8, 0))
        filters = row(self._pills, None, self._more, gap=4, margins=(4, 0, 6, 0))
        only = row(self._only, None, margins=(14, 0, 6, 0))
        body = column(head, 8, find, 8, filters, only, 6, gap=0, margins=(8, 18, 2, 0))
        body.addWidget(self.tree, 1)
        body.addWidget(self._empty, 1)
        self.setLayout(body)
        self.setFixedWidth(OUTLINE_WIDTH)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_MS)
        self._pause.timeout.connect(self.apply_filter)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._to_first)
        self._pills.chosen.connect(self.apply_filter)
        self.tree.reached.connect(self.reached)
        self.tree.entered_card.connect(self.entered_card)
        self.setAccessibleName(_("清单目录、搜索和筛选"))
        self.count()

    # --- what the page tells it -----------------------------------------------------------------

    def point_at(self, item_id: str) -> None:
        """An item's card is open now."""
        self.rows.set_open(item_id)
        self.tree.point_at(item_id)

    def touch(self, item_id: str) -> None:
        """An item stands otherwise now."""
        self.rows.touch(item_id)
        self.count()

    def reload(self) -> None:
        """Another checklist was chosen."""
        self.rows.rebuild()
        self.count()

    def count(self) -> None:
        """Show how many are unanswered and how many have points to win."""
        known = self._standings
        self._pills.set_counts({Show.UNANSWERED: known.unanswered, Show.GAPS: known.gaps})

    def clear_filter(self) -> None:
        """Show everything."""
        self.search.clear()
        self._pills.set_value(Show.ALL)
        self._set_mark(None)

    def apply_filter(self) -> None:
        """Show what search, pills and menu ask for, as things stand now."""
        self._pause.stop()
        show = Show(str(self._pills.value() or Show.ALL))
        self.rows.set_filter(show, self._mark, self.search.text())
        nothing = self.rows.filtered and not self.rows.shown
        self._empty.setVisible(nothing)
        self.tree.setVisible(not nothing)

    # --- search and filters ---------------------------------------------------------------------

    def _marks_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self._mark_actions: dict[QAction, Mark] = {}
        for mark in Mark:
            action = menu.addAction(_("只看{what}").format(what=mark_word(mark)))
            action.setCheckable(True)
            group.addAction(action)
            self._mark_actions[action] = mark
        group.triggered.connect(self._mark_chosen)
        return menu

    def _mark_chosen(self, action: QAction) -> None:
        self._set_mark(self._mark_actions[action] if action.isChecked() else None)

    def _drop_mark(self) -> None:
        self._set_mark(None)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_mark(self, mark: Mark | None) -> None:
        self._mark = mark
        for action, each in self._mark_actions.items():
            action.setChecked(each is mark)
        self._only.setVisible(mark is not None)
        if mark is not None:
            self._only.set_text(_("只看{what}").format(what=mark_word(mark)))
            self._only.setAccessibleName(_("取消只看{what}").format(what=mark_word(mark)))
        self.apply_filter()

    def _typed(self) -> None:
        self._pause.start()

    def _to_first(self) -> None:
        """Enter in the search goes to the first hit."""
        self.apply_filter()
        first = self.rows.step("", 1)
        if first:
            self.reached.emit(first)
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
