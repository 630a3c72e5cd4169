"""Opening a content pack: checks it off the window's thread, shows it over a page, uses it when asked to.

Moves no vault; that is offered where the modules are chosen.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tsguard.errors import TSGuardError
from tsguard.gui.packs.panel import WIDTH, PackPanel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.panels import Sheet
from tsguard.services import content
from tsguard.services.explain import explain
from tsguard.services.pack_changes import PackChanges, pack_changes
from tsguard.services.packs import GivenPack, Packs


class PackDesk(QObject):
    """One file at a time.

    Attributes:
        panel: Of the file that was opened last; None before.

    Signals:
        changed(): Other content is used now.
    """

    changed = Signal()

    def __init__(self, theme: Theme, host: QWidget, packs: Packs, tasks: Tasks) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            host: What the panel is laid over.
            packs: The packs of this computer.
            tasks: Checks the file.
        """
        super().__init__(host)
        self._theme, self._host, self._packs, self._tasks = theme, host, packs, tasks
        self._sheet: Sheet | None = None
        self.panel: PackPanel | None = None

    def open(self, path: Path) -> None:
        """Check a file and show what it is; nothing is used yet."""
        if self._sheet is not None and isValid(self._sheet):
            self._sheet.dismiss()
            self._sheet.deleteLater()
        panel = self.panel = PackPanel(self._theme, path.name)
        sheet = self._sheet = Sheet(self._theme, self._host, panel, width=WIDTH)
        panel.closed.connect(sheet.dismiss)
        sheet.open()
        packs = self._packs

        def work(_progress: Progress) -> tuple[GivenPack, PackChanges, bool]:
            now = content.shipped()
            given, used = packs.look(path), packs.current
            return given, pack_changes(now, given.shelf), used is not None and used.sha256 == given.sha256

        def done(found: tuple[GivenPack, PackChanges, bool]) -> None:
            if isValid(panel):
                given, changes, used = found
                panel.use_wanted.connect(lambda: self._use(given))
                panel.show_pack(given, changes, used=used)

        def failed(error: TSGuardError) -> None:
            if isValid(panel):
                panel.show_refusal(str(explain(error)))

        self._tasks.run(work, done, failed, looks=True)

    def _use(self, given: GivenPack) -> None:
        panel = self.panel
        try:
            self._packs.use(given)
        except TSGuardError as error:
            if panel is not None and isValid(panel):
                panel.show_refusal(str(explain(error)))
            return
        if panel is not None and isValid(panel):
            panel.show_used()
        self.changed.emit()
