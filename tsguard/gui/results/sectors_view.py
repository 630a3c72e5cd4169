"""按行业模块: one score out of 100 for each sector module, apart from the general total."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.results.units_view import fit, unit_columns
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.layout import column, holder
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.scoring.results import ScoreSheet, UnitScore


class SectorsView(QWidget):
    """Sector scores.

    Attributes:
        table: One row for each module.

    Signals:
        chosen(object): The ``UnitScore`` that became current, or None.
        opened(object): One that was pressed or opened with Enter.
        go(target): To the choice of modules.
    """

    chosen = Signal(object)
    opened = Signal(object)
    go = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table = DataTable(theme, unit_columns(_("行业模块")), name=_("行业模块得分"))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.row_chosen.connect(self.chosen)
        self.table.row_opened.connect(self.opened)
        self.table.clicked.connect(self._clicked)
        said = _("行业分各按100分计，不并入通用分；行业模块的系数已经用在通用条款的权重上。")
        self._own = Text(theme, "", "caption", "ink2", wrap=True)
        self._own.hide()
        said_of_all = Text(theme, said, "caption", "ink3", wrap=True)
        self._full = holder(column(self.table, 10, self._own, said_of_all, gap=0))
        choose = Button(theme, _("去选行业模块"))
        choose.clicked.connect(self._choose_modules)
        self._none = EmptyState(
            theme,
            "building",
            _("还没有选行业模块"),
            _("这次只用了通用模块。行业模块另给一个百分制的分，并调高相关通用条款的权重。"),
            [choose],
        )
        self.setLayout(column(self._full, self._none, None, gap=0))

    def show_sheet(self, sheet: ScoreSheet) -> None:
        """Show other figures; the current module stays current."""
        current = self.table.value()
        self.table.set_rows(sheet.sectors)
        fit(self.table)
        if isinstance(current, UnitScore):
            self.choose(current.id)
        self._full.setVisible(bool(sheet.sectors))
        self._none.setVisible(not sheet.sectors)

    def show_own(self, titles: Sequence[str]) -> None:
        """Say which of the modules did not come with the program."""
        words = _("“{names}”非随程序发布。").format(names="”“".join(titles))
        self._own.set_text(words if titles else "")
        self._own.setVisible(bool(titles))

    def choose(self, module: str) -> bool:
        """Make a module the current one."""
        return self.table.choose(lambda unit: bool(unit.id == module))

    def leave(self) -> None:
        """Have no current module."""
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())

    def _clicked(self, _index: QModelIndex) -> None:
        self.opened.emit(self.table.value())

    def _choose_modules(self) -> None:
        self.go.emit("profile:modules")
