"""What an answer must be before it may be stored; stores nothing itself."""

from __future__ import annotations

from tsguard.domain import validation
from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Item
from tsguard.domain.scales import Verdict
from tsguard.errors import NotApplicableForbidden
from tsguard.services.registers import refuse_blocking


def storable(answer: Answer, item: Item) -> Answer:
    """The answer as it is stored: clean lines.

    Raises:
        NotApplicableForbidden: The item always applies.
        InvalidField: A text is too long.
    """
    answer = validation.one_line(answer)
    if answer.verdict is Verdict.NOT_APPLICABLE and not item.may_not_apply:
        raise NotApplicableForbidden(answer.item)
    refuse_blocking(validation.answer_problems(answer))
    return answer
