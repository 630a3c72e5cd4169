"""The steps of a new vault: the company's name, where the file shall lie, the passphrase.

Asks and checks; making the vault is the business of the start page.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.domain.validation import LONGEST_NAME
from tsguard.domain.windows_names import is_refused
from tsguard.errors import InvalidField, PassphraseTooShort, StorageError, TSGuardError
from tsguard.gui.keys.new_passphrase import NewPassphrase
from tsguard.gui.start.steps import Steps
from tsguard.gui.start.unlock import StartCard
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.fields import LineField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Ground, Scroll
from tsguard.i18n import _
from tsguard.services.explain import field_rule_sentence
from tsguard.services.file_names import safe_stem

_WIDTH = 560
_SUFFIX = ".tsg"
_NAME, _PLACE, _SECRET = range(3)


class CreatePage(Ground):
    """Three steps, one at a time; Enter goes on, Esc goes back.

    Signals:
        left: The person does not want a new vault after all.
        submitted: Everything is there: ``name()``, ``path()``, ``passphrase()``.
    """

    left = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._at = _NAME
        self._busy = False
        self._suggested = ""
        self.steps = Steps(theme, (_("企业名称"), _("存放位置"), _("口令")))
        self.name_field = LineField(
            theme,
            _("企业名称"),
            help=_("按营业执照填写，以后可以改。"),
            required=True,
            longest=LONGEST_NAME,
        )
        self.path_field = LineField(
            theme,
            _("保险库文件"),
            help=_("全部内容都在这一个加密文件里。锁定时自动另做备份。"),
            required=True,
        )
        self._browse = Button(theme, _("换个位置"), icon="folder_open")
        self._browse.clicked.connect(self._look)
        self.place_note = Note(theme, Severity.INFO, "")
        self.place_note.hide()
        self.path_field.line.textChanged.connect(self._say_place)
        self.secret = NewPassphrase(theme, _("口令"))
        warning = _(
            "口令忘了，谁也找不回来，只有恢复码还能打开。建好以后，请当天到“设置”里做一份恢复码，封存好。"
        )
        self.note = Note(theme, Severity.WARNING, warning)
        self._trouble = Note(theme, Severity.ERROR, "")
        self._trouble.hide()
        self.back = Button(theme, _("上一步"))
        self.back.clicked.connect(self.go_back)
        self.next = Button(theme, _("下一步"), "primary")
        self.next.clicked.connect(self.go_on)
        self.strip = ProgressStrip(theme)
        self._parts = [
            holder(part)
            for part in (
                column(self.name_field, None, gap=0),
                column(self.path_field, self.place_note, row(self._browse, None), None, gap=10),
                column(self.secret, self.note, None, gap=13),
            )
        ]
        card = StartCard(
            theme,
            column(
                *self._parts,
                self._trouble,
                row(self.next, self.back, self.strip, None, gap=8),
                gap=16,
            ),
        )
        leave = Button(theme, _("回到开始页"), "link", "arrow_left", flush=True)
        leave.clicked.connect(self.left)
        body = holder(
            column(
                row(leave, None),
                6,
                Text(theme, _("新建企业"), "hero"),
                Text(theme, _("三步建好保险库，接着填企业档案。"), "item", "ink2", wrap=True),
                22,
                self.steps,
                14,
                card,
                None,
                gap=0,
            )
        )
        body.setMaximumWidth(_WIDTH)
        self._middle = middle = row(gap=0, margins=(32, 48, 32, 32))
        middle.addStretch(1)
        middle.addWidget(body, 1000)
        middle.addStretch(1)
        self.setLayout(column(Scroll(holder(middle)), gap=0))
        self._show()

    # --- what was given -------------------------------------------------------------------------

    def name(self) -> str:
        """The company's name."""
        return self.name_field.text()

    def path(self) -> Path:
        """Where the file shall lie; always with the vault's own suffix."""
        text = self.path_field.text()
        path = Path(text)
        return path if path.suffix.lower() == _SUFFIX else Path(f"{text}{_SUFFIX}")

    def passphrase(self) -> str:
        """The passphrase, exactly as typed."""
        return self.secret.text()

    # --- from step to step ----------------------------------------------------------------------

    def begin(self) -> None:
        """Come to the first step."""
        self._at = _NAME
        self._show()

    def go_on(self) -> None:
        """To the next step, where this one is in order."""
        if self._busy or not self._in_order():
            return
        if self._at == _SECRET:
            self.submitted.emit()
            return
        self._at += 1
        if self._at == _PLACE:
            self._suggest()
        self._show()

    def go_back(self) -> None:
        """To the step before; from the first one back to the start."""
        if self._busy:
            return
        if self._at == _NAME:
            self.left.emit()
            return
        self._at -= 1
        self._show()

    def set_busy(self, *, busy: bool) -> None:
        """While the vault is being made nothing can be changed."""
        self._busy = busy
        for part in (self._parts[self._at], self.next, self.back):
            part.setEnabled(not busy)
        if busy:
            self._trouble.hide()
            self.strip.start(_("正在建立保险库"))
        else:
            self.strip.finish()

    def refuse(self, error: TSGuardError, sentence: str) -> None:
        """Come back to the step that the error is about."""
        self.set_busy(busy=False)
        if isinstance(error, InvalidField):
            self._at = _NAME
            self._show()
            self.name_field.set_error(field_rule_sentence(error.rule))
        elif isinstance(error, StorageError):
            self._at = _PLACE
            self._show()
            self.path_field.set_error(sentence)
        elif isinstance(error, PassphraseTooShort):
            self.secret.first.set_error(sentence)
        else:
            self._trouble.say(Severity.ERROR, sentence)
            self._trouble.show()

    def _show(self) -> None:
        self.steps.set_current(self._at)
        for number, part in enumerate(self._parts):
            part.setVisible(number == self._at)
        self._trouble.hide()
        self.back.setVisible(self._at != _NAME)
        self.next.set_text(_("建立保险库") if self._at == _SECRET else _("下一步"))
        field: QWidget = (self.name_field, self.path_field, self.secret)[self._at]
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_order(self) -> bool:
        return (self._name_in_order, self._place_in_order, self.secret.in_order)[self._at]()

    def _name_in_order(self) -> bool:
        self.name_field.set_error("" if self.name() else _("这一项不能为空。"))
        return not self.name_field.error

    def _place_in_order(self) -> bool:
        path = self.path()
        said = ""
        try:
            if not self.path_field.text() or not path.is_absolute():
                said = _("请写明完整的位置，如{example}。").format(example=self._suggestion())
            elif not path.parent.is_dir():
                said = _("没有“{folder}”这个文件夹。").format(folder=path.parent)
            elif path.exists():
                said = _("那里已经有一个同名文件，请换一个文件名或文件夹。")
            elif "\0" in str(path) or (sys.platform == "win32" and _windows_refuses(path.name)):
                # Pasted; ``exists`` answers no, and Windows writes behind a colon into another file.
                said = _("这个位置用不了，请换一个。")
        except OSError:
            said = _("这个位置用不了，请换一个。")
        self.path_field.set_error(said)
        return not said

    # --- where ----------------------------------------------------------------------------------

    def _suggestion(self) -> str:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        if not Path(folder).is_dir():
            folder = str(Path.home())
        return str(Path(folder) / f"{safe_stem(self.name())}{_SUFFIX}")

    def _suggest(self) -> None:
        """Propose a place, unless the person has chosen one already."""
        if self.path_field.text() in {"", self._suggested}:
            self._suggested = self._suggestion()
            self.path_field.set_text(self._suggested)

    def _say_place(self) -> None:
        """What should be known about the folder: that it is kept in step with a network drive, say."""
        from tsguard.services import whereabouts  # noqa: PLC0415 - start-up time

        path = Path(self.path_field.text())
        found = whereabouts.notice(path) if path.is_absolute() else None
        self.place_note.setVisible(found is not None)
        if found is not None:
            self.place_note.say(Severity.INFO, whereabouts.sentence(found))

    def _look(self) -> None:
        options = QFileDialog.Option.DontConfirmOverwrite  # an existing file is refused anyway
        name, _kind = QFileDialog.getSaveFileName(
            self, _("保险库放在哪里"), str(self.path()), _("保险库(*.tsg)"), options=options
        )
        if name:
            self.path_field.set_text(name)
            self._place_in_order()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The space above gives way first."""
        super().resizeEvent(event)
        self._middle.setContentsMargins(32, max(16, min(120, (self.height() - 400) // 5)), 32, 24)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter goes on, save on a button, which it presses; Esc goes back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)


def _windows_refuses(name: str) -> bool:
    """Whether no file of Windows can have that name; it counts at most 255 units of UTF-16."""
    return is_refused(name) or len(name.encode("utf-16-le", "surrogatepass")) > 2 * 255
