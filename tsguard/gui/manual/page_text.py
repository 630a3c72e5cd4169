"""A chapter's Markdown as a document in our type and colours.

Sets what is there and adds no word. Nothing is ever loaded for it, from disk or elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from tsguard.gui import fonts
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import TYPE, Role

_MONOSPACED = ("Cascadia Mono", "Consolas", "SF Mono", "Menlo", "DejaVu Sans Mono")
_HEADINGS: dict[int, tuple[Role, int, int]] = {
    1: ("title", 0, 14),
    2: ("subtitle", 26, 8),
    3: ("body_b", 18, 6),
}
"""By level: role, space above, space below."""
_PARAGRAPH, _ITEM, _CODE_PAD, _INDENT = 12, 6, 12, 26
_TEXT: Role = "body"
_CELL: Role = "small"
_LINE = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_HAN, _LATIN = r"[\u3400-\u9fff]", r"[A-Za-z0-9+&#@]"
_GAPS = re.compile(rf"{_HAN}(?={_LATIN})|[A-Za-z0-9%](?={_HAN})")
_CLOSING, _OPENING = "”’）》」】，。、；：", "“‘（《「【"
_MARKS = re.compile(f"[{_CLOSING}](?=[{_CLOSING}{_OPENING}])|[{_OPENING}](?=[{_OPENING}])")
_BORDERS = QTextFrameFormat.BorderStyle


def fill(document: QTextDocument, markdown: str, theme: Theme) -> None:
    """Set a document to a chapter.

    Args:
        document: Of the reader.
        markdown: The chapter's text.
        theme: Where colours come from.
    """
    document.setIndentWidth(_INDENT)
    document.setDefaultFont(fonts.font(_TEXT))
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    document.setUndoRedoEnabled(False)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for table in _tables(document.rootFrame()):
        _rule(table, theme)
    block = document.begin()
    while block.isValid():
        if block.text() or _is_code(block) or _table_at(QTextCursor(block)) is not None:
            _set(block, theme)
        else:
            _squeeze(block)  # Qt's own, behind a table
        block = block.next()
    _plates(document, theme)
    cursor.endEditBlock()


def top_of(document: QTextDocument, heading: str) -> float:
    """How far down a heading stands, in logical pixels; 0 where there is none of that title."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() and block.text() == heading:
            return float(document.documentLayout().blockBoundingRect(block).top())
        block = block.next()
    return 0.0


def _tables(frame: QTextFrame) -> Iterator[QTextTable]:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            yield child
        yield from _tables(child)


def _rule(table: QTextTable, theme: Theme) -> None:
    """Hairlines between rows and columns, cells with room, columns by what stands in them."""
    form = table.format()
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderStyle(_BORDERS.BorderStyle_Solid)
    form.setBorderBrush(QBrush(theme.color("line_strong")))
    form.setCellPadding(7)
    form.setCellSpacing(0)
    form.setTopMargin(12)
    form.setBottomMargin(16)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, share) for share in _shares(table)]
    )
    table.setFormat(form)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        ground = cell.format()
        ground.setBackground(theme.color("sunken"))
        cell.setFormat(ground)


def _shares(table: QTextTable) -> list[float]:
    """The width of each column in percent: by its words, but none so narrow that words stand upright."""
    if table.columns() == 2:
        return [28, 72]
    words = [_words(table, column) for column in range(table.columns())]
    words = [max(each, max(words) / 5, 4.0) for each in words]
    return [100 * each / sum(words) for each in words]


def _words(table: QTextTable, column: int) -> float:
    """How much a column has to say, in characters a cell; long cells count for less."""
    lengths = [len(_cell_text(table, row, column)) for row in range(table.rows())]
    return sum(min(length, 60) + length / 4 for length in lengths) / len(lengths)


def _cell_text(table: QTextTable, row: int, column: int) -> str:
    return table.cellAt(row, column).firstCursorPosition().block().text()


def _table_at(cursor: QTextCursor) -> QTextTable | None:
    """The table that a cursor stands in; Qt's own answer, whose stub knows no None."""
    return cursor.currentTable()


