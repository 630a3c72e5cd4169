"""The field of the unified social credit code: it checks while it is typed and says what it sees."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout

from tsguard.domain.credit_code import ALPHABET, LENGTH, is_valid, normalised
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.fields import LineField
from tsguard.gui.widgets.layout import holder, row
from tsguard.gui.widgets.signs import Icon
from tsguard.i18n import _

_UNDER_THE_LINE = 2


class CreditCodeField(LineField):
    """统一社会信用代码 after GB 32100-2015: a tick when it checks, else what is missing so far.

    Signals:
        edited(str): After each key.
        committed(str): As ``LineField``.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("统一社会信用代码"), placeholder=_("18位数字和大写字母"))
        self._good = holder(
            row(
                Icon(theme, "checkmark_circle_filled", "good", 14),
                Text(theme, _("校验字符相符"), "caption", "good"),
                None,
                gap=5,
            )
        )
        body = self.layout()
        if isinstance(body, QBoxLayout):
            body.insertWidget(_UNDER_THE_LINE, self._good)
        self._good.hide()
        self.edited.connect(self.look)

    def code(self) -> str:
        """What stands in it, in capitals and without white space."""
        return normalised(self.text())

    def look(self) -> None:
        """Say how the code is so far, as help and never as an error: it is still being typed."""
        code = self.code()
        good = is_valid(code)
        self.set_error("")
        self._good.setVisible(good)
        self.set_help("" if good else _remark(code))
        if good:
            self.editor.setAccessibleDescription(_("校验字符相符"))


def _remark(code: str) -> str:
    if not code:
        return ""
    strange = "、".join(dict.fromkeys(character for character in code if character not in ALPHABET))
    if strange:
        return _("代码里不会有“{characters}”").format(characters=strange)
    if len(code) != LENGTH:
        return _("应为{length}位，已有{count}位").format(length=LENGTH, count=len(code))
    return _("末位校验字符不相符，请逐位核对")
