"""The answers of the assessment at hand, by item, and what one must be before it is stored.

First the file, then memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, KeysView, Mapping
from types import MappingProxyType

from tsguard.domain import validation
from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.checklist import Item
from tsguard.domain.scales import Verdict
from tsguard.errors import NotApplicableForbidden, UnknownItem
from tsguard.services.registers import refuse_blocking
from tsguard.store.vault import Vault


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


class AnswerBook:
    """All answers of one assessment, including those of items that its checklist no longer has."""

    def __init__(
        self,
        vault: Vault,
        answers: Mapping[str, Answer],
        assessed: Callable[[], Assessment],
        stored: Callable[[], None],
    ) -> None:
        """Take over an assessment's answers; ``index`` has to follow.

        Args:
            vault: The open vault.
            answers: What it has.
            assessed: Gives the assessment, or raises ``NothingAssessed``.
            stored: Called after each change.
        """
        self._vault = vault
        self._answers = dict(answers)
        self._assessed = assessed
        self._stored = stored
        self._items: dict[str, Item] = {}
        self._answered = 0

    def index(self, assessment: Assessment | None) -> None:
        """Take over the items of a checklist, whose answers count from now on."""
        self._items.clear()
        if assessment is not None:
            self._items.update((item.id, item) for item in assessment.checklist.items())
        self._answered = sum(self.get(item).verdict is not None for item in self._items)

    @property
    def all(self) -> Mapping[str, Answer]:
        """Every answer by item id."""
        return MappingProxyType(self._answers)

    @property
    def unanswered(self) -> int:
        """How many items of the checklist have no verdict; counted along, so asking costs nothing."""
        return len(self._items) - self._answered

    def item_ids(self) -> KeysView[str]:
        """The ids of the checklist's items, always those of now."""
        return self._items.keys()

    def asked(self) -> dict[str, Answer]:
        """The answers of items that the checklist has."""
        return {item: answer for item, answer in self._answers.items() if item in self._items}

    def item(self, item_id: str) -> Item:
        """An item of the checklist.

        Raises:
            UnknownItem: The checklist has none of that id.
        """
        if item_id not in self._items:
            raise UnknownItem(item_id)
        return self._items[item_id]

    def get(self, item_id: str) -> Answer:
        """The answer to an item; a blank one where there is none."""
        return self._answers.get(item_id) or Answer(item_id)

    def put(self, answers: Iterable[Answer]) -> tuple[Answer, ...]:
        """Store answers of different items, all or none; as they were. A blank one takes an answer back.

        Raises:
            NothingAssessed: No modules were chosen yet.
            UnknownItem: The checklist has no such item.
            NotApplicableForbidden: An item always applies.
            InvalidField: A text is too long.
            StorageError: The file system said no.
        """
        assessment = self._assessed()
        after = {each.item: storable(each, self.item(each.item)) for each in answers}
        before = {item: self.get(item) for item in after}
        changed = [answer for item, answer in after.items() if answer != before[item]]
        if changed:
            with self._vault.write() as writer:
                for answer in changed:
                    if answer.blank:
                        writer.remove_answer(assessment.id, answer.item)
                    else:
                        writer.put_answer(assessment.id, answer)
            for answer in changed:
                self._answers[answer.item] = answer
                if answer.blank:
                    del self._answers[answer.item]
                self._answered += (answer.verdict is not None) - (before[answer.item].verdict is not None)
            self._stored()
        return tuple(before.values())

    def forget(self) -> None:
        """Drop every decrypted value, at lock."""
        self._answers = {}
        self._items.clear()
        self._answered = 0
