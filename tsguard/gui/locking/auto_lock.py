"""Decides when the open vault is locked without anybody asking, and says so a minute before.

Does not lock: whoever owns the vault does, on ``due``. Work that runs is never cut off: the lock waits for
its end, and then asks nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.locking.idle import IdleWatch
from tsguard.gui.locking.moment import Moment, this_moment
from tsguard.gui.locking.system import SystemWatch
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.i18n import _

if TYPE_CHECKING:
    from tsguard.gui.widgets.messages import Message

_KEY = "autolock"
_LISTEN_AFTER_MS = 300
_MINUTE = 60


class Reason(StrEnum):
    """Why it is time to lock."""

    IDLE = "idle"
    AWAY = "away"
    MINIMISED = "minimised"
    ENDING = "ending"
    """The computer shuts down, or the person logs off."""


class Announcer(Protocol):
    """Where it is said that a lock is near."""

    def say(self, message: Message) -> None:
        """Show a message."""

    def unsay(self, key: str) -> None:
        """Take a message away."""


class AutoLock(QObject):
    """Watches while a vault is open.

    Attributes:
        idle: Counts from the last touch.
        system: Listens to the system.

    Signals:
        due(reason): Lock now, without a question; a ``Reason``.
    """

    due = Signal(object)

    def __init__(
        self,
        window: QWidget,
        store: SettingsStore,
        tasks: Tasks,
        clock: Callable[[], Moment] = this_moment,
    ) -> None:
        """Make it; ``begin`` sets it going.

        Args:
            window: The program's window; also the owner.
            store: The person's choices.
            tasks: What may be running.
            clock: Tells the moment.
        """
        super().__init__(window)
        self._store, self._tasks = store, tasks
        self._announcer: Announcer | None = None
        self._waiting: Reason | None = None
        self._minutes = -1
        self.idle = IdleWatch(clock, self)
        self.idle.warned.connect(self._warn)
        self.idle.resumed.connect(self._withdraw)
        self.idle.expired.connect(self._idle)
        self.system = SystemWatch(window)
        self.system.away.connect(self.leave)
        tasks.busy_changed.connect(self._busy_changed)
        store.changed.connect(self._settings_changed)

    def begin(self, announcer: Announcer) -> None:
        """A vault is open: watch.

        Args:
            announcer: Where it is said that a lock is near.
        """
        self._announcer = announcer
        self._settings_changed()

    def end(self) -> None:
        """The vault is locked: rest."""
        self._announcer = None
        self._waiting = None
        self._minutes = -1
        self.idle.stop()

    def leave(self) -> None:
        """The person is gone, as the system says."""
        if self._store.value.lock_with_system:
            self._lock(Reason.AWAY)

    def minimised(self) -> None:
        """The window was minimised."""
        if self._store.value.lock_when_minimised:
            self._lock(Reason.MINIMISED)

    # --- what happens -----------------------------------------------------------------------------

    def _idle(self) -> None:
        self._lock(Reason.IDLE)

    def _lock(self, reason: Reason) -> None:
        # Before the vault is there, work may be what opens it: then it is locked as soon as it is open.
        if self._tasks.busy:
            self._waiting = self._waiting or reason
            self._say(_("正在做的事完成后自动锁定"), go_on=False)
        elif self._announcer is not None:
            self.due.emit(reason)

    def _busy_changed(self, busy: bool) -> None:
        if not busy and self._waiting is not None:
            # Later: whoever asked for the work gets its result first.
            QTimer.singleShot(0, self, self._work_done)

    def _work_done(self) -> None:
        if self._tasks.busy or self._waiting is None:
            return
        reason, self._waiting = self._waiting, None
        self._lock(reason)

    def _settings_changed(self) -> None:
        if self._announcer is None:
            return
        settings = self._store.value
        if settings.lock_after_minutes != self._minutes:
            self._minutes = settings.lock_after_minutes
            self.idle.start(self._minutes)
            self._withdraw()
        if settings.lock_with_system:
            QTimer.singleShot(_LISTEN_AFTER_MS, self, self._listen)
        else:
            self.system.stop()

    def _listen(self) -> None:
        if self._store.value.lock_with_system:
            self.system.start()

    # --- what is said -----------------------------------------------------------------------------

    def _warn(self, seconds: int) -> None:
        if seconds >= _MINUTE:
            title = _("1分钟后自动锁定")
        else:
            title = _("{seconds}秒后自动锁定").format(seconds=seconds)
        self._say(title, go_on=True)

    def _say(self, title: str, *, go_on: bool) -> None:
        if self._announcer is None:
            return
        from tsguard.gui.widgets.messages import Action, Message  # noqa: PLC0415 - start-up time
        from tsguard.gui.widgets.signs import Severity  # noqa: PLC0415 - start-up time

        actions = (Action(_("继续使用"), self._carry_on),) if go_on else ()
        self._announcer.say(Message(Severity.INFO, title, actions=actions, key=_KEY))

    def _withdraw(self) -> None:
        if self._announcer is not None and self._waiting is None:
            self._announcer.unsay(_KEY)

    def _carry_on(self) -> None:
        self.idle.carry_on()
