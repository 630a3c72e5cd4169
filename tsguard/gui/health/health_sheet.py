"""A sheet over the start page for a file that can not be opened: examine it, and save what is left of it.

The file itself is never changed. It must not keep the passphrase longer than the sheet is open.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.health.report_view import ReportView
from tsguard.gui.keys.new_passphrase import NewPassphrase
from tsguard.gui.keys.proof import ProofField
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.panels import Sheet, SidePanel
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _
from tsguard.services import health_words as words
from tsguard.services.doctor import Doctor
from tsguard.services.explain import explain
from tsguard.services.health import Health, Outcome, Salvaged
from tsguard.services.vault_file import Secret
from tsguard.services.visible import visible

_WIDTH = 520
_SUFFIX = ".tsg"


class HealthSheet(QObject):
    """Examining and salvaging one file; ``show`` begins.

    Signals:
        salvaged(object): The ``Path`` of a new vault that the person wants to open.
        backups_wanted(): The person rather restores the file from a backup; the sheet is gone.
        closed(): The sheet is gone.
    """

    salvaged = Signal(object)
    backups_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, host: QWidget, tasks: Tasks, doctor: Doctor) -> None:
        """Make it; nothing is seen yet.

        Args:
            theme: Where colours come from.
            host: What it is laid over, wholly.
            tasks: Runs what takes time.
            doctor: Examines.
        """
        super().__init__(host)
        self._theme, self._tasks, self._doctor = theme, tasks, doctor
        self._path = Path()
        self._secret: Secret | None = None
        self._new: Path | None = None
        self._working: Progress | None = None
        self._name = Text(theme, "", "body_b")
        self._where = Text(theme, "", "small", "ink3", wrap=True, lines=3)
        self.before = ReportView(theme)
        self.proof = ProofField(theme, _("这个文件的口令"))
        self.proof.submitted.connect(self.examine)
        self.start = Button(theme, _("检查"), "primary")
        self.start.clicked.connect(self.examine)
        self.strip = ProgressStrip(theme)
        self.note = Note(theme, Severity.INFO, "")
        self.note.hide()
        self.report = ReportView(theme)
        self.passphrase = NewPassphrase(theme, _("新保险库的口令"))
        self.passphrase.submitted.connect(self.browse)
        self.repair = Button(theme, _("修复到新的保险库"), "primary")
        self.repair.clicked.connect(self.browse)
        self.repair_strip = ProgressStrip(theme)
        self.backup = Button(theme, _("从备份恢复"), icon="archive")
        self.backup.clicked.connect(self._to_backups)
        self._repairing = holder(
            column(
                Hairline(theme),
                14,
                Text(theme, _("修复"), "subtitle"),
                4,
                Text(
                    theme,
                    _("能读的都带到一个新文件里，丢失和要核对的逐条列出；现在这个文件不会改动。"),
                    "small",
                    "ink2",
                    wrap=True,
                ),
                10,
                self.passphrase,
                12,
                row(self.repair, self.repair_strip, None, gap=12),
                gap=0,
            )
        )
        self.done = ReportView(theme)
        self.open = Button(theme, _("打开新的保险库"), "primary")
        self.open.clicked.connect(self._open_new)
        self._parts = (self.before, self.report, self.backup, self._repairing, self.done, self.open)
        intro = _("检查在一份临时副本上做，不改动文件本身。")
        self._asking = holder(
            column(
                self.before,
                10,
                Text(theme, intro, "small", "ink2", wrap=True),
                10,
                self.proof,
                12,
                row(self.start, None),
                gap=0,
            )
        )
        body = column(
            self._name,
            self._where,
            12,
            self._asking,
            self.strip,
            8,
            self.note,
            self.report,
            12,
            row(self.backup, None),
            12,
            self._repairing,
            self.done,
            12,
            row(self.open, None),
            None,
            gap=2,
        )
        self.panel = SidePanel(theme, _("检查与修复"), holder(body), width=0)
        self.sheet = Sheet(theme, host, self.panel, width=_WIDTH)
        self.panel.closed.connect(self.sheet.dismiss)
        self.sheet.closed.connect(self._closed)

    def show(self, path: Path) -> None:
        """Come into sight with a file; what can be seen without its passphrase is there at once."""
        self._forget()
        self._path = path
        self._name.set_text(visible(path.stem))
        self._where.set_text(visible(path))
        try:
            seen = self._doctor.outside(path)
        except TSGuardError as error:
            self._say(error)
            self._asking.hide()
        else:
            self.before.show_lines(words.outside_lines(seen))
            self._asking.setVisible(True)
            for part in (self.proof, self.start):
                part.setVisible(seen.vault)
        self.sheet.open()
        if self._asking.isVisible() and self.proof.isVisible():
            self.proof.take_keyboard()

    # --- examining --------------------------------------------------------------------------------

    def examine(self) -> None:
        """Begin to examine with what was typed."""
        secret = self.proof.secret() if self._working is None else None
        if secret is None:
            return
        self._secret, path, doctor = secret, self._path, self._doctor
        for part in (self.report, self.backup, self._repairing, self.done, self.open):
            part.hide()
        self._begin(
            self.strip,
            _("正在检查"),
            self._tasks.run(
                lambda told: doctor.examine(path, secret, told.report, told.cancelled),
                self._examined,
                self._failed,
                self.strip.report,
            ),
        )

    def _begin(self, strip: ProgressStrip, sentence: str, work: Progress) -> None:
        self._working = work
        self.note.hide()
        self.start.setEnabled(False)
        self.repair.setEnabled(False)
        self.proof.setEnabled(False)
        self.passphrase.setEnabled(False)
        strip.start(sentence, work.cancel)

    def _end(self) -> None:
        self._working = None
        self.strip.finish()
        self.repair_strip.finish()
        for part in (self.start, self.repair, self.proof, self.passphrase):
            part.setEnabled(True)

    def _examined(self, found: Health) -> None:
        self._end()
        if self._secret is None:  # closed meanwhile
            return
        self._asking.hide()
        self.report.show_result(found.outcome, words.advice(found), words.lines(found))
        mendable = found.outcome is not Outcome.SOUND and not found.nothing_left
        by_code = not isinstance(self._secret, str)
        self.passphrase.set_help("" if by_code else _("留空就沿用现在的口令。"))
        # Where content is lost, a backup comes first: it loses least.
        self.backup.setVisible(found.outcome is Outcome.LOST)
        self._repairing.setVisible(mendable)
        if mendable:
            self.passphrase.setFocus()

    def _failed(self, error: TSGuardError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.note.say(Severity.INFO, _("已停下，什么也没有改动。"))
            self.note.show()
        else:
            self._say(error)

    def _say(self, error: TSGuardError) -> None:
        self.note.say(Severity.ERROR, str(explain(error)))
        self.note.show()

    # --- salvaging --------------------------------------------------------------------------------

    def browse(self) -> None:
        """Ask where the new vault goes."""
        if self._working is not None or self._new_passphrase() is None:
            return
        name = _("{name}（修复）").format(name=self._path.stem)
        chosen, _kind = QFileDialog.getSaveFileName(
            self.panel,
            _("修复到新的保险库"),
            str(self._path.with_name(f"{name}{_SUFFIX}")),
            _("保险库(*.tsg)"),
        )
        if chosen:
            path = Path(chosen)
            self.salvage_to(
                path if path.suffix.lower() == _SUFFIX else path.with_name(f"{path.name}{_SUFFIX}")
            )

    def salvage_to(self, new: Path) -> None:
        """Make a new vault there."""
        secret, passphrase = self._secret, self._new_passphrase()
        if secret is None or passphrase is None or self._working is not None:
            return
        path, doctor = self._path, self._doctor
        self._begin(
            self.repair_strip,
            _("正在修复"),
            self._tasks.run(
                lambda told: doctor.salvage(path, secret, new, passphrase, told.report, told.cancelled),
                self._came,
                self._failed,
                self.repair_strip.report,
            ),
        )

    def _new_passphrase(self) -> str | None:
        typed = self.passphrase.text()
        if typed:
            return typed if self.passphrase.in_order() else None
        if isinstance(self._secret, str):
            return self._secret
        self.passphrase.first.set_error(_("请为新的保险库设一个口令。"))
        self.passphrase.setFocus()
        return None

    def _came(self, done: Salvaged) -> None:
        self._end()
        if self._secret is None:  # closed meanwhile
            return
        self._new = done.facts.path
        self._repairing.hide()
        self.backup.hide()
        self.report.hide()
        loses = bool(done.lost or done.doubtful or done.incomplete)
        advice = _("新文件是{path}，已逐页核对。").format(path=visible(done.facts.path))
        self.done.show_result(
            Outcome.RECOVERABLE if loses else Outcome.SOUND,
            advice,
            words.salvaged_lines(done),
            _("已修复，有几处要核对") if loses else _("已修复，内容一条不少"),
        )
        self.open.show()
        self.open.setFocus()

    def _to_backups(self) -> None:
        self.sheet.dismiss()
        self.backups_wanted.emit()

    def _open_new(self) -> None:
        new = self._new
        self.sheet.dismiss()
        if new is not None:
            self.salvaged.emit(new)

    # --- closing ----------------------------------------------------------------------------------

    def _forget(self) -> None:
        if self._working is not None:
            self._working.cancel()
        self._secret = self._new = None
        self.proof.clear()
        self.passphrase.clear()
        self.note.hide()
        for part in self._parts:
            part.hide()

    def _closed(self) -> None:
        self._forget()
        self.closed.emit()
