"""Changes as steps: each is made at once, can be undone and redone, and tried again where it failed.

A change goes to the file first; when that fails the screen stays at the old value and ``failed`` says
why. Undo works the same way: it is done first and leaves the stack only when it succeeded. Knows no
record and no session.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from tsguard.errors import TSGuardError


class _Done(QUndoCommand):
    """A change that has been made already, with the ways back and forth."""

    def __init__(self, text: str, key: str, back: Callable[[], None], forth: Callable[[], None]) -> None:
        super().__init__(text)
        self.key = key
        self.back = back
        self.forth = forth

    def id(self) -> int:
        """Typed text merges into one step; everything else stands alone."""
        return 1 if self.key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a later edit of the same text."""
        if not isinstance(other, _Done) or other.key != self.key:
            return False
        self.forth = other.forth
        other.back = other.forth = _nothing  # Qt drops it, but its Python half may live on with the values
        return True


def _nothing() -> None:
    """What a step does that was merged into another."""


class Steps(QObject):
    """Makes changes and remembers the ways back.

    Attributes:
        undo_stack: What can be undone; its texts are shown in the menu.

    Signals:
        saved(): The last change is in the file.
        undone(text): That change was taken back, ``saved`` having been said before.
        redone(text): That change was made again, likewise.
        failed(error): A change was not stored; the ``TSGuardError`` says why.
    """

    saved = Signal()
    undone = Signal(str)
    redone = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._failed_change: Callable[[], None] | None = None

    def undo(self) -> None:
        """Take the newest change back; where that fails it stays on the stack."""
        command = self.undo_stack.command(self.undo_stack.index() - 1) if self.undo_stack.canUndo() else None
        if isinstance(command, _Done) and self._try(command.back):
            self.undo_stack.undo()
            self.undone.emit(command.text())

    def redo(self) -> None:
        """Make an undone change again; where that fails it stays undone."""
        command = self.undo_stack.command(self.undo_stack.index()) if self.undo_stack.canRedo() else None
        if isinstance(command, _Done) and self._try(command.forth):
            self.undo_stack.redo()
            self.redone.emit(command.text())

    @property
    def can_retry(self) -> bool:
        """Whether the change that failed last could be made once more."""
        return self._failed_change is not None

    def retry(self) -> None:
        """Make the failed change once more; where it fails again ``failed`` says so again."""
        if self._failed_change is not None:
            self._failed_change()

    def forget_steps(self) -> None:
        """Forget what could be undone or tried again; at lock."""
        self.undo_stack.clear()
        self._failed_change = None

    def _change(
        self, text: str, *, back: Callable[[], None], forth: Callable[[], None], key: str = ""
    ) -> None:
        again = partial(self._change, text, back=back, forth=forth, key=key)
        if self._try(forth, again):
            self.undo_stack.push(_Done(text, key, back, forth))

    def _try(self, work: Callable[[], None], again: Callable[[], None] | None = None) -> bool:
        try:
            work()
        except TSGuardError as error:
            # Set first, so that whoever hears ``failed`` can ask for it.
            self._failed_change = again
            self.failed.emit(error)
            return False
        self._failed_change = None
        self.saved.emit()
        return True
