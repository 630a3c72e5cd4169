"""核验文件 before anything is open: the same view over the start page, without a register to compare with."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PANEL_MARGIN
from tsguard.gui.verifying.view import VerifyView
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.panels import Sheet
from tsguard.gui.widgets.surfaces import Surface
from tsguard.i18n import _

_WIDTH = 820


class VerifySheet(Sheet):
    """The view on a sheet; what it found is forgotten when it closes.

    Attributes:
        view: File and findings.
    """

    def __init__(self, theme: Theme, host: QWidget, tasks: Tasks) -> None:
        """Make it; it is hidden until ``open``.

        Args:
            theme: Where colours come from.
            host: The start page.
            tasks: Reads files.
        """
        self.view = VerifyView(theme, tasks, lambda: None, side=PANEL_MARGIN)
        other, close = Button(theme, _("选择PDF…"), "plain", "folder_open"), Button(theme, _("关闭"))
        head = PageHeader(theme, _("核验文件"), actions=(other, close), margins=(PANEL_MARGIN, 14, 16, 0))
        layout = column(head, gap=14)
        layout.addWidget(self.view, 1)
        body = Surface(theme, layout, fill="layer")
        body.setAccessibleName(_("核验文件"))
        super().__init__(theme, host, body, width=_WIDTH)
        other.clicked.connect(self.view.browse)
        close.clicked.connect(self.dismiss)
        self.closed.connect(self.view.clear)
