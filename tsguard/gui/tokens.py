"""The window's colours, type and space as values, and the arithmetic of their contrast.

Holds no Qt object and no state: ``theme.Theme`` decides which set is current.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

Token = Literal[
    "ground", "layer", "card", "sunken", "hover", "pressed", "line", "line_strong", "edge",
    "ink", "ink2", "ink3", "ink_off", "accent", "accent_hover", "accent_press", "on_accent",
    "accent_soft", "accent_mid", "focus", "good", "good_soft", "warn", "warn_soft", "bad", "bad_soft",
    "mute", "mute_soft", "paper", "desk", "shadow",
]  # fmt: skip
"""The name of a colour."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours, each as ``#RRGGBB``.

    Attributes:
        ground: Window, title bar, navigation.
        layer: The page.
        card: The open card, fields, dialogs.
        sunken: Track of segments, quoted formulas.
        hover: Under the pointer.
        pressed: Held down; the selected navigation row; the track of bars.
        line: Hairlines.
        line_strong: Frames of buttons and fields, under a table's head.
        edge: Lower edge of fields, boxes, ticks; at least 3 : 1.
        ink: Text.
        ink2: Second text, icons, labels.
        ink3: Ids, captions, counts, placeholders.
        ink_off: Disabled only.
        accent: Primary button, selection mark, links, the evidenced lane.
        accent_hover: The primary button under the pointer.
        accent_press: The primary button held down.
        on_accent: Text on the accent.
        accent_soft: A selected row.
        accent_mid: Claimed but not evidenced, in bars.
        focus: The focus ring.
        good: 符合, saved.
        good_soft: Its ground.
        warn: 部分符合, 警告, 待核.
        warn_soft: Its ground.
        bad: 不符合, 错误, overdue, 否决.
        bad_soft: Its ground.
        mute: 不清楚, 不适用.
        mute_soft: Its ground; file chips.
        paper: A page in the PDF preview.
        desk: Behind that page.
        shadow: Its alpha is the painter's choice.
    """

    ground: str
    layer: str
    card: str
    sunken: str
    hover: str
    pressed: str
    line: str
    line_strong: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    ink_off: str
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    accent_soft: str
    accent_mid: str
    focus: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    mute: str
    mute_soft: str
    paper: str
    desk: str
    shadow: str

    def as_dict(self) -> dict[str, str]:
        """By name, for the style sheet's template."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


LIGHT = Tokens(
    ground="#EFF2F3",
    layer="#FAFBFB",
    card="#FFFFFF",
    sunken="#F2F5F6",
    hover="#E7ECEE",
    pressed="#DFE6E8",
    line="#E0E6E8",
    line_strong="#C9D2D6",
    edge="#78858C",
    ink="#1A2226",
    ink2="#4A575E",
    ink3="#59666D",
    ink_off="#9AA5AB",
    accent="#0E6079",
    accent_hover="#0B5169",
    accent_press="#094458",
    on_accent="#FFFFFF",
    accent_soft="#E1EFF3",
    accent_mid="#4A8BA1",
    focus="#1A2226",
    good="#1B7347",
    good_soft="#E3F2EA",
    warn="#865300",
    warn_soft="#FBF1DE",
    bad="#AE2F27",
    bad_soft="#FBEAE8",
    mute="#57646B",
    mute_soft="#EBEFF0",
    paper="#FFFFFF",
    desk="#E3E8EA",
    shadow="#1A2226",
)

DARK = Tokens(
    ground="#181C1E",
    layer="#1F2426",
    card="#272D30",
    sunken="#1B2022",
    hover="#30373A",
    pressed="#383F43",
    line="#343B3F",
    line_strong="#4A5358",
    edge="#879399",
    ink="#E9EDEF",
    ink2="#BAC4C9",
    ink3="#A0ABB1",
    ink_off="#69757B",
    accent="#79C2DA",
    accent_hover="#8ECFE4",
    accent_press="#68AFC6",
    on_accent="#06212B",
    accent_soft="#1F3B45",
    accent_mid="#5591A5",
    focus="#F1F4F5",
    good="#7CCB9E",
    good_soft="#1F3529",
    warn="#E3B25C",
    warn_soft="#3A2F1A",
    bad="#F2938A",
    bad_soft="#432724",
    mute="#A0ABB1",
    mute_soft="#32393C",
    paper="#F4F2EE",
    desk="#14181A",
    shadow="#000000",
)

