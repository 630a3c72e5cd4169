"""Settings: the program's own, this vault's, and what both are."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tsguard import __version__
from tsguard.errors import TSGuardError
from tsguard.gui.keys.section import KeysSection
from tsguard.gui.packs.settings_part import PackPart
from tsguard.gui.page import Page
from tsguard.gui.program_settings import ProgramSettings
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import ComboField
from tsguard.gui.widgets.facts import Facts
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.i18n import _
from tsguard.services.cabinet import EVIDENCE_LIMIT_CHOICES
from tsguard.services.explain import explain, size_text
from tsguard.services.quick_unlock import QuickUnlock

_COLUMN = 480
_BESIDE_FROM = 1100
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX


def _limited(widget: QWidget) -> QHBoxLayout:
    widget.setMaximumWidth(_COLUMN)
    line = row(gap=0)
    line.addWidget(widget, 1000)
    line.addStretch(1)
    return line


class SettingsPage(Page):
    """Appearance, recent files, the limit of evidence, facts about the vault, about the program."""

    def __init__(
        self,
        theme: Theme,
        model: SessionModel,
        store: SettingsStore,
        tasks: Tasks,
        quick: QuickUnlock,
        parent: QWidget | None = None,
    ) -> None:
        """Make the page.

        Args:
            theme: Where colours come from.
            model: The open session.
            store: The program's settings.
            tasks: Does what takes time.
            quick: The keys that this computer keeps for the person.
            parent: Its owner.
        """
        super().__init__(theme, model, parent)
        self.program = ProgramSettings(theme, store)
        self.limit = ComboField(
            theme,
            _("单个佐证文件最大"),
            [(size, size_text(size).replace(" ", "")) for size in EVIDENCE_LIMIT_CHOICES],
            help=_("只管以后添加的文件；已经在保险库里的不受影响。"),
        )
        self.limit.chosen.connect(self._set_limit)
        self.limit.setMaximumWidth(280)
        self.verify = Button(theme, _("核对变更记录"))
        self.verify.clicked.connect(self._verify)
        self.verdict = Note(theme, Severity.GOOD, "")
        self.verdict.hide()
        self.packs = PackPart(theme, self, store.packs, tasks)
        self.packs.changed.connect(model.content_changed)
        model.content_changed.connect(self._content_changed)
        left = holder(
            column(self.program, 18, Hairline(theme), 14, self._vault_part(), None, gap=0),
        )
        self.keys = KeysSection(theme, model, tasks, quick, store)
        right = holder(
            column(
                self.keys, 18, Hairline(theme), 14, self.packs, 18, Hairline(theme), 14, self._about(), None,
                gap=0,
            )
        )  # fmt: skip
        self._columns = row(gap=48, margins=(PAGE_MARGIN, 20, PAGE_MARGIN, 32))
        # Each in a row of its own: a width that is limited there is known to whoever asks for the height.
        self._halves = tuple(holder(_limited(half)) for half in (left, right))
        for half in self._halves:
            self._columns.addWidget(half, 10)
        self._columns.addStretch(1)
        scroll = Scroll(holder(column(self._columns, None, gap=0)))
        self.setLayout(column(PageHeader(theme, _("设置")), scroll, gap=0))
        model.saved.connect(self.refresh)
        model.failed.connect(self.refresh)
        self.refresh()

    def _vault_part(self) -> QWidget:
        theme = self.theme
        words = (
            ("path", _("文件")),
            ("size", _("大小")),
            ("format", _("格式")),
            ("created", _("建立于")),
            ("journal", _("变更记录")),
            ("numbers", _("编号")),
        )
        facts = Facts(theme, words, long={"path", "journal", "numbers"})
        self._facts = facts.values
        explained = _("每次改动都记一条，一条扣着一条；中间被换掉或删掉，检查时就能看出来。")
        return holder(
            column(
                Text(theme, _("这个保险库"), "subtitle"),
                8,
                facts,
                14,
                self.limit,
                14,
                row(self.verify, None),
                4,
                Text(theme, explained, "caption", "ink3", wrap=True),
                6,
                self.verdict,
                gap=0,
            )
        )

    def _about(self) -> QWidget:
        theme = self.theme
        self.about = Button(theme, _("关于与许可"), icon="info_filled")
        self.about.clicked.connect(self._show_about)
        aim = _("本软件只作自评参考，不是行政认定。清单与评分帮助看清差距，不替代法律意见。")
        return holder(
            column(
                Text(theme, _("关于"), "subtitle"),
                Text(theme, _("商业秘密保护自评，版本{version}").format(version=__version__), "body"),
                Text(theme, aim, "body", "ink2", wrap=True),
                Text(theme, _("不联网，不收集任何信息。"), "body", "ink2", wrap=True),
                row(self.about, None),
                gap=6,
            )
        )

    def _show_about(self) -> None:
        from tsguard.gui.about.sheet import show_about  # noqa: PLC0415 - reads all licences

        show_about(self.theme, self)

    # --- what it shows ------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to the front with facts as they are now; ``passphrase`` opens the form for a new one.

        ``passphrase:code`` the same for a person who has the recovery code at hand.
        """
        self.verdict.hide()
        self.refresh()
        if detail in {"passphrase", "passphrase:code"}:
            self.keys.change_passphrase(by_code=detail.endswith(":code"))

    def refresh(self) -> None:
        """Show the facts as they are, where they are looked at."""
        if self.model.session.closed:
            return
        self.limit.set_value(self.model.session.cabinet.limit)
        if self.isVisible():
            self.packs.refresh()
        if not self.isVisible() and self._facts["path"].text():
            return
        info = self.model.session.file.info()
        self._facts["path"].set_text(str(info.path))
        self._facts["size"].set_text(size_text(info.size).replace(" ", ""))
        self._facts["format"].set_text(
            _("第{version}版，密钥方案{profile}").format(
                version=info.format_version, profile=info.kdf_profile
            )
        )
        created = datetime.fromisoformat(info.created_at).astimezone()
        self._facts["created"].set_text(f"{created:%Y-%m-%d}")
        self._facts["journal"].set_text(
            _("{count}条，末条摘要{head}").format(
                count=f"{info.journal_entries:,}", head=f"{info.journal_head[:8]}…"
            )
        )
        file = self.model.session.file
        self._facts["numbers"].set_text(
            _("保险库编号{lineage}，钥匙编号{key}").format(lineage=file.lineage, key=file.key_id)
        )

    def _content_changed(self) -> None:
        if self.isVisible():
            self.packs.refresh()

    def _set_limit(self, size: int) -> None:
        try:
            self.model.session.cabinet.set_limit(size)
        except TSGuardError as error:
            self.model.failed.emit(error)
        else:
            self.model.saved.emit()

    def _verify(self) -> None:
        try:
            entries = self.model.session.file.verify_journal()
        except TSGuardError as error:
            self.verdict.say(Severity.ERROR, str(explain(error)))
        else:
            said = _("{count}条变更记录首尾相扣，没有缺失或改动。").format(count=f"{entries:,}")
            self.verdict.say(Severity.GOOD, said)
        self.verdict.show()

    def fold(self, width: int) -> None:
        """Below 1100 one column."""
        ways = self._columns.Direction
        beside = width >= _BESIDE_FROM
        self._columns.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        for half in self._halves:
            half.setMaximumWidth(_COLUMN if beside else _UNLIMITED)
