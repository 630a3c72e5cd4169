"""What newer content changes, item by item and field by field, in words, for window and terminal.

Compares what the assessment has frozen, or other content, with what is at hand; moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tsguard.content.shelf import Shelf
from tsguard.domain.checklist import Checklist, Item, Module
from tsguard.domain.parameters import Threshold
from tsguard.domain.scale_words import critical_word
from tsguard.domain.words import measure_word
from tsguard.i18n import _
from tsguard.services.renewal import ContentChanges, ModuleChange


class Turn(StrEnum):
    """What becomes of an item."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an item that says something else.

    Attributes:
        label: The field's word.
        before: As frozen; "" where it said nothing.
        after: As at hand; "" where it says nothing any more.
    """

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item that differs.

    Attributes:
        turn: What becomes of it.
        item: Its id.
        text: The requirement, as it will be; of one that goes, as it was.
        fields: What says something else, the requirement first; for a changed item alone.
        answered: Whether the vault has an answer to it.
    """

    turn: Turn
    item: str
    text: str
    fields: tuple[FieldChange, ...] = ()
    answered: bool = False

    def matches(self, wanted: str) -> bool:
        """Whether a text in lower case stands anywhere in it."""
        texts = [self.item, self.text]
        for field in self.fields:
            texts += [field.label, field.before, field.after]
        return any(wanted in text.lower() for text in texts)


@dataclass(frozen=True, slots=True)
class ModuleLines:
    """One module that differs.

    Attributes:
        title: Its name.
        versions: ``2026.11版 → 2027.02版``; one of them where both are called the same.
        lines: New ones first, then the changed, then those that go.
        details: Whether factors, leak paths or kinds of secrets differ, too.
    """

    title: str
    versions: str
    lines: tuple[ItemLine, ...]
    details: bool


def renewal_lines(
    changes: ContentChanges, checklist: Checklist, shelf: Shelf, answered: Iterable[str]
) -> tuple[ModuleLines, ...]:
    """The modules that differ, in the checklist's order.

    Args:
        changes: As ``services.renewal.changes`` tells them.
        checklist: What the assessment has frozen.
        shelf: What is at hand.
        answered: Ids of items that have an answer in the vault.
    """
    figures = (_figures(checklist.figures), _figures(shelf.parameters.thresholds))
    return _module_lines(changes.modules, checklist.modules, shelf.modules, figures, set(answered))


def shelf_lines(changes: ContentChanges, before: Shelf, after: Shelf) -> tuple[ModuleLines, ...]:
    """The same for two contents at hand, ``changes`` as ``services.renewal.shelf_changes`` tells them."""
    figures = (_figures(before.parameters.thresholds), _figures(after.parameters.thresholds))
    return _module_lines(changes.modules, before.modules.values(), after.modules, figures, set())


def _module_lines(
    changes: Iterable[ModuleChange],
    old: Iterable[Module],
    new: Mapping[str, Module],
    figures: tuple[Mapping[str, str], Mapping[str, str]],
    done: set[str],
) -> tuple[ModuleLines, ...]:
    before = {item.id: item for module in old for item in module.items()}
    found: list[ModuleLines] = []
    for module in changes:
        after = {item.id: item for item in new[module.module].items()} if module.version else {}
        lines = [_line(Turn.NEW, after[each], done) for each in module.new]
        lines += [
            _line(Turn.CHANGED, after[each], done, _fields(before[each], after[each], *figures))
            for each in module.changed
        ]
        lines += [_line(Turn.GONE, before[each], done) for each in module.gone]
        versions = _versions(module.version_before, module.version)
        found.append(ModuleLines(module.title, versions, tuple(lines), module.details))
    return tuple(found)


def turn_word(turn: Turn) -> str:
    """``新增``, ``改动`` or ``取消``."""
    return {Turn.NEW: _("新增"), Turn.CHANGED: _("改动"), Turn.GONE: _("取消")}[turn]


def summary(changes: ContentChanges) -> str:
    """``清单内容有新版：新增2条、改动5条、取消1条``, and what else differs; "" where nothing does."""
    parts = counted(changes)
    return _("清单内容有新版：{parts}").format(parts="、".join(parts)) if parts else ""


