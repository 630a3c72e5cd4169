"""Backups in words, for window and terminal alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tsguard.i18n import _
from tsguard.services.backup_plan import Backup, Reason
from tsguard.services.explain import explain, size_text
from tsguard.services.restore_preview import Preview
from tsguard.store.copying import CopyFacts


def moment_text(when: datetime) -> str:
    """``2026-11-23 10:15`` in local time."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


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
    """What a proven copy holds: ``作答131条，佐证12件，秘点8个，日志1,024条``."""
    counts = dict(facts.counts)
    return _("作答{answers}条，佐证{evidence}件，秘点{points}个，日志{entries}条").format(
        answers=f"{counts.get('answer', 0):,}",
        evidence=f"{counts.get('evidence', 0):,}",
        points=f"{counts.get('secret_point', 0):,}",
        entries=f"{facts.journal_entries:,}",
    )


def size_word(size: int) -> str:
    """``12KB``."""
    return size_text(size).replace(" ", "")


def relation_sentence(preview: Preview) -> str:
    """How the backup stands to the present vault, one or two sentences."""
    if not preview.compared:
        if preview.lost is None:
            return _("原来的位置现在没有保险库，恢复不会换掉任何内容。")
        return _("现在的保险库打不开，没法逐条比较。{why}").format(why=explain(preview.lost).happened)
    if not preview.same_vault:
        return _("这份备份来自另一个保险库（{name}），不是现在这一个的。").format(name=preview.enterprise)
    if preview.behind:
        return _("备份和现在的保险库各自改过：备份里另有{behind}条日志，现在的另有{ahead}条。").format(
            behind=f"{preview.behind:,}", ahead=f"{preview.ahead:,}"
        )
    if preview.ahead:
        return _("备份以后又记了{ahead}条日志；恢复以后，这些改动不在恢复出来的保险库里。").format(
            ahead=f"{preview.ahead:,}"
        )
    return _("备份以后没有再改动，内容和现在一样。")


def older_sentence(backups: Sequence[Backup]) -> str:
    """What it means that backups are under an older passphrase."""
    return _(
        "{count}份备份还用旧口令打开，不会自动清理。旧口令若可能被人知道，就该删掉它们；"
        "别处另存的文件请自行处理。"
    ).format(count=len(backups))
