"""Catching what nobody caught: one dialog, sent nowhere.

Tells kinds of errors and places in the program, never a local value nor the text of an exception:
either may hold what stands in a vault.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import PurePath
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from tsguard import __version__
from tsguard.errors import TSGuardError
from tsguard.gui.theme import Theme
from tsguard.i18n import _

if TYPE_CHECKING:
    from tsguard.gui.widgets.dialogs import Dialog

_LONGEST = 40


def details(error: BaseException) -> str:
    """Kinds of the error and of what caused it, with the places in the program; no value, no message."""
    lines = [f"tsguard {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    for each in _chain(error):
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
        frames = traceback.extract_tb(each.__traceback__)
        lines.extend(
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-_LONGEST:]
        )
    return "\n".join(lines)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)


def _short(file: str) -> str:
    """The file without the folders above the package: those name the person's account."""
    parts = PurePath(file).parts
    for root in ("tsguard", "site-packages"):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at if root == "tsguard" else at + 1 :])
    return parts[-1] if parts else file


def sentences(error: BaseException) -> tuple[str, str]:
    """A title, and what happened with what it means for the data and what to do."""
    if isinstance(error, TSGuardError):
        from tsguard.services.explain import explain  # noqa: PLC0415 - start-up time

        said = explain(error)
        return said.happened.rstrip("。"), f"{said.data}{said.advice}"
    return (
        _("程序出了一个没料到的错误"),
        _("到上一次保存为止的内容都在保险库里，没有受影响。可以接着用；若再次出现，请关闭程序再打开。"),
    )


class CrashHook(QObject):
    """Catches what nobody caught, in any thread, and shows one dialog at a time.

    Signals:
        caught(error): Something was caught; for tests and for the log of nobody.
    """

    caught = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """Make the hook; ``install`` puts it in force.

        Args:
            theme: Where colours come from.
            window: What the dialog stands over; also the owner.
        """
        super().__init__(window)
        self._theme, self._window = theme, window
        self._dialog: Dialog | None = None
        self.caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over ``sys.excepthook`` and the one of threads."""
        sys.excepthook = self._from_python
        threading.excepthook = self._from_thread

    def uninstall(self) -> None:
        """Give both back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _from_python(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        # The terminal gets no more than the dialog: its text may end in a log file.
        if sys.stderr is not None:  # a windowed program has none
            sys.stderr.write(f"{details(error.with_traceback(trace))}\n")
        self.caught.emit(error)

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self._from_python(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, error: BaseException) -> None:
        if self._dialog is not None:
            return
        from tsguard.gui.crash_dialog import CrashDialog  # noqa: PLC0415 - start-up time

        self._dialog = CrashDialog(self._theme, self._window, error)
        self._dialog.answered.connect(self._gone)
        self._dialog.open()

    def _gone(self, _value: object) -> None:
        self._dialog = None
