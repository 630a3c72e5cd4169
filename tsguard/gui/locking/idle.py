"""Notices that nobody has touched the program for a while.

Listens at the program's windows and at whatever has the keyboard, where each key, click and touch arrives
once; a filter on the application would be called for every event there is, several hundred for one repaint.
Input methods speak to what has the keyboard, past the window: so does most Chinese typing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from shiboken6 import isValid

from tsguard.gui.locking.moment import Moment, this_moment

_EVERY_MS = 1000
_NOTICE_S = 60

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletRelease,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.NativeGesture,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
    }
)


class IdleWatch(QObject):
    """Counts from the last touch; runs only while something is open.

    Signals:
        warned(seconds): So many seconds are left.
        resumed(): The program was touched after the warning; it counts anew.
        expired(): The time is over. Said once; touching changes nothing any more.
    """

    warned = Signal(int)
    resumed = Signal()
    expired = Signal()

    def __init__(self, clock: Callable[[], Moment] = this_moment, parent: QObject | None = None) -> None:
        """Make it; ``start`` sets it going.

        Args:
            clock: Tells the moment.
            parent: Its owner.
        """
        super().__init__(parent)
        self._clock = clock
        self._limit = 0.0
        self._last = clock()
        self._warned = self._expired = False
        self._pointer: QPoint | None = None
        self._focus: QObject | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def running(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def start(self, minutes: int) -> None:
        """Count from now on.

        Args:
            minutes: Until ``expired``; 0 for never.
        """
        self.stop()
        if minutes <= 0:
            return
        self._limit = minutes * 60.0
        self._last = self._clock()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._listen)
            app.focusObjectChanged.connect(self._follow)
            self._follow(app.focusObject())
        self._listen()
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        app = QGuiApplication.instance()
        if self.running and isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._listen)
            app.focusObjectChanged.disconnect(self._follow)
            self._follow(None)
            for window in app.topLevelWindows():
                window.removeEventFilter(self)
        self._timer.stop()
        self._warned = self._expired = False

    def touch(self) -> None:
        """Somebody is there. Too late once the time is over, as on the first key after a long sleep."""
        now = self._clock()
        if now.since(self._last) >= self._limit:
            self._expire()
        else:
            self._last = now

    def carry_on(self) -> None:
        """Somebody said that they go on."""
        self.touch()
        self._resume()

    def tick(self) -> None:
        """See how long it has been."""
        if self._expired or not self.running:
            return
        self._listen()
        idle = self._clock().since(self._last)
        left = self._limit - idle
        # A minute before; with a limit of one minute, half of it.
        notice = min(_NOTICE_S, self._limit / 2)
        if left <= 0:
            self._expire()
        elif left <= notice and not self._warned:
            self._warned = True
            self.warned.emit(int(notice))
        elif left > notice and self._warned and not _pressed():
            # Not under a mouse button that is down: what is said goes, and something else would be hit.
            self._resume()

    def _resume(self) -> None:
        if self._warned and not self._expired:
            self._warned = False
            self.resumed.emit()

    def _expire(self) -> None:
        if not self._expired and self.running:
            self._expired = True
            self.expired.emit()

    # --- listening --------------------------------------------------------------------------------

    def _listen(self, _window: object = None) -> None:
        """Hear every window there is; asking twice changes nothing."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def _follow(self, focus: QObject | None) -> None:
        if self._focus is not None and isValid(self._focus):
            self._focus.removeEventFilter(self)
        self._focus = focus
        if focus is not None:
            focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Take note, and let everything pass."""
        kind = event.type()
        if kind in _TOUCHES:
            self.touch()
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            # Windows also reports moves of a mouse that lies still, when what is under it changes.
            at = event.globalPosition().toPoint()
            if at != self._pointer:
                self._pointer = at
                self.touch()
        return super().eventFilter(watched, event)


def _pressed() -> bool:
    return QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
