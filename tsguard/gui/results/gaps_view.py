"""差距: what could still win points, ranked; searched, filtered, sorted, and taken along as a table."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Critical, Verdict
from tsguard.errors import TSGuardError
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.gui.widgets.segmented import Option, Pills
from tsguard.gui.widgets.signs import VERDICT_SIGNS, Severity
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import Gap, ScoreSheet
from tsguard.services.explain import explain
from tsguard.services.plain_copy import as_tsv, write_csv
from tsguard.services.rectification import drafts_for, tasks_by_item

_ALL, _VETO, _KEY, _UNKNOWN, _UNANSWERED = "all", "veto", "key", "unknown", "unanswered"
_RANK = {Critical.VETO: 0, Critical.KEY: 1, Critical.NONE: 2}
_VERDICT_RANK = (Verdict.NOT_MET, Verdict.PARTLY, Verdict.UNKNOWN, None, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap with the words that belong to it.

    Attributes:
        gap: The figures.
        text: The requirement.
        section: The section's title.
        contradicted: Whether a register shows less than the answer claims.
        task: Id of the rectification task that covers it, or "".
    """

    gap: Gap
    text: str
    section: str
    contradicted: bool
    task: str = ""


def _belongs(row_value: GapRow, choice: object) -> bool:
    gap = row_value.gap
    return {
        _VETO: gap.critical is Critical.VETO,
        _KEY: gap.critical is Critical.KEY,
        _UNKNOWN: gap.verdict is Verdict.UNKNOWN,
        _UNANSWERED: gap.verdict is None,
    }.get(str(choice), True)


class GapsView(QWidget):
    """The ranked list of gaps.

    Attributes:
        table: One row for each gap.
        search: Looks in ids, requirements and sections.
        pills: The filter.

    Signals:
        go(target): To an item of the checklist, or to a rectification task.
    """

    go = Signal(str)

    def __init__(self, theme: Theme, model: SessionModel) -> None:
        super().__init__()
        self._model = model
        self._rows: list[GapRow] = []
        self.search = SearchField(theme, _("搜编号、要求、域"))
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(240)
        self.search.textChanged.connect(self._filter)
        self.pills = Pills(
            theme,
            [
                Option(_ALL, _("全部"), count=0),
                Option(_VETO, _("否决"), count=0),
                Option(_KEY, _("重点"), count=0),
                Option(_UNKNOWN, _("不清楚"), count=0),
                Option(_UNANSWERED, _("未答"), count=0),
            ],
            name=_("筛选差距"),
        )
        self.pills.chosen.connect(self._filter)
        self._export = Button(theme, _("导出CSV"), "plain", "arrow_download")
        self._export.clicked.connect(self._export_csv)
        self.table = DataTable(theme, _columns(), name=_("差距"))
        self.table.row_opened.connect(self._see)
        self.table.row_chosen.connect(self._show_task)
        self._task = Button(theme, _("列入整改"), "plain", "calendar")
        self._task.clicked.connect(self._take_up)
        self._task.hide()
        model.tasks_changed.connect(self._tasks_changed)
        self._nothing = Text(theme, "", "body", "ink2", align="center")
        self._note = Text(theme, "", "caption", "ink3")
        self._done = Text(theme, "", "caption", "ink2")
        bar = row(gap=10)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.pills)
        bar.addStretch(1)
        bar.addWidget(self._task)
        bar.addWidget(self._export)
        self._trouble = Note(theme, Severity.ERROR, "")
        self._trouble.hide()
        foot = row(self._note, None, self._done, gap=12)
        self.setLayout(column(bar, 8, self._trouble, self.table, self._nothing, 8, foot, gap=0))
        self._note.set_text(_("可得分：只补这一条就能增加的分。先解否决项；行业分另计，不并入通用分。"))

    def show_sheet(self, sheet: ScoreSheet) -> None:
        """Show other gaps; the current one stays current."""
        current = self.table.value()
        session = self._model.session
        titles = {section.id: section.title for section in session.checklist.sections}
        flagged = {
            item.item for unit in (*sheet.units, *sheet.sectors) for item in unit.items if item.contradicted
        }
        tasks = tasks_by_item(session)
        self._rows = [
            GapRow(
                gap,
                session.item(gap.item).text,
                titles.get(gap.section, ""),
                contradicted=gap.item in flagged,
                task=tasks.get(gap.item, ""),
            )
            for gap in sheet.gaps
        ]
        self.table.set_rows(self._rows)
        self.pills.set_counts(
            {
                choice: sum(_belongs(each, choice) for each in self._rows)
                for choice in (_ALL, _VETO, _KEY, _UNKNOWN, _UNANSWERED)
            }
        )
        self._done.set_text("")
        self._trouble.hide()
        self._filter()
        if isinstance(current, GapRow):
            self.table.choose(lambda each: bool(each.gap.item == current.gap.item))

    def tsv(self) -> str:
        """The rows as they are shown, as text for a spreadsheet."""
        return as_tsv(self._as_table())

    def copy(self) -> None:
        """Put the rows as they are shown into the clipboard."""
        QApplication.clipboard().setText(self.tsv())

    def _filter(self, *_said: object) -> None:
        choice, wanted = self.pills.value(), _folded(self.search.text())

        def keeps(each: GapRow) -> bool:
            found = wanted in _folded(f"{each.gap.item} {each.text} {each.section}")
            return found and _belongs(each, choice)

        self.table.set_filter(keeps)
        shown = bool(self.table.shown())
        self.table.setVisible(shown)
        self._nothing.setVisible(not shown)
        self._export.setEnabled(shown)
        if not shown:
            found_none = _("没有符合的差距；可以换个词，或选“全部”")
            self._nothing.set_text(found_none if self._rows else _("没有差距：适用的条款都答了“符合”"))

    def _see(self, value: object) -> None:
        if isinstance(value, GapRow):
            self.go.emit(f"checklist:{value.gap.item}")

    # --- rectification ------------------------------------------------------------------------------

    def _tasks_changed(self) -> None:
        """Tell again which gaps are worked on; the figures are the same."""
        if self._model.session.closed or not self._rows:
            return
        tasks = tasks_by_item(self._model.session)
        for at, each in enumerate(self._rows):
            now = replace(each, task=tasks.get(each.gap.item, ""))
            if now != each:
                self._rows[at] = now
                self.table.rows.replace(at, now)
        self._show_task(self.table.value())

    def _show_task(self, value: object) -> None:
        self._task.setVisible(isinstance(value, GapRow))
        if isinstance(value, GapRow):
            seen = _("去看{task}").format(task=value.task) if value.task else _("列入整改")
            self._task.set_text(seen)

    def _take_up(self) -> None:
        value = self.table.value()
        if not isinstance(value, GapRow):
            return
        if value.task:
            self.go.emit(f"rectification:{value.task}")
            return
        item = value.gap.item
        words = _("把{item}列入整改").format(item=item)
        added = self._model.add_tasks(drafts_for(self._model.session, (item,)), words)
        if added:
            self._done.set_text(_("{item}已列入{task}").format(item=item, task=added[0]))

    # --- taking along -------------------------------------------------------------------------------

    def _as_table(self) -> list[tuple[str, ...]]:
        head = (
            _("编号"),
            _("域"),
            _("要求"),
            _("级别"),
            _("判定"),
            _("可得分"),
            _("计入"),
            _("与台账"),
            _("整改"),
        )
        return [head, *(_plain(each) for each in self.table.shown())]

    def _export_csv(self) -> None:
        title, kind = _("导出差距表"), _("CSV表格(*.csv)")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, _("差距.csv"), kind)
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(".csv")
        rows = self._as_table()
        try:
            write_csv(path, rows)
        except TSGuardError as error:
            said = explain(error)
            self._trouble.say(Severity.ERROR, f"{said.data}{said.advice}", title=said.happened)
            self._trouble.show()
            self._done.set_text("")
            return
        self._trouble.hide()
        done = _("{count}条已写入{name}，文件不加密").format(count=len(rows) - 1, name=path.name)
        self._done.set_text(done)


