"""The question before files that are there already are replaced by a dossier's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.dialogs import Choice, Dialog
from tsguard.i18n import _

_MOST_NAMED = 3


def ask_replacing(
    theme: Theme, window: QWidget, there: Sequence[Path], replace: Callable[[], object]
) -> None:
    """Ask, and act where the person says so.

    Args:
        theme: Where colours come from.
        window: What the question stands over.
        there: The files that would be replaced, at least one.
        replace: Does it.
    """
    names = _("、").join(path.name for path in there[:_MOST_NAMED])
    more = len(there) > _MOST_NAMED
    words = _("{names}等{count}个文件会被替换。") if more else _("{names}会被替换。")
    dialog = Dialog(
        theme,
        window,
        _("文件夹里已有同名文件"),
        words.format(names=names, count=len(there)),
        (Choice(True, _("替换"), "danger"), Choice(False, _("先不导出"))),
        safe=False,
    )

    def answered(yes: object) -> None:
        if yes:
            replace()

    dialog.answered.connect(answered)
    dialog.open()
