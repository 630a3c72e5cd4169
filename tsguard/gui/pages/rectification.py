"""整改: what is done about each gap, by whom, until when, and who looked at it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from tsguard.domain.rectification import Recheck, Rectification
from tsguard.domain.validation import one_line, rectification_problems
from tsguard.errors import TSGuardError
from tsguard.gui.models.task_columns import HIDE_BELOW, columns, matches, plain_head, plain_row
from tsguard.gui.page import Page
from tsguard.gui.registers.deletion import Deletions
from tsguard.gui.registers.plain_table import PlainTable, TakingAlong
from tsguard.gui.registers.record_form import Outcome, RecordForm
from tsguard.gui.registers.register_view import ALL, RegisterTable, RegisterView
from tsguard.gui.registers.task_form import TaskFields
from tsguard.gui.registers.task_words import needs_work
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.segmented import Option
from tsguard.i18n import _
from tsguard.rules.rectification import VETO_DAYS, TaskRule, TaskState, findings
from tsguard.rules.task_words import state_word
from tsguard.scoring.results import Gap
from tsguard.services.explain import explain
from tsguard.services.rectification import TaskStanding, drafts_for, gaps_without_task, standing

_TODO = "todo"
_ROOM_BELOW = 24
"""Logical pixels under what the form scrolls to: an error takes a line more."""


class RectificationPage(Page):
    """The register of rectification tasks.

    Signals:
        go(target): To a task's item or evidence, and where an empty register is begun.
    """

    def __init__(self, theme: Theme, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, parent)
        self._refusal: TSGuardError | None = None
        self._stale = False
        self._standings: dict[str, TaskStanding] = {}
        self._known: dict[str, Rectification] = {}
        self._day: date | None = None
        self._gaps: tuple[Gap, ...] = ()
        self._new = Button(theme, _("新增任务"), "primary", "add")
        self._take_up = Button(theme, _("从差距生成"))
        self._more = IconButton(theme, "more_horizontal", _("更多"), "plain")
        self._header = PageHeader(theme, _("整改"), actions=(self._more, self._take_up, self._new))
        self.fields = TaskFields(theme, self)
        self.form = self._make_form()
        self.table = RegisterTable(theme, columns(self._standing), name=_("整改任务"), two_lines=True)
        self._empty_act = Button(theme, "", "primary")
        self._empty_new = Button(theme, _("新增任务"))
        self._empty = EmptyState(theme, "calendar", "", "", (self._empty_new, self._empty_act))
        self.view = RegisterView(
            theme,
            self._header,
            self.table,
            self.form,
            search=_("搜条款、问题、措施、责任人"),
            filters=[
                Option(ALL, _("全部"), count=0),
                *(Option(state, state_word(state), count=0) for state in TaskState),
                Option(_TODO, _("要处理"), icon="warning", tone="warn", count=0),
            ],
            matches=lambda task, sought: matches(task, self._standing(task).text, sought),
            passes=self._passes,
            empty=self._empty,
            footnote=_(
                "报送版印条款、措施、责任部门、日期和复验结论；问题、原因、姓名、资源和备注只在内部版。"
            ),
            hide_below=HIDE_BELOW,
        )
        self._undoable = Deletions(model, self.view.messages, self)
        plain = PlainTable(_("整改任务"), self._warning, self._plain_rows)
        self.taking_along = TakingAlong(self, self.table, self.view.messages, plain)
        self.setLayout(column(self.view, gap=0))
        self._menu = QMenu(self)
        self.taking_along.add_to(self._menu)
        self._connect(model)
        self._offer_items()
        self.refresh()

    def _make_form(self) -> RecordForm:
        theme = self.theme
        self._done = Button(theme, _("标为已完成"))
        self._passed = Button(theme, _("复验通过"))
        self._failed = Button(theme, _("未通过"))
        self._delete = IconButton(theme, "delete", _("删除这项任务"))
        acts = holder(row(self._failed, self._passed, self._done, gap=8))
        return RecordForm(
            theme,
            self.fields.rows,
            check=rectification_problems,
            store=self._store,
            title=lambda task: task.id or _("新任务"),
            draft_hint=_("选了条款或写了问题就存入"),
            actions=(self._delete,),
            foot=(acts,),
        )

    def _connect(self, model: SessionModel) -> None:
        self._new.clicked.connect(self.add_draft)
        self._empty_new.clicked.connect(self.add_draft)
        self._empty_act.clicked.connect(self._begin)
        self._take_up.clicked.connect(self.take_up_gaps)
        self._more.clicked.connect(self._open_menu)
        self._done.clicked.connect(self._mark_done)
        self._passed.clicked.connect(lambda: self._ask_checker(Recheck.PASSED))
        self._failed.clicked.connect(lambda: self._ask_checker(Recheck.FAILED))
        self._delete.clicked.connect(self.delete_current)
        self.fields.go.connect(self.go)
        self.fields.ask.given.connect(self._checked)
        self.table.delete_asked.connect(self._delete_task)
        self.form.shown.connect(self._show_standing)
        self.view.chosen.connect(lambda _task: self.fields.forget())
        new = QShortcut(QKeySequence(QKeySequence.StandardKey.New), self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.add_draft)
        model.tasks_changed.connect(self._tasks_changed)
        model.answer_changed.connect(self._outside_changed)
        model.evidence_changed.connect(self._outside_changed)
        model.assessment_changed.connect(self._items_changed)
        model.failed.connect(self._note_refusal)
        model.closing.connect(self.form.flush)

    # --- page -----------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to the front at a task's id; ``todo`` shows what needs work."""
        self.refresh()
        tasks = self.model.session.rectifications
        if detail in tasks:
            if detail != self.view.current:
                self.fields.forget()
            self.view.open_record(tasks.get(detail))
        elif detail == _TODO:
            self.view.choose_filter(_TODO)

    def place(self) -> str:
        """The task in the form."""
        return self.view.current

    def unsaved(self) -> str | None:
        """The record in the form, where something in it is not stored."""
        return self.view.current if self.form.unsaved else None

    def showEvent(self, event: QShowEvent, /) -> None:
        """Catch up with what changed elsewhere."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Show what the register has now, and how each task stands today."""
        self._known = {}
        self._tasks_changed()

    def _tasks_changed(self) -> None:
        """Show what the register has now; what is the same task on the same day stands as it did."""
        session = self.model.session
        if session.closed:
            return
        if self._day != session.today:
            self._day, self._known = session.today, {}
        self._stale = False
        tasks, before = tuple(session.rectifications), self._standings
        self._standings = {
            task.id: before[task.id] if self._known.get(task.id) is task else standing(session, task)
            for task in tasks
        }
        self._known = {task.id: task for task in tasks}
        self._gaps = gaps_without_task(session)
        self.fields.set_evidence([(piece.id, piece.title) for piece in session.cabinet])
        self._show_head(tasks)
        self.view.set_records(tasks)
        for at, task in enumerate(self.table.rows.values()):
            if before.get(task.id, self._standings[task.id]) != self._standings[task.id]:
                self.table.rows.replace(at, task)  # the task is the same, what is said of it is not

    def _show_head(self, tasks: tuple[Rectification, ...]) -> None:
        states = [each.state for each in self._standings.values()]
        counts: dict[object, int | None] = {state: states.count(state) for state in TaskState}
        for part in (self._more, self._new):
            part.setVisible(bool(tasks))
        self._take_up.setVisible(bool(tasks and self._gaps))
        self._take_up.set_text(_("从差距生成{count}项").format(count=len(self._gaps)))
        recurred = sum(each.recurred for each in self._standings.values())
        self._header.set_facts(
            *(
                f"{state_word(state)}{counts[state]}"
                for state in (TaskState.OVERDUE, TaskState.AWAITING_RECHECK, TaskState.CLOSED)
                if counts[state]
            ),
            _("重复发生{count}").format(count=recurred) if recurred else "",
        )
        todo = sum(needs_work(each.findings) for each in self._standings.values())
        self.view.pills.set_counts(counts | {ALL: len(tasks), _TODO: todo})
        if not tasks:
            self._say_empty()

    def _say_empty(self) -> None:
        """What to do next, by how far the assessment has come."""
        session, count = self.model.session, len(self._gaps)
        vetoes = sum(standing(session, draft).veto for draft in drafts_for(session, self._gap_ids()))
        if count:
            text = _("自评里有{count}条差距，其中否决项{vetoes}条。\n把差距变成任务，定下谁在什么时候做完。")
            text = text.format(count=count, vetoes=vetoes)
            act = _("从差距生成{count}项").format(count=count)
        elif session.assessment is None:
            text = _("先选评估范围并作答，答出来的差距可以直接变成任务。\n自评以外的问题也可以记在这里。")
            act = _("去选模块")
        elif session.unanswered:
            text = _(
                "清单还有{count}条没有答，答出来的差距可以直接变成任务。\n自评以外的问题也可以记在这里。"
            )
            text = text.format(count=session.unanswered)
            act = _("去作答")
        else:
            text = _("已答的条款都没有差距。\n检查、事件或园区核查发现的问题可以记在这里。")
            act = ""
        self._empty.set_texts(_("还没有整改任务"), text)
        self._empty_act.set_text(act)
        self._empty_act.setVisible(bool(act))

    def _begin(self) -> None:
        if self._gaps:
            self.take_up_gaps()
        else:
            self.go.emit("profile:modules" if self.model.session.assessment is None else "checklist:")

    def _outside_changed(self, *_what: str) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _items_changed(self) -> None:
        self._offer_items()
        self.refresh()

    def _offer_items(self) -> None:
        session = self.model.session
        items = session.checklist.items() if session.assessment is not None else ()
        self.fields.set_items([(item.id, item.text) for item in items])

    def _standing(self, task: Rectification) -> TaskStanding:
        known = self._standings.get(task.id)
        return known if known is not None else standing(self.model.session, task)

    def _passes(self, task: Rectification, kept: object) -> bool:
        if kept == _TODO:
            return needs_work(self._standing(task).findings)
        return kept == ALL or self._standing(task).state is kept

    # --- changes --------------------------------------------------------------------------------

    def take_up_gaps(self) -> None:
        """Make a task of every gap that has none, in one step; the message bar takes them back."""
        if not self._gaps or not self.form.may_leave():
            return
        drafts = drafts_for(self.model.session, self._gap_ids())
        title = _("从差距生成{count}项整改任务").format(count=len(drafts))
        added: list[str] = []
        text = _("请逐项写措施、责任人和计划完成日。")
        if any(draft.due for draft in drafts):
            text += _("否决项排在前面，计划完成日先定在{days}天后（示例）。").format(days=VETO_DAYS)
        unanswered = self.model.session.unanswered
        if unanswered:
            text += _("还有{count}条没有答，没有列入。").format(count=unanswered)
        self._undoable.run(
            lambda: added.extend(self.model.add_tasks(drafts, title)),
            gone=lambda: bool(added),
            title=_("已生成{count}项整改任务").format(count=len(drafts)),
            text=text,
        )
        if added:
            self.fields.forget()
            self.view.open_record(self.model.session.rectifications.get(added[0]))

    def _gap_ids(self) -> list[str]:
        return [gap.item for gap in self._gaps]

    def add_draft(self) -> None:
        """Begin a new task; it is stored when it has an item or a problem."""
        if not self.form.may_leave():
            return
        self.fields.forget()
        self.view.open_record(Rectification(opened_on=self.model.session.today))
        self.form.focus_first()

    def _store(self, task: Rectification, typed: str) -> Outcome:
        self._refusal = None
        tasks = self.model.session.rectifications
        if task.id:
            before = tasks.get(task.id).due
            if before != task.due:
                self.fields.due_moves(task.id, before)
            self.model.put_task(task, typed=typed)
        else:
            task = replace(task, id=self.model.add_task(task))
            self.view.stored_as(task.id)
        stored = tasks.get(task.id) if task.id in tasks else None
        if stored is not None and stored == replace(one_line(task), enterprise=stored.enterprise):
            return Outcome(stored)
        return Outcome(None, explain(self._refusal).happened if self._refusal else _("没有存上。"))

    def _note_refusal(self, error: TSGuardError) -> None:
        self._refusal = error

    def _show_standing(self, task: Rectification) -> None:
        known = standing(self.model.session, task)
        self.fields.show_state(task, known, draft=self.form.is_draft)
        waits = task.done_on is not None and task.recheck is Recheck.OPEN
        self._done.setVisible(not waits and not task.closed)
        self._passed.setVisible(waits)
        self._failed.setVisible(waits)
        if not waits:
            self.fields.ask.dismiss()

    def _mark_done(self) -> None:
        self.form.flush()
        task, today = self.form.record, self.model.session.today
        if task.recheck is Recheck.FAILED:  # done once more, to be looked at once more
            self.form.change(done_on=today, recheck=Recheck.OPEN, checked_on=None)
        else:
            self.form.change(done_on=today)

    def _ask_checker(self, result: Recheck) -> None:
        self.form.flush()
        task, today = self.form.record, self.model.session.today

        def refusal(name: str) -> str:
            said = findings(replace(self.form.record, checker=name), today)
            same = any(finding.rule is TaskRule.CHECKER_IS_OWNER for finding in said)
            return _("复验人就是责任人，请换一个人复验。") if same else ""

        self.fields.ask.ask(result, "" if refusal(task.checker) else task.checker, today, refusal)
        # Only once it has been laid out is there a place to go to.
        QTimer.singleShot(0, self.fields.ask, self._see_ask)

    def _see_ask(self) -> None:
        self.form.panel.area.ensureWidgetVisible(self.fields.ask, 0, _ROOM_BELOW)

    def _checked(self, result: Recheck, checker: str, day: date) -> None:
        self.form.change(recheck=result, checker=checker, checked_on=day)

    def delete_current(self) -> None:
        """Take the task in the form out; the message bar brings it back."""
        if self.form.record is not None and not self.form.is_draft:
            self._delete_task(self.form.record)

    def _delete_task(self, task: Rectification) -> None:
        self._undoable.run(
            lambda: self.model.remove_task(task.id),
            gone=lambda: task.id not in self.model.session.rectifications,
            title=_("已删除{id}").format(id=task.id),
            text=_("编号不会再用。锁定前都可以撤销。"),
        )

    # --- out of the vault -----------------------------------------------------------------------

    def _open_menu(self) -> None:
        self._menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _warning(self) -> str:
        sentence = _(
            "里面有全部{count}项任务的问题、原因、姓名和备注，任何人都能打开；离开保险库后程序管不到它。"
        )
        return sentence.format(count=len(self.model.session.rectifications))

    def _plain_rows(self) -> list[list[str]]:
        tasks = self.model.session.rectifications
        return [plain_head(), *(plain_row(task, self._standing(task)) for task in tasks)]
