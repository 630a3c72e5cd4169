"""Boxes and pages: what stands on which page. No drawing of its own beyond lines of text.

A box knows its height before anything is drawn, so pages are known after one pass, and with them the page
numbers of the contents and ``共n页``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tsguard.report.blocks import (
    Align,
)
from tsguard.report.typeset.setter import SetLine, Setter
from tsguard.report.typeset.styles import HEIGHT
from tsguard.report.typeset.surface import Surface
from tsguard.report.typeset.tags import Node, Tag

_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Pen:
    """What a box draws with.

    Attributes:
        surface: The page.
        setter: For texts that are known only now, such as page numbers.
        pages: The page of each anchor.
    """

    surface: Surface
    setter: Setter
    pages: Mapping[str, int]


class Box(ABC):
    """A piece of a page.

    Attributes:
        before: Room above it, none at a page's top.
        new_page: Whether it starts a page.
        keeps_next: Whether it may not be the last on its page.
        room_below: Least room that must follow it on the page, for one that keeps the next; less only where
            less follows.
        starts_section: Whether what follows belongs to something else than what came before.
    """

    before: float = 0.0
    new_page: bool = False
    keeps_next: bool = False
    room_below: float = 0.0
    starts_section: bool = False

    @property
    @abstractmethod
    def height(self) -> float:
        """How tall it is."""

    @property
    def least(self) -> float:
        """The least part of it that may start on a page."""
        return self.height

    @property
    def anchors(self) -> Iterable[str]:
        """Keys that links may lead to."""
        return ()

    def fitted(self, room: float) -> Box | None:  # noqa: ARG002
        """A smaller kind of it that fits into the room; None where it cannot shrink so far."""
        return None

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:  # noqa: ARG002
        """What fits into the room and the rest; None where it does not divide well.

        Args:
            room: In points.
            force: On an empty page, where something has to be placed.
        """
        return None

    @abstractmethod
    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner there."""


@dataclass(slots=True)
class Page:
    """A page's boxes with the distance of each from the top of the type area."""

    boxes: list[tuple[Box, float]] = field(default_factory=list)
    used: float = 0.0

    def add(self, box: Box) -> None:
        """Place a box below the others."""
        top = self.used + (box.before if self.boxes else 0.0)
        self.boxes.append((box, top))
        self.used = top + box.height


def paginate(boxes: Sequence[Box], check: Callable[[], None]) -> list[Page]:
    """Boxes to pages.

    Args:
        boxes: In reading order.
        check: Called at each box; may raise to stop.
    """
    pages = [Page()]
    queue = deque(boxes)
    while queue:
        check()
        box = queue.popleft()
        if pages[-1].boxes and (box.new_page or not _may_start(box, queue, pages[-1])):
            pages.append(Page())
        page = pages[-1]
        room = HEIGHT - page.used - (box.before if page.boxes else 0.0)
        if box.height <= room + _SLACK:
            page.add(box)
            continue
        smaller = box.fitted(room)
        if smaller:
            page.add(smaller)
            continue
        parts = box.split(room, force=not page.boxes)
        if parts is None and page.boxes:
            pages.append(Page())
            queue.appendleft(box)
        elif parts is None:
            page.add(box)
        else:
            page.add(parts[0])
            queue.appendleft(parts[1])
            pages.append(Page())
    return pages


def _may_start(box: Box, following: Iterable[Box], page: Page) -> bool:
    """Whether a box that keeps the next has room for itself and what must stand below it."""
    if not box.keeps_next:
        return True
    chain = whole = 0.0
    open_chain = True
    for each in following:
        if each.new_page or (not open_chain and (each.starts_section or whole > box.room_below)):
            break
        if open_chain:
            chain = whole + each.before + (each.height if each.keeps_next else each.least)
            open_chain = each.keeps_next
        whole += each.before + each.height
    below = max(chain, min(whole, box.room_below))
    return box.before + box.height + below <= HEIGHT - page.used + _SLACK


class Space(Box):
    """Nothing, of a height."""

    def __init__(self, height: float) -> None:
        self._height = height

    @property
    def height(self) -> float:
        """As it was given."""
        return self._height

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Nothing to see."""


class TextBox(Box):
    """Lines of a paragraph; never one line of it alone on a page."""

    def __init__(
        self,
        lines: Sequence[SetLine],
        width: float,
        *,
        before: float = 0.0,
        after: float = 0.0,
        keeps_next: bool = False,
        node: Node | None = None,
    ) -> None:
        self.node = node or Node(Tag.P)
        self.lines = lines
        self.width = width
        self.before = before
        self.keeps_next = keeps_next
        self._after = after

    @property
    def height(self) -> float:
        """Of all lines."""
        return sum(each.height for each in self.lines) + self._after

    @property
    def least(self) -> float:
        """Two lines, or all of three."""
        whole = len(self.lines) < 4
        return self.height if whole else sum(each.height for each in self.lines[:2])

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        """At a line, two on either side at least."""
        fitting = count_fitting(self.lines, room)
        fitting = min(fitting, len(self.lines) - 2)
        if fitting < 2 and not force:
            return None
        fitting = max(fitting, 1)
        return (
            TextBox(self.lines[:fitting], self.width, before=self.before, node=self.node),
            TextBox(self.lines[fitting:], self.width, after=self._after, node=self.node),
        )

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Line by line."""
        draw_text(pen, self.node, self.lines, x, top, self.width)


def count_fitting(lines: Sequence[SetLine], room: float) -> int:
    """How many lines fit into a room."""
    used = 0.0
    for number, each in enumerate(lines):
        used += each.height
        if used > room + _SLACK:
            return number
    return len(lines)


def draw_text(pen: Pen, node: Node, lines: Sequence[SetLine], x: float, top: float, width: float) -> None:
    """Lines as ``draw_lines``, all of one element."""
    with pen.surface.within(node):
        draw_lines(pen, lines, x, top, width)


def draw_lines(pen: Pen, lines: Sequence[SetLine], x: float, top: float, width: float) -> None:
    """Lines below each other, each where its style aligns it; they belong to the element drawn within."""
    for each in lines:
        style = each.style
        left = x + each.indent
        if style.align is Align.RIGHT:
            left = x + width - each.line.width
        elif style.align is Align.CENTRE:
            left = x + (width - each.line.width) / 2
        pen.surface.line(each.line, left, top - each.drop - style.base)
        top -= each.height
