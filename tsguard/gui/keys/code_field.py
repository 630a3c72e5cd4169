"""A field for the recovery code: says while one types which groups do not fit.

Never keeps the code beside the editor, never lets it into an undo history or the clipboard.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

from tsguard.domain.recovery_code import GROUPS, check_group, groups_in
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.fields import Field
from tsguard.i18n import _

_LINES = 3


class _Area(QPlainTextEdit):
    """Three lines; Enter submits, Tab leaves, nothing is copied out."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhPreferUppercase
        )

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter submits, a code needs no line breaks; copying leaves the clipboard as it is."""
        copying = event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submitted.emit()
        elif not copying:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData | None:  # type: ignore[override]
        """Nothing for the clipboard, nor for dragging: an empty one of Python's would outlive Python."""
        return None


class RecoveryCodeField(Field):
    """A recovery code.

    Signals:
        edited: After each key; carries nothing.
        submitted: Enter was pressed.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, label: str) -> None:
        """Make a field.

        Args:
            theme: Where colours come from.
            label: Above it.
        """
        self.area = _Area()
        super().__init__(theme, label, self.area, help=_ask())
        margins = self.area.contentsMargins()
        lines = _LINES * self.area.fontMetrics().lineSpacing()
        frame = 2 * self.area.frameWidth() + round(2 * self.area.document().documentMargin())
        self.area.setFixedHeight(lines + frame + margins.top() + margins.bottom() + 12)
        self.area.textChanged.connect(self._typed)
        self.area.submitted.connect(self.submitted)

    def text(self) -> str:
        """The code as typed."""
        return self.area.toPlainText()

    def clear(self) -> None:
        """Forget it."""
        self.area.clear()
        self.set_error("")

    def in_order(self) -> bool:
        """Whether every group is right by itself; says which is not."""
        groups = groups_in(self.text())
        wrong = [number for number, group in enumerate(groups, 1) if not check_group(group, number)]
        if wrong:
            self.set_error(_wrong(wrong))
        elif len(groups) != GROUPS:
            self.set_error(_("恢复码有{whole}组，这里有{count}组。").format(whole=GROUPS, count=len(groups)))
        return not self.error

    def _typed(self) -> None:
        groups = groups_in(self.text())
        # The group that is being typed may still lack characters.
        wrong = [number for number, group in enumerate(groups, 1) if check_group(group, number) is False]
        unfinished = [
            number for number, group in enumerate(groups[:-1], 1) if check_group(group, number) is None
        ]
        bad = sorted({*wrong, *unfinished})
        self.set_error(_wrong(bad) if bad else "")
        if not groups:
            self.set_help(_ask())
        else:
            right = sum(check_group(group, number) is True for number, group in enumerate(groups, 1))
            self.set_help(_("已输入{count}组，共{whole}组").format(count=right, whole=GROUPS))
        self.edited.emit()


def _ask() -> str:
    return _("照纸上抄：{whole}组，每组6个字符；大小写、空格、换行都不要紧").format(whole=GROUPS)


def _wrong(numbers: list[int]) -> str:
    listed = "、".join(str(number) for number in numbers[:GROUPS])
    return _("第{groups}组不对，请再看一眼纸上。").format(groups=listed)
