"""The result of an examination in words: the class, the lines of the report, what to do next.

Tells kinds, numbers and ids; never what a record says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tsguard.errors import ContentInvalid
from tsguard.i18n import _
from tsguard.services.explain import size_text
from tsguard.services.health import Health, Outcome, Salvaged
from tsguard.services.seen import Standing, sentence
from tsguard.services.surroundings import Beside, Leftover, Outside
from tsguard.services.visible import visible
from tsguard.store.remains import RecordFault
from tsguard.store.salvage import Loss

_MOST_NAMES = 12
_ALL_NAMES = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the report.

    Attributes:
        title: What was looked at.
        text: What was found.
        outcome: How good that is.
    """

    title: str
    text: str
    outcome: Outcome


def outcome_word(outcome: Outcome) -> str:
    """The class in a few words."""
    return {
        Outcome.SOUND: _("完好"),
        Outcome.RECOVERABLE: _("有损坏，但数据可恢复"),
        Outcome.LOST: _("有内容丢失"),
    }[outcome]


def kind_word(kind: str) -> str:
    """A kind of record as the journal calls it, in the person's words."""
    return {
        "enterprise": _("企业档案"),
        "assessment": _("自评"),
        "answer": _("作答"),
        "evidence": _("佐证"),
        "secret_point": _("秘点"),
        "form_value": _("申报表内容"),
        "rectification": _("整改任务"),
        "issued_document": _("出具记录"),
        "clearance": _("放行记录"),
        "setting": _("保险库设置"),
        "sequence": _("编号登记"),
    }.get(kind, kind)


def _table_word(table: str) -> str:
    return {
        "enterprises": _("企业档案"),
        "assessments": _("自评"),
        "answers": _("作答"),
        "evidence": _("佐证登记"),
        "evidence_items": _("佐证与条款的对应"),
        "secret_points": _("秘点台账"),
        "form_values": _("申报表"),
        "rectifications": _("整改任务"),
        "issued_documents": _("出具记录"),
        "clearances": _("放行记录"),
        "settings": _("保险库设置"),
        "sequences": _("编号登记"),
        "journal": _("变更记录"),
        "frozen_texts": _("清单和方案的文字"),
        "files": _("存入的文件目录"),
        "file_chunks": _("存入的文件内容"),
        "": _("说不清是哪一类"),
    }.get(table, _("内部目录"))


def _id_of(kind: str, key: str) -> str:
    name = key.rpartition("/")[2] if "/" in key else ""
    if kind == "form_value":
        label = _form_labels().get(name)
        return _("“{label}”").format(label=label) if label else visible(name)
    return visible(name)


@cache
def _form_labels() -> Mapping[str, str]:
    """What the fields of shipped application forms are called."""
    from tsguard.services import content  # noqa: PLC0415 - seldom needed

    try:
        programmes = content.shipped().programmes.values()
    except ContentInvalid:
        return {}
    return {field.ask: field.label for each in programmes for field in each.fields() if field.ask}


def _listed(keys: Iterable[tuple[str, str]], most: int) -> str:
    """Records by kind: 作答HRM-05、HRM-06；佐证E-01.

    Args:
        keys: Kinds and keys.
        most: How many of each kind; beyond that their number is told.
    """
    by_kind: dict[str, list[str]] = {}
    for kind, key in dict.fromkeys(keys):
        by_kind.setdefault(kind, []).append(_id_of(kind, key))
    parts = []
    for kind, names in by_kind.items():
        shown = _("、").join(names[:most])
        words = _("{kind}{names}等{count}条") if len(names) > most else _("{kind}{names}")
        parts.append(words.format(kind=kind_word(kind), names=shown, count=len(names)))
    return _("；").join(parts)


def lines(health: Health) -> tuple[Line, ...]:
    """The report, part by part, in the order in which it was made."""
    parts = [
        _file(health),
        _pages(health),
        _journal(health),
        _records(health),
        _texts(health),
        _files(health),
    ]
    if health.doubtful or health.incomplete:
        parts.append(_doubtful(health.doubtful, health.incomplete, _MOST_NAMES, _worst(health)))
    if newer := sentence(health.standing):
        parts.append(Line(_("新旧"), newer, Outcome.RECOVERABLE))
    elif health.standing.standing in {Standing.UNCHANGED, Standing.NEWER}:
        parts.append(Line(_("新旧"), _("不比这台电脑上次见过的旧。"), Outcome.SOUND))
    return (*parts, *beside_lines(health.beside))


def _file(health: Health) -> Line:
    found = health.damage
    size = size_text(found.size).replace(" ", "")
    if found.cut:
        return Line(_("文件"), _("{size}，比应有的短，末尾一段缺失。").format(size=size), _worst(health))
    if found.log.doubtful:
        text = _("{size}。旁边的-wal文件有一段读不出来，最近{count}次改动可能不在其中。")
        bad = Outcome.LOST if found.log.doubtful > 1 else Outcome.RECOVERABLE
        return Line(_("文件"), text.format(size=size, count=found.log.doubtful), bad)
    return Line(_("文件"), _("{size}，长度正常。").format(size=size), Outcome.SOUND)


