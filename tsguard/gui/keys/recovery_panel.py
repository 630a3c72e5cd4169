"""The recovery code: shown after the passphrase was given again, put on paper, and proven from the paper.

The code is never copied to the clipboard and never kept beside what shows it; closing the panel forgets it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from tsguard.errors import Cancelled, RecoveryCodeWrong, TSGuardError, WrongPassphrase
from tsguard.gui import text as texts
from tsguard.gui.keys.code_field import RecoveryCodeField
from tsguard.gui.keys.paper_note import PaperNote
from tsguard.gui.keys.proof import ProofField
from tsguard.gui.keys.proving import Proving
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services import recovery
from tsguard.services.explain import explain

_BESIDE = 3


class _Groups(QWidget):
    """The groups with their numbers, three beside each other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)

    def show_groups(self, groups: tuple[str, ...]) -> None:
        """Show other groups, or none."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, group in enumerate(groups):
            number = Text(self._theme, str(at + 1), "caption", "ink3")
            word = Text(self._theme, group, "subtitle")
            word.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            cell = row(gap=6)
            cell.addWidget(number, 0, Qt.AlignmentFlag.AlignVCenter)
            cell.addWidget(word, 1)
            self._grid.addWidget(holder(cell), at // _BESIDE, at % _BESIDE)


class RecoveryPanel(QWidget):
    """First the passphrase, then the code, then the drill.

    Signals:
        drill_wanted: The person wants to prove what is on paper.
        paper_left(path): The code is out of sight, but a PDF with it was written and not deleted.
    """

    drill_wanted = Signal()
    paper_left = Signal(object)

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks) -> None:
        """Make the panel.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Does what takes time.
        """
        super().__init__()
        self._model = model
        self._proving = Proving(model, tasks, self)
        self._proving.proven.connect(self._proven)
        self._proving.refused.connect(self._refused)
        self.proof = ProofField(theme, _("先输入现在的口令"))
        self.proof.submitted.connect(self._show)
        self.show_code = Button(theme, _("显示恢复码"), "primary")
        self.show_code.clicked.connect(self._show)
        explained = _(
            "恢复码能代替口令打开这个保险库：口令忘了、保管人离职，靠它进来。"
            "它和口令一样要紧，写在纸上封存，交法定代表人锁进保险柜；不要拍照，不要存进电脑和网盘。"
        )
        self._ask = holder(
            column(
                Text(theme, explained, "small", "ink2", wrap=True),
                self.proof,
                row(self.show_code, None),
                gap=14,
            )
        )
        self.groups = _Groups(theme)
        self._facts = Text(theme, "", "caption", "ink3", wrap=True)
        self.save = Button(theme, _("存成PDF打印"), icon="print")
        self.save.clicked.connect(self._ask_where)
        self.drill = Button(theme, _("抄好了，验证一遍"), "primary")
        self.drill.clicked.connect(self.drill_wanted)
        self.paper = PaperNote(theme)
        self._code = holder(
            column(
                Text(
                    theme, _("抄到纸上，或打印出来。每组末位用来查错，都要抄。"), "small", "ink2", wrap=True
                ),
                self.groups,
                self._facts,
                row(self.drill, self.save, None, gap=8),
                self.paper,
                gap=12,
            )
        )
        self.setLayout(column(self._ask, self._code, None, gap=0))
        self.begin()

    def begin(self) -> None:
        """Ask anew; no code is left."""
        self._proving.forget()  # an answer that is still to come shows nothing any more
        self.setEnabled(True)
        self.proof.clear()
        self.groups.show_groups(())
        texts.forget()
        left = self.paper.path
        self.paper.clear()
        if left is not None:
            self.paper_left.emit(left)
        self._ask.show()
        self._code.hide()

    def _show(self) -> None:
        secret = None if self._proving.busy else self.proof.secret()
        if secret is not None:
            self.setEnabled(False)
            self._proving.ask(secret)

    def _proven(self) -> None:
        self.setEnabled(True)
        self.proof.clear()
        self.groups.show_groups(recovery.groups(self._model.session))
        self._facts.set_text(
            _("钥匙编号{key}，保险库编号{lineage}。换口令以后，这份作废。").format(
                key=self._model.session.file.key_id, lineage=self._model.session.file.lineage
            )
        )
        self._ask.hide()
        self._code.show()
        self.drill.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: TSGuardError) -> None:
        self.setEnabled(True)
        if isinstance(error, WrongPassphrase):
            self.proof.refuse(_("不对，没有显示恢复码。"))
        elif not isinstance(error, Cancelled):
            self.proof.refuse(str(explain(error)))

    # --- on paper ---------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("存成PDF打印"), recovery.suggested_name(self._model.session), "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the sheet to a file."""
        session = self._model.session
        try:
            recovery.write_sheet(session, path, on=session.today)
        except TSGuardError as error:
            self.paper.refuse(str(explain(error)))
        else:
            self.paper.warn(path.resolve())  # through a link the file itself is meant


class DrillPanel(QWidget):
    """Proves that what is on paper opens this vault."""

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks) -> None:
        """Make the panel; arguments as for ``RecoveryPanel``."""
        super().__init__()
        self._model, self._tasks = model, tasks
        self._working: Progress | None = None
        self.code = RecoveryCodeField(theme, _("纸上的恢复码"))
        self.code.submitted.connect(self._prove)
        self.act = Button(theme, _("验证"), "primary")
        self.act.clicked.connect(self._prove)
        self.result = Note(theme, Severity.GOOD, "")
        self.code.edited.connect(self.result.hide)
        words = _("照着纸输一遍，看它是不是真能打开这个保险库。建议每年一次，换口令之后马上做一次。")
        self.setLayout(
            column(
                Text(theme, words, "small", "ink2", wrap=True),
                self.code,
                row(self.act, None),
                self.result,
                None,
                gap=14,
            )
        )
        self.begin()

    def begin(self) -> None:
        """Ask anew; nothing typed before is left."""
        self.code.clear()
        self.result.hide()

    def _prove(self) -> None:
        if self._working is not None or not self.code.in_order():
            return
        typed, session = self.code.text(), self._model.session
        self.setEnabled(False)
        self._working = self._tasks.run(
            lambda _progress: recovery.drill(session, typed), self._proven, self._refused
        )

    def _proven(self, found: recovery.Drill) -> None:
        self._end()
        if found.opens:
            self.code.clear()
        self.result.say(Severity.GOOD if found.opens else Severity.ERROR, str(recovery.drill_words(found)))
        self.result.show()

    def _refused(self, error: TSGuardError) -> None:
        self._end()
        if isinstance(error, RecoveryCodeWrong):
            self.code.set_error(str(explain(error)))
        else:
            self.result.say(Severity.ERROR, str(explain(error)))
            self.result.show()

    def _end(self) -> None:
        self._working = None
        self.setEnabled(True)
        self.code.area.setFocus(Qt.FocusReason.OtherFocusReason)
