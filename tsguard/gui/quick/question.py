"""One question, big and calm: progress, the question, its answers, and what counts as done.

Shows what it is told; every change goes through ``Answering``, and where to go next is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist, Item
from tsguard.domain.enterprise import Size
from tsguard.domain.scales import Verdict
from tsguard.gui.checklist.answering import Answering
from tsguard.gui.checklist.relief_line import ReliefLine
from tsguard.gui.quick.choices import AnswerChoices
from tsguard.gui.quick.done_when import DoneWhen
from tsguard.gui.quick.strip import QuestionStrip
from tsguard.gui.quick.wording import place_words
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import TYPE
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.folds import Fold
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.progress import Bar
from tsguard.gui.widgets.surfaces import Card, Hairline, Scroll
from tsguard.i18n import _

_WIDEST = 800
_HEAD = 2 * TYPE["title"].line + 6 + TYPE["small"].line
"""Room kept for every question, two lines with its item, so that the answers stay where they are."""


class QuestionView(QWidget):
    """The open question.

    Attributes:
        strip: All questions.
        choices: The answers.
        relief: What companies of this size usually leave out.
        fold: 怎样算做到.

    Signals:
        answered(object): A person gave this ``Verdict``.
        excused(): A person took the proposal to leave the item out.
        stepped(by): To the question before (-1) or behind (1).
        picked(at): To a question by its place, from 0.
        item_wanted(): The person wants the open item in the checklist.
    """

    answered = Signal(object)
    excused = Signal()
    stepped = Signal(int)
    picked = Signal(int)
    item_wanted = Signal()

    def __init__(self, theme: Theme, answering: Answering) -> None:
        super().__init__()
        self._item: Item | None = None
        self._place = Text(theme, "", "body_b")
        self._section = Text(theme, "", "small", "ink3")
        self._bar = Bar(theme)
        self.strip = QuestionStrip(theme)
        self.strip.picked.connect(self.picked)
        self._question = Text(theme, "", "title", wrap=True)
        self._id = Text(theme, "", "small", "ink3", whole=True)
        self._requirement = Text(theme, "", "small", "ink3", wrap=True)
        self.choices = AnswerChoices(theme)
        self.choices.pressed.connect(self.answered)
        self._excused = Text(theme, "", "small", "ink2", wrap=True)
        self._not_ours = Button(theme, "", "link", flush=True)
        self._not_ours.clicked.connect(self._leave_out)
        self.relief = ReliefLine(theme, answering)
        self.relief.accepted.connect(self.excused)
        self._done_when = DoneWhen(theme)
        self.fold = Fold(theme, _("怎样算做到"), self._done_when, is_open=False)
        self._back = Button(theme, _("上一题"), "quiet", "arrow_left")
        self._back.clicked.connect(self._step_back)
        self._on = Button(theme, _("跳过"), "quiet", "arrow_right", icon_after=True)
        self._on.clicked.connect(self._step_on)
        self._build(theme)

    def _build(self, theme: Theme) -> None:
        requirement = row(gap=8)
        requirement.addWidget(self._id, 0, Qt.AlignmentFlag.AlignTop)
        requirement.addWidget(self._requirement, 1)
        head = holder(column(self._question, 6, requirement, None, gap=0))
        head.setMinimumHeight(_HEAD)
        self._group = holder(column(self.choices, gap=0))
        card = Card(
            theme,
            column(
                head,
                20,
                self._group,
                8,
                self.relief,
                self._excused,
                row(self._not_ours, None, gap=0),
                8,
                Hairline(theme),
                6,
                self.fold,
                gap=0,
            ),
            margin=24,
        )
        keys = Text(theme, _("1–4作答，←和→换题，Ctrl+Z撤销"), "caption", "ink3")
        inside = holder(
            column(
                row(self._place, None, self._section, gap=8),
                8,
                self._bar,
                8,
                self.strip,
                12,
                card,
                8,
                row(self._back, None, keys, None, self._on, gap=8),
                None,
                gap=0,
                margins=(0, 0, 0, 24),
            )
        )
        inside.setMaximumWidth(_WIDEST)
        line = row(gap=0, margins=(32, 0, 32, 0))
        line.addStretch(1)
        line.addWidget(inside, 1000)
        line.addStretch(1)
        self.setLayout(column(Scroll(holder(line)), gap=0))

    # --- showing ------------------------------------------------------------------------------------

    def set_questions(self, items: Sequence[Item], verdicts: Sequence[Verdict | None]) -> None:
        """Show other questions in the strip."""
        self.strip.set_questions(items, verdicts)

    def set_progress(self, answered: int, of: int) -> None:
        """How many are answered."""
        self._bar.set_share(answered / of if of else 0.0, _("已答{done}/{all}").format(done=answered, all=of))

    def show_question(self, at: int, of: int, item: Item, section: str) -> None:
        """Open another question.

        Args:
            at: Its place, from 0.
            of: How many there are.
            item: With its question.
            section: The title of its section.
        """
        self._item = item
        self._place.set_text(place_words(at + 1, of))
        self._section.set_text(section)
        self.strip.set_current(at)
        self._question.set_text(item.quick)
        self._id.set_text(item.id)
        self._requirement.set_text(item.text)
        self._group.setAccessibleName(item.quick)
        self._back.setEnabled(at > 0)
        self._not_ours.setVisible(item.may_not_apply)
        told = f"{place_words(at + 1, of)}：{item.quick}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._group, told))

    def show_answer(self, answer: Answer) -> None:
        """Show what the open question is answered."""
        verdict = answer.verdict
        self.choices.set_verdict(verdict)
        self._on.set_text(_("跳过") if verdict is None else _("下一题"))
        out = verdict is Verdict.NOT_APPLICABLE
        self._excused.setVisible(out)
        if out and answer.excused:
            self._excused.set_text(_("已记为不适用：{reason}").format(reason=answer.reason))
        elif out:
            self._excused.set_text(_("已选不适用，还缺理由或复问日期；补上之前按不符合计。"))
        self._not_ours.set_text(_("去清单看这一条") if out else _("和我们无关：去清单写明不适用的理由"))
        self._not_ours.setAccessibleDescription("" if out else _("按键0"))
        self.relief.show_item(answer.item)

    def show_size(self, item: Item, checklist: Checklist, size: Size) -> None:
        """Say what counts as done at the company's size."""
        self._done_when.show_item(item, checklist, size)

    def take_focus(self) -> None:
        """Take the keyboard, at the answers."""
        self.choices.take_focus()

    # --- what a person does -------------------------------------------------------------------------

    def _leave_out(self) -> None:
        if self._excused.isHidden():
            self.answered.emit(Verdict.NOT_APPLICABLE)
        else:
            self.item_wanted.emit()

    def _step_back(self) -> None:
        self.stepped.emit(-1)

    def _step_on(self) -> None:
        self.stepped.emit(1)
