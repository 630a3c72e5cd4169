"""Lets the keys of undo and redo through a text field that has nothing of its own to undo.

Qt's text fields take these keys always, so the last change of the vault could not be taken back from
where the keyboard mostly is. Knows nothing of what is undone then.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class UndoKeys(QObject):
    """Watches one editor; does nothing for editors that are no text fields."""

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Leave a key to the window's shortcuts where the field has no use for it."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _idle(watched, event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _idle(watched: QObject, event: QKeyEvent) -> bool:
    """Whether the key would undo or redo nothing in the field."""
    standard = QKeySequence.StandardKey
    if isinstance(watched, QLineEdit):
        undo, redo = watched.isUndoAvailable(), watched.isRedoAvailable()
    elif isinstance(watched, QPlainTextEdit):
        undo, redo = watched.document().isUndoAvailable(), watched.document().isRedoAvailable()
    else:
        return False
    return (event.matches(standard.Undo) and not undo) or (event.matches(standard.Redo) and not redo)
