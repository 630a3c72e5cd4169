"""Panels beside a page and sheets over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from tsguard.gui.focus import focus_inside
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PANEL_MARGIN
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import IconButton
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.i18n import _

_SCRIM_ALPHA = 90


class SidePanel(QWidget):
    """A column at the right of a page: head, a body that scrolls, a foot that stays.

    Attributes:
        area: The scroll area round the body.

    Signals:
        closed: A person closed it; the page decides what that means.
    """

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        body: QWidget,
        *,
        width: int = 356,
        tags: Sequence[QWidget] = (),
        actions: Sequence[QWidget] = (),
        foot: Sequence[QWidget | None] = (),
        closable: bool = True,
    ) -> None:
        """Make a panel.

        Args:
            theme: Where colours come from.
            title: What it is about.
            body: Its content; gets the panel's margins.
            width: In logical pixels; 0 lets the layout decide.
            tags: Behind the title.
            actions: Icon buttons before the close button.
            foot: What belongs to the whole record; None is the place that stretches.
            closable: Whether there is a close button.
        """
        super().__init__()
        self._theme = theme
        if width:
            self.setFixedWidth(width)
        self._title = Text(theme, title, "subtitle")
        self._close = IconButton(theme, "dismiss", _("关闭"))
        self._close.clicked.connect(self.closed)
        margin = PANEL_MARGIN
        head = row(self._title, *tags, None, *actions, self._close, gap=8, margins=(margin, 14, 12, 4))
        inner = holder(column(body, None, gap=0, margins=(margin, 8, margin, margin)))
        if not closable:
            self._close.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        self.area = Scroll(inner)
        layout.addWidget(self.area, 1)
        if foot:
            layout.addWidget(Hairline(theme))
            layout.addLayout(row(*foot, gap=8, margins=(margin, 10, 16, 10)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)
        theme.changed.connect(self.update)

    def set_title(self, title: str) -> None:
        """Be about something else."""
        self._title.set_text(title)
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint plane and hairline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("layer"))
        paint.vertical(painter, 0, 0, self.height(), self._theme.color("line"))


class Sheet(QWidget):
    """A panel laid over a page from one side, for what has no room beside it. Esc or a click outside closes.

    Signals:
        closed: It is gone; the keyboard is back where it was.
    """

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        body: QWidget,
        *,
        side: Literal["left", "right"] = "right",
        width: int = 380,
    ) -> None:
        """Make a sheet; it is hidden until ``open``.

        Args:
            theme: Where colours come from.
            host: What it is laid over, wholly.
            body: Its content.
            side: From which side.
            width: Of the panel; never more than the host less 48.
        """
        super().__init__(host)
        self._theme, self._host, self._body = theme, host, body
        self._side, self._wide = side, width
        self._back: QWidget | None = None
        body.setParent(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(body.accessibleName())
        host.installEventFilter(self)
        theme.changed.connect(self.update)
        self.hide()

    def open(self) -> None:
        """Come into sight and take the keyboard; where it is in sight, the keyboard stays as it is."""
        if self.isVisible():
            self.raise_()
            return
        self._back = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self._body.show()
        # What the panel is about comes first; closing it is what a space would do to a person who types.
        inside = self._body.area if isinstance(self._body, SidePanel) else self._body
        if not focus_inside(inside) and not focus_inside(self._body):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Go, and give the keyboard back."""
        if not self.isVisible():
            return
        self.hide()
        if self._back is not None and isValid(self._back) and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(self._wide, max(200, self.width() - 48))
        left = 0 if self._side == "left" else self.width() - width
        self._body.setGeometry(left, 0, width, self.height())

    def focusNextPrevChild(self, forward: bool, /) -> bool:
        """Tab stays inside while the sheet is open."""
        moved = super().focusNextPrevChild(forward)
        at = QApplication.focusWidget()
        steps = 0
        while at is not None and not self.isAncestorOf(at) and at is not self and steps < 500:
            moved = super().focusNextPrevChild(forward)
            at, steps = QApplication.focusWidget(), steps + 1
        return moved

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, _event: QMouseEvent, /) -> None:
        """A click beside the panel closes."""
        self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Stay as large as the host."""
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the scrim, and a plane under the body."""
        painter = paint.begin(QPainter(self))
        scrim = self._theme.color("shadow")
        scrim.setAlpha(_SCRIM_ALPHA)
        painter.fillRect(self.rect(), scrim)
        paint.rounded(painter, QRectF(self._body.geometry()), 0, self._theme.color("layer"))
