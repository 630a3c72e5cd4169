"""The page before anything is open: unlock the file at hand, recent files, three doors.

The program is shown with this page alone; nothing else may be imported for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QStackedLayout, QWidget

from tsguard import __version__
from tsguard.errors import Cancelled, TSGuardError, VaultReplaced
from tsguard.gui.opening import Opener
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.start.parts import Door, ProgramSign, RecentRow, opened_words
from tsguard.gui.start.unlock import FirstCard, UnlockCard
from tsguard.gui.start.unlocking import Unlocking, sentences
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.surfaces import Ground, Hairline, Scroll
from tsguard.i18n import _
from tsguard.services.visible import visible

if TYPE_CHECKING:
    from tsguard.gui.start.create import CreatePage
    from tsguard.gui.verifying.sheet import VerifySheet
    from tsguard.services.session import Session

_WIDTH = 1010
_BESIDE_FROM = 840
_SIDE = 112
"""From the top of the body to the doors, where both stand side by side."""


class StartPage(Ground):
    """Unlocking and the three doors; also where a new vault is made.

    Signals:
        opened(session): A ``Session`` is open; whoever takes it closes it.
        settings_wanted: The person wants to see the program's settings.
    """

    opened = Signal(object)
    settings_wanted = Signal()

    def __init__(self, theme: Theme, store: SettingsStore, tasks: Tasks, opener: Opener) -> None:
        """Make the page.

        Args:
            theme: Where colours come from.
            store: Appearance and recent files.
            tasks: Runs what takes time.
            opener: Makes sessions.
        """
        super().__init__(theme)
        self._theme, self._store, self._tasks, self._opener = theme, store, tasks, opener
        self._chosen: Path | None = None
        self._working: Progress | None = None
        self._create: CreatePage | None = None
        self._verify: VerifySheet | None = None
        self.card = UnlockCard(theme)
        self.unlocking = Unlocking(theme, store, tasks, opener, self.card, self)
        self.unlocking.began.connect(self._begin)
        self.unlocking.ended.connect(self._end)
        self.unlocking.came.connect(self.opened)
        self.unlocking.found.connect(self._found)
        self.card.removed.connect(self._forget_card)
        self.first: FirstCard | None = None
        self._cards = column(self.card, gap=0)
        self.notice = Text(theme, "", "small", "ink2", wrap=True)
        self._list = column(gap=0)
        self._off = Button(theme, _("不再显示"), "link")
        self._off.clicked.connect(self._switch_off)
        self._recent = holder(
            column(
                row(Text(theme, _("最近打开"), "small_b", "ink2"), None, self._off), Hairline(theme), gap=0
            )
        )
        body = self._recent.layout()
        assert isinstance(body, QBoxLayout)  # noqa: S101 - made one line above
        body.addLayout(self._list)
        self.doors = (
            Door(theme, "add", _("新建企业"), _("建档、选产业模块，马上开始自评")),
            Door(theme, "folder_open", _("打开保险库"), _("选择.tsg文件，也可拖到窗口里")),
            Door(theme, "beaker", _("看示例"), _("一家虚构的芯片设计企业，随便改，不留痕")),
        )
        for door, act in zip(self.doors, (self.begin_new, self.browse, self.show_sample), strict=True):
            door.clicked.connect(act)
        self.strip = ProgressStrip(theme)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._front())
        store.changed.connect(self.refresh)
        self.refresh()

    def _front(self) -> QWidget:
        theme = self._theme
        left = holder(
            column(
                row(ProgramSign(theme), None),
                10,
                Text(theme, _("商业秘密保护自评"), "hero"),
                Text(theme, _("对照清单自查，看清差距，备齐申报材料。"), "item", "ink2", wrap=True),
                Text(theme, _("全部内容存在这台电脑的一个加密文件里，不联网。"), "item", "ink2", wrap=True),
                *self._unkept(),
                26,
                self._cards,
                10,
                self.notice,
                10,
                self._recent,
                None,
                gap=0,
            )
        )
        doors = column(gap=0)
        doors.addLayout(row(Text(theme, _("从这里开始"), "small_b", "ink2"), None, margins=(16, 0, 0, 0)))
        doors.addSpacing(10)
        for door in self.doors:
            doors.addWidget(door)
        lost = Button(theme, _("保险库丢了或打不开，从备份恢复"), "link", flush=True)
        lost.clicked.connect(self.unlocking.look_for_backups)
        doors.addLayout(row(lost, None, margins=(16, 8, 16, 0)))
        check = Button(theme, _("核验一份导出的PDF"), "link", flush=True)
        check.clicked.connect(self.verify_file)
        doors.addLayout(row(check, None, margins=(16, 0, 16, 0)))
        doors.addLayout(row(self.strip, margins=(16, 12, 16, 0)))
        doors.addStretch(1)
        self._right = holder(doors)
        self._halves = QHBoxLayout()
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(72)
        self._halves.addWidget(left, 50)
        self._halves.addWidget(self._right, 44)
        self._body = holder(self._halves)
        self._body.setMaximumWidth(_WIDTH)
        self._middle = middle = row(gap=0)
        middle.addStretch(1)
        middle.addWidget(self._body, 1000)
        middle.addStretch(1)
        self._foot = foot = row(gap=8, margins=(48, 0, 40, 14))
        about = _("版本{version} · 本软件只作自评参考，不是行政认定").format(version=__version__)
        if self._store.place.portable:
            about = _("便携模式 · {about}").format(about=about)
        foot.addWidget(Text(theme, about, "caption", "ink3"), 1)
        self.about = Button(theme, _("关于"), "link")
        self.about.clicked.connect(self._show_about)
        foot.addWidget(self.about)
        settings = Button(theme, _("设置"), "link")
        settings.clicked.connect(self.settings_wanted)
        foot.addWidget(settings)
        return holder(column(Scroll(holder(column(middle, None, gap=0))), foot, gap=0))

    def _unkept(self) -> tuple[int | QWidget, ...]:
        """What there is to say where a portable program can't write anything down."""
        if self._store.kept:
            return ()
        from tsguard.gui.about.place_part import not_kept_words  # noqa: PLC0415 - start-up time
        from tsguard.gui.widgets.messages import Note  # noqa: PLC0415 - start-up time
        from tsguard.gui.widgets.signs import Severity  # noqa: PLC0415 - start-up time

        return 14, Note(self._theme, Severity.WARNING, not_kept_words())

    # --- which file -----------------------------------------------------------------------------

    def choose(self, path: Path) -> None:
        """Ask for the passphrase of a file."""
        self._chosen = path
        self._stack.setCurrentIndex(0)
        self.refresh()
        self.card.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self, path: Path) -> None:
        """Another file is there now, perhaps at the very place where none could be opened before."""
        self.card.forget()
        self.choose(path)
        self._say(_("“{name}”已经准备好，请输入它的口令打开。").format(name=visible(path.name)))

    def refresh(self) -> None:
        """Show the files of the settings."""
        now = datetime.now(UTC).astimezone()
        recent = self._store.value.recent if self._store.value.remember_recent else ()
        when = {each.path: opened_words(each.opened_at, now) for each in recent}
        path = self._chosen or (Path(recent[0].path) if recent else None)
        self.card.setVisible(path is not None)
        if path is None and self.first is None:
            self.first = FirstCard(self._theme)
            self.first.wanted.connect(self.begin_new)
            self._cards.addWidget(self.first)
        if self.first is not None:
            self.first.setVisible(path is None)
        if path is not None:
            self.card.show_file(path, when.get(str(path), ""), listed=str(path) in when)
            self.card.quick.setVisible(self.unlocking.knows(path))
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        others = [each for each in recent if each.path != str(path)]
        for each in others:
            line = RecentRow(self._theme, each.path, Path(each.path).stem, when[each.path])
            line.chosen.connect(self._choose_recent)
            line.removed.connect(self._forget)
            self._list.addWidget(line)
        self._recent.setVisible(bool(others))
        self.notice.setVisible(bool(self.notice.text()))

    def reset(self) -> None:
        """As after a start: nothing chosen, nothing typed; after locking."""
        self._chosen = None
        self.card.set_busy(busy=False)
        self.card.forget()
        self.leave_create()
        if self._verify is not None:
            self._verify.dismiss()
        self.refresh()
        self._take_keyboard()

    def say(self, words: str) -> None:
        """Say something under the card, until something is opened; never a word out of a vault."""
        self._say(words)

    def say_untidy(self, error: TSGuardError) -> None:
        """Say that a vault was locked, but could not be tidied up."""
        from tsguard.services.explain import explain  # noqa: PLC0415 - start-up time

        if isinstance(error, VaultReplaced):
            self._say(str(explain(error)))
            return
        words = _("{happened}保险库已锁定，存过的内容都在；它旁边若有-wal文件，请不要删，下次打开时会用到。")
        self._say(words.format(happened=explain(error).happened))

    def browse(self) -> None:
        """Let the person look for a vault."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name, _kind = QFileDialog.getOpenFileName(self, _("打开保险库"), folder, _("保险库(*.tsg)"))
        if name:
            self.choose(Path(name))

    def _choose_recent(self, path: str) -> None:
        self.choose(Path(path))

    def _forget(self, path: str) -> None:
        self._store.put(self._store.value.forgotten(path))

    def _forget_card(self) -> None:
        path, self._chosen = self.card.path, None
        self._forget(str(path))

    def _switch_off(self) -> None:
        self._say(_("不再记录打开过的文件；要恢复，请到右下角的“设置”。"))
        self._store.put(replace(self._store.value.forgotten(), remember_recent=False))

    def _say(self, words: str) -> None:
        self.notice.set_text(words)
        self.notice.setVisible(bool(words))

    def _show_about(self) -> None:
        from tsguard.gui.about.sheet import show_about  # noqa: PLC0415 - start-up time

        show_about(self._theme, self)

    def verify_file(self) -> None:
        """Verify a file that somebody exported; needs no vault."""
        from tsguard.gui.verifying.sheet import VerifySheet  # noqa: PLC0415 - start-up time

        if self._verify is None:
            self._verify = VerifySheet(self._theme, self, self._tasks)
        self._verify.open()

    # --- opening --------------------------------------------------------------------------------

    def show_sample(self) -> None:
        """Make and open the sample vault."""
        if self._working is not None:
            return
        self._begin()
        opener = self._opener
        self._working = self._tasks.run(
            lambda progress: opener.sample(progress.report), self._came, self._no_sample, self.strip.report
        )
        self.strip.start(_("正在准备示例"), self._working.cancel)

    def _no_sample(self, error: TSGuardError) -> None:
        self._end()
        self._say("" if isinstance(error, Cancelled) else sentences(error))

    @property
    def making(self) -> bool:
        """Whether the steps of a new vault are in sight."""
        return self._create is not None

    def begin_new(self) -> None:
        """Come to the steps of making a new vault."""
        from tsguard.gui.start.create import CreatePage  # noqa: PLC0415 - start-up time

        if self._create is None:
            self._create = CreatePage(self._theme)
            self._create.left.connect(self.leave_create)
            self._create.submitted.connect(self._make)
            self._stack.addWidget(self._create)
        self._stack.setCurrentWidget(self._create)
        self._create.begin()

    def leave_create(self) -> None:
        """Back from the steps; what was typed there goes."""
        if self._create is not None:
            self._stack.removeWidget(self._create)
            self._create.hide()
            self._create.deleteLater()
            self._create = None
        self._stack.setCurrentIndex(0)
        self._take_keyboard()

    def _make(self) -> None:
        page = self._create
        if page is None:
            return
        name, path, passphrase = page.name(), page.path(), page.passphrase()
        self._begin()
        page.set_busy(busy=True)
        opener = self._opener
        self._tasks.run(lambda _progress: opener.create(path, passphrase, name), self._came, self._not_made)

    def _not_made(self, error: TSGuardError) -> None:
        self._end()
        if self._create is not None:
            self._create.refuse(error, sentences(error))

    def _came(self, session: Session) -> None:
        self._end()
        self.opened.emit(session)

    def _begin(self) -> None:
        self._say("")
        for door in self.doors:
            door.setEnabled(False)

    def _end(self) -> None:
        self._working = None
        self.strip.finish()
        for door in self.doors:
            door.setEnabled(True)

    # --- Qt -------------------------------------------------------------------------------------

    def _take_keyboard(self) -> None:
        if self.isVisible() and not self.card.isHidden() and self._stack.currentIndex() == 0:
            self.card.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent, /) -> None:
        """The keyboard stands in the passphrase at once."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._take_keyboard)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The doors stand beside the card, or below it where the window is narrow."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE_FROM
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._halves.setSpacing(max(24, min(72, self.width() - 1010)) if beside else 24)
        doors = self._right.layout()
        if doors is not None:
            doors.setContentsMargins(0, _SIDE if beside else 0, 0, 24)
        edge = 48 if self.width() >= _WIDTH + 2 * 48 else 32
        self._foot.setContentsMargins(edge, 0, edge - 8, 14)
        top = max(20, min(200, (self.height() - 560) * 2 // 5))
        self._middle.setContentsMargins(32, top, 32, 0)
