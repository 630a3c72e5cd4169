"""One document of a verified file: what it says it is, and its score as stated and as added up again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.facts import Facts
from tsguard.gui.widgets.folds import Fold
from tsguard.gui.widgets.layout import column, holder
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.services.readding import Readded, ReaddedTotal, ReaddedUnit
from tsguard.services.verified_file import VerifiedDocument
from tsguard.services.verify_words import (
    content_words,
    document_facts,
    document_title,
    doubt_words,
    lane_word,
    points_text,
)
from tsguard.services.visible import visible

_LABEL = 116


def _name(row: ReaddedUnit | ReaddedTotal) -> Cell:
    if isinstance(row, ReaddedTotal):
        return Cell(lane_word(row.lane), strong=True)
    title = visible(row.title)
    return Cell(_("{title}（不计入总分）").format(title=title) if row.sector else title)


def _full(row: ReaddedUnit | ReaddedTotal) -> Cell:
    points = 100 if isinstance(row, ReaddedTotal) else row.points
    return Cell(str(points), tone="ink3", sort=points)


def _figures(pair: tuple[int, int] | None) -> Cell:
    claimed, evidenced = pair if pair is not None else (None, None)
    return Cell(f"{points_text(claimed)} / {points_text(evidenced)}")


def _stated(row: ReaddedUnit | ReaddedTotal) -> Cell:
    if isinstance(row, ReaddedTotal):
        return Cell(f"{points_text(row.stated)} {visible(row.stated_band)}".strip(), strong=True)
    return _figures(row.stated)


def _found(row: ReaddedUnit | ReaddedTotal) -> Cell:
    if isinstance(row, ReaddedTotal):
        return Cell(f"{points_text(row.found)} {visible(row.found_band)}".strip(), strong=True)
    return _figures(row.found)


def _equal(row: ReaddedUnit | ReaddedTotal) -> Cell:
    if row.equal:
        return Cell(_("一致"), tone="ink2", icon="checkmark", icon_tone="good")
    return Cell(_("不一致"), tone="bad", strong=True, icon="dismiss_circle_filled", icon_tone="bad")


class ScoreTable(DataTable):
    """Units, then totals; as high as its rows."""

    def __init__(self, theme: Theme, readded: Readded, *, name: str) -> None:
        columns = [
            Column(_("单元"), _name, main=True),
            Column(_("满分"), _full, 56, "right"),
            Column(_("所写自评/有据"), _stated, 128, "right"),
            Column(_("重加自评/有据"), _found, 128, "right"),
            Column("", _equal, 92),
        ]
        super().__init__(theme, columns, name=name, sortable=False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_rows([*readded.units, *readded.totals])
        self.setFixedHeight(self.content_height())


class DocumentPart(QWidget):
    """Facts, score and content of one document.

    Attributes:
        table: The score, or None where nothing could be added up.
    """

    def __init__(self, theme: Theme, document: VerifiedDocument) -> None:
        super().__init__()
        title = document_title(document)
        facts = [each for each in document_facts(document) if each[1] != title]
        shown = Facts(theme, [(str(at), word) for at, (word, _value) in enumerate(facts)], label=_LABEL)
        for at, (_word, value) in enumerate(facts):
            shown.values[str(at)].set_text(visible(value))
        parts: list[QWidget] = [Text(theme, title, "subtitle"), shown]
        readded = document.readded
        self.table: ScoreTable | None = None
        if readded.units or readded.totals:
            self.table = ScoreTable(theme, readded, name=_("{document}的得分").format(document=title))
            parts += [Text(theme, _("得分：文件所写，与凭附件数据重新加的"), "small", "ink2"), self.table]
        doubts = doubt_words(readded)
        if not readded.counts_equal:
            doubts = (*doubts, _("否决项、已答或应答的条数与所写不一致。"))
        parts += [Note(theme, Severity.ERROR, each) for each in doubts]
        lines = [
            Text(theme, visible(content_words(each)), "small", "ink2", wrap=True)
            for each in document.contents
        ]
        content = Fold(
            theme,
            _("打分用的模块、方案和依据库"),
            holder(column(*lines, gap=2)),
            count=str(len(lines)),
            is_open=False,
        )
        parts.append(content)
        self.setLayout(column(*parts, gap=10))
