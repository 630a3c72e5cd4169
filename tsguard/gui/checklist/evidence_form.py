"""The small form for new evidence: files that were chosen, or paper that stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tsguard.domain.evidence import Evidence
from tsguard.domain.validation import Rule, evidence_problems
from tsguard.gui.intake import Arrival, unnamed
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import FIELD_GAP
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.fields import DateField, LineField
from tsguard.gui.widgets.layout import column, pair, row
from tsguard.gui.widgets.surfaces import Surface
from tsguard.i18n import _
from tsguard.services.explain import field_rule_sentence


class EvidenceForm(Surface):
    """Title, dates and 已脱敏 of new evidence; hidden until it is opened.

    Signals:
        files_given(arrivals): Files with their records, to be taken in.
        paper_given(evidence): A record of paper.
        closed(): It is out of sight again.
    """

    files_given = Signal(object)
    paper_given = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        self._head = Text(theme, "", "small_b", wrap=True)
        self._titles = column(gap=FIELD_GAP)
        self._paper_at = LineField(
            theme, _("纸质原件存放处"), required=True, help=_("如：档案室3号柜第2层；不进报送版")
        )
        self._dated = DateField(theme, _("佐证日期"), help=_("文件上写的日期"))
        self._expires = DateField(theme, _("有效期至"), help=_("过了这天就不再算有据；没有就空着"))
        self._redacted = Tick(theme, _("已脱敏"))
        self._keep = Button(theme, "", "primary")
        self._drop = Button(theme, _("不添加"))
        foot = row(self._redacted, None, self._drop, self._keep, gap=8)
        body = column(
            self._head,
            self._titles,
            self._paper_at,
            pair(self._dated, self._expires, gap=12),
            foot,
            gap=FIELD_GAP,
            margins=16,
        )
        super().__init__(theme, body, fill="sunken", radius=6)
        self._item = ""
        self._paths: tuple[Path, ...] = ()
        self._fields: list[LineField] = []
        self._keep.clicked.connect(self._give)
        self._drop.clicked.connect(self.dismiss)
        self.hide()

    @property
    def item(self) -> str:
        """The item the evidence is for; "" while the form is closed."""
        return self._item

    def open_files(self, item_id: str, paths: Sequence[Path]) -> None:
        """Ask about files that were chosen."""
        self._paths = tuple(paths)
        names = [path.name for path in self._paths]
        if len(names) == 1:
            self._head.set_text(_("把“{name}”存进保险库").format(name=names[0]))
        else:
            self._head.set_text(_("把{count}个文件存进保险库").format(count=len(names)))
        self._keep.set_text(_("存进保险库"))
        self._open(item_id, [unnamed()] * len(names), names)

    def open_paper(self, item_id: str) -> None:
        """Ask about paper."""
        self._paths = ()
        self._head.set_text(_("登记一件纸质佐证"))
        self._keep.set_text(_("登记"))
        self._open(item_id, [""], [""])

    def dismiss(self) -> None:
        """Close it and add nothing."""
        self._item, self._paths = "", ()
        self.hide()
        self.closed.emit()

    def _open(self, item_id: str, titles: Sequence[str], names: Sequence[str]) -> None:
        self._item = item_id
        for field in self._fields:
            self._titles.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._fields = []
        helper = _("名称会写进报送版，不要写秘点内容")
        for number, (title, name) in enumerate(zip(titles, names, strict=True)):
            label = _("佐证名称") if len(names) == 1 else _("“{name}”的名称").format(name=name)
            last = number == len(names) - 1
            field = LineField(self._theme, label, title, help=helper if last else "", required=True)
            self._titles.addWidget(field)
            field.show()
            self._fields.append(field)
        for date_field in (self._dated, self._expires):
            date_field.set_value(None)
        self._paper_at.set_text("")
        self._paper_at.set_error("")
        self._paper_at.setVisible(not self._paths)
        self._redacted.setChecked(False)
        self.show()
        self._fields[0].line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fields[0].line.selectAll()

    def _give(self) -> None:
        records = [self._record(field) for field in self._fields]
        accepted = [self._accepts(*pair) for pair in zip(records, self._fields, strict=True)]
        if not all(accepted):
            return
        paths, item = self._paths, self._item
        self.dismiss()
        if item and paths:
            arrivals = [Arrival(path, record) for path, record in zip(paths, records, strict=True)]
            self.files_given.emit(arrivals)
        elif item:
            self.paper_given.emit(records[0])

    def _record(self, title: LineField) -> Evidence:
        return Evidence(
            title=title.text(),
            items=(self._item,),
            dated=self._dated.value(),
            expires=self._expires.value(),
            redacted=self._redacted.isChecked(),
            paper_at="" if self._paths else self._paper_at.text(),
        )

    def _accepts(self, record: Evidence, title: LineField) -> bool:
        """Whether it can be stored; otherwise the fields say why not."""
        as_file = replace(record, sha256="-") if self._paths else record
        wrong = {problem.field: problem.rule for problem in evidence_problems(as_file) if problem.blocking}
        fields: tuple[tuple[str, LineField], ...] = (("title", title), ("paper_at", self._paper_at))
        bad: list[QWidget] = []
        for name, field in fields:
            rule = wrong.get(name)
            field.set_error(_sentence(rule))
            if rule is not None:
                bad.append(field)
        bad += [field for field in (self._dated, self._expires) if field.text() and field.value() is None]
        if bad:
            bad[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not bad


def _sentence(rule: Rule | None) -> str:
    return field_rule_sentence(rule) if rule is not None else ""
