"""The fields of a secret point, top to bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from tsguard.domain.scale_words import tier_word
from tsguard.domain.scales import Tier
from tsguard.domain.secret_points import Category, Origin, SecretPoint, SecretPointType
from tsguard.domain.words import category_word, origin_word
from tsguard.gui.registers.bindings import LabelledSegments, bind
from tsguard.gui.registers.point_words import overdue_words, remarks
from tsguard.gui.registers.record_form import FormPart, FormRow
from tsguard.gui.registers.remarks import Remarks
from tsguard.gui.registers.suggest_field import Proposal, SuggestField
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.choices import ComboField
from tsguard.gui.widgets.fields import DateField, LineField, NumberField
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.gui.widgets.signs import TIER_ICONS
from tsguard.i18n import _
from tsguard.rules.secret_points import PointFinding


class PointFields(QObject):
    """The controls of a secret point.

    Attributes:
        rows: For ``RecordForm``.

    Signals:
        type_picked(object): A ``SecretPointType`` was chosen from the proposals.
    """

    type_picked = Signal(object)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._types: dict[str, SecretPointType] = {}
        tiers = [Option(tier, tier_word(tier), icon=TIER_ICONS[tier]) for tier in Tier]
        self.name = LineField(
            theme, _("名称"), required=True, longest=200, help=_("用不泄露内容的代号名，如“玄武时钟脚本”。")
        )
        self.tier = LabelledSegments(theme, _("等级"), Segmented(theme, tiers, name=_("等级")))
        self.remarks = Remarks(theme)
        self.category = ComboField(theme, _("类别"), [(each, category_word(each)) for each in Category])
        self.kind = SuggestField(theme, _("细类"), placeholder=_("可选可填"))
        self.kind.line.setMaxLength(200)
        self.origin = ComboField(theme, _("来源"), [(each, origin_word(each)) for each in Origin])
        self.formed_on = DateField(theme, _("形成日期"))
        self.location = LineField(
            theme, _("封存原件位置"), longest=200, help=_("只写存放处，如“3号保险柜第2格”，不写内容。")
        )
        self.holders = NumberField(theme, _("知悉人数"))
        self.review_on = DateField(theme, _("下次复核日"))
        self.note = PlainTextField(
            theme, _("内部备注"), least=2, most=6, help=_("只在内部版里印出，也请不要写秘密内容。")
        )
        for day in (self.formed_on, self.review_on):
            day.line.setPlaceholderText(_("如2026-06-30"))
        self._tier = bind("tier", self.tier)
        self._review = bind("review_on", self.review_on)
        self.rows: list[FormRow] = [
            FormPart((bind("name", self.name),)),
            FormPart((self._tier,)),
            FormPart((self._review, bind("holders", self.holders))),
            self.remarks,
            FormPart((bind("category", self.category), bind("kind", self.kind))),
            FormPart((bind("origin", self.origin), bind("formed_on", self.formed_on))),
            FormPart((bind("location", self.location),)),
            FormPart((bind("note", self.note),)),
        ]
        self.kind.picked.connect(self.type_picked)

    def set_types(self, types: Sequence[SecretPointType]) -> None:
        """Offer the usual kinds of the chosen sectors."""
        self._types = {kind.name: kind for kind in types}
        self.kind.set_proposals([Proposal(kind.name, tier_word(kind.tier), kind) for kind in types])

    def show_findings(self, point: SecretPoint, findings: Sequence[PointFinding], *, draft: bool) -> None:
        """Say what the rules say; of a draft only what concerns its words."""
        said = [finding for finding in findings if not (draft and _is_gap(finding))]
        self.remarks.say(remarks(said))
        self._review.set_standing(overdue_words(findings))
        usual = self._types.get(point.kind)
        words = _("建议等级：{tier}").format(tier=tier_word(usual.tier)) if usual else ""
        self._tier.set_help(words)


def _is_gap(finding: PointFinding) -> bool:
    return finding.rule.value.endswith("-missing")
