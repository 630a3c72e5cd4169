"""疑似泄密: the passages that keep a dossier from being written, each with its ways out.

Decides nothing: it shows, and asks the page to let one pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tsguard.domain.leaks import Hit
from tsguard.errors import TSGuardError
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.signs import Icon
from tsguard.gui.widgets.surfaces import Formula, Hairline
from tsguard.i18n import _
from tsguard.services.explain import explain

MOST_SHOWN = 30
"""Passages shown at once; the others come up as these are dealt with."""

_AROUND = 60
"""Characters of a quote kept on either side of the string."""
_TARGETS = {
    "secret_point": "points",
    "rectification": "rectification",
    "evidence": "evidence",
    "answer": "checklist",
    "form_value": "application",
    "enterprise": "profile",
}
"""Pages of the kinds of record that have one."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit with the words that a person reads.

    Attributes:
        hit: The hit.
        file: The file's place in the dossier, counted from 0.
        document: Name and edition of the document.
        place: Where in it.
        source: Where the string comes from.
        piece: The piece of evidence in which it stands, where it stands in one that is bound in; else "".
    """

    hit: Hit
    file: int
    document: str
    place: str
    source: str = field(repr=False)
    piece: str = ""


def target_of(source: str) -> str:
    """Where the record of a source stands, for ``Page.go``; "" where it has no page.

    Args:
        source: As ``Hit.source``: ``secret_point/SP-0003/name``.
    """
    kind, _slash, rest = source.partition("/")
    if kind == "issued_document":
        return f"export:issued:{rest.partition('/')[0]}"
    page = _TARGETS.get(kind, "")
    if not page:
        return ""
    record, _slash, name = rest.partition("/")
    detail = name if kind == "enterprise" and name else record
    return f"{page}:{detail}" if detail else page


def quoted(hit: Hit) -> str:
    """The passage with the string between stars, cut where it is long; for ``Text(marks=True)``."""
    end = hit.start + hit.length
    before, string, after = hit.quote[: hit.start], hit.quote[hit.start : end], hit.quote[end:]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    if len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    return f"{_plain(before)}**{_plain(string)}**{_plain(after)}"


def _plain(text: str) -> str:
    """The text on one line, and none of its own stars read as a mark."""
    return " ".join(text.replace("**", "*\N{WORD JOINER}*").split())


def alike(one: Passage, other: Passage) -> bool:
    """Whether two passages hold the same string of the same record, in different places."""
    if one is other or one.hit.source != other.hit.source:
        return False
    if one.hit.group and other.hit.group:
        return one.hit.group == other.hit.group
    return _string(one) == _string(other)


def _string(passage: Passage) -> str:
    hit = passage.hit
    return "".join(hit.quote[hit.start : hit.start + hit.length].split())


class PassageRow(QWidget):
    """One passage.

    Attributes:
        reason: Why it may stand there; shown after 放行.

    Signals:
        look_asked(object): The person wants to see the ``Passage`` on its page.
        go(target): To the record it comes from.
        passed(object, str): Let these pass, a tuple of ``Passage``, for that reason.
        grown(object): This widget, a part of it, has come into sight.
    """

    grown = Signal(object)
    look_asked = Signal(object)
    go = Signal(str)
    passed = Signal(object, str)

    def __init__(
        self, theme: Theme, passage: Passage, alike: Sequence[Passage] = (), *, desk: bool = True
    ) -> None:
        """Make a row.

        Args:
            theme: Where colours come from.
            passage: What stands somewhere.
            alike: The same string of the same record, standing elsewhere.
            desk: Whether there is room for pages beside the choice.
        """
        super().__init__()
        self.passage, self._alike = passage, tuple(alike)
        head = row(Icon(theme, "error_circle_filled", "bad", 18, spoken=_("疑似泄密")), gap=8)
        where = " · ".join(part for part in (passage.document, passage.place) if part)
        head.addWidget(Text(theme, where, "small_b"), 1)
        quote = Formula(
            theme, column(Text(theme, quoted(passage.hit), "small", wrap=True, marks=True), gap=0)
        )
        comes_from = Text(theme, passage.source, "small", "ink2", wrap=True)
        looks = bool(passage.piece) or (desk and passage.hit.place.page > 0)
        leads = bool(target_of(passage.hit.source))
        look = _("看这件佐证") if passage.piece else _("看这一页")
        self._look = Button(theme, look, "link", flush=True)
        self._source = Button(theme, _("去看出处"), "link", flush=not looks)
        self._let = Button(theme, _("放行这一处"), "link", flush=not looks and not leads)
        for button in (self._look, self._source, self._let):
            button.setAccessibleName(_("{act}，{where}").format(act=button.text(), where=where))
        self._look.setVisible(looks)
        self._source.setVisible(leads)
        self.reason = PlainTextField(
            theme,
            _("为什么可以公开"),
            help=_("会和这段话一起记进变更记录；下次导出同一处不再提示。"),
            required=True,
            most=4,
        )
        words = _("同一内容的另外{count}处一起放行").format(count=len(alike))
        self.together = Tick(theme, words)
        self.together.setVisible(bool(alike))
        go_on, leave = Button(theme, _("记下理由并放行")), Button(theme, _("先不放行"), "quiet")
        self._ask = holder(
            column(self.reason, self.together, row(go_on, leave, None, gap=8), gap=8, margins=(0, 6, 0, 0))
        )
        self._ask.hide()
        self.setLayout(
            column(
                head,
                quote,
                comes_from,
                row(self._look, self._source, self._let, None, gap=8),
                self._ask,
                gap=6,
                margins=(0, 12, 0, 12),
            )
        )
        self._look.clicked.connect(self._look_at_it)
        self._source.clicked.connect(self._go_to_source)
        self._let.clicked.connect(self.ask_reason)
        go_on.clicked.connect(self._let_pass)
        leave.clicked.connect(self._leave)

    def ask_reason(self) -> None:
        """Ask why it may stand there."""
        self._ask.show()
        self._let.setEnabled(False)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit(self._ask)

    def go_on_with(self, reason: str) -> None:
        """Show what had been typed before."""
        self.reason.set_text(reason)
        self._ask.show()
        self._let.setEnabled(False)

    def refuse(self, error: TSGuardError) -> None:
        """Say why it could not be let pass."""
        said = explain(error)
        self.reason.set_error(f"{said.happened}{said.advice}")

    def _leave(self) -> None:
        self._let.setEnabled(True)
        self._let.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask.hide()

    def _let_pass(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.reason.set_error(_("请写明理由，例如这个名称早已公开。"))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        others = self._alike if self.together.isChecked() else ()
        self.passed.emit((self.passage, *others), reason)

    def _look_at_it(self) -> None:
        self.look_asked.emit(self.passage)

    def _go_to_source(self) -> None:
        self.go.emit(target_of(self.passage.hit.source))


class PassageList(QWidget):
    """The open passages, one under the other.

    Attributes:
        rows: Those on screen.

    Signals:
        look_asked(object): As ``PassageRow``.
        go(target): As ``PassageRow``.
        passed(object, str): As ``PassageRow``.
        grown(object): As ``PassageRow``.
    """

    grown = Signal(object)
    look_asked = Signal(object)
    go = Signal(str)
    passed = Signal(object, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[PassageRow] = []
        self._lines: list[QWidget] = []
        self._intro = Text(theme, "", "small", "ink2", wrap=True)
        self._rest = Text(theme, "", "small", "ink2", wrap=True)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self.setLayout(column(self._intro, 8, self._body, 8, self._rest, gap=0))

    def show_passages(self, passages: Sequence[Passage], words: str, *, desk: bool = True) -> None:
        """Show these passages under an introduction; what was typed for one that stays is kept.

        Args:
            passages: All that are open.
            words: The introduction.
            desk: As for ``PassageRow``.
        """
        typed = {each.passage.hit.key: each.reason.text() for each in self.rows}
        for line in self._lines:  # later: one of them may be asking for this
            self._body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.rows, self._lines = [], []
        for passage in passages[:MOST_SHOWN]:
            others = [each for each in passages if alike(each, passage)]
            made = PassageRow(self._theme, passage, others, desk=desk)
            made.look_asked.connect(self.look_asked)
            made.go.connect(self.go)
            made.passed.connect(self.passed)
            made.grown.connect(self.grown)
            if typed.get(passage.hit.key):
                made.go_on_with(typed[passage.hit.key])
            for part in (Hairline(self._theme), made):
                self._body.addWidget(part)
                self._lines.append(part)
            self.rows.append(made)
        rest = len(passages) - len(self.rows)
        self._intro.set_text(words)
        self._rest.set_text(_("还有{count}处，处理完上面的就会列出来。").format(count=rest) if rest else "")

    def row_of(self, key: str) -> PassageRow | None:
        """The row of a hit."""
        return next((each for each in self.rows if each.passage.hit.key == key), None)

    def forget(self) -> None:
        """Drop all of it, at lock."""
        self.show_passages((), "")
