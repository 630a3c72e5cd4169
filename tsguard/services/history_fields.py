"""What became of each field of a record between two states that the journal holds, in words.

The states may come from an older program: a value that is not known is shown as it stands. It must not
read the vault.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tsguard.domain.answers import Assessment
from tsguard.domain.dossier import Format
from tsguard.domain.enterprise import District, Size
from tsguard.domain.rectification import Recheck, RectificationSource
from tsguard.domain.scale_words import tier_word, verdict_word
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import Category, Origin
from tsguard.domain.words import (
    category_word,
    district_word,
    format_word,
    origin_word,
    recheck_word,
    rectification_source_word,
    size_word,
)
from tsguard.i18n import _
from tsguard.services.explain import size_text
from tsguard.services.history_words import (
    FieldChange,
    HistoryKind,
    Lookup,
    State,
    document_words,
    edition_words,
    one_line,
    plain_text,
)
from tsguard.services.leak_words import source_words

_MOST_DIGITS = 12
_DIGEST = 8
"""Hexadecimal digits of a digest that tell two contents apart for a person."""


def field_changes(
    kind: HistoryKind, before: State | None, after: State | None, look: Lookup
) -> tuple[FieldChange, ...]:
    """What differs between two states of a record, in the order a person reads its fields.

    Args:
        kind: Of the record.
        before: None where there was none.
        after: None where it was removed.
        look: For what a state only names.
    """
    if kind is HistoryKind.CHECKLIST:
        return _checklist_changes(before, after, look)
    changes: list[FieldChange] = []
    for each in _fields(kind, before or after or {}, look):
        old, new = each.word(before or {}), each.word(after or {})
        if old != new:
            changes.append(_change(each, old, new))
    return tuple(changes)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a kind of record; ``word`` makes a person's words of a state."""

    name: str
    label: str
    word: Callable[[State], str]
    typed: bool = False


def _change(each: _Field, old: str, new: str) -> FieldChange:
    brief = each.label
    if each.name == "items":
        brief = _items_brief(each.label, old, new)
    elif not each.typed:
        brief = _("{label}{before}→{after}").format(
            label=each.label, before=old or _("未填"), after=new or _("未填")
        )
    return FieldChange(each.name, each.label, old, new, brief, each.typed)


def _items_brief(label: str, old: str, new: str) -> str:
    was, is_now = old.split("、") if old else [], new.split("、") if new else []
    more = "、".join(each for each in is_now if each not in was)
    less = "、".join(each for each in was if each not in is_now)
    said = [_("加{items}").format(items=more)] if more else []
    said += [_("去{items}").format(items=less)] if less else []
    return label + ("，".join(said) or _("换了次序"))


def _plain(name: str, label: str) -> _Field:
    return _Field(name, label, lambda state: plain_text(state.get(name)))


def _typed(name: str, label: str) -> _Field:
    return _Field(name, label, lambda state: plain_text(state.get(name)), typed=True)


def _worded(name: str, label: str, kind: type[StrEnum], word: Callable[[Any], str]) -> _Field:
    def words(state: State) -> str:
        value = state.get(name)
        try:
            return "" if value is None else word(kind(value))
        except (ValueError, KeyError):
            return plain_text(value)

    return _Field(name, label, words)


def _ticked(name: str, label: str) -> _Field:
    return _Field(name, label, lambda state: _("是") if state.get(name) else _("否"))


def _fields(kind: HistoryKind, state: State, look: Lookup) -> list[_Field]:
    if kind is HistoryKind.ANSWER:
        return _answer_fields()
    if kind is HistoryKind.EVIDENCE:
        return _evidence_fields()
    if kind is HistoryKind.POINT:
        return _point_fields()
    if kind is HistoryKind.PROFILE:
        return _profile_fields()
    if kind is HistoryKind.FORM:
        return [_typed("value", look.form_label(plain_text(state.get("field"))))]
    if kind is HistoryKind.RECTIFICATION:
        return _rectification_fields()
    if kind is HistoryKind.ISSUED:
        return _issued_fields()
    if kind is HistoryKind.CLEARANCE:
        return _clearance_fields()
    if kind is HistoryKind.SETTING:
        return [_setting(plain_text(state.get("name")))]
    return [_plain(name, name) for name in sorted(state)]