def _set(block: QTextBlock, theme: Theme) -> None:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    form = block.blockFormat()
    table = _table_at(cursor)
    role: Role = _TEXT
    level = form.headingLevel()
    code = _is_code(block)
    if level:
        role, above, below = _HEADINGS.get(level, _HEADINGS[3])
        form.setTopMargin(above)
        form.setBottomMargin(below)
    elif code:
        form.setNonBreakableLines(True)
        for margin in (form.setTopMargin, form.setBottomMargin, form.setLeftMargin):
            margin(0)
        role = "small"
    elif table is not None:
        role = _CELL
        form.setBottomMargin(0)
        form.setTopMargin(0)
    else:
        form.setTopMargin(0)
        goes_on = block.textList() is not None and block.next().textList() is not None
        form.setBottomMargin(_ITEM if goes_on else _PARAGRAPH)
    form.setLineHeight(TYPE[role].line, _LINE)
    cursor.setBlockFormat(form)
    head = table is not None and table.cellAt(cursor).row() == 0
    _ink(block, role, theme, mono=code, strong=bool(level) or head)
    if not code:
        _space(block, role)


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)


def _plates(document: QTextDocument, theme: Theme) -> None:
    """Put each run of code lines on one plate."""
    runs: list[list[int]] = []
    block = document.begin()
    while block.isValid():
        if _is_code(block):
            if not _is_code(block.previous()):
                runs.append([block.position(), 0])
            runs[-1][1] = block.position() + block.length() - 1
        block = block.next()
    plate = QTextFrameFormat()
    plate.setBackground(theme.color("sunken"))
    plate.setBorder(0)
    plate.setPadding(_CODE_PAD)
    plate.setTopMargin(4)
    plate.setBottomMargin(_PARAGRAPH)
    for start, end in reversed(runs):
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        frame = cursor.insertFrame(plate)
        # Qt puts an empty line before and behind it.
        for near in (frame.firstPosition() - 1, frame.lastPosition() + 1):
            _squeeze(document.findBlock(near))


def _squeeze(block: QTextBlock) -> None:
    if block.isValid() and not block.text():
        form = QTextBlockFormat()
        form.setLineHeight(1, _LINE)
        QTextCursor(block).setBlockFormat(form)


def _ink(block: QTextBlock, role: Role, theme: Theme, *, mono: bool, strong: bool) -> None:
    """Give each run of a block its face, weight and colour."""
    runs = []
    step = block.begin()
    while not step.atEnd():
        run = step.fragment()
        if run.isValid():
            runs.append((run.position(), run.length(), run.charFormat()))
        step += 1
    for start, length, old in runs:
        quoted = mono or old.fontFixedPitch()
        made = QTextCharFormat()
        font = _code_font(role) if quoted else fonts.font(role)
        if strong or old.fontWeight() > QFont.Weight.Normal:
            font.setWeight(QFont.Weight.DemiBold)
        made.setFont(font)
        made.setForeground(theme.color("accent" if old.isAnchor() else "ink"))
        if quoted and not mono:
            made.setBackground(theme.color("sunken"))
        if old.isAnchor():
            made.setAnchor(True)
            made.setAnchorHref(old.anchorHref())
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(made)


def _space(block: QTextBlock, role: Role) -> None:
    """Quarter-gaps between Han and Latin, and marks that stand together squeezed, as everywhere on screen."""
    text, px = block.text(), TYPE[role].px
    if text.isascii() or max(text) > "\uffff":  # Qt counts UTF-16 units
        return
    for pattern, em in ((_GAPS, 0.1), (_MARKS, -0.45)):
        for match in pattern.finditer(text):
            if em < 0 and fonts.metrics(role).horizontalAdvance(match.group()) < 0.9 * px:
                continue  # a mark that is Latin already has nothing to give
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + match.start())
            cursor.setPosition(block.position() + match.end(), QTextCursor.MoveMode.KeepAnchor)
            spaced = QTextCharFormat()
            spaced.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
            spaced.setFontLetterSpacing(em * px)
            cursor.mergeCharFormat(spaced)


@lru_cache(maxsize=1)
def _monospaced() -> tuple[str, ...]:
    """Those there are: Qt searches long for one that isn't."""
    known = set(QFontDatabase.families())
    return tuple(name for name in _MONOSPACED if name in known)


def _code_font(role: Role) -> QFont:
    font = fonts.font(role)
    font.setFamilies([*_monospaced(), *font.families()])
    font.setPixelSize(TYPE[role].px - (0 if role == "small" else 1))
    font.setFixedPitch(True)
    return font
