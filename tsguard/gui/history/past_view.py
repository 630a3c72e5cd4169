"""某一天的清单: every item's verdict at the end of a past day beside the one of now, with the figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Critical
from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.history.past_figures import PastFigures
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import IconButton
from tsguard.gui.widgets.fields import DateField, SearchField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.gui.widgets.segmented import Option, Pills
from tsguard.gui.widgets.signs import VERDICT_SIGNS, Severity
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.services.history_past import PastItem, PastState

_ALL, _CHANGED, _VETO = "all", "changed", "veto"
_DAY_WIDTH = 150
_STACKS = 700


class PastView(QWidget):
    """A day, its figures, its items.

    Attributes:
        day: Which day.
        table: One row for each item.
        pills: All, changed ones, vetoes.
        state: What is shown, or None.

    Signals:
        go(target): To an item of the checklist.
        shown(): Another state is shown, or none.
        failed(error): It could not be rebuilt.
    """

    go = Signal(str)
    shown = Signal()
    failed = Signal(object)

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks) -> None:
        super().__init__()
        self._model, self._tasks = model, tasks
        self._running: Progress | None = None
        self._wanted: date | None = None
        self.state: PastState | None = None
        self.day = DateField(theme, _("哪一天结束时"))
        self.day.setFixedWidth(_DAY_WIDTH)
        self._before = IconButton(theme, "arrow_left", _("前一天"), "plain")
        self._after = IconButton(theme, "arrow_right", _("后一天"), "plain")
        self.figures = PastFigures(theme)
        self._jumps = Note(theme, Severity.WARNING, "", title=_("那天前后，电脑时间倒退过"))
        self.search = SearchField(theme, _("搜编号、要求、域"))
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(240)
        self.pills = Pills(
            theme,
            [
                Option(_ALL, _("全部"), count=0),
                Option(_CHANGED, _("判定有变化"), count=0),
                Option(_VETO, _("否决项"), count=0),
            ],
            name=_("筛选条款"),
        )
        self.table = DataTable(theme, _columns(), name=_("那天的清单"), key=lambda each: each.item.id)
        self._nothing = Text(theme, "", "body", "ink2", wrap=True, align="center")
        self._foot = Text(theme, "", "caption", "ink3", wrap=True)
        self._build()
        self.day.committed.connect(self._picked)
        self._before.clicked.connect(lambda: self._step(-1))
        self._after.clicked.connect(lambda: self._step(1))
        self.search.textChanged.connect(self._filter)
        self.pills.chosen.connect(self._filter)
        self.table.row_opened.connect(self._see)

    def _build(self) -> None:
        steps = row(self._before, self._after, gap=4)
        # The buttons stand level with the field's line, below its label.
        picker = row(self.day, holder(column(24, steps, None, gap=0)), gap=6, align=Qt.AlignmentFlag.AlignTop)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(28)
        picking = holder(picker)
        picking.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._top.addWidget(picking, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addWidget(self.figures, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addStretch(1)
        bar = row(gap=12)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.pills)
        bar.addStretch(1)
        self._bar = holder(bar)
        self._none = holder(column(56, self._nothing, None, gap=0))
        self._jumps_holder = holder(column(self._jumps, gap=0, margins=(0, 0, 0, 12)))
        self._jumps_holder.hide()
        layout = column(self._top, 14, self._jumps_holder, self._bar, 8, gap=0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._none, 1)
        layout.addSpacing(8)
        layout.addWidget(self._foot)
        self.setLayout(layout)
        self._none.hide()

    # --- which day --------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a state is being rebuilt."""
        return self._running is not None

    def show_day(self, day: date | None) -> None:
        """Rebuild a day; None for the day that was shown, or the last one before today that has entries."""
        if self._model.session.closed:
            return
        if day is None:
            day = self.day.value() or self._usual_day()
        self.day.set_value(day)
        if day > _today():
            self.day.set_error(_("还没有到这一天"))
            return
        self._wanted = day
        if self._running is not None:
            self._running.cancel()
        history = self._model.session.history
        self._running = self._tasks.run(lambda _progress: history.as_of(day), self._arrived, self._refused)

    def _usual_day(self) -> date:
        today = _today()
        try:
            return self._model.session.history.last_day_before(today) or today
        except TSGuardError as error:
            self.failed.emit(error)
            return today

    def _picked(self, day: object) -> None:
        self.show_day(day if isinstance(day, date) else None)

    def _step(self, days: int) -> None:
        now = self.day.value()
        if now is not None and (days < 0 or now < _today()) and now.year > 1:
            self.show_day(now + timedelta(days=days))

    def _refused(self, error: TSGuardError) -> None:
        if not isinstance(error, Cancelled):  # another day was asked for meanwhile
            self._running = None
            self.failed.emit(error)

    def _arrived(self, state: PastState) -> None:
        if state.day != self._wanted or self._model.session.closed:
            return
        self._running = None
        self.show_state(state)

    # --- showing ----------------------------------------------------------------------------------

    def show_state(self, state: PastState) -> None:
        """Show a state beside what there is now."""
        self.state = state
        session = self._model.session
        self._after.setEnabled(state.day < _today())
        there = state.assessment is not None
        self.figures.show_figures(state.sheet, session.sheet() if session.assessment else None)
        self.figures.setVisible(there)
        for part in (self._bar, self.table):
            part.setVisible(there)
        self._none.setVisible(not there)
        self._say_jumps(state)
        self.pills.set_counts(
            {choice: sum(map(_belongs(choice), state.items)) for choice in (_ALL, _CHANGED, _VETO)}
        )
        self.table.set_rows(state.items)
        self._filter()
        if not there:
            self._nothing.set_text(self._why_nothing(state))
        self._foot.set_text(self._source(state))
        self.shown.emit()

    def forget(self) -> None:
        """Show nothing, keep nothing."""
        self.state = None
        self.table.set_rows(())

    def _why_nothing(self, state: PastState) -> str:
        if state.entries:
            return _("那天已建立企业档案，还没有选定清单")
        first = self._model.session.history.first_day()
        if first is None:
            return _("还没有变更记录")
        return _("那天保险库里还没有记录，最早的一天是{day}").format(day=first.isoformat())

    def _source(self, state: PastState) -> str:
        if not state.entries:
            return ""
        words = _("由第1至{last}号变更重新拼成，每条都已与摘要核对；佐证是否过期按那一天算。")
        return words.format(last=f"{state.entries:,}")

    def _say_jumps(self, state: PastState) -> None:
        self._jumps_holder.setVisible(bool(state.jumps))
        if state.jumps:
            words = _(
                "第{numbers}号起的时间早于前一条。先后以编号为准，所以有些记着更晚时间的变更也算在那天之内。"
            )
            numbers = "、".join(str(each.number) for each in state.jumps)
            title = _("那天前后，电脑时间倒退过")
            self._jumps.say(Severity.WARNING, words.format(numbers=numbers), title=title)

    def _filter(self, *_said: object) -> None:
        belongs, wanted = _belongs(self.pills.value()), self.search.text().strip().casefold()

        def keeps(each: PastItem) -> bool:
            return belongs(each) and wanted in f"{each.item.id} {each.item.text} {each.section}".casefold()

        self.table.set_filter(keeps)
        if self.state is not None and self.state.assessment is not None:
            found = bool(self.table.shown())
            self.table.setVisible(found)
            self._none.setVisible(not found)
            if not found:
                self._nothing.set_text(self._why_none_found())

    def _why_none_found(self) -> str:
        if self.search.text().strip():
            return _("没有找到；可以换个词，或选“全部”")
        if self.pills.value() == _CHANGED:
            return _("那天到现在，没有一条的判定有变化")
        return _("那天的清单里没有这一类条款")

    def _see(self, value: object) -> None:
        if isinstance(value, PastItem) and value.asked_now:
            self.go.emit(f"checklist:{value.item.id}")

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The figures stand under the day, and the section gives way."""
        super().resizeEvent(event)
        narrow = self.width() < _STACKS
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(way)
        self._top.setSpacing(12 if narrow else 28)
        self.table.setColumnHidden(4, self.width() < 720)


def _today() -> date:
    today = QDate.currentDate()
    return date(today.year(), today.month(), today.day())


def _belongs(choice: object) -> Callable[[PastItem], bool]:
    def belongs(each: PastItem) -> bool:
        if choice == _CHANGED:
            return each.changed
        return choice != _VETO or each.item.critical is Critical.VETO

    return belongs


def _columns() -> list[Column]:
    return [
        Column(_("编号"), lambda each: Cell(each.item.id, tone="ink3"), 84),
        Column(_("要求"), _requirement, 0, main=True),
        Column(_("那天"), lambda each: _verdict(each, then=True), 116),
        Column(_("现在"), lambda each: _verdict(each, then=False), 116),
        Column(_("佐证"), _evidence, 72, align="right"),
    ]


def _requirement(each: PastItem) -> Cell:
    return Cell(each.item.text, strong=each.changed, sort=_place(each))


def _place(each: PastItem) -> tuple[str, str]:
    return (each.section, each.item.id)


def _verdict(each: PastItem, *, then: bool) -> Cell:
    asked, verdict = (each.asked_then, each.then) if then else (each.asked_now, each.now)
    if not asked:
        tip = _("那天的清单没有这一条") if then else _("现在的清单没有这一条")
        return Cell(_("不在清单"), tone="ink3", tip=tip, sort=_("不在清单"))
    sign = VERDICT_SIGNS[verdict]
    strong = each.changed and not then
    return Cell(verdict_word(verdict), tone=sign.ink, icon=sign.icon, strong=strong)


def _evidence(each: PastItem) -> Cell:
    count = len(each.evidence)
    return Cell(str(count) if count else "–", tone="ink2", sort=count, tip="、".join(each.evidence))
