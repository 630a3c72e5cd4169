"""A field of the form that is filled in elsewhere: shown as it will be printed, with the way there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.domain.programme import FormField
from tsguard.gui.application.places import place_of
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CONTROL_HEIGHT, LABEL_GAP
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.i18n import _

_LIFT = 5
_WORDS, _REST = 0, 2
"""Places in the line below the label."""


class TakenField(QWidget):
    """Label above, value below; a link where something is to be done.

    Attributes:
        field: Which field it shows.
        way: The link to where it is filled in, shown while it is empty.

    Signals:
        go(target): To where it is filled in.
    """

    go = Signal(str)

    def __init__(self, theme: Theme, field: FormField) -> None:
        super().__init__()
        self.field = field
        self._label = Text(theme, field.label, "small", "ink2")
        self._must = Text(theme, _("必填"), "caption", "ink3")
        self._value = Text(theme, "", "body", wrap=True)
        self.way = Button(theme, _("去填"), "link", "arrow_right", icon_after=True, flush=True)
        self.way.setAccessibleName(_("去填{label}").format(label=field.label))
        self.way.clicked.connect(self._go)
        words = holder(column(self._value, gap=0, margins=(0, _LIFT, 0, _LIFT)))
        line = row(gap=10)
        line.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.way, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        self._line = line
        below = holder(line)
        below.setMinimumHeight(CONTROL_HEIGHT)
        self.setLayout(column(row(self._label, self._must, None, gap=6), below, gap=LABEL_GAP))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show what the profile or the registers say; "" for nothing."""
        self._value.set_text(text or _("未填"))
        self._value.set_tone("ink" if text else "ink3")
        # An empty value has its link right behind it; a text takes all the room.
        self._line.setStretch(_WORDS, 1 if text else 0)
        self._line.setStretch(_REST, 0 if text else 1)
        self.way.setVisible(not text)
        self._must.setVisible(self.field.required and not text)
        self.setAccessibleName(f"{self.field.label}，{text or _('未填')}")

    def _go(self) -> None:
        self.go.emit(place_of(self.field))