def _answer_fields() -> list[_Field]:
    def verdict(state: State) -> str:
        value = state.get("verdict")
        try:
            return verdict_word(Verdict(value) if value else None)
        except ValueError:
            return plain_text(value)

    return [
        _Field("verdict", _("作答"), verdict),
        _typed("note", _("备注")),
        _typed("reason", _("不适用理由")),
        _plain("ask_again", _("重新询问日期")),
        _typed("ask_whom", _("去问谁")),
        _Field("flagged", _("标记"), lambda state: _("有") if state.get("flagged") else _("无")),
    ]


def _file_word(name: object, size: object, digest: object) -> str:
    """A stored file, or one that was written: name, size and the beginning of its digest; "" for none."""
    if not digest:
        return ""
    return _("{name}（{size}，摘要{digest}）").format(
        name=one_line(name),
        size=size_text(size if isinstance(size, int) else 0).replace(" ", ""),
        digest=plain_text(digest)[:_DIGEST],
    )


def _file(name: str, label: str, columns: tuple[str, str, str]) -> _Field:
    return _Field(name, label, lambda state: _file_word(*(state.get(column) for column in columns)))


def _evidence_fields() -> list[_Field]:
    return [
        _typed("title", _("名称")),
        _Field("items", _("关联条款"), lambda state: "、".join(map(plain_text, state.get("items") or ()))),
        _file("file", _("文件"), ("file_name", "size", "sha256")),
        _plain("dated", _("材料日期")),
        _plain("expires", _("有效期至")),
        _plain("pages", _("页数")),
        _worded("tier", _("所含秘密的等级"), Tier, tier_word),
        _ticked("redacted", _("已脱敏")),
        _typed("paper_at", _("纸质原件位置")),
    ]


def _point_fields() -> list[_Field]:
    return [
        _typed("name", _("名称")),
        _worded("tier", _("等级"), Tier, tier_word),
        _worded("category", _("类别"), Category, category_word),
        _typed("kind", _("细类")),
        _worded("origin", _("来源"), Origin, origin_word),
        _plain("formed_on", _("形成日期")),
        _typed("location", _("封存原件位置")),
        _plain("holders", _("知悉人数")),
        _plain("review_on", _("下次复核日")),
        _typed("note", _("内部备注")),
    ]


def _rectification_fields() -> list[_Field]:
    return [
        _plain("item", _("关联条款")),
        _worded("source", _("来源"), RectificationSource, rectification_source_word),
        _typed("problem", _("问题")),
        _typed("cause", _("原因")),
        _typed("measures", _("整改措施")),
        _typed("department", _("责任部门")),
        _typed("owner", _("责任人")),
        _typed("resources", _("所需资源")),
        _plain("opened_on", _("立项日")),
        _plain("due", _("计划完成日")),
        _typed("extended", _("延期原因")),
        _plain("done_on", _("完成日")),
        _plain("evidence", _("完成佐证")),
        _typed("checker", _("复验人")),
        _worded("recheck", _("复验结论"), Recheck, recheck_word),
        _plain("checked_on", _("复验日")),
        _typed("note", _("内部备注")),
    ]


def _issued_fields() -> list[_Field]:
    return [
        _Field("edition", _("材料"), lambda state: edition_words(state) if state else ""),
        _worded("format", _("格式"), Format, format_word),
        _plain("number", _("材料编号")),
        _plain("dated", _("落款日期")),
        _plain("issued_at", _("导出时间（UTC）")),
        _file("file", _("文件"), ("file_name", "size", "sha256")),
        _Field("pages", _("页数"), lambda state: plain_text(state.get("pages") or None)),
        _plain("journal_head", _("依据的末条摘要")),
        _ticked("signed", _("有电子签名")),
        _ticked("locked", _("有打开口令")),
        _file("scan", _("盖章件"), ("scan_name", "scan_size", "scan_sha256")),
        _typed("note", _("内部备注")),
    ]


