"""Charts: the radar of the units and the bars in tables.

Lanes differ in line and marker, never in colour alone.
"""

from __future__ import annotations

from tsguard.i18n import _
from tsguard.report.blocks import (
    Align,
    Bar,
    Radar,
    Role,
)
from tsguard.report.typeset.flow import Box, Pen
from tsguard.report.typeset.glyphs import operands
from tsguard.report.typeset.marks import around, circle, polygon
from tsguard.report.typeset.setter import Setter
from tsguard.report.typeset.styles import (
    ACCENT,
    BAR,
    CHART_LABEL,
    CHART_SCALE,
    HAIR,
    INK,
    MEASURE,
    STYLES,
    Style,
)
from tsguard.report.typeset.surface import Surface
from tsguard.report.typeset.tags import Node, Tag

_RADIUS, _SMALLEST = 84.0, 54.0
_LANES = ((INK, 1.3, "", "disc"), (ACCENT, 1.0, "[4 2] 0 d", "square"), (INK, 0.9, "[1 2] 0 d", "triangle"))


def draw_bar(surface: Surface, bar: Bar, x: float, middle: float, width: float) -> None:
    """Grey as far as the claimed lane, a tick at the evidenced one."""
    claimed, evidenced = width * bar.claimed / 100, width * bar.evidenced / 100
    low = middle - 2.2
    surface.draw(
        f"{operands(BAR)} rg {x:.2f} {low:.2f} {claimed:.2f} 4.4 re f "
        f"{operands(HAIR)} RG 0.35 w {x:.2f} {low:.2f} {width:.2f} 4.4 re S "
        f"{operands(ACCENT)} rg {x + evidenced - 0.8:.2f} {middle - 3.6:.2f} 1.6 7.2 re f"
    )


def said_of(radar: Radar) -> str:
    """The chart in words, with every value, for those who do not see it."""
    lanes = [
        _("{lane}：{values}").format(
            lane=name.text,
            values=_("，").join(f"{axis.label.text}{axis.values[number]}%" for axis in radar.axes),
        )
        for number, name in enumerate(radar.lanes)
    ]
    return _("{caption}。雷达图，刻度从0到100%。{lanes}。").format(
        caption=radar.caption.text.rstrip("。"), lanes=_("；").join(lanes)
    )


class RadarBox(Box):
    """A radar chart with its key and caption."""

    before = 12.0

    def __init__(self, radar: Radar, setter: Setter, radius: float = _RADIUS) -> None:
        self._radar = radar
        self._setter = setter
        self._radius = radius
        self._caption = setter.one(radar.caption.text, STYLES[Role.CAPTION], MEASURE)

    @property
    def height(self) -> float:
        """Chart, labels, caption."""
        return 2 * self._radius + 40 + STYLES[Role.CAPTION].leading

    def fitted(self, room: float) -> Box | None:
        """With a smaller radius."""
        radius = self._radius - (self.height - room) / 2
        return RadarBox(self._radar, self._setter, radius) if radius >= _SMALLEST else None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """The chart as one figure, then its caption."""
        surface, bottom = pen.surface, top - self.height
        caption_x = x + (MEASURE - self._caption.width) / 2
        bounds = (x, bottom + STYLES[Role.CAPTION].leading, x + MEASURE, top)
        with surface.within(Node(Tag.FIGURE, alt=said_of(self._radar), bounds=bounds)):
            self._draw_chart(pen, x, top)
        surface.paragraph(self._caption, caption_x, bottom + 4)

    def _draw_chart(self, pen: Pen, x: float, top: float) -> None:
        """Rings, lanes from last to first, labels."""
        count = len(self._radar.axes)
        cx, cy = x + 0.42 * MEASURE, top - self._radius - 18
        self._draw_rings(pen.surface, cx, cy, count)
        for percent in (40, 60, 80, 100):
            _label(pen, f"{percent}", cx + 3, cy + self._radius * percent / 100 - 2.2, CHART_SCALE)
        for lane in reversed(range(len(self._radar.lanes))):
            shares = [axis.values[lane] / 100 for axis in self._radar.axes]
            self._draw_lane(pen.surface, cx, cy, lane, shares)
        for axis, (px, py) in zip(self._radar.axes, around(cx, cy, self._radius + 8, count), strict=True):
            align = Align.CENTRE
            if abs(px - cx) > 0.2 * self._radius:
                align = Align.LEFT if px > cx else Align.RIGHT
            _label(pen, axis.label.text, px, py - 3 + 3 * (py - cy) / self._radius, CHART_LABEL, align)
        self._draw_key(pen, x + MEASURE - 92, top - 24)

    def _draw_rings(self, surface: Surface, x: float, y: float, count: int) -> None:
        inner = " ".join(polygon(around(x, y, self._radius * share, count)) for share in (0.2, 0.4, 0.6, 0.8))
        spokes = " ".join(
            f"{x:.2f} {y:.2f} m {px:.2f} {py:.2f} l" for px, py in around(x, y, self._radius, count)
        )
        outer = polygon(around(x, y, self._radius, count))
        surface.draw(f"{operands(HAIR)} RG 0.35 w {inner} S {spokes} S 0.7 w {outer} S")

    def _draw_lane(self, surface: Surface, x: float, y: float, lane: int, shares: list[float]) -> None:
        color, weight, dash, marker = _LANES[lane]
        points = [
            (x + (px - x) * share, y + (py - y) * share)
            for share, (px, py) in zip(shares, around(x, y, self._radius, len(shares)), strict=True)
        ]
        surface.draw(f"{operands(color)} RG {weight:g} w 1 j {dash} {polygon(points)} S")
        for px, py in points:
            _draw_marker(surface, marker, px, py, color)

    def _draw_key(self, pen: Pen, x: float, y: float) -> None:
        for number, name in enumerate(self._radar.lanes):
            color, weight, dash, marker = _LANES[number]
            line = y - 18 * number
            pen.surface.draw(
                f"{operands(color)} RG {weight:g} w {dash} "
                f"{x:.2f} {line + 3:.2f} m {x + 34:.2f} {line + 3:.2f} l S"
            )
            _draw_marker(pen.surface, marker, x + 17, line + 3, color)
            _label(pen, name.text, x + 40, line, CHART_LABEL)


def _draw_marker(surface: Surface, marker: str, x: float, y: float, color: str) -> None:
    if marker == "disc":
        surface.draw(f"{operands(color)} rg {circle(x, y, 1.9)} f")
        return
    shape = f"{x - 1.9:.2f} {y - 1.9:.2f} 3.8 3.8 re"
    if marker == "triangle":
        shape = polygon([(x, y + 2.6), (x - 2.3, y - 1.6), (x + 2.3, y - 1.6)])
    surface.draw(f"{operands(color)} RG 1 g 0.8 w {shape} B")


def _label(pen: Pen, text: str, x: float, y: float, style: Style, align: Align = Align.LEFT) -> None:
    line = pen.setter.one(text, style, 110)
    if align is Align.RIGHT:
        x -= line.width
    elif align is Align.CENTRE:
        x -= line.width / 2
    pen.surface.line(line, x, y)
