"""The choice of modules: the general one is always in, sector modules can be ticked.

Before the first choice it begins the assessment; afterwards it asks in place before it changes anything.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.domain.checklist import Module, ModuleKind
from tsguard.domain.words import module_kind_word
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CARD
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Icon, Severity
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _
from tsguard.services.content import sectors, shipped

_TEASER = 3
_INDENT = 26
_WIDEST = 440


def _size_line(module: Module) -> str:
    return _("{count}条 · {version}版").format(count=len(list(module.items())), version=module.version)


class _Row(QWidget):
    """One module: its name with a box or a sign, how many items, where it comes from."""

    def __init__(self, theme: Theme, module: Module, head: QWidget, kind: str, lines: list[Text]) -> None:
        super().__init__()
        self._theme = theme
        top = row(head, Tag(theme, kind, "ink3"), None, gap=8)
        top.addWidget(Text(theme, _size_line(module), "caption", "ink3"))
        words = column(*lines, gap=4, margins=(_INDENT, 0, 0, 0))
        self.setLayout(column(top, words, gap=2, margins=(14, 8, 14, 12)))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the frame of what can be chosen."""
        painter = paint.begin(QPainter(self))
        theme = self._theme
        paint.rounded(painter, QRectF(self.rect()), RADIUS_CARD, theme.color("card"), theme.color("line"))


class Scope(QWidget):
    """评估范围.

    Attributes:
        ticks: One box for each module that can be chosen, by the module's id.
        start: The button that begins the assessment.
        change: The button that changes the modules of a begun one.
        keep: The button that takes the new choice back.

    Signals:
        started: The assessment has begun.
    """

    started = Signal()

    def __init__(self, theme: Theme, model: SessionModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        core = next(each for each in shipped().modules.values() if each.kind is ModuleKind.CORE)
        self._sizes = {core.id: len(list(core.items()))}
        self._core, self._modules = core, sectors()
        self.ticks: dict[str, Tick] = {}
        rows: list[QWidget] = [self._general(core)]
        for module in self._modules:
            self._sizes[module.id] = len(list(module.items()))
            rows.append(self._sector(module))
        self._sum = Text(theme, "", "small", "ink2", wrap=True)
        self.start = Button(theme, _("开始自评"), "primary", "arrow_right", icon_after=True)
        self.start.clicked.connect(self._start)
        self._ask = Note(theme, Severity.INFO, "", title=_("更换模块不会丢失作答"))
        self.change = Button(theme, _("更换"), "primary")
        self.change.clicked.connect(self._change)
        self.keep = Button(theme, _("不换了"))
        self.keep.clicked.connect(self.refresh)
        self._buttons = holder(row(self.change, self.keep, None, gap=8))
        self.setLayout(
            column(
                Text(theme, _("评估范围"), "subtitle"),
                12,
                column(*rows, gap=10),
                14,
                self._sum,
                12,
                self._ask,
                8,
                row(self.start, self._buttons, None, gap=0),
                gap=0,
            )
        )
        self.setMaximumWidth(_WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(_("评估范围"))
        self.refresh()

    def _general(self, module: Module) -> QWidget:
        theme = self._theme
        sign = Icon(theme, "checkmark_circle_filled", "accent", 18, spoken=_("一定包含"))
        head = holder(row(sign, Text(theme, module.title, "body_b"), gap=8, margins=(0, 3, 0, 3)))
        lines = [
            Text(theme, _("任何企业都要答，不用选。"), "small", "ink2", wrap=True),
            Text(theme, module.origin, "caption", "ink3", wrap=True),
        ]
        return _Row(theme, module, head, _("一定包含"), lines)

    def _sector(self, module: Module) -> QWidget:
        theme = self._theme
        tick = self.ticks[module.id] = Tick(theme, module.title)
        tick.clicked.connect(self._ticked)
        lines = []
        if module.leak_paths:
            tick.setAccessibleDescription(_leaks(module))
            lines.append(Text(theme, _leaks(module), "small", "ink2", wrap=True))
        lines.append(Text(theme, module.origin, "caption", "ink3", wrap=True))
        return _Row(theme, module, tick, module_kind_word(module.kind), lines)

    # --- what is chosen -----------------------------------------------------------------------------

    def chosen(self) -> list[str]:
        """Ids of the ticked modules, in the order they are offered."""
        return [module.id for module in self._modules if self.ticks[module.id].isChecked()]

    def refresh(self) -> None:
        """Show the modules of the assessment; before there is one, what is ticked."""
        assessment = self._model.session.assessment
        if assessment is not None:
            for module_id, tick in self.ticks.items():
                tick.setChecked(module_id in assessment.modules)
        self._show()

    def _ticked(self) -> None:
        self._show()

    def _show(self) -> None:
        assessment, chosen = self._model.session.assessment, self.chosen()
        begun = assessment is not None
        changed = assessment is not None and set(chosen) != set(assessment.modules)
        self.start.setVisible(not begun)
        self._ask.setVisible(changed)
        self._buttons.setVisible(changed)
        if changed:
            self._ask.say(Severity.INFO, self._consequence(chosen), title=_("更换模块不会丢失作答"))
        self._sum.set_text(self._total(chosen, begun=begun))

    def _total(self, chosen: list[str], *, begun: bool) -> str:
        total = sum(self._sizes[each] for each in (self._core.id, *chosen))
        if not chosen:
            return _("只用通用模块，共{total}条。行业模块以后也能加。").format(total=total)
        parts = [_("通用{count}条").format(count=self._sizes[self._core.id])]
        parts += [f"{each.title}{self._sizes[each.id]}条" for each in self._modules if each.id in chosen]
        line = _("共{total}条：{parts}。").format(total=total, parts="、".join(parts))
        return line if begun else line + _("以后也能更换。")

    def _consequence(self, chosen: list[str]) -> str:
        assessment, answers = self._model.session.assessment, self._model.session.answers
        before = assessment.modules if assessment else ()
        lines = []
        for module in self._modules:
            name, count = module.title, self._sizes[module.id]
            if module.id in chosen and module.id not in before:
                kept = sum(item.id in answers for item in module.items())
                line = _("加上{name}的{count}条。").format(name=name, count=count)
                lines.append(line + (_("以前答过的{kept}条还在。").format(kept=kept) if kept else ""))
            elif module.id in before and module.id not in chosen:
                done = sum(item.id in answers for item in module.items())
                sentence = _("去掉{name}的{count}条，不再计分；已答的{done}条留着，选回来就在。")
                lines.append(sentence.format(name=name, count=count, done=done))
        return "".join(lines) + _("换了也能撤销。")

    # --- acting -------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._model.choose_modules(self.chosen())
        if self._model.session.assessment is not None:
            self.started.emit()

    def _change(self) -> None:
        self._model.choose_modules(self.chosen())
        self.refresh()


def _leaks(module: Module) -> str:
    named = "、".join(module.leak_paths[:_TEASER])
    if len(module.leak_paths) <= _TEASER:
        return _("常见泄密途径：{named}。").format(named=named)
    return _("常见泄密途径：{named}等{count}种。").format(named=named, count=len(module.leak_paths))
