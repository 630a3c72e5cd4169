"""What shall be exported: documents, date, programme, what else; and what is still missing for it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import EDITABLE, DocumentKind, Edition
from tsguard.domain.programme import Programme
from tsguard.gui.exporting.documents import DocumentList, read_back, written_down
from tsguard.gui.exporting.extras import Extras
from tsguard.gui.exporting.gaps import Gap, Remark
from tsguard.gui.exporting.missing import MissingList
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import LABEL_GAP, PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.fields import DateField
from tsguard.gui.widgets.folds import Fold
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _

FIRST_CHOICE = (Edition(DocumentKind.REPORT, Level.SUBMISSION),)
"""What is ticked where nobody has chosen yet."""


class ExportOptions(QWidget):
    """The choice at the left of the page.

    Attributes:
        documents: Which editions.
        word: Whether editable ones are made as DOCX, too.
        on: The date printed on them.
        extras: Binding, locked copy, signature.
        missing: What the form still lacks.

    Signals:
        changed(): What would be made is another now.
        go(target): Take the person to what is missing.
    """

    changed = Signal()
    go = Signal(str)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self.documents = DocumentList(theme)
        self.documents.choose(FIRST_CHOICE)
        self._which = Text(theme, "", "caption", "ink2", wrap=True)
        self.word = Tick(theme, _("另出可编辑的Word版"))
        self._word_note = Text(
            theme, _("申报书、自评报告和整改计划有Word版；其余只出PDF。"), "caption", "ink2", wrap=True
        )
        self._programme = Text(theme, "", "body", wrap=True)
        self._disclaimer = Text(theme, "", "caption", "ink2", wrap=True, lines=2)
        other = Button(theme, _("更换"), "link")
        other.setAccessibleName(_("更换申报方案"))
        other.clicked.connect(self._change_programme)
        self.on = DateField(
            theme, _("文件日期"), today, help=_("印在封面上；逾期和有效期也按这一天算。"), required=True
        )
        self.extras = Extras(theme)
        self.more = Fold(theme, _("更多选项"), self.extras, is_open=False)
        self.missing = MissingList(theme)
        plan_line = row(gap=8)
        plan_line.addWidget(self._programme, 1, Qt.AlignmentFlag.AlignVCenter)
        plan_line.addWidget(other)
        plan = column(Text(theme, _("申报方案"), "small", "ink2"), plan_line, self._disclaimer, gap=LABEL_GAP)
        self.setLayout(
            column(
                column(self.documents, self._which, gap=LABEL_GAP),
                column(self.word, self._word_note, gap=0),
                row(self.on, gap=0),
                plan,
                self.more,
                Hairline(theme),
                holder(column(self.missing, gap=0)),
                None,
                gap=14,
                margins=(PAGE_MARGIN, 4, 20, 12),
            )
        )
        self.documents.changed.connect(self._documents_chosen)
        self.word.clicked.connect(self._ticked)
        self.extras.changed.connect(self._extras_chosen)
        self.on.committed.connect(self._date_chosen)
        self.missing.go.connect(self.go)
        self._show()

    # --- what is chosen ---------------------------------------------------------------------------

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The chosen editions, in the order in which they are handed in."""
        return self.documents.editions

    @property
    def docx(self) -> bool:
        """Whether there is a chosen document that shall be made as DOCX, too."""
        return self.word.isChecked() and self._has_editable()

    @property
    def with_evidence(self) -> bool:
        """Whether the exhibits are chosen, and the evidence itself shall stand behind them."""
        return self.extras.evidence.isChecked() and self._has_exhibits()

    @property
    def day(self) -> date | None:
        """The date; None where the field holds none."""
        return self.on.value()

    @property
    def choice(self) -> str:
        """Documents and options as one word for ``choose``; no date, no passphrase, no path."""
        letters = ("w" if self.word.isChecked() else "") + self.extras.chosen
        return f"{written_down(self.editions)};{letters}"

    def choose(self, choice: str) -> None:
        """Choose what ``choice`` gave, as far as it is understood; emits nothing."""
        editions, _semicolon, letters = choice.partition(";")
        known = read_back(editions)
        if known:
            self.documents.choose(known)
        self.word.setChecked("w" in letters)
        self.extras.choose(letters)
        self.more.set_open(is_open=bool(self.extras.count))
        self._show()

    def choose_level(self, level: Level) -> None:
        """Choose the report of that level and nothing else."""
        self.documents.choose((Edition(DocumentKind.REPORT, level),))
        self._documents_chosen()

    # --- what is said -----------------------------------------------------------------------------

    def show_programme(self, programme: Programme) -> None:
        """Say by which programme the documents are made."""
        self._programme.set_text(programme.title)
        self._disclaimer.set_text(programme.disclaimer)

    def show_gaps(self, gaps: list[Gap], remarks: list[Remark]) -> None:
        """Say what is missing."""
        self.missing.show_gaps(gaps, remarks)

    def _show(self) -> None:
        levels = {edition.level for edition in self.editions}
        if not levels:
            words = _("请至少勾选一份文件。")
        elif len(levels) > 1:
            words = _(
                "内部版含秘点名称、备注和文件名。两种版本会放在同一个文件夹里，交出去之前把内部版拿开。"
            )
        elif Level.INTERNAL in levels:
            words = _("内部版含秘点名称、备注和文件名，只给本企业自己看，不要交出去。")
        else:
            words = _("报送版不含秘点名称与内容、备注和文件名；不适用的理由和佐证名称会印出。")
        self._which.set_text(words)
        self.word.setEnabled(self._has_editable())
        self.extras.evidence.setEnabled(self._has_exhibits())
        count = self.extras.count
        self.more.set_count(_("已选{count}项").format(count=count) if count else "")

    def _has_editable(self) -> bool:
        return any(edition.kind in EDITABLE for edition in self.editions)

    def _has_exhibits(self) -> bool:
        return any(edition.kind is DocumentKind.EXHIBITS for edition in self.editions)

    def _change_programme(self) -> None:
        self.go.emit("application")

    def _documents_chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _ticked(self, _on: bool) -> None:
        self.changed.emit()

    def _extras_chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _date_chosen(self, _day: object) -> None:
        self.changed.emit()
