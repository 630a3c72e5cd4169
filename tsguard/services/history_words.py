"""The journal in words: what each kind of record is called, and what was done in one line.

It must not read the vault; what became of each field is ``history_fields``' to find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tsguard.domain.answers import Assessment
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind
from tsguard.domain.enterprise import District, Size
from tsguard.domain.rectification import Recheck, RectificationSource
from tsguard.domain.scale_words import tier_word, verdict_word
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import Category, Origin
from tsguard.domain.words import (
    category_word,
    district_word,
    document_word,
    level_word,
    origin_word,
    recheck_word,
    rectification_source_word,
    size_word,
)
from tsguard.i18n import _

State = Mapping[str, Any]


class HistoryKind(StrEnum):
    """What a line is about; the value is the journal's own word, but for ``OTHER``."""

    ANSWER = "answer"
    EVIDENCE = "evidence"
    POINT = "secret_point"
    PROFILE = "enterprise"
    CHECKLIST = "assessment"
    FORM = "form_value"
    RECTIFICATION = "rectification"
    ISSUED = "issued_document"
    CLEARANCE = "clearance"
    SETTING = "setting"
    VAULT = "vault"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What became of one field.

    Attributes:
        name: The field's name in code.
        label: Its word.
        before: What stood there, in words; "" for nothing.
        after: What stands there then.
        brief: What a sentence says of it: with both values where they are short.
        typed: Whether it is a text that a person types.
    """

    name: str
    label: str
    before: str = field(repr=False)
    after: str = field(repr=False)
    brief: str = field(repr=False)
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a state only names.

    Attributes:
        assessment: The assessment of a state, with its frozen texts.
        form_label: The words of an application form's field, by its id.
    """

    assessment: Callable[[State], Assessment]
    form_label: Callable[[str], str]


def kind_of(kind: str) -> HistoryKind:
    """The kind of a journal entry."""
    known = {each.value for each in HistoryKind} - {HistoryKind.OTHER.value}
    return HistoryKind(kind) if kind in known else HistoryKind.OTHER


def kind_word(kind: HistoryKind) -> str:
    """作答, 佐证 and so on."""
    return {
        HistoryKind.ANSWER: _("作答"),
        HistoryKind.EVIDENCE: _("佐证"),
        HistoryKind.POINT: _("秘点"),
        HistoryKind.PROFILE: _("企业档案"),
        HistoryKind.CHECKLIST: _("清单与方案"),
        HistoryKind.FORM: _("申报表"),
        HistoryKind.RECTIFICATION: _("整改"),
        HistoryKind.ISSUED: _("出具记录"),
        HistoryKind.CLEARANCE: _("放行"),
        HistoryKind.SETTING: _("设置"),
        HistoryKind.VAULT: _("保险库"),
        HistoryKind.OTHER: _("其他"),
    }[kind]


def sentence(
    kind: HistoryKind,
    record: str,
    changes: Sequence[FieldChange],
    before: State | None,
    after: State | None,
) -> str:
    """What was done, in one line.

    Args:
        kind: Of the record.
        record: Its id as people know it.
        changes: What differs.
        before: Its state before; None where there was none.
        after: Its state then; None where it was removed.
    """
    if kind is HistoryKind.ANSWER:
        return _answer_sentence(record, changes)
    named = _came_or_went(kind, record, before, after, changes)
    if named:
        return named
    if kind is HistoryKind.ISSUED and [change.name for change in changes] == ["scan"]:
        return _scan_sentence(record, changes[0])
    parts = [change.brief for change in changes if change.brief != change.label]
    labels = "、".join(change.label for change in changes if change.brief == change.label)
    said = "；".join((*parts, labels) if labels else parts) or _("改了")
    return _("{subject}：{changes}").format(subject=subject(kind, record), changes=said)


def subject(kind: HistoryKind, record: str) -> str:
    """What a line is about: ``HRM-05``, ``佐证E-07``, ``企业档案``."""
    return {
        HistoryKind.ANSWER: record,
        HistoryKind.EVIDENCE: _("佐证{id}").format(id=record),
        HistoryKind.POINT: _("秘点{id}").format(id=record),
        HistoryKind.PROFILE: _("企业档案"),
        HistoryKind.CHECKLIST: _("自评清单"),
        HistoryKind.FORM: _("申报表"),
        HistoryKind.RECTIFICATION: _("整改任务{id}").format(id=record),
        HistoryKind.ISSUED: _("出具记录{id}").format(id=record),
        HistoryKind.CLEARANCE: _("放行{id}").format(id=record),
        HistoryKind.SETTING: _("设置"),
        HistoryKind.VAULT: _("保险库"),
        HistoryKind.OTHER: _("其他记录"),
    }[kind]


def vault_sentence(action: str) -> str:
    """What was done with the vault as a whole, by the journal's word for it."""
    return {
        "passphrase.change": _("换了口令"),
        "vault.restore": _("从备份恢复"),
        "vault.salvage": _("从损坏的保险库修复到这里"),
    }.get(action) or _("保险库：{action}").format(action=action)


