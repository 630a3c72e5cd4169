"""The open session for the window: one door for changes, one signal back, undo.

The only QObject that knows ``services.session``; how a change is made, undone and tried again is
``steps``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.dossier import IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.programme import FormField, Programme
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.gui.steps import Steps
from tsguard.i18n import _
from tsguard.services.application import choose_programme
from tsguard.services.content import Shelf, choose_modules
from tsguard.services.session import Session


class SessionModel(Steps):
    """What every page works on.

    Attributes:
        session: The open session.

    Signals:
        answer_changed(item_id): An answer, its note, its mark or its evidence changed.
        score_changed(): Some figure may be different.
        evidence_changed(): The list of evidence changed.
        points_changed(): The secret-point register changed.
        tasks_changed(): The register of rectification tasks changed.
        issued_changed(): The register of issued documents changed.
        profile_changed(): The company's profile changed.
        form_changed(name): A value of the application form changed.
        assessment_changed(): Other modules or another programme were chosen.
        content_changed(): Other content of the publisher's is at hand; the assessment is as it was.
        closing(): The session is about to be locked: write what is still being typed.
    """

    answer_changed = Signal(str)
    score_changed = Signal()
    evidence_changed = Signal()
    points_changed = Signal()
    tasks_changed = Signal()
    issued_changed = Signal()
    profile_changed = Signal()
    form_changed = Signal(str)
    assessment_changed = Signal()
    content_changed = Signal()
    closing = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session

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

    # --- rectification tasks --------------------------------------------------------------------

    def add_task(self, task: Rectification) -> str:
        """Store a new rectification task; its id, or "" where it was not stored."""
        return "".join(self.add_tasks((task,), _("新增整改任务")))

    def add_tasks(self, tasks: Sequence[Rectification], text: str) -> tuple[str, ...]:
        """Store new tasks in one transaction and one step of undo, which ``text`` names.

        Returns:
            Their ids in the same order; none where nothing was stored.
        """
        added: list[Rectification] = []
        register = self.session.rectifications

        def forth() -> None:
            if added:
                register.put_all(added)
            else:
                added.extend(register.add_all(tasks))
            self.tasks_changed.emit()

        def back() -> None:
            register.remove_all([task.id for task in added])
            self.tasks_changed.emit()

        self._change(text, back=back, forth=forth)
        return tuple(task.id for task in added)

    def put_task(self, task: Rectification, *, typed: str = "") -> None:
        """Store a changed rectification task; ``typed`` as for ``put_answer``."""
        before = self.session.rectifications.get(task.id)

        def store(value: Rectification) -> None:
            try:
                self.session.rectifications.put(value)
            finally:
                self.tasks_changed.emit()

        self._change(
            _("修改整改任务{id}").format(id=task.id),
            back=lambda: store(before),
            forth=lambda: store(task),
            key=f"{task.id}:{typed}" if typed else "",
        )

    def remove_task(self, task_id: str) -> None:
        """Take a rectification task out; undo brings it back under its old number."""
        before = self.session.rectifications.get(task_id)

        def forth() -> None:
            self.session.rectifications.remove(task_id)
            self.tasks_changed.emit()

        def back() -> None:
            self.session.rectifications.put(before)
            self.tasks_changed.emit()

        self._change(_("删除整改任务{id}").format(id=task_id), back=back, forth=forth)

    # --- issued documents -----------------------------------------------------------------------

    def put_issued(self, issued: IssuedDocument, *, typed: str = "") -> None:
        """Store a changed entry of the register of issued documents; ``typed`` as for ``put_answer``."""
        before = self.session.issued.get(issued.id)

        def store(value: IssuedDocument) -> None:
            self.session.issued.put(value)
            self.issued_changed.emit()

        self._change(
            _("修改出具记录{id}").format(id=issued.id),
            back=lambda: store(before),
            forth=lambda: store(issued),
            key=f"{issued.id}:{typed}" if typed else "",
        )

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

    # --- locking ---------------------------------------------------------------------------------

    def lock(self) -> None:
        """Write what is being typed, close the vault, and forget what could be undone or tried again."""
        self.closing.emit()
        self.forget_steps()
        self.session.close()