def _whence(state: State) -> str:
    source = plain_text(state.get("source"))
    return source_words(source) if source else ""


def _clearance_fields() -> list[_Field]:
    return [
        _Field("document", _("材料"), lambda state: document_words(state) if state else ""),
        _Field("page", _("页码"), lambda state: plain_text(state.get("page") or None)),
        _typed("quote", _("所在的一段")),
        _Field("source", _("出自"), _whence),
        _typed("reason", _("放行理由")),
        _plain("cleared_on", _("放行日期")),
    ]


def _profile_fields() -> list[_Field]:
    return [
        _typed("name", _("名称")),
        _typed("credit_code", _("统一社会信用代码")),
        _typed("enterprise_type", _("企业类型")),
        _typed("legal_representative", _("法定代表人")),
        _plain("founded_on", _("成立日期")),
        _typed("registered_capital", _("注册资本")),
        _worded("size", _("规模"), Size, size_word),
        _worded("district", _("所属区"), District, district_word),
        _typed("district_other", _("区的名称")),
        _typed("park", _("园区或基地")),
        _typed("registered_address", _("注册地址")),
        _typed("business_address", _("经营地址")),
        _plain("staff", _("职工总数")),
        _plain("rd_staff", _("研发人员")),
        _plain("secret_staff", _("涉密人员（商业秘密）")),
        _typed("lead", _("分管领导")),
        _typed("lead_post", _("职务")),
        _typed("department", _("归口部门")),
        _plain("secrecy_staff", _("专兼职保密员人数")),
        _typed("contact_name", _("联络员")),
        _typed("contact_phone", _("联系电话")),
        _typed("note", _("内部备注")),
    ]


def _setting(name: str) -> _Field:
    if name == "evidence-limit":

        def limit(state: State) -> str:
            value = plain_text(state.get("value"))
            plain = value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS
            return size_text(int(value)).replace(" ", "") if plain else value or _("默认")

        return _Field("value", _("单个佐证文件的上限"), limit)
    return _plain("value", _("“{name}”").format(name=name))


def _checklist_changes(before: State | None, after: State | None, look: Lookup) -> tuple[FieldChange, ...]:
    old = look.assessment(before) if before is not None else None
    new = look.assessment(after) if after is not None else None
    fields = [
        _Field("title", _("名称"), lambda state: plain_text(state.get("title")), typed=True),
        _plain("baseline", _("基准日")),
        _plain("started", _("开始日")),
    ]
    changes = [
        _change(each, was, now)
        for each in fields
        if (was := each.word(before or {})) != (now := each.word(after or {}))
    ]
    worded: tuple[tuple[str, str, Callable[[Assessment], str]], ...] = (
        ("modules", _("模块"), _modules_word),
        ("checklist", _("清单内容"), _content_word),
        ("programme", _("申报方案"), _programme_word),
    )
    for name, label, word in worded:
        was, now = (word(each) if each else "" for each in (old, new))
        digests = [(each or {}).get(f"{name}_sha256") for each in (before, after)]
        if was == now and digests[0] == digests[1]:
            continue
        if was == now:
            was, now = (
                f"{text}（{plain_text(digest)[:_DIGEST]}）"
                for text, digest in ((was, digests[0]), (now, digests[1]))
            )
        changes.append(_change(_Field(name, label, lambda _state: ""), was, now))
    # Other modules are other items, which goes without saying.
    names = {change.name for change in changes}
    return tuple(each for each in changes if not (each.name == "checklist" and "modules" in names))


def _modules_word(assessment: Assessment) -> str:
    titles = {module.id: module.title for module in assessment.checklist.modules}
    return "、".join(titles.get(each, each) for each in assessment.modules) or _("只有通用模块")


def _content_word(assessment: Assessment) -> str:
    items = sum(1 for _item in assessment.checklist.items())
    versions = {module.id: module.version for module in assessment.checklist.modules}
    core = next(iter(versions.values()), "")
    return _("{count}条，{version}版").format(count=items, version=core)


def _programme_word(assessment: Assessment) -> str:
    return f"{assessment.programme.title} {assessment.programme.version}".strip()