def values_called(text: str) -> tuple[str, ...]:
    """The stored values whose word has this text in it, for a search: ``符合`` finds ``met`` and others."""
    called: list[tuple[str, str]] = [
        *((each.value, verdict_word(each)) for each in Verdict),
        *((each.value, tier_word(each)) for each in Tier),
        *((each.value, category_word(each)) for each in Category if each is not Category.OTHER),
        *((each.value, origin_word(each)) for each in Origin),
        *((each.value, size_word(each)) for each in Size),
        *((each.value, district_word(each)) for each in District if each is not District.OTHER),
        *((each.value, document_word(each)) for each in DocumentKind),
        *((each.value, level_word(each)) for each in Level),
        *((each.value, rectification_source_word(each)) for each in RectificationSource),
        *((each.value, recheck_word(each)) for each in Recheck),
    ]
    return tuple(value for value, word in called if text and text in word)


# --- sentences ----------------------------------------------------------------------------------------


def _answer_sentence(item: str, changes: Sequence[FieldChange]) -> str:
    verdict = next((change for change in changes if change.name == "verdict"), None)
    others = [change for change in changes if change is not verdict]
    if verdict is not None:
        rest = "、".join(change.label for change in others)
        said = f"{verdict.before}→{verdict.after}" + (f"；{rest}" if rest else "")
        return _("{item}的作答：{changes}").format(item=item, changes=said)
    if len(others) == 1 and not others[0].typed:
        only = others[0]
        return _("{item}的{label}：{before}→{after}").format(
            item=item, label=only.label, before=only.before or _("无"), after=only.after or _("无")
        )
    labels = "、".join(change.label for change in others)
    pattern = _("{item}的{label}改了")
    if others and all(change.before == change.after for change in others):
        pattern = _("{item}的{label}改了，又改回原样")  # typing that is told as one change
    elif others and not any(change.before for change in others):
        pattern = _("写了{item}的{label}")
    elif others and not any(change.after for change in others):
        pattern = _("清空了{item}的{label}")
    return pattern.format(item=item, label=labels or _("作答"))


def _came_or_went(
    kind: HistoryKind,
    record: str,
    before: State | None,
    after: State | None,
    changes: Sequence[FieldChange],
) -> str:
    if before is not None and after is not None:
        return ""
    state = after if after is not None else before or {}
    if kind is HistoryKind.EVIDENCE:
        pattern = _("添加佐证{id}《{title}》") if before is None else _("删除佐证{id}《{title}》")
        return pattern.format(id=record, title=one_line(state.get("title")))
    if kind is HistoryKind.POINT:
        pattern = _("新增秘点{id}“{name}”") if before is None else _("删除秘点{id}“{name}”")
        return pattern.format(id=record, name=one_line(state.get("name")))
    if kind is HistoryKind.RECTIFICATION:
        about = one_line(state.get("item")) or one_line(state.get("problem"))
        pattern = _("新建整改任务{id}（{about}）") if before is None else _("删除整改任务{id}（{about}）")
        return pattern.format(id=record, about=about)
    if kind is HistoryKind.ISSUED:
        pattern = _("导出了{edition}，编为{id}") if before is None else _("删除出具记录{id}（{edition}）")
        return pattern.format(id=record, edition=edition_words(state))
    if kind is HistoryKind.CLEARANCE:
        pattern = _("放行了一处疑似泄密（{kind}，{id}）") if before is None else _("撤回放行{id}（{kind}）")
        return pattern.format(id=record, kind=document_words(state))
    if kind is HistoryKind.PROFILE and before is None:
        return _("建立企业档案：{name}").format(name=one_line(state.get("name")))
    if kind is HistoryKind.CHECKLIST and before is None:
        said = "；".join(change.after for change in changes if change.name in {"modules", "programme"})
        return _("定下自评清单：{choice}").format(choice=said)
    if kind is HistoryKind.FORM and after is None:
        return _("申报表：清空“{label}”").format(label=changes[0].label if changes else record)
    if kind is HistoryKind.OTHER:
        return _("其他记录“{id}”").format(id=record)
    return ""


def document_words(state: State) -> str:
    """The document that a state names: 自评报告."""
    value = plain_text(state.get("kind"))
    try:
        return document_word(DocumentKind(value))
    except ValueError:
        return value


def edition_words(state: State) -> str:
    """The document that a state names, and for whom: 自评报告（报送版）."""
    try:
        level = level_word(Level(state.get("level", "")))
    except ValueError:
        level = plain_text(state.get("level"))
    return _("{document}（{level}）").format(document=document_words(state), level=level)


def _scan_sentence(record: str, change: FieldChange) -> str:
    if not change.after:
        return _("取出了{id}的盖章件").format(id=record)
    return (_("换了{id}的盖章件") if change.before else _("存入了{id}的盖章件")).format(id=record)


def plain_text(value: object) -> str:
    """A stored value as text; "" for none."""
    return "" if value is None else str(value)


def one_line(value: object) -> str:
    """A stored value as text without line breaks."""
    return " ".join(plain_text(value).split())
