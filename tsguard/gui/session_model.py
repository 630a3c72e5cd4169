"""The open session for the window: one door for changes, one signal back, undo.

The only QObject that knows ``services.session``. A change goes to the file first; when that fails the
screen stays at the old value and ``failed`` says why. Undo works the same way: it is done first and
leaves the stack only when it succeeded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.programme import FormField, Programme
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import TSGuardError
from tsguard.i18n import _
from tsguard.services.application import choose_programme
from tsguard.services.content import Shelf, choose_modules
from tsguard.services.session import Session


class _Done(QUndoCommand):
    """A change that has been made already, with the ways back and forth."""

    def __init__(self, text: str, key: str, back: Callable[[], None], forth: Callable[[], None]) -> None:
        super().__init__(text)
        self.key = key
        self.back = back
        self.forth = forth

    def id(self) -> int:
        """Typed text merges into one step; everything else stands alone."""
        return 1 if self.key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a later edit of the same text."""
        if not isinstance(other, _Done) or other.key != self.key:
            return False
        self.forth = other.forth
        return True


class SessionModel(QObject):
    """What every page works on.

    Attributes:
        session: The open session.
        undo_stack: What can be undone; its texts are shown in the menu.

    Signals:
        answer_changed(item_id): An answer, its note, its mark or its evidence changed.
        score_changed(): Some figure may be different.
        evidence_changed(): The list of evidence changed.
        points_changed(): The secret-point register changed.
        profile_changed(): The company's profile changed.
        form_changed(name): A value of the application form changed.
        assessment_changed(): Other modules or another programme were chosen.
        saved(): The last change is in the file.
        undone(text): That change was taken back, ``saved`` having been said before.
        redone(text): That change was made again, likewise.
        failed(error): A change was not stored; the ``TSGuardError`` says why.
        closing(): The session is about to be locked: write what is still being typed.
    """

    answer_changed = Signal(str)
    score_changed = Signal()
    evidence_changed = Signal()
    points_changed = Signal()
    profile_changed = Signal()
    form_changed = Signal(str)
    assessment_changed = Signal()
    saved = Signal()
    undone = Signal(str)
    redone = Signal(str)
    failed = Signal(object)
    closing = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.undo_stack = QUndoStack(self)
        self._failed_change: Callable[[], None] | None = None

    # --- answers --------------------------------------------------------------------------------

    def answer(self, item_id: str, verdict: Verdict | None) -> None:
        """Give or take back a verdict; what belongs to another verdict is kept with the answer."""
        self.put_answer(replace(self.session.answer(item_id), verdict=verdict))

    def put_answer(self, answer: Answer, *, typed: str = "") -> None:
        """Store an answer.

        Args:
            answer: The whole answer as it shall be.
            typed: The field's name where the change comes from typing, so that one undo takes it all.
        """
        before = self.session.answer(answer.item)
        self._change(
            _("{item}的作答").format(item=answer.item),
            back=lambda: self._store_answer(before),
            forth=lambda: self._store_answer(answer),
            key=f"{answer.item}:{typed}" if typed else "",
        )

    def _store_answer(self, answer: Answer) -> None:
        try:
            self.session.put_answer(answer)
        finally:
            self.answer_changed.emit(answer.item)
        self.score_changed.emit()

    def put_answers(self, answers: Sequence[Answer], text: str) -> None:
        """Store answers of several items in one transaction and one step of undo; ``text`` names the step."""
        before = tuple(self.session.answer(answer.item) for answer in answers)

        def store(values: Sequence[Answer]) -> None:
            self.session.put_answers(values)
            for value in values:
                self.answer_changed.emit(value.item)
            self.score_changed.emit()

        self._change(text, back=lambda: store(before), forth=lambda: store(answers))

    # --- evidence -------------------------------------------------------------------------------

    def add_evidence(self, evidence: Evidence) -> str:
        """Store a new piece of evidence; its id, or "" where it was not stored."""
        added: list[Evidence] = []

        def forth() -> None:
            if added:
                self.session.cabinet.put(added[0])
            else:
                added.append(self.session.cabinet.add(evidence))
            self._evidence_moved(added[0])

        def back() -> None:
            self._evidence_moved(self.session.cabinet.remove(added[0].id))

        self._change(_("添加佐证“{title}”").format(title=evidence.title), back=back, forth=forth)
        return added[0].id if added else ""

    def put_evidence(self, evidence: Evidence, *, typed: str = "") -> None:
        """Store a changed piece of evidence; ``typed`` as for ``put_answer``."""
        before = self.session.cabinet.get(evidence.id)

        def store(piece: Evidence, other: Evidence) -> None:
            self.session.cabinet.put(piece)
            self._evidence_moved(piece, other)

        self._change(
            _("修改佐证{id}").format(id=evidence.id),
            back=lambda: store(before, evidence),
            forth=lambda: store(evidence, before),
            key=f"{evidence.id}:{typed}" if typed else "",
        )

    def remove_evidence(self, evidence_id: str) -> None:
        """Take a piece of evidence out; undo brings it back until the vault is locked."""
        before = self.session.cabinet.get(evidence_id)

        def forth() -> None:
            self._evidence_moved(self.session.cabinet.remove(evidence_id))

        def back() -> None:
            self.session.cabinet.put(before)
            self._evidence_moved(before)

        self._change(_("删除佐证{id}").format(id=evidence_id), back=back, forth=forth)

    def _evidence_moved(self, *pieces: Evidence) -> None:
        self.evidence_changed.emit()
        for item in sorted({item for piece in pieces for item in piece.items}):
            self.answer_changed.emit(item)
        self.score_changed.emit()

    # --- secret points --------------------------------------------------------------------------

    def add_point(self, point: SecretPoint) -> str:
        """Store a new secret point; its id, or "" where it was not stored."""
        added: list[SecretPoint] = []

        def forth() -> None:
            if added:
                self.session.points.put(added[0])
            else:
                added.append(self.session.points.add(point))
            self._points_moved()

        def back() -> None:
            self.session.points.remove(added[0].id)
            self._points_moved()

        self._change(_("新增秘点“{name}”").format(name=point.name), back=back, forth=forth)
        return added[0].id if added else ""

    def put_point(self, point: SecretPoint, *, typed: str = "") -> None:
        """Store a changed secret point; ``typed`` as for ``put_answer``."""
        before = self.session.points.get(point.id)

        def store(value: SecretPoint) -> None:
            try:
                self.session.points.put(value)
            finally:
                self._points_moved()

        self._change(
            _("修改秘点{id}").format(id=point.id),
            back=lambda: store(before),
            forth=lambda: store(point),
            key=f"{point.id}:{typed}" if typed else "",
        )

    def remove_point(self, point_id: str) -> None:
        """Take a secret point out; undo brings it back under its old number."""
        before = self.session.points.get(point_id)

        def forth() -> None:
            self.session.points.remove(point_id)
            self._points_moved()

        def back() -> None:
            self.session.points.put(before)
            self._points_moved()

        self._change(_("删除秘点{id}").format(id=point_id), back=back, forth=forth)

    def _points_moved(self) -> None:
        self.points_changed.emit()
        self.score_changed.emit()

    # --- the profile and the modules ------------------------------------------------------------

    def put_enterprise(self, enterprise: Enterprise, *, typed: str = "") -> None:
        """Store the profile; ``typed`` as for ``put_answer``."""
        before = self.session.enterprise

        def store(value: Enterprise) -> None:
            try:
                self.session.save_enterprise(value)
            finally:
                self.profile_changed.emit()

        self._change(
            _("修改企业档案"),
            back=lambda: store(before),
            forth=lambda: store(enterprise),
            key=f"profile:{typed}" if typed else "",
        )

    def choose_modules(
        self,
        modules: Sequence[str],
        shelf: Shelf | None = None,
        *,
        programme: str = "",
        renew: bool = False,
    ) -> None:
        """Set the checklist on a choice of modules; answers stay. Undo restores the very texts of before.

        The arguments are those of ``services.content.choose_modules``.
        """
        before = self.session.assessment
        chosen: list[Assessment] = []

        def choose(work: Callable[[], object]) -> None:
            work()
            self.assessment_changed.emit()
            self.score_changed.emit()

        def forth() -> None:
            if chosen:
                self._restore(chosen[0])
                return
            choose_modules(self.session, modules, shelf, programme=programme, renew=renew)
            chosen.extend(filter(None, [self.session.assessment]))

        if before is None:
            self._try(lambda: choose(forth))
            return
        what = _("更新清单内容") if renew else _("更换产业模块")
        self._change(what, back=lambda: choose(lambda: self._restore(before)), forth=lambda: choose(forth))

    def _restore(self, assessment: Assessment) -> None:
        self.session.choose(assessment.modules, assessment.checklist, assessment.programme)

    # --- the application form -------------------------------------------------------------------

    def put_form_value(self, field: FormField, text: str, *, typed: bool = False) -> None:
        """Store what was filled into an asked field; what comes from typing is undone in one step."""
        form, name = self.session.form, field.ask
        before = form.value(name)

        def store(work: Callable[[], object]) -> None:
            try:
                work()
            finally:
                self.form_changed.emit(name)

        self._change(
            _("填写“{label}”").format(label=field.label),
            back=lambda: store(lambda: form.put_back(name, before)),
            forth=lambda: store(lambda: form.put(field, text)),
            key=f"form:{name}" if typed else "",
        )

    def choose_programme(self, programme: Programme) -> None:
        """Set the assessment on another programme; answers and the form's values stay."""
        assessment = self.session.assessment
        if assessment is None or assessment.programme == programme:
            return
        before = assessment.programme

        def choose(value: Programme) -> None:
            choose_programme(self.session, value)
            self.assessment_changed.emit()
            self.score_changed.emit()

        self._change(_("更换申报方案"), back=lambda: choose(before), forth=lambda: choose(programme))

    # --- undo, and trying again -----------------------------------------------------------------

    def undo(self) -> None:
        """Take the newest change back; where that fails it stays on the stack."""
        command = self.undo_stack.command(self.undo_stack.index() - 1) if self.undo_stack.canUndo() else None
        if isinstance(command, _Done) and self._try(command.back):
            self.undo_stack.undo()
            self.undone.emit(command.text())

    def redo(self) -> None:
        """Make an undone change again; where that fails it stays undone."""
        command = self.undo_stack.command(self.undo_stack.index()) if self.undo_stack.canRedo() else None
        if isinstance(command, _Done) and self._try(command.forth):
            self.undo_stack.redo()
            self.redone.emit(command.text())

    @property
    def can_retry(self) -> bool:
        """Whether the change that failed last could be made once more."""
        return self._failed_change is not None

    def retry(self) -> None:
        """Make the failed change once more; where it fails again ``failed`` says so again."""
        if self._failed_change is not None:
            self._failed_change()

    def lock(self) -> None:
        """Write what is being typed, close the vault, and forget what could be undone or tried again."""
        self.closing.emit()
        self.undo_stack.clear()
        self._failed_change = None
        self.session.close()

    def _change(
        self, text: str, *, back: Callable[[], None], forth: Callable[[], None], key: str = ""
    ) -> None:
        again = partial(self._change, text, back=back, forth=forth, key=key)
        if self._try(forth, again):
            self.undo_stack.push(_Done(text, key, back, forth))

    def _try(self, work: Callable[[], None], again: Callable[[], None] | None = None) -> bool:
        try:
            work()
        except TSGuardError as error:
            # Set first, so that whoever hears ``failed`` can ask for it.
            self._failed_change = again
            self.failed.emit(error)
            return False
        self._failed_change = None
        self.saved.emit()
        return True
