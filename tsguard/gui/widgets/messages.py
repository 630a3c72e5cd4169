"""What the program has to say: one bar under the page header, and notes in the flow of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CONTROL_HEIGHT, RADIUS_TRACK, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import Button, IconButton, Kind
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.signs import SEVERITY_SIGNS, Icon, Severity, severity_word
from tsguard.i18n import _

_GOOD_LEAVES_MS = 6000
_NARROW = 620


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do about a message.

    Attributes:
        label: A verb.
        run: What happens.
        kind: How the button looks.
    """

    label: str
    run: Callable[[], object]
    kind: Kind = "plain"


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, what it means for the data, what to do.

    Attributes:
        severity: Errors stay until solved or closed; GOOD leaves after 6 s.
        title: What happened.
        text: What it means and what to do; may be "".
        actions: Buttons at the right.
        key: Messages of one key replace one another; "" stands alone.
    """

    severity: Severity
    title: str
    text: str = ""
    actions: tuple[Action, ...] = ()
    key: str = ""


def _heading(title: str) -> str:
    """A sentence as a title, which has no full stop."""
    return title.removesuffix("。")


def _spoken(word: str, title: str, text: str) -> str:
    return "，".join(part for part in (word, _heading(title), text) if part)


class _Soft(QWidget):
    """A soft ground that wraps its text with its width."""

    def __init__(self, theme: Theme, ground: Token) -> None:
        super().__init__()
        self._theme, self._ground = theme, ground
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground."""
        area = QRectF(self.rect())
        paint.soft(paint.begin(QPainter(self)), self._theme, area, self._ground, RADIUS_TRACK)


