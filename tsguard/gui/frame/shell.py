"""What stands round the pages of an open vault: navigation, message bar, the stack of pages.

Lives from unlocking to locking. Decides nothing about the vault.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from tsguard.errors import NothingAssessed, StorageError, TSGuardError, VaultReplaced
from tsguard.gui.focus import focus_inside
from tsguard.gui.frame import shortcuts
from tsguard.gui.frame.company_name import short_name
from tsguard.gui.frame.page_table import PAGES, Needs, PageEntry
from tsguard.gui.frame.place_watch import PlaceWatch
from tsguard.gui.locking.unsaved import unsaved_fields
from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Action, Message, MessageBar
from tsguard.gui.widgets.navigation import Entry, NavigationRail
from tsguard.gui.widgets.panels import Sheet
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Ground, PageFrame
from tsguard.i18n import _
from tsguard.services.explain import explain

_LOCK = "lock"
_FAILED = "failed"
_LIST_FROM = 1366
"""Width of the window from which on the navigation is a list."""
_KEYS_WIDTH = 420


class Shell(Ground):
    """The frame.

    Attributes:
        model: The open session.
        navigation: At the left.
        messages: Over the page.

    Signals:
        lock_wanted(words): The person wants to lock; ``words`` are what the start page then says, or "".
    """

    lock_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: SessionModel,
        tasks: Tasks,
        store: SettingsStore,
        *,
        pages: Sequence[PageEntry] = PAGES,
    ) -> None:
        """Make the frame and go where the person was.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Runs what takes time.
            store: The program's settings.
            pages: Which pages there are.
        """
        super().__init__(theme)
        self._theme, self.model = theme, model
        self._needs = Needs(theme, model, tasks, store)
        self._entries = {entry.target: entry for entry in pages}
        self._built: dict[str, Page] = {}
        self._empty: dict[str, QWidget] = {}
        self._current = ""
        self._failures = 0
        self._sheet: Sheet | None = None
        model.setParent(self)
        groups: dict[int, list[Entry]] = {}
        for entry in pages:
            groups.setdefault(entry.group, []).append(Entry(entry.target, entry.title(), entry.icon))
        foot = (*groups.pop(-1, []), Entry(_LOCK, _("锁定"), "lock_closed"))
        self.navigation = NavigationRail(theme, [groups[key] for key in sorted(groups)], foot)
        self.navigation.chosen.connect(self._chosen)
        self.messages = MessageBar(theme)
        bar = holder(row(self.messages, margins=(PAGE_MARGIN, 16, PAGE_MARGIN, 0)))
        self._bar = bar
        bar.hide()
        self.stack = QStackedWidget()
        frame = PageFrame(theme, column(bar, gap=0))
        layout = frame.layout()
        assert layout is not None  # noqa: S101 - given one line above
        layout.addWidget(self.stack)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.navigation)
        body.addWidget(frame, 1)
        self._listen()
        self._keys(pages)
        self._owner()
        self._counts()
        self.navigation.set_save_state(_("还没有改动"), tone="ink3")
        self._return()

    def _listen(self) -> None:
        model = self.model
        model.saved.connect(self._saved)
        model.undone.connect(self._undone)
        model.redone.connect(self._redone)
        model.failed.connect(self._failed)
        model.profile_changed.connect(self._owner)
        model.assessment_changed.connect(self._reassessed)
        model.answer_changed.connect(self._answered)
        self.messages.dismissed.connect(self._fit_bar)
        self.place_watch = PlaceWatch(model, self)
        self.place_watch.gone.connect(self._replaced)

    def _keys(self, pages: Sequence[PageEntry]) -> None:
        for keys, act in (
            (shortcuts.UNDO, self._undo),
            (shortcuts.REDO, self._redo),
            (shortcuts.LOCK, self._ask_lock),
            (shortcuts.SEARCH, self._search),
            (shortcuts.KEYS, self.show_keys),
        ):
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(act)
        for number, entry in enumerate(pages[:9], 1):  # there is no key for a tenth
            short = QShortcut(QKeySequence(f"Alt+{number}"), self)
            short.setObjectName(entry.target)
            short.activated.connect(self._jump)

    # --- going places -----------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The target of the page that is shown."""
        return self._current

    def go(self, target: str) -> None:
        """Show ``PAGE`` or ``PAGE:DETAIL``.

        Raises:
            KeyError: There is no such page; a bug, since targets are literals.
        """
        name, _colon, detail = target.partition(":")
        entry = self._entries[name]
        self._current = name
        nothing = entry.assessed and self.model.session.assessment is None
        page = self._nothing(entry) if nothing else self._page(entry)
        came_along = self._let_go(page)
        self.navigation.select(name)
        self.stack.setCurrentWidget(page)
        if isinstance(page, Page):
            page.open_at(detail)
        if came_along:
            self.take_keyboard()

    def _let_go(self, page: QWidget) -> bool:
        """Take the keyboard out of the page that is left, so that Qt does not hand it to the navigation.

        Returns:
            Whether it was there, or nowhere.
        """
        left, at = self.stack.currentWidget(), QApplication.focusWidget()
        if left is None or left is page or (at is not None and not left.isAncestorOf(at)):
            return False
        if at is not None:
            at.clearFocus()
        return True

    def take_keyboard(self) -> None:
        """Put the keyboard into the page that is shown, unless it is there already."""
        page, at = self.stack.currentWidget(), QApplication.focusWidget()
        if page is None or (at is not None and page.isAncestorOf(at)):
            return
        if isinstance(page, Page):
            page.take_keyboard()
        else:
            focus_inside(page)

    def place(self) -> str:
        """Where the person is, for ``go``."""
        page = self._built.get(self._current)
        if page is None or self.stack.currentWidget() is not page:
            return self._current
        detail = page.place()
        return f"{self._current}:{detail}" if detail else self._current

    def flush(self) -> bool:
        """Write what is being typed; whether all could be stored. What could not comes to the front."""
        before = self._failures
        self.model.closing.emit()
        for target, page in self._built.items():
            detail = page.unsaved()
            if detail is not None:
                self.go(f"{target}:{detail}" if detail else target)
                return False
        return self._failures == before

    def unsaved(self) -> tuple[str, ...]:
        """Which typed texts are not in the vault, by the names of their fields; asked after ``flush``."""
        return unsaved_fields((key, self._entries[key].title(), page) for key, page in self._built.items())

    def remember(self) -> None:
        """Remember the place in the vault; not worth an error."""
        with contextlib.suppress(TSGuardError):
            self.model.session.remember_place(self.place())

    def page(self, target: str) -> Page:
        """A page, built where it was not yet."""
        return self._page(self._entries[target])

    def _page(self, entry: PageEntry) -> Page:
        page = self._built.get(entry.target)
        if page is None:
            page = self._built[entry.target] = entry.load(self._needs)
            page.go.connect(self.go)
            page.lock_wanted.connect(self.lock_wanted)
            self.stack.addWidget(page)
            page.fold(self._wide())
        return page

    def _nothing(self, entry: PageEntry) -> QWidget:
        widget = self._empty.get(entry.target)
        if widget is None:
            button = Button(self._theme, _("去选产业模块"), "primary")
            button.clicked.connect(self._to_modules)
            words = _("清单由通用部分和所选产业的模块合成，评分和报告都从它来。\n选好马上就能作答。")
            empty = EmptyState(self._theme, entry.icon, _("还没有选产业模块"), words, [button])
            widget = holder(column(PageHeader(self._theme, entry.title()), empty, gap=0))
            self._empty[entry.target] = widget
            self.stack.addWidget(widget)
        return widget

    def _to_modules(self) -> None:
        self.go("profile:modules")

    def _return(self) -> None:
        """Go on where the person was; a first time begins with the profile."""
        place = self.model.session.place
        if place.partition(":")[0] not in self._entries:
            place = "profile" if self.model.session.assessment is None else "checklist"
        try:
            self.go(place)
        except TSGuardError:  # what the place speaks of is gone
            self.go(place.partition(":")[0])

    def _chosen(self, key: str) -> None:
        if key == _LOCK:
            self._ask_lock()
            return
        self.go(key)
        if self._wide() < _LIST_FROM:
            self.navigation.set_collapsed(collapsed=True)

    def _jump(self) -> None:
        short = self.sender()
        if isinstance(short, QObject) and short.objectName():
            self.go(short.objectName())
            self.take_keyboard()

    # --- what the model says ----------------------------------------------------------------------

    def _owner(self) -> None:
        session = self.model.session
        company, assessment = session.enterprise, session.assessment
        line = assessment.title if assessment else _("还没有选模块")
        self.navigation.set_owner(short_name(company.name), line, _("示例") if company.sample else "")

    def _answered(self, _item: str) -> None:
        self._counts()

    def _reassessed(self) -> None:
        self._owner()
        self._counts()
        if self._entries[self._current].assessed:
            self.go(self._current)

    def _counts(self) -> None:
        self.navigation.set_count("checklist", self.model.session.unanswered)

    def _saved(self) -> None:
        at = self.model.session.saved_at
        if at is not None:
            local = at.astimezone()
            clock = f"{local.hour}:{local.minute:02}"
            self.navigation.set_save_state(_("{clock}已存入保险库").format(clock=clock))
        self.messages.solve(_FAILED)
        self._fit_bar()

    def _undone(self, what: str) -> None:
        self.navigation.set_save_state(_("已撤销：{what}").format(what=what))

    def _redone(self, what: str) -> None:
        self.navigation.set_save_state(_("已重做：{what}").format(what=what))

    def _replaced(self) -> None:
        """Say once and for good that the file on disk is no longer ours."""
        error = VaultReplaced(self.model.session.path, missing=not self.model.session.path.exists())
        said = explain(error)
        self.navigation.set_save_state(_("不能再保存"), icon="error_circle_filled", tone="bad")
        act = Action(_("另存一份并锁定"), self._ask_lock)
        self.say(Message(Severity.ERROR, said.happened, f"{said.data}{said.advice}", (act,), key=_FAILED))

    def _failed(self, error: TSGuardError) -> None:
        self._failures += 1
        if isinstance(error, VaultReplaced):
            self._replaced()
            return
        said = explain(error)
        self.navigation.set_save_state(_("刚才的修改没有存上"), icon="error_circle_filled", tone="bad")
        lasting = isinstance(error, StorageError)
        actions: tuple[Action, ...] = ()
        if lasting and self.model.can_retry:
            actions = (Action(_("再试一次"), self.model.retry),)
        if isinstance(error, NothingAssessed):
            actions = (Action(_("去选产业模块"), self._to_modules),)
        text = f"{said.happened}{said.data}{said.advice}"
        self.say(Message(Severity.ERROR, _("刚才的修改没有存上"), text, actions, key=_FAILED))

    def say(self, message: Message) -> None:
        """Show a message over the page."""
        self.messages.post(message)
        self._fit_bar()

    def unsay(self, key: str) -> None:
        """Take the message of that key away: its reason is gone."""
        self.messages.solve(key)
        self._fit_bar()

    def _fit_bar(self, _gone: object = None) -> None:
        self._bar.setVisible(bool(self.messages.messages))

    # --- keys -------------------------------------------------------------------------------------

    def _undo(self) -> None:
        self.model.undo()

    def _redo(self) -> None:
        self.model.redo()

    def _ask_lock(self) -> None:
        self.lock_wanted.emit("")

    def _search(self) -> None:
        page = self.stack.currentWidget()
        if page is None:
            return
        for field in page.findChildren(SearchField):
            if field.isVisible() and field.isEnabled():
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                field.selectAll()
                return

    def show_keys(self) -> None:
        """Lay the list of keys over the page."""
        if self._sheet is None:
            words = [entry.title() for entry in self._entries.values()]
            panel = shortcuts.keys_panel(self._theme, words)
            self._sheet = Sheet(self._theme, self, panel, width=_KEYS_WIDTH)
            panel.closed.connect(self._sheet.dismiss)
        if self._sheet.isVisible():
            self._sheet.dismiss()
        else:
            self._sheet.open()

    # --- folding ----------------------------------------------------------------------------------

    def _wide(self) -> int:
        return self.window().width()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The navigation gives way first, then the pages' side panels."""
        super().resizeEvent(event)
        self.navigation.set_collapsed(collapsed=self._wide() < _LIST_FROM)
        for page in self._built.values():
            page.fold(self._wide())
