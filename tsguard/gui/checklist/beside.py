"""What stands beside the open item: why, how, what is enough, the law, where its figures are from."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from tsguard.domain.basis import Citation, Source, SourceKind, SourceStatus
from tsguard.domain.checklist import Checklist, Item
from tsguard.domain.enterprise import Size
from tsguard.domain.words import source_status_word
from tsguard.gui.checklist.enough import EnoughText, FigureNote, enough_words, figures_of
from tsguard.gui.checklist.wording import by_analogy, citation_title
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import IconButton
from tsguard.gui.widgets.folds import Fold
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _
from tsguard.services.session import Session

BESIDE_WIDTH = 286
_FOR_OTHERS = {SourceKind.GUIDELINE, SourceKind.STANDARD, SourceKind.CASE, SourceKind.FOREIGN}
_Part = TypeVar("_Part", bound=QWidget)


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
        self._shown: tuple[Item, Session] | None = None
        self._id = Text(theme, "", "small_b", "ink2")
        self._away = IconButton(theme, "panel_right_contract", _("收起这一栏"), size=28)
        self._away.clicked.connect(self.folded_away)
        self._why, self._partial, self._small, self._veto = (
            Text(theme, "", "small", "ink2", wrap=True) for _each in range(4)
        )
        self._enough = EnoughText(theme)
        self._how_list, self._law_list, self._figure_list = column(gap=6), column(gap=14), column(gap=12)
        self._steps: list[_Step] = []
        self._laws: list[_Law] = []
        self._figures: list[FigureNote] = []
        folds = (
            ("why", _("为什么"), self._why, True),
            ("how", _("怎么做"), holder(self._how_list), True),
            ("enough", _("本企业规模怎样算够"), self._enough, True),
            ("law", _("依据"), holder(self._law_list), True),
            ("figures", _("数字从哪来"), holder(self._figure_list), False),
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
        self._inside = holder(body)
        self._scroll = Scroll(self._inside)
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

    def show_item(self, item: Item, session: Session) -> None:
        """Be about another item.

        Args:
            item: Of the checklist.
            session: With the checklist's legal library, presets and figures, and the company's size.
        """
        self._shown = (item, session)
        self.refresh()
        self._scroll.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """The company's size may be another; the place in the text stays."""
        if self._shown is None or self._shown[1].assessment is None:
            return
        item, session = self._shown
        self._fill(item, session.checklist, session.enterprise.size)
        self._lay_out()

    def _lay_out(self) -> None:
        """At once; Qt goes up level by level, and lines would stand squeezed meanwhile."""
        for part in reversed(self._inside.findChildren(QWidget)):
            layout = part.layout()
            if layout is not None and not part.isHidden():
                layout.activate()

    def _fill(self, item: Item, checklist: Checklist, size: Size) -> None:
        enough, figures = enough_words(item, checklist, size), figures_of(item, checklist)
        self._id.set_text(item.id)
        self._why.set_text(item.why)
        self._enough.say(enough)
        self._partial.set_text(item.partial)
        self._small.set_text(enough.small)
        self._veto.set_text(item.critical_why)
        theme, by_id = self._theme, {source.id: source for source in checklist.sources}
        _grown(self._steps, len(item.how), self._how_list, lambda at: _Step(theme, at + 1))
        for step, words in zip(self._steps, item.how, strict=False):
            step.say(words)
        _grown(self._laws, len(item.basis), self._law_list, lambda _at: _Law(theme))
        for law, citation in zip(self._laws, item.basis, strict=False):
            law.say(citation, by_id.get(citation.source))
        _grown(self._figures, len(figures), self._figure_list, lambda _at: FigureNote(theme))
        for note, figure in zip(self._figures, figures, strict=False):
            note.say(figure)
        self._folds["law"][0].set_count(str(len(item.basis)))
        self._folds["figures"][0].set_count(str(len(figures)))
        there = {
            "why": item.why,
            "how": item.how,
            "enough": enough.texts,
            "law": item.basis,
            "figures": figures,
            "partial": item.partial,
            "small": enough.small,
            "veto": item.critical_why,
        }
        for key, (fold, line) in self._folds.items():
            fold.setVisible(bool(there[key]))
            line.setVisible(bool(there[key]) and key != "why")


def _grown(parts: list[_Part], count: int, into: QBoxLayout, make: Callable[[int], _Part]) -> None:
    """Have that many parts in sight, made where there are too few."""
    for number in range(len(parts), count):
        parts.append(make(number))
        into.addWidget(parts[number])
    for number, part in enumerate(parts):
        part.setVisible(number < count)