class MessageBar(_Soft):
    """One message at a time, under the page header; hidden while there is none.

    Post only once it stands in a layout: Qt opens a window for a widget without parent.

    Signals:
        dismissed(object): A person closed this ``Message``.
    """

    dismissed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "mute_soft")
        self._waiting: list[Message] = []
        self._icon = Icon(theme, "info_filled", "accent", 20)
        self._title = Text(theme, "", "body_b", wrap=True)
        self._text = Text(theme, "", "body", wrap=True)
        self._more = Text(theme, "", "caption", "ink2")
        self._close = IconButton(theme, "dismiss", _("关闭这条消息"))
        self._close.clicked.connect(self._dismiss)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(12)
        self._actions_holder = holder(self._actions)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        for part in (self._title, self._text, self._more):
            self._words.addWidget(part)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        line = row(gap=12, margins=(16, 12, 12, 12))
        self._sign = column(self._icon, gap=0)
        line.addWidget(holder(self._sign), 0, Qt.AlignmentFlag.AlignTop)
        self._body.addLayout(self._words)
        line.addLayout(self._body, 1)
        self._line = line
        line.addWidget(self._actions_holder, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._beside = True
        self.setLayout(line)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(_GOOD_LEAVES_MS)
        self._leave.timeout.connect(self._forget_first)
        self.hide()

    @property
    def messages(self) -> tuple[Message, ...]:
        """The one that is shown, and those that wait."""
        return tuple(self._waiting)

    def post(self, message: Message) -> None:
        """Show a message before all others; one of the same key gives way."""
        if message.key:
            self._waiting = [known for known in self._waiting if known.key != message.key]
        self._waiting = [known for known in self._waiting if known.severity is not Severity.GOOD]
        self._waiting.insert(0, message)
        self._show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def solve(self, key: str) -> None:
        """Take the message of that key away: its reason is gone."""
        self._waiting = [known for known in self._waiting if known.key != key]
        self._show()

    def clear(self) -> None:
        """Take all away; at lock."""
        self._waiting = []
        self._show()

    def _dismiss(self) -> None:
        gone = self._waiting.pop(0)
        self._show()
        self.dismissed.emit(gone)

    def _forget_first(self) -> None:
        if self._waiting:
            self._waiting.pop(0)
        self._show()

    def _show(self) -> None:
        self._leave.stop()
        while (item := self._actions.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not self._waiting:
            self.hide()
            return
        message, others = self._waiting[0], len(self._waiting) - 1
        sign = SEVERITY_SIGNS[message.severity]
        self._ground = sign.soft
        self._icon.set_icon(sign.icon, sign.ink, severity_word(message.severity))
        self._title.set_text(_heading(message.title))
        self._text.set_text(message.text)
        self._text.setVisible(bool(message.text))
        self._more.set_text(_("还有{count}条").format(count=others) if others else "")
        self._more.setVisible(others > 0)
        for action in message.actions:
            button = Button(self._theme, action.label, action.kind)
            button.clicked.connect(_runner(action))
            self._actions.addWidget(button)
        self._actions.addStretch(1)
        self._actions_holder.setVisible(bool(message.actions))
        self._level()
        word = severity_word(message.severity)
        self.setAccessibleName(_spoken(word, message.title, message.text))
        if message.severity is Severity.GOOD:
            self._leave.start()
        self.show()
        self.updateGeometry()
        self.update()

    def _level(self) -> None:
        """A lone line stands level with the buttons beside it."""
        lone = self._beside and self._text.isHidden() and self._more.isHidden()
        lift = 5 if lone else 0
        self._words.setContentsMargins(0, lift, 0, lift)
        self._sign.setContentsMargins(0, lift + 1, 0, 1)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """In a narrow page the buttons stand under the words."""
        super().resizeEvent(event)
        beside = self.width() >= _NARROW
        if beside != self._beside:
            self._beside = beside
            if beside:
                self._body.removeWidget(self._actions_holder)
                self._line.insertWidget(2, self._actions_holder, 0, Qt.AlignmentFlag.AlignVCenter)
            else:
                self._line.removeWidget(self._actions_holder)
                self._body.addWidget(self._actions_holder)
            self._level()


def _runner(action: Action) -> Callable[[], None]:
    def run() -> None:
        action.run()

    return run


class Note(_Soft):
    """A message in the flow of a page or card: icon, a sentence with its figures, one thing to do.

    Signals:
        acted: The action was pressed.
    """

    acted = Signal()

    def __init__(
        self, theme: Theme, severity: Severity, text: str, action: str = "", *, title: str = ""
    ) -> None:
        """Make a note.

        Args:
            theme: Where colours come from.
            severity: How bad it is.
            text: One sentence.
            action: A verb behind it, as a link, or "".
            title: Over the sentence, or "".
        """
        super().__init__(theme, SEVERITY_SIGNS[severity].soft)
        self._icon = Icon(theme, "info_filled", "accent", 16)
        self._title = Text(theme, title, "small_b", wrap=True)
        self._text = Text(theme, text, "small", wrap=True)
        self._link = Button(theme, action, "link")
        self._link.clicked.connect(self.acted)
        # Sign, first line and link share one middle, whatever height the link has.
        words = column(self._title, self._text, gap=2, margins=(0, 6, 0, 6))
        line = row(gap=8, margins=(12, 3, 8, 3))
        sign = holder(column(self._icon, gap=0, margins=(0, 8, 0, 8)))
        link = holder(column(self._link, gap=0))
        link.setFixedHeight(CONTROL_HEIGHT)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.say(severity, text, action, title=title)

    def say(self, severity: Severity, text: str, action: str = "", *, title: str = "") -> None:
        """Say something else."""
        sign = SEVERITY_SIGNS[severity]
        self._ground = sign.soft
        self._icon.set_icon(sign.icon, sign.ink, severity_word(severity))
        self._title.set_text(_heading(title))
        self._title.setVisible(bool(title))
        self._text.set_text(text)
        self._link.set_text(action)
        self._link.setVisible(bool(action))
        self.setAccessibleName(_spoken(severity_word(severity), title, text))
        self.update()
