"""A quiet line at an item that companies of this size usually leave out, with the act that does so.

Proposes only: nothing is answered before the person presses.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.checklist.answering import Answering
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.i18n import _


class ReliefLine(QWidget):
    """小微企业通常不适用：… with 按此记为不适用; hidden where there is nothing to propose.

    Attributes:
        accept: The button.

    Signals:
        accepted: The person took the proposal; it is stored or was refused.
    """

    accepted = Signal()

    def __init__(self, theme: Theme, answering: Answering) -> None:
        super().__init__()
        self._answering, self._item = answering, ""
        self._words = Text(theme, "", "small", "ink2", wrap=True)
        self.accept = Button(theme, _("按此记为不适用"), "link")
        self.accept.clicked.connect(self._accept)
        line = row(gap=8)
        # The first line of words and the link, which is 28 high, share one middle.
        line.addLayout(column(self._words, gap=0, margins=(0, 4, 0, 4)), 1)
        line.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_item(self, item_id: str) -> None:
        """Be about an item as it is answered now."""
        self._item = item_id
        proposal = self._answering.proposal(item_id)
        if proposal is not None:
            words = _("{size}通常不适用：{reason}{unless}，请照常作答。").format(
                size=proposal.size, reason=proposal.reason, unless=proposal.unless
            )
            self._words.set_text(words)
            self.accept.setAccessibleDescription(words)
        self.setVisible(proposal is not None)

    def _accept(self) -> None:
        self._answering.accept(self._item)
        self.accepted.emit()
