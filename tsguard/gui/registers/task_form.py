"""The fields of a rectification task, top to bottom, each with what the rules say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from tsguard.domain.rectification import Recheck, Rectification, RectificationSource
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.words import recheck_word, rectification_source_word
from tsguard.gui.registers.bindings import LabelledSegments, WidgetBinding, bind
from tsguard.gui.registers.one_of_many import OneOfMany
from tsguard.gui.registers.recheck_ask import RecheckAsk
from tsguard.gui.registers.record_form import FormPart, FormRow
from tsguard.gui.registers.remarks import Remarks
from tsguard.gui.registers.task_words import item_remarks, line_error, plan_remarks, recheck_remarks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.choices import ComboField
from tsguard.gui.widgets.fields import DateField, LineField
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.gui.widgets.signs import VERDICT_SIGNS
from tsguard.i18n import _
from tsguard.rules.rectification import TaskRule
from tsguard.services.rectification import TaskStanding


class TaskFields(QObject):
    """The controls of a rectification task.

    Attributes:
        rows: For ``RecordForm``.
        ask: Who looked at it again.

    Signals:
        go(target): To the item, or to the evidence.
    """

    go = Signal(str)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first_due: dict[str, date] = {}
        inside = _("只在内部版")
        self.item = OneOfMany(
            theme,
            _("关联条款"),
            search=_("搜条款编号或文字"),
            pick=_("选条款"),
            see=_("去看这一条"),
            none=_("没有关联条款，是条款以外的问题"),
            gone=_("现在的清单里没有这一条"),
            begin=_("去选模块"),
        )
        self.item_remarks = Remarks(theme)
        sources = [(each, rectification_source_word(each)) for each in RectificationSource]
        self.source = ComboField(theme, _("来源"), sources)
        self.opened_on = DateField(theme, _("立项日"))
        self.problem = PlainTextField(theme, _("问题"), least=2, most=6, help=inside)
        self.cause = PlainTextField(theme, _("原因"), least=1, most=5, help=inside)
        self.measures = PlainTextField(
            theme, _("整改措施"), least=2, most=8, help=_("会印在报送版里，不要写秘密")
        )
        self.department = LineField(theme, _("责任部门"), longest=200, help=_("会印在报送版里"))
        self.owner = LineField(theme, _("责任人"), longest=200, help=inside)
        self.due = DateField(theme, _("计划完成日"))
        self.done_on = DateField(theme, _("完成日"))
        self.extended = PlainTextField(theme, _("延期原因"), least=1, most=4, help=inside)
        self.plan_remarks = Remarks(theme)
        self.resources = PlainTextField(theme, _("所需资源"), least=1, most=4, help=inside)
        self.evidence = OneOfMany(
            theme,
            _("完成佐证"),
            search=_("搜佐证名称或编号"),
            pick=_("从佐证里选"),
            see=_("去看这件佐证"),
            none=_("还没有关联佐证"),
            gone=_("佐证里没有这一件"),
            begin=_("去添加佐证"),
        )
        results = [Option(each, recheck_word(each)) for each in Recheck]
        self.recheck = LabelledSegments(theme, _("复验结论"), Segmented(theme, results, name=_("复验结论")))
        self.ask = RecheckAsk(theme)
        self.checker = LineField(theme, _("复验人"), longest=200, help=_("不能是责任人"))
        self.checked_on = DateField(theme, _("复验日"))
        self.recheck_remarks = Remarks(theme)
        self.note = PlainTextField(theme, _("内部备注"), least=2, most=6, help=_("只在内部版里印出"))
        for day in (self.opened_on, self.due, self.done_on, self.checked_on):
            day.line.setPlaceholderText(_("如2026-06-30"))
        self._due, self._done_on = bind("due", self.due), bind("done_on", self.done_on)
        self._checker, self._checked_on = bind("checker", self.checker), bind("checked_on", self.checked_on)
        self._item = WidgetBinding("item", self.item, self.item.show_chosen)
        piece = WidgetBinding("evidence", self.evidence, self.evidence.show_chosen)
        self.rows: list[FormRow] = [
            FormPart((self._item,)),
            self.item_remarks,
            FormPart((bind("source", self.source), bind("opened_on", self.opened_on))),
            FormPart((bind("problem", self.problem),)),
            FormPart((bind("cause", self.cause),)),
            FormPart((bind("measures", self.measures),)),
            FormPart((bind("department", self.department), bind("owner", self.owner))),
            FormPart((self._due, self._done_on)),
            self.plan_remarks,
            FormPart((bind("extended", self.extended),)),
            FormPart((bind("resources", self.resources),)),
            FormPart((piece,)),
            FormPart((bind("recheck", self.recheck),)),
            self.ask,
            FormPart((self._checker, self._checked_on)),
            self.recheck_remarks,
            FormPart((bind("note", self.note),)),
        ]
        self.item.picked.connect(self._item_picked)
        self.item.seen.connect(lambda item: self.go.emit(f"checklist:{item}" if item else "profile:modules"))
        self.evidence.picked.connect(piece.say)
        self.evidence.seen.connect(lambda each: self.go.emit(f"evidence:{each}" if each else "evidence"))

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer the items of the checklist."""
        self.item.set_entries(items)

    def set_evidence(self, pieces: Sequence[tuple[str, str]]) -> None:
        """Offer the evidence there is."""
        self.evidence.set_entries(pieces)

    def due_moves(self, task: str, before: date | None) -> None:
        """A task's due date is about to be another; where it is put off, the reason is asked for.

        Args:
            task: Its id.
            before: What it was until now.
        """
        if before is not None:
            self._first_due.setdefault(task, before)

    def forget(self) -> None:
        """Put away what belonged to the record that was shown before."""
        self.ask.dismiss()
        self.item.fold()
        self.evidence.fold()

    def show_state(self, task: Rectification, standing: TaskStanding, *, draft: bool) -> None:
        """Say what the rules say; of a draft only what concerns its dates and names."""
        if task.item:
            sign = VERDICT_SIGNS[standing.verdict]
            words = verdict_word(standing.verdict) if standing.text else ""
            self.item.show_state(sign.icon if words else "", sign.ink, words)
        self.item_remarks.say(item_remarks(standing, closed=task.closed))
        moved = self._moved_words(task)
        self.extended.setVisible(bool(task.extended or moved or standing.late))
        self.plan_remarks.say([] if draft else plan_remarks(standing, moved))
        self.recheck_remarks.say(recheck_remarks(standing))
        self._due.set_standing(line_error(standing, TaskRule.OVERDUE))
        self._done_on.set_standing(
            line_error(standing, TaskRule.DONE_BEFORE_OPENED, TaskRule.PASSED_NOT_DONE)
        )
        self._checker.set_standing(line_error(standing, TaskRule.CHECKER_IS_OWNER))
        self._checked_on.set_standing(line_error(standing, TaskRule.CHECKED_BEFORE_DONE))

    def _moved_words(self, task: Rectification) -> str:
        before = self._first_due.get(task.id)
        if before is None or task.due is None or task.due <= before or task.extended.strip():
            return ""
        sentence = _("计划完成日由{before}改到{now}，请写延期原因。")
        return sentence.format(before=before.isoformat(), now=task.due.isoformat())

    def _item_picked(self, item: str) -> None:
        if not item and not self.problem.text().strip():
            self.problem.set_error(_("先写清问题，再去掉条款。"))
            return
        self._item.say(item)