def _worst(health: Health) -> Outcome:
    return health.outcome if health.outcome is not Outcome.SOUND else Outcome.RECOVERABLE


def _pages(health: Health) -> Line:
    found = health.damage
    if not found.bad_page_count:
        return Line(
            _("数据页"), _("{count}页全部读出，没有被改动。").format(count=f"{found.pages:,}"), Outcome.SOUND
        )
    words: Counter[str] = Counter()
    for table, count in found.bad_tables:
        words[_table_word(table)] += count
    held = _("；").join(_("{what}{count}页").format(what=what, count=count) for what, count in words.items())
    text = _("{count}页中有{bad}页损坏：{held}。").format(
        count=f"{found.pages:,}", bad=f"{found.bad_page_count:,}", held=held
    )
    if found.unread:
        text += _("其中{count}页磁盘读不出来，这块磁盘可能快坏了。").format(count=found.unread)
    return Line(_("数据页"), text, _worst(health))


def _journal(health: Health) -> Line:
    found = health.damage
    if not found.chain and not found.tail_lost:
        text = _("{count}条首尾相扣，没有缺失或改动。").format(count=f"{found.entries:,}")
        return Line(_("变更记录"), text, Outcome.SOUND)
    parts = []
    if found.missing_entries:
        spans = _("、").join(
            _("第{first}至{last}条").format(first=each.first, last=each.last)
            if each.last > each.first
            else _("第{first}条").format(first=each.first)
            for each in found.chain[:5]
            if each.missing
        )
        more = _("等") if len(found.chain) > 5 else ""
        text = _("缺{count}条（{spans}{more}）。")
        parts.append(text.format(count=f"{found.missing_entries:,}", spans=spans, more=more))
    broken = sum(not each.missing for each in found.chain)
    if broken:
        parts.append(_("有{count}处前后接不上。").format(count=broken))
    if found.tail_lost:
        parts.append(_("最近的一段读不出来，缺多少条不清楚。"))
    return Line(_("变更记录"), "".join(parts), _worst(health))


def _records(health: Health) -> Line:
    found = health.damage
    total = sum(count for _kind, count in found.records)
    if not found.broken_count and health.doubtful:
        text = _("读出{count}条，其中{open}条在变更记录里没有可核对的。")
        return Line(
            _("记录"), text.format(count=f"{total:,}", open=f"{len(health.doubtful):,}"), _worst(health)
        )
    if not found.broken_count:
        text = _("{count}条，每条都与变更记录一致。").format(count=f"{total:,}")
        return Line(_("记录"), text, Outcome.SOUND)
    words = {
        RecordFault.ALTERED: _("与变更记录不一致"),
        RecordFault.MISSING: _("不见了"),
        RecordFault.UNEXPECTED: _("本应已删除"),
        RecordFault.UNREADABLE: _("读不出来"),
    }
    parts = []
    for fault, word in words.items():
        keys = [(each.kind, each.key) for each in found.broken if each.fault is fault]
        if keys:
            parts.append(_("{word}：{names}").format(word=word, names=_listed(keys, _MOST_NAMES)))
    text = _("；").join(parts) + _("。")
    if health.from_journal:
        text += _("{count}条可以从变更记录中找回。").format(count=health.from_journal)
    return Line(_("记录"), text, _worst(health))


def _texts(health: Health) -> Line:
    lost = [each for each in health.lost if each.loss in {Loss.CHECKLIST, Loss.PROGRAMME}]
    if not health.damage.frozen_lost:
        return Line(_("清单文字"), _("自评时定下的清单和方案都在。"), Outcome.SOUND)
    if not lost:
        text = _("损坏了{count}份，本软件自带的与之完全相同，可以补上。")
        return Line(_("清单文字"), text.format(count=health.damage.frozen_lost), Outcome.RECOVERABLE)
    text = _("自评时定下的清单或方案丢失。作答可以保留，修复后请在企业档案里把清单更新到现在的版本。")
    return Line(_("清单文字"), text, Outcome.LOST)


def _files(health: Health) -> Line:
    lost = [(each.kind, each.key) for each in health.lost if each.loss is Loss.CONTENT]
    if not lost:
        text = _("{count}份内容与存入时一致。") if health.files else _("没有存入的文件。")
        return Line(_("存入的文件"), text.format(count=health.files), Outcome.SOUND)
    text = _("内容丢失：{names}。其余{count}份与存入时一致。")
    return Line(
        _("存入的文件"), text.format(names=_listed(lost, _MOST_NAMES), count=health.files), Outcome.LOST
    )


