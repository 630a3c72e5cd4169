"""What the open card may change, one method each; a refusal comes back as a sentence.

Goes through the session model only. Holds what could not be stored, so that no word typed is lost when
the person moves to another item.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from PySide6.QtCore import QObject

from tsguard.domain.answers import Answer, asked_again
from tsguard.domain.scales import Verdict
from tsguard.domain.validation import answer_problems
from tsguard.errors import TSGuardError
from tsguard.gui.session_model import SessionModel
from tsguard.services.explain import explain, field_rule_sentence

TextField = Literal["note", "reason", "ask_whom"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """That an item be left out.

    Attributes:
        size: For whom it usually is, such as 小微企业.
        reason: What would be stored as the reason.
        unless: When it is to be answered all the same.
    """

    size: str
    reason: str
    unless: str


class Answering(QObject):
    """Changes of one item's answer."""

    def __init__(self, model: SessionModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._error: TSGuardError | None = None
        self._unsaved: dict[tuple[str, TextField], tuple[str, str]] = {}
        model.failed.connect(self._caught)

    def answer(self, item_id: str) -> Answer:
        """The answer as it is stored."""
        return self._model.session.answer(item_id)

    def choose(self, item_id: str, verdict: Verdict | None) -> None:
        """Give or take back a verdict; a new 不适用 is asked again in twelve months."""
        answer = replace(self.answer(item_id), verdict=verdict)
        if verdict is Verdict.NOT_APPLICABLE:
            if answer.ask_again is None:
                answer = replace(answer, ask_again=self._in_a_year())
        elif not answer.reason.strip():
            answer = replace(answer, ask_again=None)
        self._put(answer)

    def proposal(self, item_id: str) -> Proposal | None:
        """The proposal to answer 不适用 for companies of this size.

        Only while the item is unanswered, or 不适用 without a reason: a person's own words stay.
        """
        session = self._model.session
        if session.closed or session.assessment is None:
            return None
        preset = session.checklist.preset(session.enterprise.size)
        relief = preset.relief_of(item_id) if preset else None
        answer = self.answer(item_id)
        open_still = answer.verdict in {None, Verdict.NOT_APPLICABLE} and not answer.reason.strip()
        if preset is None or relief is None or not open_still:
            return None
        return Proposal(preset.title, relief.reason, relief.unless)

    def accept(self, item_id: str) -> None:
        """Answer 不适用 as proposed, to be asked again in twelve months; one step to undo."""
        proposal = self.proposal(item_id)
        if proposal is not None:
            answer = replace(self.answer(item_id), verdict=Verdict.NOT_APPLICABLE, reason=proposal.reason)
            self._put(replace(answer, ask_again=answer.ask_again or self._in_a_year()))

    def ask_again(self, item_id: str, day: date | None) -> None:
        """Set when a 不适用 is asked again."""
        self._put(replace(self.answer(item_id), ask_again=day))

    def flag(self, item_id: str) -> None:
        """Set the person's mark, or take it away."""
        answer = self.answer(item_id)
        self._put(replace(answer, flagged=not answer.flagged))

    def clear(self, item_id: str) -> None:
        """Take the answer back with what belongs to it; note, mark and evidence stay."""
        answer = self.answer(item_id)
        self._put(replace(answer, verdict=None, reason="", ask_again=None, ask_whom=""))

    def store_text(self, item_id: str, field: TextField, text: str) -> str:
        """Store what was typed.

        Returns:
            "" where it is stored; otherwise a sentence that says why not. The text is then kept here.
        """
        if self._model.session.closed:
            return ""
        before = self.answer(item_id)
        after = {
            "note": replace(before, note=text),
            "reason": replace(before, reason=text),
            "ask_whom": replace(before, ask_whom=text),
        }[field]
        problem = next((each for each in answer_problems(after) if each.blocking), None)
        if problem is not None:
            sentence = field_rule_sentence(problem.rule)
        elif after == before or self._put(after, typed=field):
            self._unsaved.pop((item_id, field), None)
            return ""
        else:
            sentence = explain(self._error).happened if self._error else ""
        self._unsaved[item_id, field] = (text, sentence)
        return sentence

    def unsaved(self, item_id: str, field: TextField) -> tuple[str, str] | None:
        """What was typed and not stored, with the reason; None where all is stored."""
        return self._unsaved.get((item_id, field))

    @property
    def unsaved_item(self) -> str | None:
        """An item whose text could not be stored, or None."""
        return next((item_id for item_id, _field in self._unsaved), None)

    def _in_a_year(self) -> date:
        return asked_again(self._model.session.today)

    def _put(self, answer: Answer, *, typed: str = "") -> bool:
        if self._model.session.closed or answer == self.answer(answer.item):
            return True
        self._error = None
        self._model.put_answer(answer, typed=typed)
        return self._error is None

    def _caught(self, error: TSGuardError) -> None:
        self._error = error
