"""The card at the top of the results: two figures on one ruler, the band and why, the vetoes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from tsguard.domain.answers import Assessment
from tsguard.domain.scales import Verdict
from tsguard.gui.results import figures
from tsguard.gui.results.veto_signs import VetoSigns
from tsguard.gui.text import Text, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import signs
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.ruler import Band, ScoreRuler
from tsguard.gui.widgets.signs import LaneSign
from tsguard.gui.widgets.surfaces import Card, Hairline
from tsguard.i18n import _
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import Lane, ScoreSheet

_LINKS = 3
_BETWEEN = 26
_BESIDE_FROM = 660


class Hero(QWidget):
    """Where the company stands.

    Attributes:
        vetoes: The veto items as signs.

    Signals:
        go(target): To an item of the checklist.
    """

    go = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._claimed = Text(theme, "", "figure")
        self._evidenced = Text(theme, "", "figure")
        self._answered = Text(theme, "", "caption", "ink3")
        self._ruler = ScoreRuler(theme)
        self._band = Text(theme, "", "hero")
        self._why = Text(theme, "", "small", "ink2", wrap=True)
        self._second = Text(theme, "", "small", "ink3", wrap=True)
        self._links = QHBoxLayout()
        self._links.setContentsMargins(0, 0, 0, 0)
        self._links.setSpacing(12)
        self._links_holder = holder(self._links)
        self._links_holder.installEventFilter(self)
        self._open: tuple[str, ...] = ()
        self._see_buttons: list[Button] = []
        self._more = Text(theme, "", "small", "ink3")
        self.vetoes = VetoSigns(theme)
        self.vetoes.pressed.connect(self._see)
        self._veto_words = Text(theme, "", "small", "ink2")
        self._veto_title = Text(theme, "", "small_b")
        left = column(
            row(
                self._figure(signs.Lane.CLAIMED, _("自评分"), self._claimed, self._answered),
                self._figure(
                    signs.Lane.EVIDENCED,
                    _("有据分"),
                    self._evidenced,
                    Text(theme, _("有佐证或台账支持"), "caption", "ink3"),
                ),
                None,
                gap=40,
            ),
            6,
            self._ruler,
            None,
            gap=0,
        )
        right = column(
            Text(theme, _("等级"), "small_b"),
            self._band,
            2,
            self._why,
            self._links_holder,
            self._second,
            None,
            gap=0,
        )
        self._between = Hairline(theme, upright=True)
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._upper.setSpacing(_BETWEEN)
        self._upper.addLayout(left, 60)
        self._upper.addWidget(self._between)
        self._upper.addLayout(right, 40)
        self._veto_line = holder(row(self._veto_title, self.vetoes, self._veto_words, None, gap=10))
        card = Card(theme, column(self._upper, self._veto_line, gap=8), margin=18)
        self.setLayout(column(card, gap=0))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _figure(self, lane: signs.Lane, word: str, figure: Text, caption: Text) -> QWidget:
        head = row(LaneSign(self._theme, lane), Text(self._theme, word, "small_b", "ink2"), None, gap=6)
        number = row(figure, column(None, Text(self._theme, _("分"), "small", "ink3"), 5, gap=0), None, gap=6)
        return holder(column(head, number, caption, gap=0))

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """In a narrow page the band stands under the figures, which are never cut."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE_FROM
        ways = QBoxLayout.Direction
        self._upper.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._upper.setSpacing(_BETWEEN if beside else 8)
        self._between.setVisible(beside)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """The links have another room."""
        if watched is self._links_holder and event.type() == QEvent.Type.Resize:
            self._fit_links()
        return super().eventFilter(watched, event)

    # --- showing ------------------------------------------------------------------------------------

    def show_sheet(self, sheet: ScoreSheet, assessment: Assessment, text_of: Callable[[str], str]) -> None:
        """Show other figures.

        Args:
            sheet: All figures.
            assessment: With its programme.
            text_of: Gives an item's requirement by its id.
        """
        programme = assessment.programme
        claimed, evidenced = sheet.total(Lane.CLAIMED), sheet.total(Lane.EVIDENCED)
        self._claimed.set_text(tenths_text(claimed.tenths) if claimed else "—")
        self._evidenced.set_text(tenths_text(evidenced.tenths) if evidenced else "—")
        self._answered.set_text(
            _("按企业的判定 · 已答{done}/{all}").format(done=sheet.answered, all=sheet.asked)
        )
        limit = figures.cap(sheet, programme)
        better = figures.above(programme, limit) if limit else None
        self._ruler.set_data(
            {
                signs.Lane.CLAIMED: claimed.tenths if claimed else None,
                signs.Lane.EVIDENCED: evidenced.tenths if evidenced else None,
            },
            [Band(band.title, 10 * band.at_least) for band in reversed(programme.bands)],
            current=claimed.band.awarded.title if claimed else "",
            cap=10 * better.at_least if better else None,
        )
        self._band.set_text(claimed.band.awarded.title if claimed else _("没有适用的条款"))
        self._why.set_text(figures.why(sheet, programme, claimed) if claimed else "")
        self._second.set_text(
            _("只看有据分是“{band}”。").format(band=evidenced.band.awarded.title) if evidenced else ""
        )
        self._link(figures.open_vetoes(sheet, claimed) if claimed else ())
        self._veto_line.setVisible(bool(sheet.vetoes))
        self._veto_title.set_text(_("{count}个否决项").format(count=len(sheet.vetoes)))
        unmet = [veto.verdict for veto in sheet.vetoes if veto.verdict is not Verdict.MET]
        self._veto_words.set_text(figures.verdict_counts(unmet) if unmet else _("全部符合"))
        for words in (self._veto_title, self._veto_words):
            words.setMinimumWidth(words.sizeHint().width())  # rather the signs take two lines
        self.vetoes.set_items([(veto.item, veto.verdict, text_of(veto.item)) for veto in sheet.vetoes])

    def _link(self, items: tuple[str, ...]) -> None:
        while (old := self._links.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._open, self._see_buttons = items, []
        for item in items[:_LINKS]:
            button = Button(self._theme, item, "link", "arrow_right", icon_after=True, flush=True)
            button.setAccessibleName(_("去看否决项{item}").format(item=item))
            button.setProperty("item", item)
            button.clicked.connect(self._follow)
            self._see_buttons.append(button)
            self._links.addWidget(button)
        self._more = Text(self._theme, "", "small", "ink3")
        self._links.addWidget(self._more)
        self._links.addStretch(1)
        self._links_holder.setVisible(bool(items))
        self._fit_links()

    def _fit_links(self) -> None:
        """As many links as have room with the count of the others, which is never cut."""
        room, gap = self._links_holder.width(), self._links.spacing()
        shown, words = len(self._see_buttons), ""
        while shown:
            rest = len(self._open) - shown
            words = _("还有{count}个").format(count=rest) if rest else ""
            widths = [button.sizeHint().width() + gap for button in self._see_buttons[:shown]]
            if shown == 1 or sum(widths) + width_of(words, "small") <= room:
                break
            shown -= 1
        for at, button in enumerate(self._see_buttons):
            button.setVisible(at < shown)
        self._more.set_text(words)
        self._more.setVisible(bool(words))

    def _follow(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self._see(str(pressed.property("item")))

    def _see(self, item: str) -> None:
        self.go.emit(f"checklist:{item}")
