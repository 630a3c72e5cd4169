"""Which documents, and which edition of each: a table of boxes with one sentence for each document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind, Edition
from tsguard.domain.words import document_word, level_word
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _

KINDS = CHOSEN
"""What can be chosen, in the order in which it is handed in."""

_LEVELS = (Level.SUBMISSION, Level.INTERNAL)
_BOX_WIDTH = 74


def purpose(kind: DocumentKind) -> str:
    """What a document is for, one sentence."""
    return {
        DocumentKind.APPLICATION: _("按申报方案填好的申报表、得分、佐证清单和承诺书，留有签字盖章处。"),
        DocumentKind.REPORT: _("逐条自评结果、得分和差距，附依据。"),
        DocumentKind.RECTIFICATION: _("每条差距怎么改、谁来改、什么时候改完。"),
        DocumentKind.EXHIBITS: _("佐证清单和每件的封面，附SHA-256。"),
        DocumentKind.PLAN: _("按所选产业模块，把保护措施一条条写成可照做的方案。"),
        DocumentKind.METHOD: _("得分怎样加出来，经办人可照着复算。"),
        DocumentKind.TRANSMITTAL: _("这次交了哪些文件，各有几页，SHA-256是多少。"),
        DocumentKind.BOUND: _("各份材料装订在一个文件里，共用一个目录。"),
    }[kind]


def edition_words(edition: Edition) -> str:
    """``自评报告（报送版）``."""
    return _("{document}（{level}）").format(
        document=document_word(edition.kind), level=level_word(edition.level)
    )


class DocumentList(QWidget):
    """The documents of a dossier with a box for each edition.

    Signals:
        changed(): Other editions are ticked, by a person.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._boxes: dict[Edition, Tick] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(Text(theme, _("文件"), "caption", "ink3"), 0, 0, middle)
        for at, level in enumerate(_LEVELS, 1):
            head = Text(theme, level_word(level), "caption", "ink3")
            head.setFixedWidth(_BOX_WIDTH)
            grid.addWidget(head, 0, at, middle)
        line = 1
        for kind in KINDS:
            grid.setRowMinimumHeight(line, 5)
            grid.addWidget(Hairline(theme), line, 0, 1, 3, middle)
            grid.addWidget(Text(theme, document_word(kind), "body"), line + 1, 0, middle)
            for at, level in enumerate(_LEVELS, 1):
                if level in LEVELS[kind]:
                    grid.addWidget(self._box(theme, Edition(kind, level)), line + 1, at, middle)
            grid.addWidget(Text(theme, purpose(kind), "caption", "ink2", wrap=True), line + 2, 0, 1, 3)
            grid.setRowMinimumHeight(line + 3, 4)
            line += 4
        self.setAccessibleName(_("要出的文件"))

    def _box(self, theme: Theme, edition: Edition) -> Tick:
        box = self._boxes[edition] = Tick(theme, "")
        box.setFixedWidth(_BOX_WIDTH)
        box.setAccessibleName(edition_words(edition))
        box.clicked.connect(self._clicked)
        return box

    @property
    def editions(self) -> tuple[Edition, ...]:
        """What is ticked, in the order in which it is handed in."""
        return tuple(edition for edition, box in self._boxes.items() if box.isChecked())

    def choose(self, editions: Collection[Edition]) -> None:
        """Tick these and no others; emits nothing."""
        for edition, box in self._boxes.items():
            box.setChecked(edition in editions)

    def show_pages(self, pages: Mapping[Edition, int]) -> None:
        """Say beside each box how many pages it has; nothing where that is not known."""
        for edition, box in self._boxes.items():
            count = pages.get(edition, 0)
            words = _("{count}页").format(count=count) if count else ""
            name = edition_words(edition)
            box.setText(words)
            box.setAccessibleName(f"{name}，{words}" if words else name)

    def focus_first(self) -> None:
        """Put the keyboard onto the first box."""
        next(iter(self._boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, _on: bool) -> None:
        self.changed.emit()


def written_down(editions: Sequence[Edition]) -> str:
    """Editions as a word that ``read_back`` understands: ``report.submission,plan.internal``."""
    return ",".join(f"{edition.kind}.{edition.level}" for edition in editions)


def read_back(text: str) -> tuple[Edition, ...]:
    """The editions that ``written_down`` wrote; what is no edition is left out."""
    names = {f"{kind}.{level}": Edition(kind, level) for kind in KINDS for level in LEVELS[kind]}
    return tuple(names[name] for name in text.split(",") if name in names)
