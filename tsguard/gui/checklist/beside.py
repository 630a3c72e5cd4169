"""What stands beside the open item: why, how, the law, what counts, what a small company may do."""

from __future__ import annotations

from collections.abc import MutableMapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tsguard.domain.basis import Citation, Source, SourceKind, SourceStatus
from tsguard.domain.checklist import Item
from tsguard.domain.words import source_status_word
from tsguard.gui.checklist.wording import by_analogy, citation_title
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import IconButton
from tsguard.gui.widgets.folds import Fold
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _

BESIDE_WIDTH = 286
_FOR_OTHERS = {SourceKind.GUIDELINE, SourceKind.STANDARD, SourceKind.CASE, SourceKind.FOREIGN}


class _Step(QWidget):
    """One numbered step."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._text = Text(theme, "", "small", "ink2", wrap=True)
        line = row(gap=10)
        line.addWidget(Text(theme, str(number), "small", "ink3"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        self.setLayout(line)

    def say(self, text: str) -> None:
        """Another step."""
        self._text.set_text(text)


class _Law(QWidget):
    """One rule: title, our words for it, how sure we are, whom it binds where that may be others only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = Text(theme, "", "small_b", wrap=True)
        self._status = Tag.unverified(theme)
        self._remark = Tag(theme, _("参照"), "ink3")
        self._full = Text(theme, "", "caption", "ink3", wrap=True)
        self._words = Text(theme, "", "small", "ink2", wrap=True)
        self._binds = Text(theme, "", "caption", "ink3", wrap=True)
        head = row(gap=6)
        head.addWidget(self._title, 1)
        for tag in (self._remark, self._status):
            head.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(head, self._full, self._words, self._binds, gap=1))

    def say(self, citation: Citation, source: Source | None) -> None:
        """Another rule."""
        title = citation_title(citation, source)
        self._title.set_text(title)
        status = source.status_of(citation.article) if source else SourceStatus.UNVERIFIED
        self._status.setVisible(status is not SourceStatus.SEEN)
        self._status.setToolTip(source_status_word(status))
        self._status.setAccessibleName(source_status_word(status))
        self._remark.setVisible(by_analogy(citation))
        full = source.title if source and source.number and title.startswith(source.number) else ""
        words = source.paraphrase(citation.article) if source else ""
        others = source is not None and (by_analogy(citation) or source.kind in _FOR_OTHERS)
        binds = _("约束对象：{whom}").format(whom=source.binds) if source and others else ""
        for label, text in ((self._full, full), (self._words, words), (self._binds, binds)):
            label.set_text(text)
            label.setVisible(bool(text))


class Beside(QWidget):
    """The folds of the open item.

    Signals:
        folded_away(): The person wants the room.
    """

    folded_away = Signal()

    def __init__(self, theme: Theme, memory: MutableMapping[str, bool]) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            memory: Which folds are open; the page keeps it while the vault is open.
        """
        super().__init__()
        self._theme = theme
        self._id = Text(theme, "", "small_b", "ink2")
        self._away = IconButton(theme, "panel_right_contract", _("收起这一栏"), size=28)
        self._away.clicked.connect(self.folded_away)
        self._why, self._partial, self._small, self._veto = (
            Text(theme, "", "small", "ink2", wrap=True) for _each in range(4)
        )
        self._how_list, self._law_list = column(gap=6), column(gap=14)
        self._steps: list[_Step] = []
        self._laws: list[_Law] = []
        folds = (
            ("why", _("为什么"), self._why, True),
            ("how", _("怎么做"), holder(self._how_list), True),
            ("law", _("依据"), holder(self._law_list), True),
            ("partial", _("怎样算部分符合"), self._partial, False),
            ("small", _("小微企业可以怎样"), self._small, False),
            ("veto", _("否决项的理由"), self._veto, False),
        )
        self._folds: dict[str, tuple[Fold, Hairline]] = {}
        body = column(gap=0, margins=(18, 0, 12, 24))
        for key, title, content, is_open in folds:
            fold = Fold(theme, title, content, key=key, memory=memory, is_open=is_open)
            line = Hairline(theme)
            body.addWidget(line)
            body.addSpacing(4)
            body.addWidget(fold)
            body.addSpacing(4)
            self._folds[key] = (fold, line)
        body.addStretch(1)
        self._folds["why"][1].hide()
        head = row(self._id, None, self._away, gap=8, margins=(20, 14, 10, 2))
        self._scroll = Scroll(holder(body))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        self.setFixedWidth(BESIDE_WIDTH)
        self.setAccessibleName(_("为什么、怎么做、依据"))

    def set_docked(self, *, docked: bool) -> None:
        """Whether it stands beside the page; in a sheet, Esc and a click outside close it too."""
        self._away.set_name(_("收起这一栏") if docked else _("关闭"))
        self._away.set_icon("panel_right_contract" if docked else "dismiss")

    def show_item(self, item: Item, sources: tuple[Source, ...]) -> None:
        """Be about another item.

        Args:
            item: Of the checklist.
            sources: The checklist's legal library.
        """
        by_id = {source.id: source for source in sources}
        self._id.set_text(item.id)
        self._why.set_text(item.why)
        self._partial.set_text(item.partial)
        self._small.set_text(item.small)
        self._veto.set_text(item.critical_why)
        for number in range(len(self._steps), len(item.how)):
            self._steps.append(_Step(self._theme, number + 1))
            self._how_list.addWidget(self._steps[number])
        for number, step in enumerate(self._steps):
            step.setVisible(number < len(item.how))
            if number < len(item.how):
                step.say(item.how[number])
        for number in range(len(self._laws), len(item.basis)):
            self._laws.append(_Law(self._theme))
            self._law_list.addWidget(self._laws[number])
        for number, law in enumerate(self._laws):
            law.setVisible(number < len(item.basis))
            if number < len(item.basis):
                citation = item.basis[number]
                law.say(citation, by_id.get(citation.source))
        self._folds["law"][0].set_count(str(len(item.basis)))
        there = {
            "why": item.why,
            "how": item.how,
            "law": item.basis,
            "partial": item.partial,
            "small": item.small,
            "veto": item.critical_why,
        }
        for key, (fold, line) in self._folds.items():
            fold.setVisible(bool(there[key]))
            line.setVisible(bool(there[key]) and key != "why")
        self._scroll.verticalScrollBar().setValue(0)
