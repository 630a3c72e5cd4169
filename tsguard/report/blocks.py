"""What a document is made of: runs of text, paragraphs, tables, forms, figures, places to sign.

No fonts, no points on paper, no PDF: a typesetter reads these blocks, and another writes DOCX from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tsguard.report.marked import Marked, said
from tsguard.report.question import Question


class Tone(StrEnum):
    """The colour of a run."""

    INK = "ink"
    GREY = "grey"
    ACCENT = "accent"


class Mark(StrEnum):
    """Drawn signs; the word always stands beside them."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    BOX = "box"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look.

    Attributes:
        value: The text; empty for a mark.
        bold: For labels and totals, never for emphasis in running text.
        tone: Its colour.
        link: An anchor in this document that it leads to, or "".
        mark: A sign that is drawn instead of text.
    """

    value: Marked
    bold: bool = False
    tone: Tone = Tone.INK
    link: str = ""
    mark: Mark | None = None


Text = tuple[Run, ...]
NOTHING = said("")


def line(*parts: Marked | Run) -> Text:
    """Runs from values; a bare value is plain text."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def sign(mark: Mark) -> Run:
    """A drawn mark."""
    return Run(NOTHING, mark=mark)


class Role(StrEnum):
    """What a paragraph is; the typesetter gives each role a style."""

    BODY = "body"
    LEAD = "lead"
    ANSWER = "answer"
    NOTE = "note"
    CAPTION = "caption"
    CELL = "cell"
    NUMBER = "number"
    CENTRED = "centred"
    DETAIL = "detail"
    SMALL = "small"
    IDS = "ids"
    HASH = "hash"
    LABEL = "label"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one role."""

    text: Text
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of full marks; the figures stand beside it.

    Attributes:
        claimed: Whole percent.
        evidenced: Whole percent.
    """

    claimed: int
    evidenced: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        content: Paragraphs from top to bottom.
        span: How many columns it takes.
        bar: Drawn instead of text.
    """

    content: tuple[Paragraph, ...] = ()
    span: int = 1
    bar: Bar | None = None


class Align(StrEnum):
    """How a column's head stands over its cells."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data table.

    Attributes:
        title: Its head.
        width: Its share of the measure, in points of 441.
        align: How the head stands.
    """

    title: Marked
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a data table.

    Attributes:
        cells: Their spans add up to the number of columns.
        anchor: What links lead here by, or "".
        total: Whether it is a total: a stronger rule above it.
        joined: Whether it belongs to the row before: no rule between them.
    """

    cells: tuple[Cell, ...]
    anchor: str = ""
    total: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows under a head that is repeated on each page.

    Attributes:
        columns: With their heads.
        rows: At least one.
        dense: Less air in the rows, for figures.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of a form: its label and the value."""

    label: Marked
    value: Text


@dataclass(frozen=True, slots=True)
class Form:
    """A grid of labels and values, two fields a row where they fit."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A large figure.

    Attributes:
        title: Above it.
        value: The figure.
        note: What it means, below it.
    """

    title: Marked
    value: Marked
    note: Marked


@dataclass(frozen=True, slots=True)
class Figures:
    """Large figures side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of a radar chart: its label and the lanes' whole percents."""

    label: Marked
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """A radar chart from 0 to 100.

    Attributes:
        axes: Three or more.
        lanes: Names of the lanes, in the order of the axes' values.
        caption: Below it.
    """

    axes: tuple[Axis, ...]
    lanes: tuple[Marked, ...]
    caption: Marked


@dataclass(frozen=True, slots=True)
class Signature:
    """Places for a signature, a seal and a date."""

    signatory: Marked
    company: Marked
    date_line: Marked
    seal: Marked


@dataclass(frozen=True, slots=True)
class Review:
    """One box for each reviewing office."""

    offices: tuple[Marked, ...]
    signatory: Marked
    date_line: Marked
    seal: Marked


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page.

    Attributes:
        remarks: At the top: the level, and that it is a sample.
        title: Its lines.
        subtitle: Below the title.
        rows: Labels and values.
        day: The report's date.
    """

    remarks: tuple[Marked, ...]
    title: tuple[Marked, ...]
    subtitle: Marked
    rows: tuple[Entry, ...]
    day: Marked


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents; the typesetter knows the pages."""

    title: Marked


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's head; it starts a page.

    Attributes:
        title: With its number.
        anchor: Unique in the document.
        depth: Its step in contents and bookmarks: 1 below the head of a bound file's part.
    """

    title: Marked
    anchor: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's head, like ``Chapter``.

    Attributes:
        title: With its number.
        anchor: Unique in the document.
        new_page: Whether it starts a page, too.
        listed: Whether the contents name it; the bookmarks always do.
        depth: Its step in contents and bookmarks.
    """

    title: Marked
    anchor: str
    new_page: bool = False
    listed: bool = True
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a file as a picture, with a line above it; its pixels are put in when the file is written.

    Attributes:
        key: Which picture, unique in the document.
        caption: The line above it.
        alt: What readers without eyes get instead.
        wide: Its own width in points; it is never printed larger.
        high: Its own height in points.
        new_page: Whether it starts a page.
    """

    key: str
    caption: Marked
    alt: Marked
    wide: float
    high: float
    new_page: bool = False


Block = (
    Cover
    | Contents
    | Chapter
    | Heading
    | Paragraph
    | DataTable
    | Form
    | Figures
    | Radar
    | Signature
    | Review
    | Question
    | Picture
)
