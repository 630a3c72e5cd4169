"""The last answers typed from paper, newest first; each says when it is no longer what is stored."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from tsguard.domain.answers import Answer
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.signs import VERDICT_SIGNS, Icon
from tsguard.i18n import _

_MOST = 10
_NUMBER_WIDTH = 32
_ID_WIDTH = 66


@dataclass(frozen=True, slots=True)
class Recent:
    """One answer that was typed.

    Attributes:
        number: On the paper.
        answer: As it was stored.
        before: The verdict it had; None where it was unanswered.
        same: Whether it was stored like that already.
    """

    number: int
    answer: Answer
    before: Verdict | None
    same: bool


class _Line(QWidget):
    """One row of the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._number = Text(theme, "", "small_b", align="right", whole=True)
        self._number.setFixedWidth(_NUMBER_WIDTH)
        self._item = Text(theme, "", "small", "ink3", whole=True)
        self._item.setFixedWidth(_ID_WIDTH)
        self._icon = Icon(theme, "circle", "ink3", 16)
        self._word = Text(theme, "", "small")
        self._remark = Text(theme, "", "caption", "ink2")
        line = row(self._number, 4, self._item, self._icon, self._word, gap=6)
        line.addWidget(self._remark, 1)
        self.setLayout(line)

    def show_entry(self, entry: Recent, *, stands: bool) -> None:
        """Be about an entry."""
        verdict = entry.answer.verdict
        sign = VERDICT_SIGNS[verdict if stands else None]
        self._number.set_text(str(entry.number))
        self._item.set_text(entry.answer.item)
        self._icon.set_icon(sign.chosen if stands else sign.icon, sign.ink)
        self._word.set_text(verdict_word(verdict))
        self._word.set_tone(sign.ink if stands else "ink3")
        self._remark.set_text(self._words(entry, stands=stands))

    def _words(self, entry: Recent, *, stands: bool) -> str:
        if not stands:
            return _("后来撤销或改过")
        if entry.same:
            return _("✓ 原来就是这样")
        if entry.before is not None and entry.before is not entry.answer.verdict:
            return _("✓ 原答{verdict}").format(verdict=verdict_word(entry.before))
        return "✓"


class RecentList(QWidget):
    """Up to ten lines under a heading; hidden while there is none."""

    def __init__(self, theme: Theme, model: SessionModel) -> None:
        super().__init__()
        self._model = model
        self._entries: list[Recent] = []
        self._lines = [_Line(theme) for _each in range(_MOST)]
        self.setLayout(
            column(Text(theme, _("刚录入的"), "small", "ink2"), holder(column(*self._lines, gap=4)), gap=6)
        )
        model.answer_changed.connect(self._answer_changed)
        self.clear()

    @property
    def entries(self) -> tuple[Recent, ...]:
        """What is listed, newest first."""
        return tuple(self._entries)

    def add(self, entry: Recent) -> None:
        """Put an answer on top; an older one of the same item goes."""
        self._entries = [each for each in self._entries if each.answer.item != entry.answer.item]
        self._entries = [entry, *self._entries][:_MOST]
        self._show()

    def clear(self) -> None:
        """Forget all."""
        self._entries = []
        self._show()

    def _answer_changed(self, item_id: str) -> None:
        if any(entry.answer.item == item_id for entry in self._entries):
            self._show()

    def _show(self) -> None:
        session = self._model.session
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(self._entries))
            if at < len(self._entries) and not session.closed:
                entry = self._entries[at]
                line.show_entry(entry, stands=session.answer(entry.answer.item) == entry.answer)
        self.setVisible(bool(self._entries))
