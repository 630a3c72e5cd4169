"""自评清单: outline, one section as a text with one open card, and the why, how and law beside it.

Answers go through ``SessionModel``; what comes back from it changes one row, one card and two figures,
and never builds the page anew.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from tsguard.gui.checklist.beside import BESIDE_WIDTH, Beside
from tsguard.gui.checklist.outline import OUTLINE_WIDTH, Outline
from tsguard.gui.checklist.paper_panel import PaperDesk
from tsguard.gui.checklist.section_header import SectionHeader
from tsguard.gui.checklist.section_view import SectionView
from tsguard.gui.checklist.standing import Standings
from tsguard.gui.checklist.wording import answered_words, section_facts, whence_facts
from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.layout import column, holder
from tsguard.gui.widgets.panels import Sheet
from tsguard.gui.widgets.signs import VERDICT_KEYS
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.scoring.results import ScoreSheet

_BESIDE_FROM = 1100
_OUTLINE_FROM = 900
_FIGURES_MS = 40
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Key(QShortcut):
    """A key of the page; a text field keeps its own letters and digits."""

    def __init__(self, key: str, page: QWidget, act: Callable[[], object]) -> None:
        super().__init__(QKeySequence(key), page)
        self._act = act
        self.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setAutoRepeat(key in {"J", "K"})  # a digit held down would give an answer and take it back
        self.activated.connect(self._fire)

    def _fire(self) -> None:
        self._act()


class ChecklistPage(Page):
    """The heart of the program: one item after the other, by mouse or by key.

    Attributes:
        outline: The left column.
        items: The middle column with the open card.
        header: Over the middle column.
        beside: The right column.
        paper: Answers from paper, laid over the page on demand.
    """

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        """Make the page.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Where files are read into the vault.
            parent: Its owner.
        """
        super().__init__(theme, model, parent)
        self._item = ""
        self._standings = Standings(model.session)
        self._memory: dict[str, bool] = {}
        self._wide_beside = self._wide_outline = True
        self._away = False
        self._sheets: dict[QWidget, Sheet] = {}
        self.outline = Outline(theme, self._standings)
        self.items = SectionView(theme, model, tasks, self._standings)
        self.header = SectionHeader(theme)
        self.beside = Beside(theme, self._memory)
        self._left_line, self._right_line = Hairline(theme, upright=True), Hairline(theme, upright=True)
        middle = column(self.header, gap=0)
        middle.addWidget(self.items, 1)
        self._body = QHBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(self.outline)
        self._body.addWidget(self._left_line)
        self._body.addWidget(holder(middle), 1)
        self._body.addWidget(self._right_line)
        self._body.addWidget(self.beside)
        self._figures = QTimer(self)
        self._figures.setSingleShot(True)
        self._figures.setInterval(_FIGURES_MS)
        self._figures.timeout.connect(self._show_figures)
        self._keys = self._make_keys()
        self.paper = PaperDesk(theme, self, model, tasks, self._keys)
        self._paper_key = _Key("Ctrl+E", self, self.paper.toggle)
        self._connect()
        self._begin()

    # --- the page's contract --------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Open an item by its id, or a section's first by the section's; "" stays where the person was."""
        target = detail if detail in self._standings else ""
        if not target and detail:
            target = next((s.items[0].id for s in self._standings.sections if s.id == detail and s.items), "")
        if target:
            if not self.outline.rows.shows(target):
                self.outline.clear_filter()
            self._open(target)
        elif not self._item:
            self._begin()
        if self._item and (target or not self.isAncestorOf(QApplication.focusWidget() or self)):
            self.items.card.take_focus(at_lack=bool(target))

    def take_keyboard(self) -> None:
        """At the verdict of the open item."""
        self.items.card.take_focus()

    def place(self) -> str:
        """The open item's id."""
        return self._item

    def unsaved(self) -> str | None:
        """The id of an item whose text was refused."""
        return self.items.card.unsaved_item

    def fold(self, width: int) -> None:
        """Below 1100 the right column goes behind a button, below 900 the outline too."""
        self._wide_beside, self._wide_outline = width >= _BESIDE_FROM, width >= _OUTLINE_FROM
        self._dock()

    # --- going from item to item ----------------------------------------------------------------

    def step(self, by: int) -> None:
        """To the item before (-1) or behind (1), among those the outline shows."""
        target = self.outline.rows.step(self._item, by)
        if target:
            self._open(target)

    def next_unanswered(self) -> None:
        """To the next item without a verdict, from the top again at the end."""
        target = self._standings.next_unanswered(self._item)
        if target:
            self._open(target)

    def _begin(self) -> None:
        """Open the first item without a verdict, or the first of all."""
        order = self._standings.order
        if not order:
            self._item = ""
            self.items.clear()
            self.header.show_section("", 0, 0)
            return
        self._open(self._standings.next_unanswered("") or order[0])

    def _open(self, item_id: str, *, keep: bool = False) -> None:
        another = item_id != self._item
        self._item = item_id
        self.items.open(item_id, keep=keep)
        if another:
            self.beside.show_item(self._standings.item(item_id), self.model.session)
        self.outline.point_at(item_id)
        self._show_section()
        if self._figures.isActive():
            self.header.set_facts(self._facts(None), self._standings.unanswered)
        else:
            self._show_figures()

    def _picked(self, item_id: str) -> None:
        self._open(item_id, keep=True)
        self.items.card.take_focus()

    def _reached(self, item_id: str) -> None:
        if item_id != self._item:
            self._open(item_id)

    def _clicked_in_outline(self, index: QModelIndex) -> None:
        """A click on an item is the end of looking for it, where the outline covers the page."""
        if self.outline in self._sheets and self.outline.rows.item_at(index):
            self._entered_card()

    def _entered_card(self) -> None:
        if self.outline in self._sheets:
            self._sheets[self.outline].dismiss()
        self.items.card.take_focus()

    # --- what the model tells -------------------------------------------------------------------

    def _connect(self) -> None:
        self.outline.reached.connect(self._reached)
        self.outline.entered_card.connect(self._entered_card)
        self.outline.tree.clicked.connect(self._clicked_in_outline)
        self.items.picked.connect(self._picked)
        self.items.card.go.connect(self.go)
        self.items.card.stepped.connect(self.step)
        self.header.next_asked.connect(self.next_unanswered)
        self.header.outline_asked.connect(self._show_outline)
        self.header.beside_asked.connect(self._show_beside)
        self.header.paper_asked.connect(self.paper.toggle)
        self.beside.folded_away.connect(self._fold_beside)
        self.model.answer_changed.connect(self._answer_changed)
        self.model.score_changed.connect(self._score_changed)
        self.model.evidence_changed.connect(self._evidence_changed)
        self.model.points_changed.connect(self._points_changed)
        self.model.profile_changed.connect(self.beside.refresh)
        self.model.profile_changed.connect(self.items.card.refresh)
        self.model.assessment_changed.connect(self._assessment_changed)

    def _answer_changed(self, item_id: str) -> None:
        if item_id not in self._standings:
            return
        if self._standings.refresh(item_id):
            self.outline.touch(item_id)
            self._show_section()
        self.items.refresh(item_id)

    def _score_changed(self) -> None:
        self._figures.start()

    def _evidence_changed(self) -> None:
        for item in self._standings.refresh_evidence():
            self.outline.touch(item)
            self.items.refresh(item)
        if self._item in self._standings:
            self.items.refresh(self._item)

    def _points_changed(self) -> None:
        for item in self._standings.refresh_registers():
            self.outline.touch(item)
        if self._item in self._standings:
            self.items.refresh(self._item)

    def _assessment_changed(self) -> None:
        self.items.card.flush()
        self._standings.reload()
        self.items.reload()
        self.outline.reload()
        if self._item in self._standings:
            item, self._item = self._item, ""
            self._open(item)
        else:
            self._begin()

    def _show_section(self) -> None:
        if self._item in self._standings:
            section = self._standings.section(self._item)
            self.header.show_section(section.title, self._standings.done(section.id), len(section.items))

    def _show_figures(self) -> None:
        """The figures of the section; a moment after the answer, so that no key waits for arithmetic."""
        self._figures.stop()
        if self._item not in self._standings or self.model.session.closed:
            return
        facts = self._facts(self.model.session.sheet())
        self.header.set_facts(facts, self._standings.unanswered)

    def _facts(self, sheet: ScoreSheet | None) -> tuple[str, ...]:
        """Facts about the open section; without a sheet only what was counted."""
        section = self._standings.section(self._item)
        done, asked = self._standings.done(section.id), len(section.items)
        whence = whence_facts(self.model.session.checklist, section)
        if sheet is None:
            return (answered_words(done, asked), *whence)
        return (*section_facts(sheet.unit_of(section.id), section.id, done, asked), *whence)

    # --- columns that give way ------------------------------------------------------------------

    def _dock(self) -> None:
        """Put outline and right column beside the text, or into sheets."""
        beside = self._wide_beside and not self._away
        self._place(self.outline, docked=self._wide_outline)
        self._place(self.beside, docked=self._wide_beside)
        self.outline.setVisible(self._wide_outline)
        self._left_line.setVisible(self._wide_outline)
        self.beside.setVisible(beside)
        self.beside.set_docked(docked=self._wide_beside)
        self._right_line.setVisible(beside)
        self.header.set_folded(outline=not self._wide_outline, beside=not beside)

    def _place(self, part: QWidget, *, docked: bool) -> None:
        sheet = self._sheets.pop(part, None) if docked else None
        left = part is self.outline
        if sheet is not None:
            sheet.hide()
            part.setFixedWidth(OUTLINE_WIDTH if left else BESIDE_WIDTH)
            self._body.insertWidget(0 if left else self._body.count(), part)
            sheet.deleteLater()
        elif not docked and part not in self._sheets:
            self._body.removeWidget(part)
            part.setMinimumWidth(0)
            part.setMaximumWidth(_UNLIMITED)
            width = OUTLINE_WIDTH + 24 if left else BESIDE_WIDTH + 74
            self._sheets[part] = Sheet(self.theme, self, part, side="left" if left else "right", width=width)

    def _show_outline(self) -> None:
        self._sheets[self.outline].open()

    def _show_beside(self) -> None:
        if self._wide_beside:
            self._away = False
            self._dock()
        else:
            self._sheets[self.beside].open()

    def _fold_beside(self) -> None:
        if self._wide_beside:
            self._away = True
            self._dock()
        else:
            self._sheets[self.beside].dismiss()

    # --- keys -----------------------------------------------------------------------------------

    def _make_keys(self) -> list[_Key]:
        def verdict(key: str) -> Callable[[], None]:
            def press() -> None:
                self._press(key)

            return press

        keys = [_Key(digit, self, verdict(digit)) for digit in VERDICT_KEYS.values()]
        keys += [
            _Key("J", self, self._forth),
            _Key("K", self, self._back),
            _Key("N", self, self.next_unanswered),
            _Key("F", self, self.items.card.toggle_flag),
            _Key("Ctrl+F", self, self._search),
        ]
        return keys

    def _press(self, key: str) -> None:
        tree = self.outline.tree
        if tree.hasFocus() and self.outline.rows.section_at(tree.currentIndex()):
            return  # the person looks at a section, not at the item whose card is open
        self.items.card.press_key(key)

    def _forth(self) -> None:
        self.step(1)

    def _back(self) -> None:
        self.step(-1)

    def _search(self) -> None:
        if self.outline in self._sheets:
            self._sheets[self.outline].open()
        self.outline.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.outline.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Up, Down, Enter, and Esc out of a text field."""
        at = QApplication.focusWidget()
        typing = isinstance(at, QLineEdit | QPlainTextEdit)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and typing:
            self.items.card.take_focus()
        elif key in _STEPS and not typing:
            self.step(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not typing:
            self.items.card.take_focus()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Store what is being typed when another page comes to the front."""
        self.items.card.flush()
        super().hideEvent(event)
