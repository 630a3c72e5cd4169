"""The first picture: counts, what is red, what can be done this week, and what it does not say.

No score and no band: those are the checklist's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from tsguard.domain.preset import Preset
from tsguard.domain.scales import Verdict
from tsguard.gui.quick.picture_parts import (
    SHOWN,
    CountFigure,
    SectionBar,
    StepEntry,
    VetoEntry,
    counted,
)
from tsguard.gui.quick.wording import limits_words, onward_words, standing_words, veto_words
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.bars import PartsBar
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Card, Scroll
from tsguard.i18n import _
from tsguard.services.quick import Picture

_SIDE_BY_SIDE = 900
WIDEST = 1280
"""The content's width, margins included; the page's head ends there, too."""


class PictureView(QWidget):
    """What the answers so far show.

    Attributes:
        figures: The counts, by verdict; None for the unanswered.

    Signals:
        item_wanted(item_id): The person wants an item in the checklist.
    """

    item_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Picture, dict[str, Verdict | None], int, int, Preset | None] | None = None
        self._standing = Text(theme, "", "body", wrap=True)
        self.figures = {verdict: CountFigure(theme, verdict) for verdict in SHOWN}
        self._bar = PartsBar(theme, 8)
        self._vetoes, self._steps = QVBoxLayout(), QVBoxLayout()
        self._sections = QVBoxLayout()
        self._veto_title = Text(theme, _("否决项里没做到的"), "subtitle")
        self._no_veto = Note(theme, Severity.INFO, "")
        self._step_title = Text(theme, _("这周就能做"), "subtitle")
        self._no_step = Note(theme, Severity.GOOD, _("答过的题都做到了，先把佐证备齐。"))
        self._limits = Note(theme, Severity.INFO, "", title=_("这张图不说什么"))
        self._onward = Text(theme, "", "small", "ink2", wrap=True)
        self._size = Text(theme, "", "small", "ink2", wrap=True)
        self._build(theme)

    def _build(self, theme: Theme) -> None:
        for list_, gap in ((self._vetoes, 12), (self._steps, 12), (self._sections, 8)):
            list_.setContentsMargins(0, 0, 0, 0)
            list_.setSpacing(gap)
        figures = row(*self.figures.values(), None, gap=36)
        card = Card(theme, column(self._standing, figures, self._bar, gap=10), margin=20)
        left = column(
            self._veto_title,
            8,
            self._vetoes,
            self._no_veto,
            24,
            Text(theme, _("各域答过的题"), "subtitle"),
            10,
            self._sections,
            None,
            gap=0,
        )
        right = column(
            self._step_title,
            8,
            self._steps,
            self._no_step,
            24,
            self._limits,
            14,
            self._onward,
            6,
            self._size,
            None,
            gap=0,
        )
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.addWidget(holder(left), 56)
        self._halves.addWidget(holder(right), 44)
        self._halves.setSpacing(44)
        inside = holder(
            column(card, 20, self._halves, None, gap=0, margins=(PAGE_MARGIN, 2, PAGE_MARGIN, 28))
        )
        inside.setMaximumWidth(WIDEST)
        line = row(gap=0)
        line.addWidget(inside, 1000)
        line.addStretch(1)
        self._scroll = Scroll(holder(line))
        self.setLayout(column(self._scroll, gap=0))

    # --- showing ------------------------------------------------------------------------------------

    def show_picture(
        self,
        picture: Picture,
        verdicts: dict[str, Verdict | None],
        items: int,
        done: int,
        preset: Preset | None,
    ) -> None:
        """Show another picture; builds nothing where it is the one that is shown.

        Args:
            picture: What the answers show.
            verdicts: Of its questions, by item id.
            items: How many the whole checklist has.
            done: How many of those are answered.
            preset: What is asked at the company's size.
        """
        now = (picture, dict(verdicts), items, done, preset)
        if now == self._shown:
            return
        self._shown, theme = now, self._theme
        self._standing.set_text(standing_words(picture))
        for verdict, figure in self.figures.items():
            count = picture.counts.get(verdict, 0)
            figure.say(count)
            figure.setVisible(count > 0 or verdict in {Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET})
        self._bar.set_data(counted(picture), picture.asked)
        entries = [VetoEntry(theme, item, verdicts[item.id] or Verdict.NOT_MET) for item in picture.vetoes]
        self._fill(self._vetoes, entries)
        self._say_vetoes(picture)
        steps = [StepEntry(theme, at, item) for at, item in enumerate(picture.strongest, 1)]
        self._fill(self._steps, steps)
        self._no_step.setVisible(not steps and picture.answered > 0)
        self._step_title.setVisible(picture.answered > 0)
        self._fill(self._sections, [SectionBar(theme, section) for section in picture.sections])
        self._limits.say(Severity.INFO, limits_words(picture.asked, items), title=_("这张图不说什么"))
        self._onward.set_text(onward_words(done, items))
        self._size.set_text(
            _("{size}：{text}").format(size=preset.title, text=preset.text) if preset is not None else ""
        )
        self._size.setVisible(preset is not None)
        for entry in (*entries, *steps):
            entry.wanted.connect(self.item_wanted)

    def _say_vetoes(self, picture: Picture) -> None:
        self._no_veto.setVisible(not picture.vetoes)
        severity = Severity.GOOD if picture.vetoes_answered else Severity.INFO
        self._no_veto.say(severity, veto_words(picture))

    def _fill(self, into: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
        while (old := into.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for widget in widgets:
            into.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """In a narrow page what is to be done stands under what is red."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        beside = self.width() >= _SIDE_BY_SIDE
        self._halves.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._halves.setSpacing(44 if beside else 24)
