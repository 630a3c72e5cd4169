"""What using a content pack would change in the content at hand, told as newer content is in a vault.

Compares only; what an assessment has frozen is the business of ``renewal``.
"""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.content.shelf import Shelf
from tsguard.domain.programme import Programme
from tsguard.i18n import _
from tsguard.services.renewal import same_programme, shelf_changes
from tsguard.services.renewal_lines import ModuleLines, counted, other_lines, shelf_lines


@dataclass(frozen=True, slots=True)
class PackChanges:
    """What is new, changed and gone.

    Attributes:
        summary: ``新增2条、改动5条``; "" where nothing differs.
        modules: Those that differ, with their items.
        others: What else differs, a sentence each.
    """

    summary: str
    modules: tuple[ModuleLines, ...]
    others: tuple[str, ...]


def pack_changes(before: Shelf, after: Shelf) -> PackChanges:
    """What one content has otherwise than another.

    Args:
        before: What is used now.
        after: The pack's.
    """
    changes = shelf_changes(before, after)
    programmes = _programme_lines(before.programmes, after.programmes)
    others = [*other_lines(changes), *programmes]
    parts = counted(changes)
    if programmes:
        parts.append(_("申报方案有改动"))
    if before.parameters.minimum_wages != after.parameters.minimum_wages:
        parts.append(_("最低工资标准有改动"))
        others.append(_("最低工资标准有改动。"))
    return PackChanges("、".join(parts), shelf_lines(changes, before, after), tuple(others))


def _programme_lines(before: dict[str, Programme], after: dict[str, Programme]) -> list[str]:
    """A sentence for each programme that is new, changed or gone."""
    found = []
    for key, programme in {**before, **after}.items():
        words = (
            _("新增申报方案“{title}”。")
            if key not in before
            else _("取消申报方案“{title}”。")
            if key not in after
            else _("申报方案“{title}”有改动。")
            if not same_programme(before[key], after[key])
            else ""
        )
        if words:
            found.append(words.format(title=programme.title))
    return found