def counted(changes: ContentChanges) -> list[str]:
    """``新增2条``, ``改动5条`` and so on; nothing where nothing differs."""
    counts = (
        (_("新增{count}条"), sum(len(each.new) for each in changes.modules)),
        (_("改动{count}条"), sum(len(each.changed) for each in changes.modules)),
        (_("取消{count}条"), sum(len(each.gone) for each in changes.modules)),
    )
    parts = [word.format(count=count) for word, count in counts if count]
    if any(each.details for each in changes.modules):
        parts.append(_("系数和说明有改动"))
    if changes.sources:
        parts.append(_("依据改动{count}件").format(count=len(changes.sources)))
    if changes.figures:
        parts.append(_("数字改动{count}处").format(count=len(changes.figures)))
    if changes.presets:
        parts.append(_("按规模的预设有改动"))
    if changes.programme is not None:
        parts.append(_("申报方案有改动"))
    return parts


def must_apply_lines(changes: ContentChanges) -> tuple[str, ...]:
    """Which answers 不适用 the newer content takes no more; nothing where it takes them all."""
    if not changes.must_apply:
        return ()
    sentence = _("{count}条原来答了不适用，新版里一律适用，换了以后按不符合计，要重新作答：{items}。")
    return (sentence.format(count=len(changes.must_apply), items="、".join(changes.must_apply)),)


def other_lines(changes: ContentChanges) -> tuple[str, ...]:
    """What else differs than items, a sentence each."""
    programme = (changes.programme.title,) if changes.programme is not None else ()
    sentences = (
        (_("依据库对这些文件的转述有改动：{names}。"), changes.sources),
        (_("这些数字或它们的出处有改动：{names}。"), changes.figures),
        (_("按规模的预设有改动：{names}。"), changes.presets),
        (_("申报方案“{names}”有改动。"), programme),
    )
    return tuple(words.format(names="、".join(names)) for words, names in sentences if names)


def _line(turn: Turn, item: Item, done: set[str], fields: tuple[FieldChange, ...] = ()) -> ItemLine:
    return ItemLine(turn, item.id, item.text, fields, item.id in done)


def _versions(before: str, after: str) -> str:
    if before == after:
        return _("{version}版").format(version=after)
    if not before:
        return _("新增模块，{version}版").format(version=after)
    if not after:
        return _("取消的模块，{version}版").format(version=before)
    return _("{before}版 → {after}版").format(before=before, after=after)


def _figures(figures: Iterable[Threshold]) -> Mapping[str, str]:
    """What is told of each figure, by its id."""
    return {
        each.id: _("{title}：{figure}（{source}）").format(title=each.title, figure=each, source=each.source)
        for each in figures
    }


def _fields(
    before: Item, after: Item, figures_before: Mapping[str, str], figures_after: Mapping[str, str]
) -> tuple[FieldChange, ...]:
    pairs = zip(_texts(before, figures_before), _texts(after, figures_after), strict=True)
    return tuple(FieldChange(label, old, new) for (label, old), (_same, new) in pairs if old != new)


def _texts(item: Item, figures: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Every field of an item by its word, as text."""
    allowed = _("可以答") if item.may_not_apply else _("不能答")
    return (
        (_("要求"), item.text),
        (_("权重"), str(item.weight)),
        (_("否决项或重点项"), critical_word(item.critical)),
        (_("为什么是否决项"), item.critical_why),
        (_("措施类别"), measure_word(item.measure)),
        (_("不适用"), allowed),
        (_("什么时候不适用"), item.not_applicable_when),
        (_("为什么"), item.why),
        (_("怎么做"), "\n".join(item.how)),
        (_("佐证"), "\n".join(item.evidence)),
        (_("怎样算部分符合"), item.partial),
        (_("小微企业可以怎样"), item.small),
        (_("依据"), "\n".join(str(each) for each in item.basis)),
        (_("数字从哪来"), "\n".join(figures.get(each, each) for each in item.figures)),
        (_("台账核验"), item.check),
        (_("快速自测的问题"), item.quick),
    )
