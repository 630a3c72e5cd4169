"""Three sentences about an error, and the table that gives them; its rows are in ``explain_…``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch

from tsguard import errors
from tsguard.i18n import _


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three sentences about one error.

    Attributes:
        happened: What happened.
        data: What it means for the data.
        advice: What to do.
    """

    happened: str
    data: str
    advice: str

    def __str__(self) -> str:
        """All three, one after the other."""
        return "".join(part for part in (self.happened, self.data, self.advice) if part)


@singledispatch
def explain(_error: errors.TSGuardError) -> Explanation:
    """The three sentences for an error, in the person's language; one function below for each type."""
    return Explanation(
        _("操作没有完成。"),
        _("保险库里的内容没有改动。"),
        _("请重试；若再次出现，请记下操作步骤。"),
    )
