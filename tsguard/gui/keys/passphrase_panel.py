"""Changing the passphrase: the old one first, the new one twice, then a complete new file.

Keeps none of them: the fields are emptied as soon as the work has begun.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.errors import Cancelled, TSGuardError, WrongPassphrase
from tsguard.gui.keys.new_passphrase import NewPassphrase
from tsguard.gui.keys.proof import ProofField
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services import backups
from tsguard.services.backup_files import places_of
from tsguard.services.explain import explain


class PassphrasePanel(QWidget):
    """The form and what comes of it.

    Signals:
        changed(old_key): The vault has a new passphrase; ``old_key`` is the id of the key it had.
        refused: It has not, and the panel says why; it may be out of sight by then.
        code_wanted: The person wants the new recovery code now.
    """

    changed = Signal(str)
    refused = Signal()
    code_wanted = Signal()

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, store: SettingsStore | None = None
    ) -> None:
        """Make the panel.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Does the work.
            store: Says where the backups before and after go; None makes none.
        """
        super().__init__()
        self._store = store
        self._model, self._tasks = model, tasks
        self._working: Progress | None = None
        self.proof = ProofField(theme, _("现在的口令"))
        self.new = NewPassphrase(theme, _("新口令"))
        self.act = Button(theme, _("更改口令"), "primary")
        self.strip = ProgressStrip(theme)
        self.done = Note(theme, Severity.GOOD, "")
        self.trouble = Note(theme, Severity.ERROR, "")
        self._code = Button(theme, _("制作新的恢复码"), icon="key")
        before = Note(
            theme,
            Severity.INFO,
            _(
                "换了口令，旧恢复码就不能再用；以前的备份和拷贝仍用旧口令打开。"
                "若是怕旧口令已经泄露，换好后请到“备份”里删掉旧口令的备份。"
            ),
        )
        self._form = holder(
            column(
                Text(
                    theme,
                    _("会先写好一份完整的新文件，核对无误才替换；中途断电也不会两头落空。"),
                    "small",
                    "ink2",
                    wrap=True,
                ),
                self.proof,
                self.new,
                before,
                self.trouble,
                row(self.act, self.strip, None, gap=12),
                gap=14,
            )
        )
        self._after = holder(column(self.done, row(self._code, None), gap=14))
        self.setLayout(column(self._form, self._after, None, gap=0))
        self.act.clicked.connect(self._change)
        self.proof.submitted.connect(self.new.setFocus)
        self.new.submitted.connect(self._change)
        self.proof.edited.connect(self.trouble.hide)
        self._code.clicked.connect(self.code_wanted)
        self.begin()

    def begin(self, *, by_code: bool = False) -> None:
        """Ask anew; nothing typed before is left. Not while the work is under way.

        Args:
            by_code: Ask for the recovery code first, not for the passphrase.
        """
        if self._working is not None:
            return
        self.proof.clear()
        if by_code:
            self.proof.ask_for_code()
        self.new.clear()
        self.trouble.hide()
        self._form.show()
        self._after.hide()

    def _change(self) -> None:
        if self._working is not None:
            return
        secret = self.proof.secret()
        if secret is None or not self.new.in_order():
            return
        new, file = self.new.text(), self._model.session.file
        if new == secret:
            self.new.first.set_error(_("和现在的口令一样。"))
            return
        old_key, settings = file.key_id, self._store

        def work(progress: Progress) -> str:
            file.prove(secret)
            if settings is None:
                file.change_passphrase(new, progress=progress.report, cancelled=progress.cancelled)
            else:
                backups.change_passphrase(
                    file,
                    new,
                    places_of(settings.value, settings.file),
                    budget=settings.value.backup_budget,
                    progress=progress.report,
                    cancelled=progress.cancelled,
                )
            return old_key

        self._busy(busy=True)
        self._working = self._tasks.run(work, self._changed, self._failed, self.strip.report)
        self.strip.start(_("正在写新文件并核对"), self._working.cancel)

    def _changed(self, old_key: str) -> None:
        self._busy(busy=False)
        self.begin()
        self.done.say(
            Severity.GOOD,
            _("口令已经更改，从现在起用新口令打开。以前的恢复码已经作废，请马上做一份新的。"),
        )
        self._form.hide()
        self._after.show()
        self._code.setFocus()
        self.changed.emit(old_key)

    def _failed(self, error: TSGuardError) -> None:
        self._busy(busy=False)
        if not self.isVisible():
            self.begin()  # what was typed does not wait behind a closed sheet
        if isinstance(error, WrongPassphrase):
            self.proof.refuse(_("不对，口令没有更改。"))
        elif not isinstance(error, Cancelled):
            self.trouble.say(Severity.ERROR, str(explain(error)))
            self.trouble.show()
        if not isinstance(error, Cancelled):
            self.refused.emit()

    def _busy(self, *, busy: bool) -> None:
        for part in (self.proof, self.new, self.act):
            part.setEnabled(not busy)
        if not busy:
            self._working = None
            self.strip.finish()