def _doubtful(
    doubtful: tuple[tuple[str, str], ...], incomplete: tuple[str, ...], most: int, outcome: Outcome
) -> Line:
    parts = []
    if doubtful:
        names = _listed(doubtful, most)
        parts.append(_("无法确认是不是最新的内容：{names}。").format(names=names))
    if incomplete:
        kinds = _("、").join(kind_word(kind) for kind in incomplete)
        parts.append(_("这几类可能还有找不到痕迹的：{kinds}。").format(kinds=kinds))
    return Line(_("需要核对"), "".join(parts), outcome)


def beside_lines(found: tuple[Beside, ...]) -> tuple[Line, ...]:
    """What lies beside the file, one line for each kind."""
    words = {
        Leftover.LOG: _("旁边的{name}里有还没并入的改动，属于这个保险库，请不要删。"),
        Leftover.ORPHAN: _("旁边的{name}是从前一个文件留下的，不属于现在这个；确认不需要后可以删。"),
        Leftover.DRAFT: _("旁边的{name}是中断的操作留下的，下次打开时会自动清理。"),
        Leftover.OLD_FORMAT: _("旁边的{name}是升级前留下的副本，确认现在的保险库正常后可以删。"),
    }
    return tuple(
        Line(_("旁边的文件"), words[each.kind].format(name=visible(each.name)), Outcome.SOUND)
        for each in found
    )


def advice(health: Health) -> str:
    """What to do next."""
    backup = ""
    if health.backup is not None:
        backup = _("最近一份完好的备份是{when:%Y-%m-%d %H:%M}的“{name}”。").format(
            when=health.backup.when, name=visible(health.backup.path.name)
        )
    elif health.backups and health.outcome is not Outcome.SOUND:
        backup = _("有{count}份备份，但没有用这个口令打开且完好的。").format(count=health.backups)
    if health.outcome is Outcome.SOUND:
        return (
            _("不需要做什么。") + backup
            if not sentence(health.standing)
            else _("文件本身完好，请先弄清它为什么与上次见过的不同。") + backup
        )
    if health.nothing_left:
        return _("连企业档案也读不出来，这个文件里没有可以修复的内容。请用备份恢复。") + backup
    if health.outcome is Outcome.RECOVERABLE:
        kept = _("请把内容修复到一个新的保险库，一条不少；原文件不会改动，确认新的正常之前请不要删。")
        if health.doubtful:
            kept = _("请把内容修复到一个新的保险库，无法核对的会逐条列出；原文件不会改动，请先留着。")
        return kept + backup
    return (
        _("先看有没有较新的完好备份；也可以修复到一个新的保险库：能读的都带过去，丢失和要核对的逐条列出。")
        + _("原文件不会改动，请先留着。")
        + backup
    )


def outside_lines(found: Outside) -> tuple[Line, ...]:
    """What can be seen of a file without its passphrase."""
    size = size_text(found.size).replace(" ", "")
    if not found.vault:
        text = _("{size}，开头不是保险库的开头：不是保险库，或最前面一段已损坏。").format(size=size)
        return (Line(_("文件"), text, Outcome.LOST), *beside_lines(found.beside))
    if not found.whole:
        text = _("{size}，开头是保险库，但长度不对，可能没有复制完整。").format(size=size)
        return (Line(_("文件"), text, Outcome.RECOVERABLE), *beside_lines(found.beside))
    text = _("{size}，开头和长度都正常；里面的内容要用口令才能检查。").format(size=size)
    return (Line(_("文件"), text, Outcome.SOUND), *beside_lines(found.beside))


def salvaged_lines(done: Salvaged) -> tuple[Line, ...]:
    """What came over into the new vault, and what did not."""
    total = sum(count for _kind, count in done.facts.counts)
    came = _("带过去{count}条记录").format(count=f"{total:,}")
    if done.from_journal:
        came += _("，其中{count}条取自变更记录").format(count=f"{done.from_journal:,}")
    made = [Line(_("已带过去"), came + _("。"), Outcome.SOUND)]
    groups = {
        Loss.ALL: _("没有带过去：{names}，因为它们所属的内容丢失了。"),
        Loss.CONTENT: _("登记还在、文件内容丢失：{names}。请重新添加。"),
        Loss.CHECKLIST: _("清单文字丢失：{names}。作答都在，请在企业档案里把清单更新到现在的版本。"),
        Loss.PROGRAMME: _("申报方案文字丢失：{names}。已换成示例方案，请重新选定。"),
    }
    for loss, words in groups.items():
        keys = [(each.kind, each.key) for each in done.lost if each.loss is loss]
        if keys:
            made.append(Line(_("丢失"), words.format(names=_listed(keys, _ALL_NAMES)), Outcome.LOST))
    if done.doubtful or done.incomplete:
        made.append(_doubtful(done.doubtful, done.incomplete, _ALL_NAMES, Outcome.RECOVERABLE))
    left = _("新保险库的变更记录从头记起；原来的{count}条留在原文件里。")
    made.append(Line(_("变更记录"), left.format(count=f"{done.entries_left_behind:,}"), Outcome.SOUND))
    return tuple(made)
