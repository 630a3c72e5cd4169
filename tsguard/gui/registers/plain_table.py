"""Taking a register along as a plain table: into the clipboard, or a CSV after a warning.

Both leave the vault's protection, and it says so. It knows no kind of record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from tsguard.errors import TSGuardError
from tsguard.gui.registers.register_view import RegisterTable
from tsguard.gui.widgets.messages import Action, Message, MessageBar
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.plain_copy import write_csv

_KEY = "plain-table"


@dataclass(frozen=True, slots=True)
class PlainTable:
    """What is taken along.

    Attributes:
        name: Of the file, without its suffix.
        warning: What the file gives away, one sentence; made when it is shown.
        rows: Head and rows, made when they are written.
    """

    name: str
    warning: Callable[[], str]
    rows: Callable[[], Sequence[Sequence[str]]]


class TakingAlong:
    """The two ways out of a register, as entries of a page's menu."""

    def __init__(self, page: QWidget, table: RegisterTable, messages: MessageBar, plain: PlainTable) -> None:
        self._page, self._table, self._messages, self._plain = page, table, messages, plain

    def add_to(self, menu: QMenu) -> None:
        """Offer both."""
        menu.addAction(_("导出CSV…"), self.warn)
        menu.addAction(_("复制表格"), self.copy)

    def copy(self) -> None:
        """Copy what the list shows now, and say that others can read it."""
        self._table.copy()
        count = len(self._table.shown())
        text = _("剪贴板不加密，其他程序也能读到。")
        self._post(Severity.GOOD, _("已复制{count}条").format(count=count), text)

    def warn(self) -> None:
        """Say what a CSV gives away, and offer to write it all the same."""
        action = Action(_("仍要导出"), self._ask)
        self._post(Severity.WARNING, _("CSV文件不加密"), self._plain.warning(), action)

    def write(self, path: Path) -> None:
        """Write the whole register as a table in clear; what came of it is said."""
        rows = self._plain.rows()
        try:
            write_csv(path, rows)
        except TSGuardError as error:
            said = explain(error)
            self._post(Severity.ERROR, said.happened, f"{said.data}{said.advice}")
            return
        self._post(Severity.GOOD, _("已导出{count}条").format(count=len(rows) - 1), str(path))

    def _ask(self) -> None:
        proposed = f"{self._plain.name}.csv"
        name, _kind = QFileDialog.getSaveFileName(self._page, _("导出CSV"), proposed, "CSV (*.csv)")
        if name:
            self.write(Path(name))

    def _post(self, severity: Severity, title: str, text: str, *actions: Action) -> None:
        self._messages.post(Message(severity, title, text, actions, key=_KEY))
