"""The few dialogs: a new passphrase, destroying something, leaving while work is still running.

Everything else is a panel or a message bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from tsguard.gui.focus import FocusRing
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import DIALOG_WIDTH
from tsguard.gui.widgets.buttons import Button, Kind
from tsguard.gui.widgets.layout import row


@dataclass(frozen=True, slots=True)
class Choice:
    """One way out of a dialog.

    Attributes:
        value: What ``answered`` carries.
        label: A verb: 删除这3条, 先不删. Never 确定.
        kind: ``danger`` for what destroys.
    """

    value: object
    label: str
    kind: Kind = "plain"


class Dialog(QDialog):
    """Title, a few sentences, perhaps a form, and the ways out at the right; the safe one is the default.

    Esc and the window's close button are the safe way out. Use ``open()`` and ``answered``; it is
    deleted when it closes.

    Signals:
        answered(object): The ``value`` of the choice; of the safe one for Esc. Not emitted where
            ``accepts`` said no.
    """

    answered = Signal(object)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        title: str,
        text: str,
        choices: Sequence[Choice],
        *,
        safe: object,
        body: QWidget | None = None,
    ) -> None:
        """Make a dialog.

        Args:
            theme: Where colours come from.
            parent: The window it belongs to.
            title: A question or what is about to happen, without full stop.
            text: What it means for the data.
            choices: Left to right; the last one is the one that acts.
            safe: Value of the choice that changes nothing: default button, and Esc.
            body: A form between text and buttons.
        """
        super().__init__(parent)
        self._theme, self._safe = theme, safe
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(DIALOG_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(Text(theme, title, "subtitle", wrap=True))
        words = Text(theme, text, "body", "ink2", wrap=True)
        words.setVisible(bool(text))
        layout.addWidget(words)
        if body is not None:
            layout.addSpacing(8)
            layout.addWidget(body)
        layout.addSpacing(12)
        self._buttons: dict[object, Button] = {}
        for choice in choices:
            button = self._buttons[choice.value] = Button(theme, choice.label, choice.kind)
            button.setProperty("choice", str(choice.value))
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._pressed)
        layout.addLayout(row(None, *self._buttons.values(), gap=8))
        self._buttons[safe].setDefault(True)
        if body is None:
            self._buttons[safe].setFocus(Qt.FocusReason.OtherFocusReason)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        theme.apply(self)
        self._ring = FocusRing(self, theme)
        theme.changed.connect(self.update)

    def button(self, value: object) -> Button:
        """The button of a choice, to enable or to press in a test."""
        return self._buttons[value]

    def accepts(self, value: object) -> bool:  # noqa: ARG002 - for subclasses
        """Whether the dialog may close with this choice; a form overrides it to check its fields first."""
        return True

    def _pressed(self) -> None:
        pressed = self.sender()
        for value, button in self._buttons.items():
            if button is pressed and (value == self._safe or self.accepts(value)):
                self._leave(value)
                return

    def _leave(self, value: object) -> None:
        self.answered.emit(value)
        self.done(QDialog.DialogCode.Rejected if value == self._safe else QDialog.DialogCode.Accepted)

    def reject(self) -> None:
        """Esc and the close button: the safe way out."""
        self.answered.emit(self._safe)
        super().reject()

    def event(self, event: QEvent, /) -> bool:
        """Be exactly as high as the content in this width, also when a field shows its error."""
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            layout = self.layout()
            if layout is not None:
                layout.activate()
                self.setFixedHeight(layout.totalHeightForWidth(DIALOG_WIDTH))
        return done

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint the plane."""
        QPainter(self).fillRect(event.rect(), self._theme.color("card"))
