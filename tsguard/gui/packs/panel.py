"""What a content pack is and what it changes, over the page, with the two ways out: 使用 and 不用.

Shows only; the desk checks and uses the pack.
"""

from __future__ import annotations

from PySide6.QtCore import Signal

from tsguard.gui.profile.renewal_list import RenewalList
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.facts import Facts
from tsguard.gui.widgets.layout import column, holder
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.panels import SidePanel
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _
from tsguard.services.explain import fingerprint_text
from tsguard.services.pack_changes import PackChanges
from tsguard.services.packs import GivenPack
from tsguard.services.visible import visible

WIDTH = 560
_LABEL = 72
_HALF = 32
"""Digits of a fingerprint on one line."""


class PackPanel(SidePanel):
    """The panel of one file.

    Attributes:
        note: What is being done, what came of it, or why the file is refused.
        facts: Number, day, publisher, fingerprint, file; hidden until the signature holds.
        changes: What the pack changes; None before.
        use: 使用.
        leave: 不用, or 关闭 where there is nothing to decide.

    Signals:
        use_wanted(): The person wants the pack used.
    """

    use_wanted = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        """Make it, for a file that is being checked.

        Args:
            theme: Where colours come from.
            name: The file's.
        """
        self._colours = theme
        self.note = Note(theme, Severity.INFO, _("正在核对签名和内容…"))
        self.facts = Facts(
            theme,
            (
                ("number", _("编号")),
                ("day", _("日期")),
                ("publisher", _("发布者")),
                ("key", _("公钥指纹")),
                ("sha256", _("SHA-256")),
            ),
            label=_LABEL,
        )
        self.facts.hide()
        self._line = Hairline(theme)
        self._line.hide()
        self.changes: RenewalList | None = None
        self._words = ""
        self._summary = Text(theme, "", "body_b", wrap=True)
        self._summary.hide()
        self._body = column(
            Text(theme, visible(name), "small", "ink2", wrap=True),
            self.note,
            self.facts,
            self._line,
            self._summary,
            gap=10,
        )
        self.use = Button(theme, _("使用"), "primary")
        self.use.hide()
        self.leave = Button(theme, _("关闭"))
        super().__init__(theme, _("清单更新"), holder(self._body), width=0, foot=(None, self.leave, self.use))
        self.use.clicked.connect(self.use_wanted)
        self.leave.clicked.connect(self.closed)

    def show_pack(self, given: GivenPack, changes: PackChanges, *, used: bool) -> None:
        """Show a pack that may be used.

        Args:
            given: The pack.
            changes: What it changes.
            used: Whether it is used already.
        """
        self.set_title(_("清单更新第{number}号").format(number=given.number))
        said = (
            _("这份清单更新正在使用。")
            if used
            else _("签名与程序自带的发布者公钥相符，内容检查通过。还没有使用，什么都没有改动。")
        )
        self.note.say(Severity.GOOD, said)
        digits = fingerprint_text(given.fingerprint).split(" ")
        lines = (digits[:8], digits[8:])
        texts = {
            "number": _("第{number}号").format(number=given.number),
            "day": given.day.isoformat(),
            "publisher": given.publisher,
            "key": "\n".join(" ".join(each) for each in lines),
            "sha256": f"{given.sha256[:_HALF]}\n{given.sha256[_HALF:]}",
        }
        for key, text in texts.items():
            self.facts.values[key].set_text(text)
        self._words = changes.summary or _("没有不同")
        self._summary.set_text(_("与现在的清单相比：{changes}").format(changes=self._words))
        for part in (self.facts, self._line, self._summary):
            part.show()
        if changes.modules or changes.others:
            self.changes = RenewalList(self._colours, changes.modules, changes.others)
            self._body.addWidget(self.changes)
        self.use.setVisible(not used)
        self.leave.set_text(_("关闭") if used else _("不用"))
        self.leave.setFocus()

    def show_used(self) -> None:
        """Say that the pack is used now, and what comes next."""
        words = _("已使用。原有的自评不会自己变：到“企业档案”里看改动，再决定换不换到新版，作答一条不丢。")
        self.note.say(Severity.GOOD, words)
        self._summary.set_text(_("与原来的清单相比：{changes}").format(changes=self._words))
        self.use.hide()
        self.leave.set_text(_("关闭"))
        self.leave.setFocus()

    def show_refusal(self, words: str) -> None:
        """Say why the file is not used."""
        self.note.say(Severity.ERROR, words)
        self.use.hide()
        self.leave.set_text(_("关闭"))
