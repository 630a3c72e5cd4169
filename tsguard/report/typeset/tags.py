"""What stands on the pages as readers without eyes get it: a tree of elements, filled while pages are drawn.

It knows no PDF library: it hands out the operators that mark content, and remembers which element each mark
belongs to. Whatever is drawn outside an element is an artifact, so nothing can be left unmarked.

Sources: ISO 32000-1 §14.6–14.8; ISO 14289-1 §7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple


class Tag(StrEnum):
    """The standard structure types in use."""

    DOCUMENT = "Document"
    SECT = "Sect"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    P = "P"
    TABLE = "Table"
    THEAD = "THead"
    TBODY = "TBody"
    TR = "TR"
    TH = "TH"
    TD = "TD"
    FIGURE = "Figure"
    TOC = "TOC"
    CAPTION = "Caption"
    TOCI = "TOCI"
    REFERENCE = "Reference"
    LINK = "Link"


HEADINGS: Final = (Tag.H1, Tag.H2, Tag.H3)
"""By depth; the deepest are those of a part that is bound with others."""


class Scope(StrEnum):
    """What a head cell is the head of."""

    COLUMN = "Column"
    ROW = "Row"


class Content(NamedTuple):
    """A stretch of marked content: its page, counted from 0, and its number there."""

    page: int
    number: int


class Annotation(NamedTuple):
    """A link's active area: its page, counted from 0, and its place among the page's annotations."""

    page: int
    place: int


@dataclass(slots=True, eq=False)
class Node:
    """One element; the parts of a box that goes over pages share it.

    Attributes:
        tag: Its type.
        alt: What it says, for a figure.
        span: How many columns a cell takes.
        scope: Of a head cell.
        target: The anchor that a link leads to.
        bounds: Left, bottom, right, top of a figure on its page, in points.
        kids: In reading order.
        placed: Whether it stands in the tree.
    """

    tag: Tag
    alt: str = ""
    span: int = 1
    scope: Scope | None = None
    target: str = ""
    bounds: tuple[float, float, float, float] | None = None
    kids: list[Node | Content | Annotation] = field(default_factory=list)
    placed: bool = False


class Artifact(StrEnum):
    """Content that is nobody's text, by the operators that open it."""

    LAYOUT = "/Artifact BMC"
    HEADER = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
    FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
    REPEATED = "/Artifact <</Type /Pagination>> BDC"
    """A table's head, told once already."""


class Place:
    """Drawing stands there as long as the ``with`` lasts; thousands of them in a document."""

    __slots__ = ("_owner", "_path")

    def __init__(self, path: list[Node | Artifact], owner: Node | Artifact) -> None:
        self._path = path
        self._owner = owner

    def __enter__(self) -> None:
        self._path.append(self._owner)

    def __exit__(self, *_failure: object) -> None:
        self._path.pop()


_CLOSE: Final = "EMC"


class Tags:
    """The tree of one document and the place in it where drawing is now.

    Attributes:
        root: The whole document.
        pages: For each page the elements of its marks, by the marks' numbers.
    """

    def __init__(self) -> None:
        self.root = Node(Tag.DOCUMENT, placed=True)
        self.pages: list[list[Node]] = [[]]
        self._sections = [(-1, self.root)]
        self._path: list[Node | Artifact] = []
        self._open: Node | Artifact | None = None

    # --- the place in the tree -----------------------------------------------------------------------

    def section(self, depth: int) -> int:
        """Begin a section of the document.

        Args:
            depth: 0 for a chapter, 1 for a part of it, and so on.

        Returns:
            The depth of its heading: 0 for a part that stands in no chapter, so that none is skipped.
        """
        while self._sections[-1][0] >= depth:
            self._sections.pop()
        sect = Node(Tag.SECT, placed=True)
        self._sections[-1][1].kids.append(sect)
        self._sections.append((depth, sect))
        return len(self._sections) - 2

    def within(self, node: Node) -> Place:
        """Draw into an element; it is put behind what was drawn before when it is met first.

        Inside an artifact there are no elements: what is drawn there stays nobody's text.
        """
        parent = self._path[-1] if self._path else self._sections[-1][1]
        if isinstance(parent, Artifact):
            return Place(self._path, parent)
        if not node.placed:
            node.placed = True
            parent.kids.append(node)
        return Place(self._path, node)

    def apart(self, kind: Artifact) -> Place:
        """Draw what is no part of the text."""
        return Place(self._path, kind)

    def link(self, target: str) -> Place:
        """Draw into a link; it goes on where its words go on behind a line's end."""
        kids = self._innermost().kids
        last = kids[-1] if kids else None
        node = last if isinstance(last, Node) and last.target == target else Node(Tag.LINK, target=target)
        return self.within(node)

    @property
    def artifact(self) -> bool:
        """Whether what is drawn now is nobody's text."""
        return bool(self._path) and isinstance(self._path[-1], Artifact)

    def _innermost(self) -> Node:
        if not self._path or not isinstance(self._path[-1], Node):
            message = "text outside any element"
            raise LookupError(message)
        return self._path[-1]

    # --- marks ---------------------------------------------------------------------------------------

    def for_text(self) -> str:
        """Operators to stand before text, "" where nothing changes.

        Raises:
            LookupError: A bug: the text belongs to no element.
        """
        return self._switch(self._path[-1] if self.artifact else self._innermost())

    def for_shape(self) -> str:
        """Operators to stand before lines and fills: a figure's own, else an artifact's."""
        inner = self._path[-1] if self._path else None
        if isinstance(inner, Artifact) or (inner is not None and inner.tag is Tag.FIGURE):
            return self._switch(inner)
        return self._switch(Artifact.LAYOUT)

    def for_sign(self, words: str) -> str:
        """Operators to stand before a drawn sign that readers get as words."""
        closing = self.close()
        self._open = self._innermost()
        return f"{closing}{self._begin(self._open, words)}"

    def close(self) -> str:
        """Operators to stand after the last content of a page, or of a sign."""
        if self._open is None:
            return ""
        self._open = None
        return f"{_CLOSE} "

    def annotate(self, place: int) -> None:
        """Put the page's annotation of that place, counted from 0, into the element."""
        self._innermost().kids.append(Annotation(len(self.pages) - 1, place))

    def next_page(self) -> None:
        """Marks are numbered by the page."""
        self.pages.append([])

    def _switch(self, owner: Node | Artifact) -> str:
        if self._open is owner:
            return ""
        closing = self.close()
        self._open = owner
        return f"{closing}{owner.value if isinstance(owner, Artifact) else self._begin(owner)}"

    def _begin(self, node: Node, words: str = "") -> str:
        marks = self.pages[-1]
        node.kids.append(Content(len(self.pages) - 1, len(marks)))
        marks.append(node)
        said = f" /ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>" if words else ""
        return f"/{node.tag} <</MCID {len(marks) - 1}{said}>> BDC"
