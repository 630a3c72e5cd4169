"""Rows and columns in one expression, with the margins and gaps of the spacing steps.

``None`` in a row or column is the place that stretches; a number is a fixed space.
"""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Part: TypeAlias = QWidget | QLayout | int | None
Margins: TypeAlias = int | tuple[int, int, int, int]


def _filled(
    layout: QBoxLayout, parts: tuple[Part, ...], gap: int, margins: Margins, align: Qt.AlignmentFlag | None
) -> None:
    layout.setSpacing(gap)
    sides = (margins,) * 4 if isinstance(margins, int) else margins
    layout.setContentsMargins(*sides)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        elif align is None:
            layout.addWidget(part)
        else:
            layout.addWidget(part, 0, align)


def row(
    *parts: Part, gap: int = 8, margins: Margins = 0, align: Qt.AlignmentFlag | None = None
) -> QHBoxLayout:
    """Side by side.

    Args:
        parts: Widgets, layouts, fixed spaces, and None for the stretch.
        gap: Between neighbours.
        margins: All four, or left, top, right, bottom.
        align: Of each widget in the row's height; None lets it grow.
    """
    layout = QHBoxLayout()
    _filled(layout, parts, gap, margins, align)
    return layout


def column(
    *parts: Part, gap: int = 8, margins: Margins = 0, align: Qt.AlignmentFlag | None = None
) -> QVBoxLayout:
    """One under the other; arguments as in ``row``."""
    layout = QVBoxLayout()
    _filled(layout, parts, gap, margins, align)
    return layout


def pair(*widgets: QWidget, gap: int = 10) -> QHBoxLayout:
    """Fields side by side, equally wide, aligned at the top."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for widget in widgets:
        layout.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
    return layout


def holder(layout: QLayout) -> QWidget:
    """A bare widget that holds a layout."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget
