"""The examination of the open vault: facts, the last check, a new one, and what to do about its result."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.health.report_view import SEVERITIES, ReportView
from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.facts import Facts
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.i18n import _
from tsguard.services import health_words as words
from tsguard.services.doctor import Doctor
from tsguard.services.explain import explain, size_text
from tsguard.services.health import Health, Outcome
from tsguard.services.moments import moment_text
from tsguard.services.seen import Checked
from tsguard.services.visible import visible
from tsguard.services.whereabouts import notice, sentence

_COLUMN = 760
_LABEL = 84


class HealthPage(Page):
    """Facts about the vault's file, and its examination while one works on."""

    def __init__(
        self,
        theme: Theme,
        model: SessionModel,
        tasks: Tasks,
        doctor: Doctor,
        parent: QWidget | None = None,
    ) -> None:
        """Make the page.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Runs the examination.
            doctor: Examines.
            parent: Its owner.
        """
        super().__init__(theme, model, parent)
        self._tasks, self._doctor = tasks, doctor
        self._working: Progress | None = None
        self._last: Checked | None = None
        self.begin = Button(theme, _("开始体检"), "primary")
        self.begin.clicked.connect(self.examine)
        self._header = PageHeader(theme, _("保险库体检"), actions=(self.begin,))
        self.strip = ProgressStrip(theme)
        self.note = Note(theme, Severity.INFO, "")
        self.note.hide()
        self.place_note = Note(theme, Severity.INFO, "")
        self.place_note.hide()
        self.report = ReportView(theme)
        explained = _(
            "体检逐页读一遍文件，核对变更记录的每一条、每条记录与它是否一致、每份存入文件的内容，"
            "并看旁边有没有留下的文件。在临时副本上做，不改动保险库；做的时候可以继续工作。"
        )
        self.intro = Text(theme, explained, "body", "ink2", wrap=True)
        body = holder(
            column(
                self.intro,
                14,
                self._fact_part(),
                10,
                self.place_note,
                14,
                self.strip,
                self.note,
                self.report,
                None,
                gap=0,
            )
        )
        body.setMaximumWidth(_COLUMN)
        line = row(gap=0, margins=(PAGE_MARGIN, 12, PAGE_MARGIN, 32))
        line.addWidget(body, 1000)
        line.addStretch(1)
        scroll = Scroll(holder(column(line, None, gap=0)))
        self.setLayout(column(self._header, scroll, gap=0))
        model.saved.connect(self.refresh)
        self.refresh()

    def _fact_part(self) -> QWidget:
        theme = self.theme
        words = (
            ("path", _("文件")),
            ("size", _("大小")),
            ("journal", _("变更记录")),
            ("last", _("上次体检")),
        )
        facts = Facts(theme, words, label=_LABEL, margin=10)
        self._facts = facts.values
        return holder(column(Hairline(theme), facts, Hairline(theme), gap=0))

    # --- what it shows ------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:  # noqa: ARG002 - there are no details here
        """Come to the front with facts as they are now."""
        self.refresh()
        place = notice(self.model.session.path)
        self.place_note.setVisible(place is not None)
        if place is not None:
            self.place_note.say(Severity.INFO, sentence(place))

    def refresh(self) -> None:
        """Show the facts as they are, where they are looked at."""
        session = self.model.session
        if session.closed or (not self.isVisible() and self._facts["path"].text()):
            return
        try:
            info = session.file.info()
        except TSGuardError as error:
            self._say(error)
            return
        self._facts["path"].set_text(visible(info.path))
        self._facts["size"].set_text(size_text(info.size).replace(" ", ""))
        self._facts["journal"].set_text(_("{count}条").format(count=f"{info.journal_entries:,}"))
        last = self._last or self._doctor.last_check(session)
        self._facts["last"].set_text(
            _("{when}，{word}").format(
                when=moment_text(last.at), word=words.outcome_word(Outcome(last.outcome))
            )
            if last
            else _("这台电脑上还没有做过")
        )

    # --- the examination ----------------------------------------------------------------------------

    def examine(self) -> None:
        """Begin to examine."""
        if self._working is not None:
            return
        session, doctor = self.model.session, self._doctor
        self.note.hide()
        self.begin.setEnabled(False)
        self._working = self._tasks.run(
            lambda told: doctor.examine_open(session, told.report, told.cancelled),
            self._examined,
            self._failed,
            self.strip.report,
        )
        self.strip.start(_("正在体检"), self._working.cancel)

    def _end(self) -> None:
        self._working = None
        self.strip.finish()
        self.begin.setEnabled(True)
        self.begin.setText(_("再做一次"))

    def _examined(self, found: Health) -> None:
        self._end()
        self._last = Checked(found.outcome.value, found.at)
        advice = words.advice(found)
        if found.outcome is not Outcome.SOUND and not found.nothing_left:
            advice += _("修复要在锁定之后做：锁定保险库，再在开始页检查这个文件。")
        self.report.show_result(found.outcome, advice, words.lines(found))
        self.refresh()

    def _failed(self, error: TSGuardError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.note.say(Severity.INFO, _("体检已停下，什么也没有改动。"))
            self.note.show()
        else:
            self._say(error)

    def _say(self, error: TSGuardError) -> None:
        self.note.say(SEVERITIES[Outcome.LOST], str(explain(error)))
        self.note.show()
