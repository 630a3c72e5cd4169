"""核验文件: whether a PDF is as it was exported, beside the register of the open vault."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from tsguard.domain.dossier import IssuedDocument
from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.verifying.view import VerifyView
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column
from tsguard.i18n import _


class VerifyPage(Page):
    """The view under a head.

    Attributes:
        view: File and findings.

    Signals:
        go(target): To the register's entry of the very file.
    """

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, model, parent)
        other = Button(theme, _("选择PDF…"), "plain", "folder_open")
        self.view = VerifyView(theme, tasks, self._register)
        layout = column(PageHeader(theme, _("核验文件"), actions=(other,)), gap=14)
        layout.addWidget(self.view, 1)
        self.setLayout(layout)
        other.clicked.connect(self.view.browse)
        self.view.issued_wanted.connect(self._see_issued)
        model.closing.connect(self.view.clear)

    def _register(self) -> Iterable[IssuedDocument] | None:
        return None if self.model.session.closed else self.model.session.issued

    def _see_issued(self, issued_id: str) -> None:
        self.go.emit(f"export:issued:{issued_id}")
