"""What newer content changes, with the old and the new text of each item, to be searched. Read only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import delete

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import Token
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _
from tsguard.services.renewal_lines import FieldChange, ItemLine, ModuleLines, Turn, turn_word

_TONES: dict[Turn, Token] = {Turn.NEW: "good", Turn.CHANGED: "warn", Turn.GONE: "mute"}
_INDENT = 12
_ONE_LINE = 16
"""Characters of an old and a new text that stand on one line together."""


class RenewalList(QWidget):
    """The list.

    Attributes:
        search: Narrows it; every word of the old and the new texts counts.
    """

    def __init__(self, theme: Theme, modules: Sequence[ModuleLines], others: Sequence[str]) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            modules: Those that differ.
            others: What else differs, a sentence each.
        """
        super().__init__()
        self._colours, self._modules, self._others = theme, tuple(modules), tuple(others)
        self.search = SearchField(theme, _("搜编号、旧文、新文"))
        self.search.textChanged.connect(self._show)
        self._count = Text(theme, "", "caption", "ink3")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self._shown: list[QWidget] = []
        self.setLayout(column(self.search, self._count, holder(self._list), gap=8))
        self._show()

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the items that are listed now."""
        return tuple(line.item for _module, lines in self._found() for line in lines)

    def _found(self) -> list[tuple[ModuleLines, list[ItemLine]]]:
        wanted = self.search.text().strip().lower()
        return [(module, [line for line in module.lines if line.matches(wanted)]) for module in self._modules]

    def _show(self) -> None:
        for old in self._shown:
            delete(old)
        self._shown = []
        theme, searching = self._colours, bool(self.search.text().strip())
        found = self._found()
        count = sum(len(lines) for _module, lines in found)
        self._count.set_text(_("{count}条").format(count=count) if count else _("没有找到"))
        for module, lines in found:
            if not lines and (searching or not module.details):
                continue
            head = row(Text(theme, module.title, "subtitle"), gap=8)
            head.addWidget(Text(theme, module.versions, "caption", "ink3"))
            head.addStretch(1)
            self._put(holder(head))
            if module.details and not searching:
                words = _("系数、泄密途径、秘点类型或域名也有改动。")
                self._put(Text(theme, words, "small", "ink2", wrap=True))
            for line in lines:
                self._put(self._item(line))
                self._put(Hairline(theme))
        if not searching:
            for text in self._others:
                self._put(Text(theme, text, "small", wrap=True))

    def _put(self, part: QWidget) -> None:
        self._shown.append(part)
        self._list.addWidget(part)

    def _item(self, line: ItemLine) -> QWidget:
        theme = self._colours
        tag = Tag(theme, turn_word(line.turn), _TONES[line.turn])
        head = row(Text(theme, line.item, "small", "ink3", whole=True), tag, gap=8)
        head.addStretch(1)
        body = column(head, gap=4)
        if not any(field.after == line.text for field in line.fields):
            body.addWidget(Text(theme, line.text, "small", wrap=True))
        for field in line.fields:
            body.addWidget(self._field(field))
        if line.answered:
            kept = (
                _("您的作答不变。") if line.turn is not Turn.GONE else _("不再计分；您的作答留在保险库里。")
            )
            body.addWidget(Text(theme, kept, "caption", "ink3", wrap=True))
        return holder(body)

    def _field(self, field: FieldChange) -> QWidget:
        theme = self._colours
        if len(field.before + field.after) <= _ONE_LINE and "\n" not in field.before + field.after:
            none = _("（没有）")
            pair = f"{field.before or none} → {field.after or none}"
            label = Text(theme, field.label, "caption_b", "ink2", whole=True)
            line = row(label, Text(theme, pair, "small"), gap=8, margins=(_INDENT, 2, 0, 2))
            line.addStretch(1)
            return holder(line)
        parts = column(Text(theme, field.label, "caption_b", "ink2"), gap=2, margins=(_INDENT, 2, 0, 2))
        for word, text in ((_("旧"), field.before), (_("新"), field.after)):
            tone: Token = "ink3" if text == field.before else "ink"
            said = Text(theme, text or _("（没有）"), "small", tone, wrap=True)
            line = row(gap=8)
            line.addWidget(holder(column(Text(theme, word, "small", "ink3", whole=True), None, gap=0)))
            line.addWidget(said, 1)
            parts.addLayout(line)
        return holder(parts)
