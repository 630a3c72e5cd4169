"""While an input method composes, the keys are the input method's: nothing of ours may act on them.

Pinyin is confirmed with Enter, given up with Esc and chosen with figures and arrows, the very keys that go
on, close and answer elsewhere. Systems mostly keep such keys to themselves; this holds where one does not.
It must not touch what is being composed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


class Composing(QObject):
    """Watches the one editor that has the keyboard.

    Attributes:
        open: Whether something is being composed in it.
    """

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        """Watch from now on.

        Args:
            app: Tells which widget has the keyboard.
            parent: Its owner.
        """
        super().__init__(parent)
        self.open = False
        app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        self.open = False
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and new.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Keep keys away from everybody while something is being composed."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self.open = bool(event.preeditString())
        elif self.open and kind in _KEYS:
            event.accept()  # an override that is taken is no shortcut
            return True
        return super().eventFilter(watched, event)
