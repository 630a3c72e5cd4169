"""One line on the company's size: how many items usually don't apply, and the way to the first of them.

Proposes only; nothing is answered here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.domain.checklist import Item
from tsguard.domain.enterprise import Size
from tsguard.domain.preset import Preset
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.i18n import _


class PresetLine(QWidget):
    """What the preset of the company's size says of the chosen modules.

    Signals:
        see(item): The person wants to look at that item in the checklist.
    """

    see = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._item = ""
        self._words = Text(theme, "", "small", "ink2", wrap=True)
        self.link = Button(theme, _("从第一条看起"), "link", "arrow_right", icon_after=True, flush=True)
        self.link.clicked.connect(self._see)
        self.setLayout(column(self._words, row(self.link, None, gap=0), gap=0))

    @property
    def text(self) -> str:
        """What it says, or "" where it is hidden."""
        return self._words.text() if not self.isHidden() else ""

    def show_for(
        self,
        size: Size,
        presets: Sequence[Preset],
        items: Iterable[Item],
        answered: Collection[str],
        *,
        begun: bool,
    ) -> None:
        """Speak of a company's size.

        Args:
            size: The company's, as the profile says.
            presets: By company size.
            items: Of the chosen modules.
            answered: Ids of items that have a verdict.
            begun: Whether there is a checklist to go to.
        """
        preset = next((each for each in presets if size in each.sizes), None)
        self.setVisible(preset is not None)
        if preset is None:
            return
        there = {item.id for item in items}
        relieved = [each.item for each in preset.reliefs if each.item in there]
        open_ones = [item for item in relieved if item not in answered]
        self._item = open_ones[0] if open_ones else ""
        self._words.set_text(_sentence(preset, len(relieved), len(open_ones), begun=begun))
        self.link.setVisible(begun and bool(open_ones))

    def _see(self) -> None:
        self.see.emit(self._item)


def _sentence(preset: Preset, relieved: int, unanswered: int, *, begun: bool) -> str:
    if not relieved:
        return _("按{size}预设：{text}").format(size=preset.title, text=preset.text)
    line = _("按{size}预设：有{count}条通常不适用").format(size=preset.title, count=relieved)
    if begun and not unanswered:
        return line + _("，都看过了。")
    if begun and unanswered < relieved:
        return line + _("，还有{count}条没看；逐条看过再记。").format(count=unanswered)
    return line + _("，逐条看过再记。")
