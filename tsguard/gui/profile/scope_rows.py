"""The rows of 评估范围: one module each, in two lines.

A row shows and asks; what a tick means is decided by the scope.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tsguard.domain.checklist import Module
from tsguard.gui.profile.offer import size_line, teaser
from tsguard.gui.text import Text, tooltip, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import FILTER_HEIGHT, RADIUS_TRACK, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.signs import Icon
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _

INDENT = 26
"""From the box to the words behind it."""
BLEED = 8
"""So far a row's ground sticks out at both sides of the text above it."""
_SHORTEST = 90


class ModuleTick(Tick):
    """A tick whose word gives way where a module's own title is long."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme, text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A few characters; a short title is never cut."""
        return QSize(min(super().sizeHint().width(), _SHORTEST), FILTER_HEIGHT)

    def event(self, event: QEvent, /) -> bool:
        """Show the whole title where its end is missing."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            if width_of(self.text(), "body") + INDENT > self.width():
                QToolTip.showText(event.globalPos(), tooltip(self.text()), self)
            return True
        return super().event(event)


class ScopeRow(QWidget):
    """A head with facts and a link behind it, and lines under it; the ground says whether it is in.

    Signals:
        looked(): The person wants to see more of it.
    """

    looked = Signal()

    def __init__(
        self,
        theme: Theme,
        head: QWidget,
        facts: str,
        link: tuple[str, str],
        *,
        lines: Sequence[QWidget] = (),
        acts: Sequence[QWidget] = (),
    ) -> None:
        """Make a row.

        Args:
            theme: Where colours come from.
            head: The name, with its box or sign.
            facts: In figures, behind the head, or "".
            link: Word and spoken name of the link that shows more; two empty strings for none.
            lines: Under the head, indented to its words.
            acts: Further small buttons, behind the link.
        """
        super().__init__()
        self._theme, self._over = theme, False
        self._link = Button(theme, link[0], "link")
        self._link.setAccessibleName(link[1])
        if not link[0]:
            self._link.hide()
        self._link.clicked.connect(self.looked)
        self._note = Text(theme, "", "small", "ink2", wrap=True)
        self._note.hide()
        top = row(gap=8)
        top.addWidget(head)
        top.addStretch(1)
        if facts:
            top.addWidget(Text(theme, facts, "caption", "ink3", whole=True))
        for button in (self._link, *acts):
            top.addWidget(button)
        words = column(*lines, self._note, gap=2, margins=(INDENT, 0, BLEED, 0))
        self.setLayout(column(top, words, gap=0, margins=(BLEED, 0, BLEED - 5, 4)))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    @property
    def note(self) -> str:
        """The line that was added to it, or ""."""
        return self._note.text() if not self._note.isHidden() else ""

    def set_note(self, text: str) -> None:
        """Add a line under the others, or take it away with ""."""
        self._note.set_text(text)
        self._note.setVisible(bool(text))

    def ground(self) -> Token | None:
        """What it stands on now."""
        return None

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground."""
        ground = self.ground()
        if ground is not None:
            area = QRectF(self.rect()).adjusted(0, 1, 0, -1)
            paint.soft(paint.begin(QPainter(self)), self._theme, area, ground, RADIUS_TRACK)


class ModuleRow(ScopeRow):
    """A module that can be ticked; a click anywhere on it does.

    Attributes:
        module: What it is about.
        tick: Its box.
    """

    def __init__(
        self,
        theme: Theme,
        module: Module,
        *,
        tags: Sequence[QWidget] = (),
        lines: Sequence[QWidget] = (),
        acts: Sequence[QWidget] = (),
    ) -> None:
        """Make a row.

        Args:
            theme: Where colours come from.
            module: What it is about.
            tags: Behind its title.
            lines: Under it; where there are none its leak paths stand there, and its size above.
            acts: Further small buttons at its end.
        """
        self.module = module
        self.tick = ModuleTick(theme, module.title)
        facts, leaks = size_line(module), teaser(module)
        self.tick.setAccessibleDescription("；".join(part for part in (facts, leaks) if part))
        if lines:
            facts = ""
        elif leaks:
            lines = [Text(theme, leaks, "small", "ink2")]
        look = (_("看内容"), _("看“{title}”的内容").format(title=module.title))
        head = holder(row(self.tick, *tags, gap=8))
        super().__init__(theme, head, facts, look, lines=lines, acts=acts)
        self.tick.toggled.connect(self.update)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def ground(self) -> Token | None:
        """Soft while it is ticked, lighter under the pointer."""
        if self.tick.isChecked():
            return "accent_soft"
        return "hover" if self._over else None

    def enterEvent(self, event: QEnterEvent, /) -> None:
        """The pointer is over it."""
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent, /) -> None:
        """The pointer is gone."""
        self._over = False
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        """A click beside box and link ticks it, too."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.tick.setFocus(Qt.FocusReason.MouseFocusReason)
            self.tick.click()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """Taken, so that the release comes here."""
        event.accept()


class GeneralRow(ScopeRow):
    """The general module, which is always in."""

    def __init__(self, theme: Theme, module: Module) -> None:
        sign = Icon(theme, "checkmark_circle_filled", "accent", 18, spoken=_("一定包含"))
        name = Text(theme, module.title, "body")
        head = holder(row(sign, name, Tag(theme, _("一定包含"), "ink3"), gap=8, margins=(0, 4, 0, 4)))
        look = (_("看内容"), _("看“{title}”的内容").format(title=module.title))
        super().__init__(theme, head, _("{count}条").format(count=sum(1 for _each in module.items())), look)
