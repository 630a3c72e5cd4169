"""Before locking and closing: work that still runs, and typed text that could not be stored, are asked about.

Nothing is lost without a question, and nothing is asked without a reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.i18n import _

if TYPE_CHECKING:
    from tsguard.gui.widgets.dialogs import Choice, Dialog

_STAY, _WAIT, _STOP = "stay", "wait", "stop"


class Leaving(QObject):
    """Asks where there is something to ask, then acts.

    Attributes:
        dialog: The question that is being asked, or None.
    """

    def __init__(self, theme: Theme, window: QWidget, tasks: Tasks) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            window: What the questions stand over; also the owner.
            tasks: May still be at work.
        """
        super().__init__(window)
        self._theme, self._window, self._tasks = theme, window, tasks
        self._later: Callable[[], object] | None = None
        self.dialog: Dialog | None = None
        tasks.busy_changed.connect(self._busy_changed)

    def leave(self, flush: Callable[[], bool], act: Callable[[], object], *, closing: bool = False) -> None:
        """Act, at once where there is nothing to ask.

        Args:
            flush: Writes what is being typed; False where that failed.
            act: Locks or closes.
            closing: Whether the questions speak of closing.
        """
        if self.dialog is not None:
            return
        self._later = None
        if self._tasks.busy:
            self._ask_busy(lambda: self.leave(flush, act, closing=closing), closing)
        elif flush():
            act()
        else:
            self._ask_unsaved(act, closing)

    def _ask_busy(self, again: Callable[[], object], closing: bool) -> None:
        from tsguard.gui.widgets.dialogs import Choice  # noqa: PLC0415 - start-up time

        def answered(value: object) -> None:
            if value == _STAY:
                return
            self._later = again
            if value == _STOP:
                self._tasks.cancel_all()
            if not self._tasks.busy:
                self._busy_changed(False)

        self._ask(
            _("还有事情没做完"),
            _(
                "程序正在读写文件。取消的话，没做完的部分不会留下；已经存进保险库的都在。"
                "如果正在做申报材料，做完后查出疑似泄密的，不会写出文件，下次打开保险库要重新做。"
            ),
            (
                Choice(_STOP, _("取消并关闭") if closing else _("取消并锁定"), "danger"),
                Choice(_WAIT, _("做完再关闭") if closing else _("做完再锁定")),
                Choice(_STAY, _("先不关闭") if closing else _("先不锁定"), "primary"),
            ),
            answered,
        )

    def _ask_unsaved(self, act: Callable[[], object], closing: bool) -> None:
        from tsguard.gui.widgets.dialogs import Choice  # noqa: PLC0415 - start-up time

        def answered(value: object) -> None:
            if value != _STAY:
                act()

        self._ask(
            _("有内容没有存上"),
            _("刚才输入的内容没能写进保险库，现在离开就没有了。可以先看看原因，或者复制到别处。"),
            (
                Choice(_STOP, _("放弃它并关闭") if closing else _("放弃它并锁定"), "danger"),
                Choice(_STAY, _("先不关闭") if closing else _("先不锁定"), "primary"),
            ),
            answered,
        )

    def _ask(
        self, title: str, words: str, choices: tuple[Choice, ...], answered: Callable[[object], object]
    ) -> None:
        from tsguard.gui.widgets.dialogs import Dialog  # noqa: PLC0415 - start-up time

        def done(value: object) -> None:
            if self.dialog is not None:  # a way out may tell twice
                self.dialog = None
                # Only when the dialog has closed itself: acting may close the window under it.
                QTimer.singleShot(0, self, lambda: answered(value))

        self.dialog = Dialog(self._theme, self._window, title, words, choices, safe=_STAY)
        self.dialog.answered.connect(done)
        self.dialog.open()

    def _busy_changed(self, busy: bool) -> None:
        if busy or self._later is None:
            return
        # Later: whoever asked for the work gets its result first, and may go on with it.
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if not self._tasks.busy and self._later is not None:
            again, self._later = self._later, None
            again()
