"""The closed scales that things are judged on: verdicts, criticality, tiers.

On their own because the window's signs need them before anything is unlocked, and nothing else.
"""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The five answers; an item without one is unanswered."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def halves(self) -> int:
        """Credit in halves of an item: 2, 1 or 0. Not-applicable has none and leaves the sum."""
        return {Verdict.MET: 2, Verdict.PARTLY: 1}.get(self, 0)


VERDICT_KEYS = {
    Verdict.MET: "1",
    Verdict.PARTLY: "2",
    Verdict.NOT_MET: "3",
    Verdict.UNKNOWN: "4",
    Verdict.NOT_APPLICABLE: "0",
}
"""The key of each verdict, in the order they are offered: the same on screen and on paper."""


class Critical(StrEnum):
    """How much hangs on an item: nothing special, 重点项, 否决项."""

    NONE = "none"
    KEY = "key"
    VETO = "veto"


class Tier(StrEnum):
    """核心 / 重要 / 一般. Never 绝密, 机密, 秘密 and never ★: those are the state's (保密法§22)."""

    CORE = "core"
    IMPORTANT = "important"
    GENERAL = "general"
