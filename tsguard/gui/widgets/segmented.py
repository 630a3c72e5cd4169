"""One of a few: boxed segments for a view or a tier, pills with counts for a filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tsguard.gui import icons
from tsguard.gui.text import put, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CONTROL_HEIGHT, FILTER_HEIGHT, RADIUS_CONTROL, RADIUS_TRACK, Token
from tsguard.gui.widgets import paint
from tsguard.i18n import _

_PILL_GAP = 4


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices.

    Attributes:
        value: What it stands for in code.
        label: Its word.
        icon: Before the word, or "".
        tone: The icon's colour.
        count: Behind the word in pills, or None.
    """

    value: object
    label: str
    icon: str = ""
    tone: Token = "ink2"
    count: int | None = None


class _Segment(QRadioButton):
    """A boxed choice."""

    def __init__(self, theme: Theme, option: Option) -> None:
        super().__init__(option.label)
        self._theme, self.option = theme, option
        self.setAccessibleName(option.label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def _content(self) -> int:
        return width_of(self.text(), "small", strong=True) + (19 if self.option.icon else 0)

    def sizeHint(self) -> QSize:
        """By its word at 600, so that choosing moves nothing."""
        return QSize(self._content() + 24, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The word is never cut."""
        return QSize(self._content() + 12, CONTROL_HEIGHT)

    def hitButton(self, _pos: QPoint, /) -> bool:
        """All of the segment."""
        return True

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint ground, icon and word."""
        painter, theme, chosen = paint.begin(QPainter(self)), self._theme, self.isChecked()
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if chosen:
            paint.rounded(painter, area, RADIUS_CONTROL, theme.color("card"), theme.color("edge"))
        elif self.underMouse() and self.isEnabled():
            paint.rounded(painter, area, RADIUS_CONTROL, theme.color("hover"))
        tone: Token = "ink_off" if not self.isEnabled() else "ink" if chosen else "ink2"
        x = (self.width() - self._content()) / 2
        if self.option.icon:
            icons.draw(painter, self.option.icon, theme.color(tone), x, (self.height() - 14) / 2, 14)
            x += 19
        room = QRectF(x, 0, width_of(self.text(), "small", strong=True) + 1, self.height())
        put(painter, self.text(), "small", theme.color(tone), room, "center", strong=chosen)


class Segmented(QWidget):
    """A view switch, or one of a few values such as a tier.

    Signals:
        chosen(object): The value a person chose; not for ``set_value``.
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, options: Sequence[Option], value: object = None, *, name: str = ""
    ) -> None:
        """Make the control.

        Args:
            theme: Where colours come from.
            options: The choices, in order.
            value: The chosen one; None for none yet.
            name: What is chosen here, for screen readers.
        """
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._segments: list[_Segment] = []
        track = QHBoxLayout(self)
        track.setContentsMargins(0, 0, 0, 0)
        track.setSpacing(0)
        for option in options:
            segment = _Segment(theme, option)
            self._segments.append(segment)
            self._group.addButton(segment)
            track.addWidget(segment)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_value(value)
        self._group.buttonClicked.connect(self._clicked)
        theme.changed.connect(self.update)

    def value(self) -> object:
        """The chosen value, or None."""
        return next((segment.option.value for segment in self._segments if segment.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Show a value; emits nothing."""
        self._group.setExclusive(False)
        for segment in self._segments:
            segment.setChecked(segment.option.value == value)
        self._group.setExclusive(True)

    def _clicked(self, segment: QAbstractButton) -> None:
        if isinstance(segment, _Segment):
            self.chosen.emit(segment.option.value)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the track."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        area = QRectF(self.rect())
        paint.rounded(painter, area, RADIUS_TRACK, theme.color("sunken"), theme.color("line"))


class _Pill(QPushButton):
    """A filter: a bare word, on a soft ground when chosen."""

    def __init__(self, theme: Theme, option: Option) -> None:
        super().__init__(option.label)
        self._theme, self.option = theme, option
        self.count = option.count
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_count(option.count)
        theme.changed.connect(self.update)

    def set_count(self, count: int | None) -> None:
        """Stand for that many."""
        self.count = count
        spoken = (
            self.text() if count is None else _("{word}，{count}条").format(word=self.text(), count=count)
        )
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def _number(self) -> str:
        return "" if self.count is None else f"{self.count:,}"

    def sizeHint(self) -> QSize:
        """By its word at 600 and its count."""
        number = width_of(self._number(), "caption") + 6 if self._number() else 0
        glyph = 20 if self.option.icon else 0
        return QSize(width_of(self.text(), "small", strong=True) + number + glyph + 22, FILTER_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint ground, icon, word and count."""
        painter, theme, chosen = paint.begin(QPainter(self)), self._theme, self.isChecked()
        area = QRectF(self.rect())
        if chosen:
            paint.soft(painter, theme, area, "accent_soft", RADIUS_CONTROL)
        elif self.underMouse() or self.isDown():
            plane: Token = "pressed" if self.isDown() else "hover"
            paint.rounded(painter, area, RADIUS_CONTROL, theme.color(plane))
        x = 11.0
        if self.option.icon:
            tone = theme.color(self.option.tone)
            icons.draw(painter, self.option.icon, tone, x - 2, (self.height() - 16) / 2, 16)
            x += 20
        ink = theme.color("accent" if chosen else "ink2")
        width = width_of(self.text(), "small", strong=True)
        put(painter, self.text(), "small", ink, QRectF(x, 0, width + 1, self.height()), strong=chosen)
        if self._number():
            tone = theme.color("ink2" if chosen else "ink3")
            room = QRectF(x + width + 6, 0, self.width(), self.height())
            put(painter, self._number(), "caption", tone, room)


class Pills(QWidget):
    """Filters in a row, one of them chosen.

    Signals:
        chosen(object): The value a person chose; not for ``set_value``.
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, options: Sequence[Option], value: object = None, *, name: str = ""
    ) -> None:
        """Make the row.

        Args:
            theme: Where colours come from.
            options: The filters with their counts, in order.
            value: The chosen one; the first where None.
            name: What is filtered, for screen readers.
        """
        super().__init__()
        self._group = QButtonGroup(self)
        self._pills = [_Pill(theme, option) for option in options]
        self._room = 0
        self._ends: list[int] = []
        self._lines: list[QHBoxLayout] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(_PILL_GAP)
        for pill in self._pills:
            self._group.addButton(pill)
            pill.setParent(self)
        self._arrange()
        self.setAccessibleName(name or _("筛选"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_value(options[0].value if value is None and options else value)
        self._group.buttonClicked.connect(self._clicked)

    def value(self) -> object:
        """The chosen value."""
        return next((pill.option.value for pill in self._pills if pill.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Show a value; emits nothing."""
        for pill in self._pills:
            if pill.option.value == value:
                pill.setChecked(True)

    def set_counts(self, counts: Mapping[object, int | None]) -> None:
        """Other counts, by value; filters that are not named keep theirs."""
        for pill in self._pills:
            if pill.option.value in counts:
                pill.set_count(counts[pill.option.value])
        self._arrange()

    @property
    def whole_width(self) -> int:
        """What it takes to stand in one line."""
        return sum(pill.sizeHint().width() + _PILL_GAP for pill in self._pills) - _PILL_GAP

    def fold(self, room: int) -> None:
        """Stand in as many lines as so many pixels ask for; in one where 0."""
        self._room = room
        self._arrange()

    def _arrange(self) -> None:
        ends, taken = [], 0
        for at, pill in enumerate(self._pills):
            width = pill.sizeHint().width()
            if self._room and taken and taken + width > self._room:
                ends.append(at)
                taken = 0
            taken += width + _PILL_GAP
        ends.append(len(self._pills))
        if ends == self._ends:
            return
        self._ends = ends
        while len(self._lines) < len(ends):
            line = QHBoxLayout()
            line.setSpacing(_PILL_GAP)
            line.setAlignment(Qt.AlignmentFlag.AlignLeft)
            self._lines.append(line)
            self._body.addLayout(line)
        for line in self._lines:
            while line.takeAt(0) is not None:
                pass
        for line, start, end in zip(self._lines, (0, *ends), ends, strict=False):
            for pill in self._pills[start:end]:
                line.addWidget(pill)
        self.updateGeometry()

    def _clicked(self, pill: QAbstractButton) -> None:
        if isinstance(pill, _Pill):
            self.chosen.emit(pill.option.value)
