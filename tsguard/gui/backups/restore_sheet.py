"""Restoring from a backup: its passphrase where it needs one, what differs, then one of two ways.

A new file is the way that is offered first. For the page of the open vault and for the start page, where
the vault is lost or can't be opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.errors import Cancelled, TSGuardError, VaultMissing, WrongPassphrase
from tsguard.gui.backups.columns import difference_columns
from tsguard.gui.keys.proof import ProofField
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.dialogs import Choice, Dialog
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.panels import Sheet, SidePanel
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.services import backup_words, restore, restore_preview
from tsguard.services.backup_files import Places
from tsguard.services.backup_plan import DEFAULT_BUDGET, Backup
from tsguard.services.explain import explain
from tsguard.services.moments import moment_text
from tsguard.services.restore import Restored
from tsguard.services.restore_preview import Preview
from tsguard.services.session import Session
from tsguard.services.vault_file import Secret
from tsguard.services.visible import visible

_WIDTH = 640
_MOST_HEIGHT = 380
_REPLACE, _KEEP = "replace", "keep"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is restored, and beside what.

    Attributes:
        backup: The backup.
        places: Where backups lie.
        budget: Bytes of this vault's backups.
        vault: The file that may be replaced; None where only a new file can be made.
        session: The open vault; None where it is lost or can't be opened.
        lost: Why it can't be opened.
        options: Further arguments of ``services.restore``, such as cheap key profiles.
    """

    backup: Backup
    places: Places
    budget: int = DEFAULT_BUDGET
    vault: Path | None = None
    session: Session | None = None
    lost: TSGuardError | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


