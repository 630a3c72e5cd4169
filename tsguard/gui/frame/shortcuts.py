"""The keys of the window and of its pages, and the sheet that lists them (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder
from tsguard.gui.widgets.panels import SidePanel
from tsguard.i18n import _

UNDO = ("Ctrl+Z",)
REDO = ("Ctrl+Shift+Z", "Ctrl+Y")
LOCK = ("Ctrl+L",)
SEARCH = ("Ctrl+F",)
KEYS = ("F1",)
FIGURES = 9
"""Pages that have a key of their own, Alt with a figure; there is no Alt+10."""

_KEY_WIDTH = 132


def shown(keys: Sequence[str]) -> str:
    """Keys as the system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return " / ".join(QKeySequence(key).toString(native) for key in keys)


def _window_keys(pages: Sequence[str]) -> list[tuple[str, str]]:
    pages = pages[:FIGURES]
    first, last = shown(("Alt+1",)), str(len(pages))
    return [
        (shown(UNDO), _("撤销；在文字框里撤销打字")),
        (shown(REDO), _("重做")),
        (shown(SEARCH), _("搜索这一页")),
        (shown(LOCK), _("锁定")),
        (f"{first}–{last}", "、".join(pages)),
        (shown(KEYS), _("看这份键盘一览")),
    ]


def _quick_keys() -> list[tuple[str, str]]:
    return [
        ("1 2 3 4", _("是、部分做到、没有、不清楚；答完自己到下一题")),
        ("0", _("和我们无关：记为不适用，去清单写理由")),
        ("← →", _("上一题、下一题")),
    ]


def _checklist_keys() -> list[tuple[str, str]]:
    return [
        ("1 2 3 4 0", _("符合、部分符合、不符合、不清楚、不适用；同一个键再按一次就收回")),
        ("J / K", _("下一条、上一条")),
        ("N", _("下一条未答")),
        ("F", _("做标记，再按一次去掉")),
        (shown(("Ctrl+E",)), _("按编号录入纸上的作答")),
    ]


def _register_keys() -> list[tuple[str, str]]:
    return [
        (shown(("Ctrl+N",)), _("新增秘点、新增任务")),
        ("Delete", _("删除表里选中的一条；锁定前都能撤销")),
    ]


def _evidence_keys() -> list[tuple[str, str]]:
    return [
        (_("空格"), _("查看表里选中的佐证文件")),
        ("PgUp / PgDn", _("上一页、下一页")),
        ("Home / End", _("第一页、最后一页")),
        (shown(("Ctrl++", "Ctrl+-")), _("放大、缩小")),
        (shown(("Ctrl+0",)), _("整页")),
    ]


def _move_keys() -> list[tuple[str, str]]:
    return [
        ("Tab", _("到下一个控件")),
        ("↑ ↓", _("在导航、表格、单选里移动")),
        ("Enter", _("打开")),
        ("Esc", _("收起侧栏、清空搜索")),
    ]


def _table(theme: Theme, keys: Sequence[tuple[str, str]]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, _KEY_WIDTH)
    grid.setColumnStretch(1, 1)
    for line, (key, words) in enumerate(keys):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Text(theme, key, "small_b"), line, 0, top)
        grid.addWidget(Text(theme, words, "small", "ink2", wrap=True), line, 1, top)
    return holder(grid)


def keys_panel(theme: Theme, pages: Sequence[str]) -> SidePanel:
    """What the sheet shows.

    Args:
        theme: Where colours come from.
        pages: Words of the pages, in the order of their figures.
    """
    body = column(gap=10)
    for title, keys in (
        (_("到处"), _window_keys(pages)),
        (_("快速自测"), _quick_keys()),
        (_("自评清单"), _checklist_keys()),
        (_("整改、秘点台账、佐证"), _register_keys()),
        (_("查看佐证文件"), _evidence_keys()),
        (_("移动"), _move_keys()),
    ):
        body.addWidget(Text(theme, title, "subtitle"))
        body.addWidget(_table(theme, keys))
        body.addSpacing(12)
    manual = Button(theme, _("安全说明"), icon="book")
    manual.clicked.connect(lambda: _show_manual(theme, manual))
    return SidePanel(theme, _("键盘一览"), holder(body), width=0, foot=(manual, None))


def _show_manual(theme: Theme, part: QWidget) -> None:
    from tsguard.gui.manual.reader import show_manual  # noqa: PLC0415 - start-up time

    show_manual(theme, part)
