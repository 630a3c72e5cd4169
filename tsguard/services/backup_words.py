"""Backups in words, for window and terminal alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tsguard.errors import VaultMissing
from tsguard.i18n import _
from tsguard.services.backup_plan import Backup, Reason
from tsguard.services.backups import Standing
from tsguard.services.explain import explain, size_text
from tsguard.services.restore_preview import Preview
from tsguard.services.visible import visible
from tsguard.store.copying import CopyFacts

_ALWAYS_COUNTED = frozenset({"answer", "evidence", "secret_point"})


def reason_word(reason: Reason) -> str:
    """Why it was made: 自动, 手动, 升级前 and so on."""
    return {
        Reason.AUTOMATIC: _("自动"),
        Reason.ASKED: _("手动"),
        Reason.BEFORE_UPGRADE: _("升级前"),
        Reason.BEFORE_RESTORE: _("恢复前"),
        Reason.BEFORE_PASSPHRASE: _("改口令前"),
        Reason.AFTER_PASSPHRASE: _("改口令后"),
    }[reason]


def key_word(backup: Backup, key_id: str) -> str:
    """Which passphrase opens it, as far as its header tells.

    Args:
        backup: The backup.
        key_id: Of the present vault; "" where it is not open.
    """
    if not backup.sound:
        return _("不完整")
    if not key_id:
        return ""
    return _("现在的口令") if backup.key_id == key_id else _("旧口令")


def place_word(backup: Backup) -> str:
    """Where it lies."""
    return _("所选文件夹") if backup.chosen else _("这台电脑")


def counted(facts: CopyFacts) -> str:
    """What a proven copy holds: ``作答131条，佐证12件，秘点8个，变更记录1,024条``."""
    entries = _("变更记录{count}条").format(count=f"{facts.journal_entries:,}")
    return _("{records}，{entries}").format(records=records_counted(facts.counts), entries=entries)


def records_counted(counts: Iterable[tuple[str, int]]) -> str:
    """Records by kind: ``作答131条，佐证12件，秘点8个``; what is made of the answers where there is any.

    Args:
        counts: By the journal's word for the kind.
    """
    known = dict(counts)
    words = {
        "answer": _("作答{count}条"),
        "evidence": _("佐证{count}件"),
        "secret_point": _("秘点{count}个"),
        "rectification": _("整改任务{count}项"),
        "issued_document": _("出具记录{count}份"),
        "clearance": _("放行记录{count}条"),
    }
    return _("，").join(
        word.format(count=f"{known.get(kind, 0):,}")
        for kind, word in words.items()
        if known.get(kind) or kind in _ALWAYS_COUNTED
    )


def size_word(size: int) -> str:
    """``12KB``."""
    return size_text(size).replace(" ", "")


def relation_sentence(preview: Preview) -> str:
    """How the backup stands to the present vault, one or two sentences."""
    if not preview.compared:
        if preview.lost is None or isinstance(preview.lost, VaultMissing):
            return _("原来的位置现在没有保险库，恢复不会换掉任何内容。")
        return _("现在的保险库打不开，没法逐条比较。{why}").format(why=explain(preview.lost).happened)
    if not preview.same_vault:
        return _("这份备份来自另一个保险库（{name}），不是现在这一个的。").format(name=preview.enterprise)
    if preview.behind:
        return _("备份和现在的保险库各自改过：备份里另有{behind}次改动，现在的另有{ahead}次。").format(
            behind=f"{preview.behind:,}", ahead=f"{preview.ahead:,}"
        )
    if preview.ahead:
        return _("备份以后又有{ahead}次改动；恢复以后，这些改动不在恢复出来的保险库里。").format(
            ahead=f"{preview.ahead:,}"
        )
    return _("备份以后没有再改动，内容和现在一样。")


def first_words(*, automatic: bool) -> str:
    """Where there is no backup yet: how there will be one, and what it is."""
    first = (
        _("第一份会在锁定时自动生成，也可以现在就做。")
        if automatic
        else _("自动备份关着，第一份要现在手动做。")
    )
    return "\n".join((first, _("备份也是加密的保险库，用做备份时的口令打开。")))


def warning(standing: Standing, chosen: Path | None) -> str:
    """What is not as it should be with the backups of a vault; "" for nothing."""
    lines = []
    if standing.skipped:
        lines.append(_("上次锁定时没有做完备份（中途取消了）。"))
    if standing.chosen_gone and chosen is not None:
        gone = _(
            "所选的备份文件夹“{path}”现在不在，备份先只存在这台电脑上。"
            "插上U盘或连上网络盘以后，下一次备份会补上；也可以换一个文件夹。"
        )
        lines.append(gone.format(path=visible(chosen)))
    if standing.remind:
        lines.append(_("已有7天以上没有备份到那里。"))
    return "".join(lines)


def older_sentence(backups: Sequence[Backup]) -> str:
    """What it means that backups are under an older passphrase."""
    return _(
        "{count}份备份还用旧口令打开，不会自动清理。旧口令若可能被人知道，就该删掉它们；"
        "别处另存的文件请自行处理。"
    ).format(count=len(backups))
