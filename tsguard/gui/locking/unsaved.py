"""Says which typed texts are not in the vault, by the names of their fields.

Never what was typed, and no word that comes out of the vault: it is shown when the vault is locked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tsguard.i18n import _

if TYPE_CHECKING:
    from tsguard.gui.page import Page

_NUMBER = re.compile(r"[A-Z]{1,8}-\d{1,6}")
_FROM_THE_VAULT = frozenset({"application"})
"""Pages whose fields are named by a programme that lies in the vault."""


def unsaved_fields(pages: Iterable[tuple[str, str, Page]]) -> tuple[str, ...]:
    """Where something typed could not be stored.

    Args:
        pages: Each page's target, its word, and the page; asked after ``SessionModel.closing``.

    Returns:
        For each page with such a text its word, the number of the record, and the labels of the fields
        that say why; such as ``自评清单HRM-05的“备注”``.
    """
    said = []
    for target, word, page in pages:
        detail = page.unsaved()
        if detail is None:
            continue
        number = detail if _NUMBER.fullmatch(detail) else ""
        labels = () if target in _FROM_THE_VAULT else _refused(page, detail)
        place = f"{word}{number}"
        if labels:
            fields = "".join(_("“{label}”").format(label=label) for label in labels)
            said.append(_("{place}的{fields}").format(place=place, fields=fields))
        else:
            said.append(place)
    return tuple(said)


def _refused(page: Page, detail: str) -> tuple[str, ...]:
    """Labels of the page's fields that say why they were not stored, and of the field the page names."""
    from tsguard.gui.forms.self_saving import SelfSavingFields  # noqa: PLC0415 - start-up time
    from tsguard.gui.widgets.fields import Field  # noqa: PLC0415 - start-up time

    fields = [each for each in page.findChildren(Field) if each.error and each.isVisibleTo(page)]
    forms = [each for each in page.findChildren(SelfSavingFields) if detail in each.entries]
    labels = [*(each.label for each in fields), *(each.entries[detail].field.label for each in forms)]
    return tuple(dict.fromkeys(label for label in labels if label))
