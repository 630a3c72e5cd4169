"""快速自测: about 25 plain questions, one at a time, whose answers are the checklist's own; a first picture.

Stores nothing of its own: each answer is the item's answer, through ``SessionModel``, so the checklist
shows it at once and what is answered there stands here.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from tsguard.domain.checklist import Item
from tsguard.domain.scales import Verdict
from tsguard.gui.checklist.answering import Answering
from tsguard.gui.page import Page
from tsguard.gui.profile.offer import quick_minutes
from tsguard.gui.quick.picture_view import WIDEST, PictureView
from tsguard.gui.quick.question import QuestionView
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.signs import VERDICT_KEYS
from tsguard.i18n import _
from tsguard.services import quick

PICTURE = "picture"
MOVES_ON_MS = 450
"""How long a fresh answer is seen before the next question comes."""


class QuickPage(Page):
    """One question after the other, then the picture; an empty page where the checklist asks none.

    Attributes:
        question: The open question.
        picture: The first picture.
        moves_on: Runs while a fresh answer is shown.

    Signals:
        go(target): To items of the checklist, and to the results.
    """

    def __init__(self, theme: Theme, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, parent)
        self._items: tuple[Item, ...] = ()
        self._sections: dict[str, str] = {}
        self._at = -1
        self._answering = Answering(model, self)
        self._answers_itself = False
        self.question = QuestionView(theme, self._answering)
        self.picture = PictureView(theme)
        leave = Button(theme, _("去自评清单"), "primary", "arrow_right", icon_after=True)
        leave.clicked.connect(self._to_checklist)
        renew = Button(theme, _("去企业档案"))
        renew.clicked.connect(self._to_profile)
        self._empty = EmptyState(
            theme,
            "wand",
            _("这次自评没有快速自测题"),
            _(
                "清单是自评开始时定下的，那一版还没有这些题。\n"
                "在企业档案里更新清单内容就有了，已有的作答都在。"
            ),
            [leave, renew],
        )
        self._see = Button(theme, _("看初步结果"))
        self._see.clicked.connect(self._show_picture)
        self._return = Button(theme, _("回到题目"))
        self._return.clicked.connect(self._back_to_questions)
        self._results = Button(theme, _("去结果"))
        self._results.clicked.connect(self._to_results)
        self._onward = Button(theme, _("去自评清单"), "primary", "arrow_right", icon_after=True)
        self._onward.clicked.connect(self._to_checklist)
        actions = (self._see, self._return, self._results, self._onward)
        self._header = PageHeader(theme, _("快速自测"), " ", actions=actions)
        self._stack = QStackedWidget()
        for view in (self.question, self.picture, self._empty):
            self._stack.addWidget(view)
        self._header.setMaximumWidth(WIDEST)
        head = row(gap=0)
        head.addWidget(self._header, 1000)
        head.addStretch(1)
        self.setLayout(column(head, 12, self._stack, gap=0))
        self.moves_on = QTimer(self)
        self.moves_on.setSingleShot(True)
        self.moves_on.setInterval(MOVES_ON_MS)
        self.moves_on.timeout.connect(self._move_on)
        self._make_keys()
        self._connect()
        self._reload()

    def _connect(self) -> None:
        self.question.answered.connect(self._answered)
        self.question.excused.connect(self._wait)
        self.question.stepped.connect(self.step)
        self.question.picked.connect(self.show_question)
        self.question.item_wanted.connect(self._to_item)
        self.picture.item_wanted.connect(self._to_item)
        self.model.answer_changed.connect(self._answer_changed)
        self.model.score_changed.connect(self._score_changed)
        self.model.profile_changed.connect(self._profile_changed)
        self.model.assessment_changed.connect(self._reload)

    # --- the contract -------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to a question by its item's id, or to ``picture``; "" goes on where something is open."""
        at = next((at for at, item in enumerate(self._items) if item.id == detail), -1)
        if not self._items:
            self._show_head()
        elif at >= 0:
            self.show_question(at)
        elif detail == PICTURE:
            self._show_picture()
        elif not self.shows_picture and self._verdict(self._items[self._at]) is not None:
            self._resume()
        else:
            self._refresh()

    def take_keyboard(self) -> None:
        """At the answers."""
        if self._stack.currentWidget() is self.question:
            self.question.take_focus()
        else:
            super().take_keyboard()

    def place(self) -> str:
        """The open question's item, or ``picture``."""
        if not self._items:
            return ""
        return PICTURE if self.shows_picture else self._items[self._at].id

    # --- going from question to question ------------------------------------------------------------

    @property
    def shows_picture(self) -> bool:
        """Whether the picture is in front."""
        return self._stack.currentWidget() is self.picture

    @property
    def item(self) -> Item | None:
        """The open question's item; None where there is none."""
        return self._items[self._at] if self._items else None

    def show_question(self, at: int) -> None:
        """Open a question by its place, from 0."""
        had_focus = self.question.choices.has_focus()
        self.moves_on.stop()
        self._at = at
        item = self._items[at]
        self._stack.setCurrentWidget(self.question)
        self.question.show_question(at, len(self._items), item, self._sections[item.id])
        self._refresh()
        outside = self.isVisible() and not self.isAncestorOf(QApplication.focusWidget() or self)
        if had_focus or outside:
            self.question.take_focus()

    def step(self, by: int) -> None:
        """To the question before (-1) or behind (1); behind the last one is the picture."""
        if not self._items:
            return
        at = self._at if self.shows_picture and by < 0 else self._at + by
        if self.shows_picture and by > 0:
            return
        if at >= len(self._items):
            self._show_picture()
        elif at >= 0:
            self.show_question(at)

    def _move_on(self) -> None:
        if self.isVisible() and not self.shows_picture:
            self.step(1)

    def _resume(self) -> None:
        """The first question without an answer; the picture where all have one."""
        item = quick.first_unanswered(self._items, self.model.session.answers)
        if item is None:
            self._show_picture()
        else:
            self.show_question(self._items.index(item))

    def _back_to_questions(self) -> None:
        """The first question without an answer; the first of all where all have one."""
        item = quick.first_unanswered(self._items, self.model.session.answers)
        self.show_question(self._items.index(item) if item else 0)
        self.question.take_focus()

    def _show_picture(self) -> None:
        self.moves_on.stop()
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self._stack.setCurrentWidget(self.picture)
        self._refresh()
        if inside:
            self._onward.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- answering ----------------------------------------------------------------------------------

    def _verdict(self, item: Item) -> Verdict | None:
        return self.model.session.answer(item.id).verdict

    def _answered(self, verdict: object) -> None:
        item = self.item
        if item is None or not isinstance(verdict, Verdict):
            return
        self.moves_on.stop()
        self._answers_itself = True
        try:
            self._answering.choose(item.id, verdict)
        finally:
            self._answers_itself = False
        if self._verdict(item) is not verdict:
            return  # it could not be stored; the window says why
        if verdict is Verdict.NOT_APPLICABLE:
            self.go.emit(f"checklist:{item.id}")
        else:
            self._wait()

    def _wait(self) -> None:
        self.moves_on.start()

    # --- what the model tells -----------------------------------------------------------------------

    def _answer_changed(self, item_id: str) -> None:
        at = next((at for at, item in enumerate(self._items) if item.id == item_id), -1)
        if at < 0 or self.model.session.closed:
            return
        self.question.strip.set_verdict(at, self._items[at], self._verdict(self._items[at]))
        if self.isVisible() and not self.shows_picture and not self._answers_itself:
            self.show_question(at)  # undone or done again: show what changed
        elif at == self._at:
            self._refresh()
        else:
            self._show_head()

    def _score_changed(self) -> None:
        if self.isVisible() and self.shows_picture and not self.model.session.closed:
            self._refresh()

    def _profile_changed(self) -> None:
        if self._items and not self.model.session.closed:
            self._refresh()

    def _reload(self) -> None:
        """The checklist is another one."""
        session = self.model.session
        if session.closed:
            return
        self.moves_on.stop()
        before = self.item.id if self.item else ""
        checklist = session.checklist if session.assessment else None
        self._items = quick.questions(checklist) if checklist else ()
        sections = checklist.sections if checklist else ()
        self._sections = {item.id: section.title for section in sections for item in section.items}
        self.question.set_questions(self._items, [self._verdict(item) for item in self._items])
        at = next((at for at, item in enumerate(self._items) if item.id == before), -1)
        if not self._items:
            self._at = -1
            self._stack.setCurrentWidget(self._empty)
            self._show_head()
        elif at >= 0 and self.shows_picture:
            self._at = at
            self._refresh()
        elif at >= 0:
            self.show_question(at)
        else:
            self._at = 0
            self._resume()

    # --- showing ------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Show what is stored, in the view that is in front."""
        session, item = self.model.session, self.item
        if item is None:
            return
        self._show_head()
        size, checklist = session.enterprise.size, session.checklist
        if not self.shows_picture:
            self.question.show_size(item, checklist, size)
            self.question.show_answer(session.answer(item.id))
            return
        shown = quick.of_session(session)
        sheet = session.sheet()
        verdicts = {each.id: self._verdict(each) for each in self._items}
        self.picture.show_picture(shown, verdicts, sheet.asked, sheet.answered, checklist.preset(size))

    def _show_head(self) -> None:
        asked = len(self._items)
        done = sum(self._verdict(item) is not None for item in self._items)
        self.question.set_progress(done, asked)
        how_far = _("已答{done}/{all}题").format(done=done, all=asked)
        if not done:
            how_far = _("{all}题，{minutes}分钟左右").format(all=asked, minutes=quick_minutes(asked))
        self._header.set_facts(*((how_far, _("答案直接记进自评清单")) if asked else ()))
        picture = self.shows_picture
        self._return.set_text(_("接着答") if done < asked else _("回到题目"))
        self._see.setVisible(asked > 0 and not picture)
        for button in (self._return, self._results, self._onward):
            button.setVisible(asked > 0 and picture)

    def showEvent(self, event: QShowEvent, /) -> None:
        """Catch up with what was answered elsewhere."""
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Nothing moves while another page is in front."""
        self.moves_on.stop()
        super().hideEvent(event)

    # --- going elsewhere ----------------------------------------------------------------------------

    def _to_item(self, item_id: str = "") -> None:
        item = self.item
        target = item_id or (item.id if item else "")
        self.go.emit(f"checklist:{target}")

    def _to_checklist(self) -> None:
        session = self.model.session
        item = quick.first_unanswered(tuple(session.checklist.items()), session.answers)
        self.go.emit(f"checklist:{item.id if item else ''}")

    def _to_profile(self) -> None:
        self.go.emit("profile:modules")

    def _to_results(self) -> None:
        self.go.emit("results")

    # --- keys ---------------------------------------------------------------------------------------

    def _make_keys(self) -> None:
        for verdict, digit in VERDICT_KEYS.items():
            self._key(digit, verdict.value).activated.connect(self._press_digit)
        self._key("Left").activated.connect(self._press_left)
        self._key("Right").activated.connect(self._press_right)

    def _key(self, key: str, name: str = "") -> QShortcut:
        made = QShortcut(QKeySequence(key), self)
        made.setObjectName(name)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.setAutoRepeat(False)  # a digit held down would answer the next question, too
        return made

    def _press_digit(self) -> None:
        key, item = self.sender(), self.item
        if not isinstance(key, QShortcut) or item is None or self.shows_picture:
            return
        verdict = Verdict(key.objectName())
        if verdict is not Verdict.NOT_APPLICABLE or item.may_not_apply:
            self._answered(verdict)

    def _press_left(self) -> None:
        self.step(-1)

    def _press_right(self) -> None:
        self.step(1)