GROUNDS: tuple[Token, ...] = ("ground", "layer", "card", "sunken", "hover", "pressed")
"""Where text of any ink may stand."""

INKS: tuple[Token, ...] = ("ink", "ink2", "ink3", "accent", "good", "warn", "bad", "mute")
"""Colours of text: at least 4.5 : 1 on every ground."""

EDGES: tuple[Token, ...] = ("edge", "accent_mid")
"""Colours of signs and control edges: at least 3 : 1 on every ground."""


def high_contrast(window: str, text: str, highlight: str, highlighted_text: str) -> Tokens:
    """The system's own four colours in the place of ours.

    Args:
        window: The system's Window.
        text: The system's WindowText.
        highlight: The system's Highlight.
        highlighted_text: The system's HighlightedText.
    """
    values: dict[str, str] = {}
    grounds = {*GROUNDS, "accent_soft", "good_soft", "warn_soft", "bad_soft", "mute_soft", "paper", "desk"}
    for field in fields(Tokens):
        if field.name in grounds:
            values[field.name] = window
        elif field.name in {"accent", "accent_hover", "accent_press", "accent_mid", "focus"}:
            values[field.name] = highlight
        elif field.name == "on_accent":
            values[field.name] = highlighted_text
        else:
            values[field.name] = text
    return Tokens(**values)


# --- contrast ---------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """The relative luminance of ``#RRGGBB`` after WCAG 2.2, 0.0 to 1.0."""

    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours after WCAG 2.2, 1.0 to 21.0."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


# --- type -------------------------------------------------------------------------------------------

Role = Literal[
    "caption", "caption_b", "small", "small_b", "body", "body_b", "item", "item_b",
    "subtitle", "title", "hero", "figure",
]  # fmt: skip
"""What a text is for; ``_b`` is the same at 600."""


@dataclass(frozen=True, slots=True)
class TypeSize:
    """How a role is set.

    Attributes:
        px: Size of the type in logical pixels.
        line: Height of a line in logical pixels, whatever the font says.
        weight: 400 or 600.
    """

    px: int
    line: int
    weight: int


TYPE: dict[Role, TypeSize] = {
    "caption": TypeSize(12, 18, 400),
    "caption_b": TypeSize(12, 18, 600),
    "small": TypeSize(13, 20, 400),
    "small_b": TypeSize(13, 20, 600),
    "body": TypeSize(14, 22, 400),
    "body_b": TypeSize(14, 22, 600),
    "item": TypeSize(15, 24, 400),
    "item_b": TypeSize(15, 24, 600),
    "subtitle": TypeSize(16, 24, 600),
    "title": TypeSize(22, 32, 600),
    "hero": TypeSize(28, 40, 600),
    "figure": TypeSize(36, 44, 400),
}

# --- space ------------------------------------------------------------------------------------------

PAGE_MARGIN = 32
PAGE_TOP = 20
PANEL_MARGIN = 20
CARD_MARGIN = 20
LABEL_GAP = 4
FIELD_GAP = 13

RADIUS_CONTROL = 4
RADIUS_TRACK = 6
RADIUS_CARD = 8

CONTROL_HEIGHT = 32
FILTER_HEIGHT = 28
CHIP_HEIGHT = 28
SEGMENT_HEIGHT = 36
NAVIGATION_ROW = 34
TABLE_ROW = 38
TABLE_ROW_TWO_LINES = 50
TABLE_HEAD = 32
TAG_HEIGHT = 20

NAVIGATION_WIDTH = 200
RAIL_WIDTH = 56
DIALOG_WIDTH = 480