class RestoreSheet(Sheet):
    """The sheet; made for one backup, and thrown away when it is closed.

    Attributes:
        subject: What is restored.

    Signals:
        restored(object): A ``Restored``: a new file is there.
        replaced(object): A ``Restored``: the vault's own file is the backup now, and it is locked.
    """

    restored = Signal(object)
    replaced = Signal(object)

    def __init__(self, theme: Theme, host: QWidget, tasks: Tasks, subject: Subject) -> None:
        """Make it; ``open`` brings it into sight.

        Args:
            theme: Where colours come from.
            host: The page it is laid over.
            tasks: Runs what takes time.
            subject: What is restored.
        """
        self._tasks, self.subject = tasks, subject
        self._secret: Secret | None = None
        self._running: Progress | None = None
        self.proof = ProofField(theme, _("这份备份的口令"))
        self.passphrase = self.proof.passphrase
        self.proof.submitted.connect(self.look)
        self._look = Button(theme, _("查看内容"), "primary")
        self._look.clicked.connect(self.look)
        self.asking = holder(column(self.proof, row(self._look, None), gap=10))
        self.strip = ProgressStrip(theme)
        self.note = Note(theme, Severity.INFO, "")
        self.counts = Text(theme, "", "body", wrap=True)
        self.newest = Text(theme, "", "small", "ink3", wrap=True)
        self._differ = Text(theme, "", "body_b")
        self.table = DataTable(theme, difference_columns(), name=_("不同的地方"), sortable=False)
        self.seen = holder(
            column(self.counts, self.newest, 6, self._differ, self.table, gap=4, margins=(0, 8, 0, 0))
        )
        self.new_file = Button(theme, _("另存为新文件"), "primary")
        self.new_file.clicked.connect(self.browse)
        self._gone = isinstance(subject.lost, VaultMissing)
        self.instead = Button(theme, _("放回原来的位置") if self._gone else _("换下现在的保险库"))
        self.instead.clicked.connect(self.ask)
        words = _("{when}的备份（{reason}，{size}）").format(
            when=moment_text(subject.backup.when),
            reason=backup_words.reason_word(subject.backup.reason),
            size=backup_words.size_word(subject.backup.size),
        )
        body = column(
            Text(theme, words, "body", wrap=True),
            Text(theme, visible(subject.backup.path), "caption", "ink3", wrap=True),
            12,
            self.asking,
            self.strip,
            self.note,
            self.seen,
            gap=4,
        )
        foot = (self.instead, None, self.new_file)
        panel = SidePanel(theme, _("从备份恢复"), holder(body), width=0, foot=foot)
        super().__init__(theme, host, panel, width=_WIDTH)
        panel.closed.connect(self.dismiss)
        self.closed.connect(self._forget)
        self.note.hide()
        self.seen.hide()
        self._offer(on=False)

    def open(self) -> None:
        """Come into sight; where the open vault's own key fits, show at once what differs."""
        super().open()
        session, backup = self.subject.session, self.subject.backup
        if session is not None and not session.closed and session.file.key_id == backup.key_id:
            self._secret = session.file.raw_key()
            self.asking.hide()
            self.look()
        else:
            self.proof.take_keyboard()

    # --- what differs -------------------------------------------------------------------------------

    def look(self) -> None:
        """Open a copy of the backup and compare."""
        if self._running is not None:
            return
        secret = self.proof.secret() if self._secret is None else self._secret
        if secret is None:
            return
        self.note.hide()
        subject = self.subject

        def work(progress: Progress) -> tuple[Secret, Preview]:
            return secret, restore_preview.preview(
                subject.backup.path,
                secret,
                subject.session,
                subject.places,
                lost=subject.lost,
                progress=progress.report,
                cancelled=progress.cancelled,
                **subject.options,
            )

        self._start(work, self._looked, _("正在打开备份"))

    def _looked(self, found: tuple[Secret, Preview]) -> None:
        self._end()
        self._secret, preview = found
        self.proof.clear()
        self.asking.hide()
        counted = backup_words.records_counted(preview.counts)
        self.counts.set_text(_("{name}：{records}").format(name=preview.enterprise, records=counted))
        newest = "" if preview.newest_at is None else moment_text(preview.newest_at)
        self.newest.set_text(_("最后一次改动：{when}").format(when=newest) if newest else "")
        careful = preview.compared and (not preview.same_vault or bool(preview.behind))
        unreadable = preview.lost is not None and not self._gone
        severity = Severity.WARNING if careful or unreadable else Severity.INFO
        self.note.say(severity, backup_words.relation_sentence(preview))
        self.note.show()
        count = len(preview.differences)
        self._differ.set_text(_("有{count}处不同").format(count=f"{count:,}") if count else "")
        self.table.set_rows(preview.differences)
        self.table.setVisible(bool(count))
        self.table.setFixedHeight(min(self.table.content_height(), _MOST_HEIGHT))
        self.seen.show()
        self._offer(on=True)
        self.new_file.setFocus()

    # --- the two ways -------------------------------------------------------------------------------

    def browse(self) -> None:
        """Ask where the new file goes."""
        backup, vault = self.subject.backup, self.subject.vault
        folder = Path.home() if vault is None else vault.parent
        name = _("{name}（{day}的备份）").format(name=backup.stem, day=f"{backup.when.astimezone():%Y-%m-%d}")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("另存为新文件"), str(folder / f"{name}.tsg"), _("保险库(*.tsg)")
        )
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix.lower() == ".tsg" else path.with_name(f"{path.name}.tsg"))

    def save_to(self, target: Path) -> None:
        """Make a new file of the backup."""
        secret, subject = self._secret, self.subject
        if secret is None:
            return
        self._start(
            lambda progress: restore.restore_to(
                subject.backup.path,
                secret,
                target,
                progress=progress.report,
                cancelled=progress.cancelled,
                **subject.options,
            ),
            self._saved,
            _("正在恢复"),
        )

    def _saved(self, done: Restored) -> None:
        self._end()
        self._offer(on=True)
        words = _("已恢复并核对：{path}。现在的保险库没有动；新文件的口令就是这份备份的口令。")
        self.note.say(Severity.GOOD, words.format(path=visible(done.path)))
        self.note.show()
        self.restored.emit(done)

    def ask(self) -> None:
        """Ask before the vault's own file is replaced; not where there is none."""
        if self._gone:
            self.replace()
            return
        lost = self.subject.session is None
        text = (
            _("打不开的文件会改名留在原处，不删除。以后用这份备份的口令打开。")
            if lost
            else _("现在的内容先另作一份“恢复前”的备份，再换上；换好就锁定，用这份备份的口令打开。")
        )
        dialog = Dialog(
            self._theme,
            self.window(),
            _("用这份备份换下现在的保险库"),
            text,
            (Choice(_KEEP, _("先不换")), Choice(_REPLACE, _("换下"), "danger")),
            safe=_KEEP,
        )
        dialog.answered.connect(self._answered)
        dialog.open()

    def _answered(self, value: object) -> None:
        if value == _REPLACE:
            self.replace()

    def replace(self) -> None:
        """Put the backup in the vault's place."""
        secret, subject = self._secret, self.subject
        if secret is None or subject.vault is None:
            return
        self._start(lambda progress: _replace(subject, secret, progress), self._replaced, _("正在恢复"))

    def _replaced(self, done: Restored) -> None:
        self._end()
        self.dismiss()
        self.replaced.emit(done)

    # --- work ---------------------------------------------------------------------------------------

    def _start(self, work: Callable[[Progress], Any], done: Callable[[Any], None], words: str) -> None:
        self._offer(on=False)
        self._look.setEnabled(False)
        self._running = self._tasks.run(work, done, self._failed, self.strip.report)
        self.strip.start(words, self._running.cancel)

    def _end(self) -> None:
        self._running = None
        self.strip.finish()
        self._look.setEnabled(True)

    def _failed(self, error: TSGuardError) -> None:
        self._end()
        self._offer(on=self._secret is not None and self.seen.isVisibleTo(self))
        if isinstance(error, Cancelled):
            return
        said = explain(error)
        if self.asking.isVisibleTo(self):
            wrong = isinstance(error, WrongPassphrase) and self.proof.by_code
            self.proof.refuse(_("这份恢复码不是这份备份的。") if wrong else said.happened)
            return
        self.note.say(Severity.ERROR, str(said))
        self.note.show()

    def _offer(self, *, on: bool) -> None:
        self.new_file.setEnabled(on)
        self.instead.setEnabled(on)
        self.instead.setVisible(self.subject.vault is not None)

    def _forget(self) -> None:
        """Keep no key and nothing decrypted once it is closed."""
        if self._running is not None:
            self._running.cancel()
        self._secret = None
        self.proof.clear()
        self.table.set_rows(())
        self.counts.set_text("")
        self.deleteLater()


def _replace(subject: Subject, secret: Secret, progress: Progress) -> Restored:
    told: dict[str, Any] = {
        "budget": subject.budget,
        "progress": progress.report,
        "cancelled": progress.cancelled,
        **subject.options,
    }
    if subject.session is not None:
        return restore.replace_open(subject.backup.path, secret, subject.session, subject.places, **told)
    assert subject.vault is not None  # noqa: S101 - asked before
    return restore.restore_over(subject.backup.path, secret, subject.vault, secret, subject.places, **told)
