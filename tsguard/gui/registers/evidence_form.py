"""The fields of a piece of evidence, top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from tsguard.domain.evidence import Evidence
from tsguard.domain.scale_words import tier_word
from tsguard.domain.scales import Tier
from tsguard.gui.registers.bindings import WidgetBinding, bind
from tsguard.gui.registers.evidence_words import expired_words, is_unnamed, remarks
from tsguard.gui.registers.file_facts import FileFacts
from tsguard.gui.registers.item_links import ItemLinks
from tsguard.gui.registers.record_form import FormPart, FormRow
from tsguard.gui.registers.remarks import Remarks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.choices import ComboField, Tick
from tsguard.gui.widgets.fields import DateField, LineField, NumberField
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _


class EvidenceFields(QObject):
    """The controls of a piece of evidence.

    Attributes:
        rows: For ``RecordForm``.

    Signals:
        name_asked(): The file's name shall be the title.
    """

    name_asked = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = LineField(
            theme, _("名称"), required=True, longest=200, help=_("报送版会印出名称，请写得清楚而不泄密。")
        )
        self.unnamed = Note(theme, Severity.WARNING, "", _("用文件名"))
        self.remarks = Remarks(theme)
        self.dated = DateField(theme, _("材料日期"))
        self.expires = DateField(theme, _("有效期至"))
        for day in (self.dated, self.expires):
            day.line.setPlaceholderText(_("如2026-06-30"))
        tiers: list[tuple[object, str]] = [(None, _("不含秘密")), *((tier, tier_word(tier)) for tier in Tier)]
        self.tier = ComboField(theme, _("所含秘密的等级"), tiers)
        self.pages = NumberField(theme, _("页数"), least=1)
        self.redacted = Tick(theme, _("已脱敏"))
        self.links = ItemLinks(theme, _("关联条款"))
        self.paper_at = LineField(theme, _("纸质原件位置"), longest=200)
        self.facts = FileFacts(theme)
        self._expires = bind("expires", self.expires)
        links = WidgetBinding("items", self.links, self.links.show_linked)
        self.links.changed.connect(links.say)
        self.rows: list[FormRow] = [
            FormPart((bind("title", self.title),)),
            self.unnamed,
            FormPart((bind("paper_at", self.paper_at),)),
            FormPart((bind("dated", self.dated), self._expires)),
            FormPart((bind("tier", self.tier), bind("pages", self.pages))),
            FormPart((bind("redacted", self.redacted),)),
            self.remarks,
            FormPart((links,)),
            self.facts,
        ]
        self.unnamed.acted.connect(self.name_asked)

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer the items of the checklist."""
        self.links.set_items(items)

    def show_state(self, piece: Evidence, today: date, *, draft: bool) -> None:
        """Say what there is to say, and show what belongs to a file or to paper."""
        paper = piece.is_paper
        self.paper_at.setVisible(paper)
        self.paper_at.set_required(required=paper)
        self.facts.show_piece(piece)
        self.unnamed.setVisible(is_unnamed(piece))
        self.unnamed.say(
            Severity.WARNING,
            _("还没有起名，报送版会印成“{title}”。文件名常带客户和项目名，用它之前请看一眼。").format(
                title=piece.title
            ),
            "" if paper else _("用文件名"),
        )
        self._expires.set_standing(expired_words(piece, today))
        self.remarks.say([] if draft else remarks(piece, today))