def _plain(each: GapRow) -> tuple[str, ...]:
    gap = each.gap
    return (
        gap.item,
        each.section,
        each.text,
        _level(gap.critical),
        verdict_word(gap.verdict),
        tenths_text(gap.to_win_tenths),
        _("行业分") if gap.sector else _("通用分"),
        _("高于台账显示") if each.contradicted else "",
        each.task,
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _level(critical: Critical) -> str:
    return {Critical.VETO: _("否决"), Critical.KEY: _("重点"), Critical.NONE: ""}[critical]


def _columns() -> list[Column]:
    return [
        Column(_("判定"), _verdict, 112),
        Column(_("编号"), lambda each: Cell(each.gap.item, tone="ink3"), 92),
        Column(_("要求"), _requirement, main=True),
        Column(_("级别"), _critical, 72),
        Column(_("可得分"), _to_win, 108, "right"),
        Column(_("整改"), _task, 136),
    ]


def _verdict(each: GapRow) -> Cell:
    sign = VERDICT_SIGNS[each.gap.verdict]
    rank = _VERDICT_RANK.index(each.gap.verdict) if each.gap.verdict in _VERDICT_RANK else 9
    return Cell(verdict_word(each.gap.verdict), tone=sign.ink, icon=sign.icon, sort=rank)


def _requirement(each: GapRow) -> Cell:
    flagged = each.contradicted
    tip = _("判定高于台账显示：{text}").format(text=each.text) if flagged else ""
    return Cell(each.text, icon="warning_filled" if flagged else "", icon_tone="warn", tip=tip)


def _critical(each: GapRow) -> Cell:
    veto = each.gap.critical is Critical.VETO
    return Cell(
        _level(each.gap.critical), tone="bad" if veto else "ink2", strong=veto, sort=_RANK[each.gap.critical]
    )


def _task(each: GapRow) -> Cell:
    if not each.task:
        return Cell("–", tone="ink3", sort="")
    return Cell(_("已列入{task}").format(task=each.task), tone="ink2", sort=each.task)


def _to_win(each: GapRow) -> Cell:
    points = f"+{tenths_text(each.gap.to_win_tenths)}"
    text = _("行业分{points}").format(points=points) if each.gap.sector else points
    # General points stand before those of a sector, which count elsewhere.
    return Cell(text, tone="accent", strong=True, sort=(not each.gap.sector, each.gap.to_win))
