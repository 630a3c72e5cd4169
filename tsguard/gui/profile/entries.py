"""The credit code as a field of the form: the one entry that only the profile has."""

from __future__ import annotations

from typing import Any

from tsguard.gui.forms.entries import LineEntry
from tsguard.gui.profile.credit_code_field import CreditCodeField


class CodeEntry(LineEntry):
    """The credit code."""

    field: CreditCodeField

    def read(self) -> Any:
        """The code as it is stored."""
        return self.field.code()

    def show(self, value: Any) -> None:
        """Show a code, with its remark."""
        super().show(value)
        self.field.look()
