"""What is asked of companies by size (小微, 中型, 大型): which items usually don't apply, what is enough.

A preset proposes; it never answers for the person and has no part in the arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.domain.enterprise import Size


@dataclass(frozen=True, slots=True)
class Relief:
    """An item that usually does not apply at this size.

    Attributes:
        item: The item's id; it may be answered 不适用.
        reason: The reason proposed for the answer; as all reasons it stands in a submission.
        unless: When the item is to be answered all the same; shown to the person only.
    """

    item: str
    reason: str
    unless: str


@dataclass(frozen=True, slots=True)
class Enough:
    """What counts as enough for an item at this size.

    Attributes:
        item: The item's id.
        text: In our words.
    """

    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Preset:
    """One size class.

    Attributes:
        id: Such as ``small``.
        title: Such as 小微企业.
        text: How to work with the checklist at this size, one or two sentences.
        sizes: The profile's size classes that it is for.
        reliefs: In checklist order.
        enough: In checklist order. Where it says nothing, 小微 companies go by the item's ``small``.
    """

    id: str
    title: str
    text: str
    sizes: tuple[Size, ...]
    reliefs: tuple[Relief, ...] = ()
    enough: tuple[Enough, ...] = ()

    def relief_of(self, item_id: str) -> Relief | None:
        """The proposal to leave an item out, where there is one."""
        return next((each for each in self.reliefs if each.item == item_id), None)

    def enough_for(self, item_id: str) -> str:
        """What counts as enough for an item, or ""."""
        return next((each.text for each in self.enough if each.item == item_id), "")
