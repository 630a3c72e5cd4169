"""What the start page says after a lock that nobody asked for. No word out of the vault."""

from __future__ import annotations

from collections.abc import Sequence

from tsguard.gui.locking.auto_lock import Reason
from tsguard.i18n import _


def why_locked(reason: Reason) -> str:
    """One sentence on why it was locked."""
    return {
        Reason.IDLE: lambda: _("有一段时间没有操作，保险库已自动锁定。"),
        Reason.AWAY: lambda: _("电脑锁屏、睡眠或切换了用户，保险库已自动锁定。"),
        Reason.MINIMISED: lambda: _("窗口最小化，保险库已自动锁定。"),
        Reason.ENDING: lambda: _("电脑要关机或注销，保险库已自动锁定。"),
    }[reason]()


def what_was_lost(fields: Sequence[str]) -> str:
    """What was typed and could not be stored.

    Args:
        fields: By name, as ``unsaved_fields`` tells them; may be empty where no field holds it any more.
    """
    if not fields:
        return _("锁定前最后的改动没能存上；更早存过的内容都在。")
    named = "；".join(fields)
    return _("锁定时没能存上：{fields}。更早存过的内容都在，请打开后再填一次。").format(fields=named)
