"""Which fields the profile has, under which heading, side by side with which."""

from __future__ import annotations

from tsguard.domain.enterprise import District, Size
from tsguard.domain.validation import LARGEST_COUNT
from tsguard.domain.words import district_word, size_word
from tsguard.gui.forms.entries import (
    ComboEntry,
    Entry,
    LineEntry,
    SegmentEntry,
    TextEntry,
    ValueEntry,
)
from tsguard.gui.profile.credit_code_field import CreditCodeField
from tsguard.gui.profile.entries import CodeEntry
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.choices import ComboField
from tsguard.gui.widgets.fields import DateField, LineField, NumberField
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.segmented import Option
from tsguard.i18n import _

Rows = list[tuple[Entry | None, ...]]
"""Each row has one entry, wide, or two side by side; None leaves its half free."""


def entry_rows(theme: Theme) -> list[tuple[str, Rows]]:
    """Headings, "" for none, with their rows of entries; every entry is made anew."""
    return [
        (_("基本信息"), _company(theme)),
        (_("地点"), _places(theme)),
        (_("人数"), _people(theme)),
        (_("商业秘密工作"), _work(theme)),
        (_("联络"), _contact(theme)),
        ("", _note(theme)),
    ]


def _line(theme: Theme, name: str, label: str, *, help_line: str = "", required: bool = False) -> LineEntry:
    return LineEntry(name, LineField(theme, label, help=help_line, required=required), help=help_line)


def _count(theme: Theme, name: str, label: str) -> ValueEntry:
    return ValueEntry(name, NumberField(theme, label, most=LARGEST_COUNT))


def _company(theme: Theme) -> Rows:
    return [
        (_line(theme, "name", _("名称"), help_line=_("与营业执照一致"), required=True),),
        (
            CodeEntry("credit_code", CreditCodeField(theme)),
            _line(theme, "enterprise_type", _("企业类型")),
        ),
        (
            _line(theme, "legal_representative", _("法定代表人")),
            ValueEntry("founded_on", DateField(theme, _("成立日期"))),
        ),
        (
            _line(theme, "registered_capital", _("注册资本")),
            SegmentEntry(theme, "size", _("规模"), [Option(size, size_word(size)) for size in Size]),
        ),
    ]


def _places(theme: Theme) -> Rows:
    districts = [(district, district_word(district)) for district in District]
    return [
        (
            ComboEntry("district", ComboField(theme, _("所属区"), districts)),
            _line(theme, "park", _("园区或基地")),
        ),
        (_line(theme, "district_other", _("区的名称")), None),
        (_line(theme, "registered_address", _("注册地址")),),
        (_line(theme, "business_address", _("经营地址")),),
    ]


def _people(theme: Theme) -> Rows:
    return [
        (_count(theme, "staff", _("职工总数")), _count(theme, "rd_staff", _("研发人员"))),
        (_count(theme, "secret_staff", _("涉密人员（商业秘密）")), None),
    ]


def _work(theme: Theme) -> Rows:
    return [
        (_line(theme, "lead", _("分管领导")), _line(theme, "lead_post", _("职务"))),
        (
            _line(theme, "department", _("归口部门")),
            _count(theme, "secrecy_staff", _("专兼职保密员人数")),
        ),
    ]


def _contact(theme: Theme) -> Rows:
    return [(_line(theme, "contact_name", _("联络员")), _line(theme, "contact_phone", _("电话")))]


def _note(theme: Theme) -> Rows:
    said = _("只留在保险库里，不进报送版")
    return [
        (TextEntry("note", PlainTextField(theme, _("内部备注"), help=said, least=3, most=12), help=said),)
    ]
