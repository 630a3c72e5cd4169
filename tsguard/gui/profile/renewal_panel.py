"""看改动: what newer content changes, beside the page.

Read only; moving to the newer content is asked on the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from tsguard.gui.profile.renewal_list import RenewalList
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.panels import SidePanel
from tsguard.i18n import _
from tsguard.services.renewal_lines import ModuleLines

WIDTH = 520


class RenewalPanel(SidePanel):
    """The list with a title.

    Attributes:
        list: What changed.
        search: Narrows it.
    """

    def __init__(self, theme: Theme, modules: Sequence[ModuleLines], others: Sequence[str]) -> None:
        """Make it; the arguments are those of ``RenewalList``."""
        self.list = RenewalList(theme, modules, others)
        self.search = self.list.search
        super().__init__(theme, _("清单内容的改动"), self.list, width=0)

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the items that are listed now."""
        return self.list.shown
