"""The columns of the list of backups. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable

from tsguard.gui.widgets.rows import Cell, Column
from tsguard.i18n import _
from tsguard.services import backup_words
from tsguard.services.backup_plan import Backup
from tsguard.services.moments import moment_text
from tsguard.services.restore_differences import Difference
from tsguard.services.visible import visible


def columns(key_id: Callable[[], str]) -> list[Column]:
    """When, why, which passphrase, where, how large.

    Args:
        key_id: Of the open vault.
    """

    def key(backup: Backup) -> Cell:
        word = backup_words.key_word(backup, key_id())
        if not backup.sound:
            return Cell(word, tone="bad", icon="error_circle_filled")
        if backup.key_id != key_id():
            return Cell(word, tone="warn", icon="key")
        return Cell(word, icon="checkmark", icon_tone="good")

    return [
        Column(_("时间"), _when, 144, main=True),
        Column(_("来由"), lambda backup: Cell(backup_words.reason_word(backup.reason))),
        Column(_("用哪个口令打开"), key, 130),
        Column(_("位置"), _place, 112),
        Column(_("大小"), _size, 76, align="right"),
    ]


def lost_columns() -> list[Column]:
    """Whose, when, why, where, how large; for the backups of all vaults together."""
    return [
        Column(_("保险库"), _whose, 150, main=True, most=220),
        Column(_("时间"), _when, 144),
        Column(_("来由"), lambda backup: Cell(backup_words.reason_word(backup.reason))),
        Column(_("位置"), _place, 112),
        Column(_("大小"), _size, 76, align="right"),
    ]


def _whose(backup: Backup) -> Cell:
    name = visible(backup.stem)
    return Cell(name) if backup.sound else Cell(name, tone="bad", icon="error_circle_filled")


def _when(backup: Backup) -> Cell:
    return Cell(moment_text(backup.when), sort=backup.when, tip=visible(backup.path.name))


def _place(backup: Backup) -> Cell:
    return Cell(
        backup_words.place_word(backup),
        icon="folder" if backup.chosen else "",
        icon_tone="ink3",
        tip=visible(backup.path.parent),
    )


def _size(backup: Backup) -> Cell:
    return Cell(backup_words.size_word(backup.size), sort=backup.size, tone="ink2")


def difference_columns() -> list[Column]:
    """What, in the backup, now."""
    return [
        Column(_("项目"), lambda each: Cell(each.subject), 92, main=True, most=120),
        Column(_("备份里"), _then, 236, most=280),
        Column(_("现在"), _now),
    ]


def _then(each: Difference) -> Cell:
    return Cell(each.then or _("有")) if not each.only_now else Cell(_("没有"), tone="warn", icon="warning")


def _now(each: Difference) -> Cell:
    return Cell(each.now or _("有")) if not each.only_then else Cell(_("没有"), tone="ink3")
