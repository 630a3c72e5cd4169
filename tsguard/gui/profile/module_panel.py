"""What a module holds, beside the page: its items, leak paths, kinds of secrets and factors.

Read only.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tsguard.domain.checklist import Item, Module, Section
from tsguard.domain.words import module_kind_word
from tsguard.gui.profile.offer import size_line
from tsguard.gui.results.figures import factor_text
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.folds import Fold
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.panels import SidePanel
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _

WIDTH = 460
_ID_WIDTH = 62
_UNCHANGED = 100
SHORT_HASH = 12
"""So many digits of a SHA-256 are shown; the report has all 64."""


class ModulePanel(SidePanel):
    """看内容.

    Attributes:
        module: What it shows.
    """

    def __init__(self, theme: Theme, module: Module, core: Module) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            module: What it shows.
            core: Where the items stand that its factors speak of.
        """
        self.module, self._colours = module, theme
        facts = [
            module_kind_word(module.kind),
            _("{version}版").format(version=module.version),
            size_line(module),
        ]
        parts: list[QWidget] = [
            Text(theme, " · ".join(facts), "small", "ink2", wrap=True),
            Text(theme, module.origin, "small", "ink2", wrap=True),
            Text(theme, hash_line(module.sha256), "caption", "ink3", wrap=True),
        ]
        folds = [self._items(section, alone=len(module.sections) == 1) for section in module.sections]
        if module.leak_paths:
            folds.append(self._fold(_("常见泄密途径"), map(self._plain, module.leak_paths)))
        if module.secret_point_types:
            kinds = [
                self._line(Text(theme, kind.name, "small", wrap=True), Tag.tier(theme, kind.tier))
                for kind in module.secret_point_types
            ]
            folds.append(self._fold(_("常见秘点和建议等级"), kinds))
        factors = self._factors(module, core)
        if factors:
            folds.append(self._fold(_("通用条款的系数"), factors))
        body = column(*parts, gap=4)
        body.addSpacing(10)
        for fold in folds:
            body.addWidget(fold)
        tags = [] if module.shipped else [own_tag(theme)]
        super().__init__(theme, module.title, holder(body), width=0, tags=tags)

    def _items(self, section: Section, *, alone: bool) -> Fold:
        lines = [self._item(item) for item in section.items]
        return self._fold(_("条款") if alone else section.title, lines, is_open=alone)

    def _item(self, item: Item) -> QWidget:
        theme = self._colours
        tag = Tag.critical(theme, item.critical)
        words = Text(theme, item.text, "small", wrap=True)
        return self._line(_number(theme, item.id), words, *([tag] if tag else []))

    def _factors(self, module: Module, core: Module) -> list[QWidget]:
        theme, texts = self._colours, {item.id: item.text for item in core.items()}
        return [
            self._line(
                _number(theme, each.item),
                Text(theme, texts.get(each.item, ""), "small", wrap=True),
                Text(theme, factor_text(each.hundredths), "small_b", whole=True),
            )
            for each in module.multipliers
            if each.hundredths != _UNCHANGED
        ]

    def _plain(self, text: str) -> QWidget:
        return Text(self._colours, text, "small", wrap=True)

    def _line(self, *parts: QWidget) -> QWidget:
        line = row(gap=8)
        for part in parts:
            if part.hasHeightForWidth():
                line.addWidget(part, 1)
            else:
                line.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        return holder(line)

    def _fold(self, title: str, lines: Iterable[QWidget], *, is_open: bool = True) -> Fold:
        shown = list(lines)
        body = holder(column(*shown, gap=6))
        return Fold(self._colours, title, body, count=str(len(shown)), is_open=is_open)


def hash_line(sha256: str) -> str:
    """The first digits of a file's SHA-256, as they are shown everywhere."""
    return _("SHA-256前{digits}位：{hash}").format(digits=SHORT_HASH, hash=sha256[:SHORT_HASH])


def own_tag(theme: Theme) -> Tag:
    """非随程序发布."""
    return Tag(theme, _("非随程序发布"), "warn")


def _number(theme: Theme, item_id: str) -> Text:
    number = Text(theme, item_id, "small", "ink3", whole=True)
    number.setMinimumWidth(_ID_WIDTH)
    return number
