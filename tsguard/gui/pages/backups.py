"""备份: which there are; making, checking and restoring one; how they are made by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from tsguard.errors import BackupFolderGone, Cancelled, TSGuardError
from tsguard.gui.backups.columns import columns
from tsguard.gui.backups.questions import ask_delete, ask_passphrase
from tsguard.gui.backups.restore_sheet import RestoreSheet, Subject
from tsguard.gui.backups.settings_part import BackupSettings
from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Scroll
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.services import backup_files, backup_words, backups, restore
from tsguard.services.backup_files import Places
from tsguard.services.backup_plan import Backup, Reason
from tsguard.services.backups import Made, Standing
from tsguard.services.doctor import Doctor
from tsguard.services.explain import explain
from tsguard.services.moments import moment_text
from tsguard.services.restore import Restored
from tsguard.services.vault_file import Secret

_BESIDE_FROM = 1100
_SETTINGS_WIDTH = 300


@dataclass(frozen=True, slots=True)
class _Found:
    """What a look at the folders found."""

    key_id: str
    backups: tuple[Backup, ...]
    standing: Standing


class BackupsPage(Page):
    """The backups of the open vault."""

    def __init__(
        self,
        theme: Theme,
        model: SessionModel,
        tasks: Tasks,
        store: SettingsStore,
        parent: QWidget | None = None,
    ) -> None:
        """Make the page.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Runs what takes time.
            store: The program's settings.
            parent: Its owner.
        """
        super().__init__(theme, model, parent)
        self._tasks, self._store = tasks, store
        self._running: Progress | None = None
        self._look: Progress | None = None
        self._there: tuple[Backup, ...] = ()
        self._key_id = model.session.file.key_id
        self.sheet: RestoreSheet | None = None
        self.make = Button(theme, _("立即备份"), "primary", "save")
        self.make.clicked.connect(self.back_up)
        self._header = PageHeader(theme, _("备份"), actions=(self.make,))
        self.strip = ProgressStrip(theme)
        self.said = Note(theme, Severity.GOOD, "")
        self.warned = Note(theme, Severity.WARNING, "")
        self.older = Note(theme, Severity.INFO, "", _("删除旧口令的备份"))
        self.older.acted.connect(self.ask_delete_older)
        for note in (self.said, self.warned, self.older):
            note.hide()
        self.table = DataTable(
            theme, columns(lambda: self._key_id), name=_("备份"), key=lambda each: each.path
        )
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(self.restore)
        self.restore_button = Button(theme, _("从它恢复"))
        self.restore_button.clicked.connect(self._restore_chosen)
        self.verify_button = Button(theme, _("打开核对"))
        self.verify_button.clicked.connect(self._verify_chosen)
        self.delete_button = Button(theme, _("删除"), "quiet", "delete")
        self.delete_button.clicked.connect(self._delete_chosen)
        self._acts = holder(
            row(self.restore_button, self.verify_button, self.delete_button, None, margins=(0, 0, 0, 6))
        )
        first = Button(theme, _("立即备份"), "primary", "save")
        first.clicked.connect(self.back_up)
        self.empty = EmptyState(theme, "archive", _("还没有备份"), "", [first])
        self.settings = BackupSettings(theme, store)
        self.settings.setMaximumWidth(_SETTINGS_WIDTH)
        explained = _("备份和保险库一样加密。“从它恢复”会先列出和现在有什么不同，不会直接改动。")
        self._foot = Text(theme, explained, "caption", "ink3", wrap=True)
        left = holder(column(self._acts, self.table, 10, self._foot, self.empty, None, gap=0))
        self._columns = row(gap=40, margins=(PAGE_MARGIN, 16, PAGE_MARGIN, 32))
        self._columns.addWidget(left, 10)
        self._columns.addWidget(holder(column(self.settings, None, gap=0)), 0)
        notes = column(
            self.strip, self.said, self.warned, self.older, gap=8, margins=(PAGE_MARGIN, 12, PAGE_MARGIN, 0)
        )
        scroll = Scroll(holder(column(notes, self._columns, None, gap=0)))
        self.setLayout(column(self._header, scroll, gap=0))
        store.changed.connect(self._resettled)
        for widget in (self.table, self._acts, self._foot, self.empty):
            widget.hide()
        self._header.set_facts(_("正在查找备份"))
        self._chosen(None)
        self.refresh()

    @property
    def places(self) -> Places:
        """Where backups go, by the settings."""
        return backup_files.places_of(self._store.value, self._store.file)

    # --- what there is ------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:  # noqa: ARG002 - there are no details here
        """Come to the front with the backups as they are now, the newest one chosen."""
        if self._running is None:
            self.said.hide()
        self.refresh(self._choose_newest)

    def refresh(self, then: Callable[[], object] = lambda: None) -> None:
        """Look what there is, in another thread: a network drive that is gone answers after minutes.

        Args:
            then: Called when it is shown.
        """
        session = self.model.session
        if session.closed:
            return
        if self._look is not None:
            self._look.cancel()
        file, places = session.file, self.places

        def look(_progress: Progress) -> _Found:
            return _Found(
                file.key_id,
                backup_files.list_backups(places, file.lineage),
                backups.standing(file, places),
            )

        def shown(found: _Found) -> None:
            if self._look is mine:
                self._look = None
            self._show(found)
            then()

        def failed(_error: TSGuardError) -> None:
            if self._look is mine:
                self._look = None

        mine = self._look = self._tasks.run(look, shown, failed, looks=True)

    def _choose_newest(self) -> None:
        if self.table.value() is None:
            self.table.choose(lambda _each: True)

    def _show(self, look: _Found) -> None:
        if self.model.session.closed:
            return
        self._key_id, self._there = look.key_id, look.backups
        found, standing = look.backups, look.standing
        self.table.set_rows(found)
        self.table.setFixedHeight(self.table.content_height())
        for widget in (self.table, self._acts, self._foot):
            widget.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.make.setVisible(bool(found))
        self.empty.set_texts(
            _("还没有备份"), backup_words.first_words(automatic=self._store.value.backup_automatic)
        )
        self._say_facts(found, standing)
        self._warn(standing)
        older = self._older(found)
        self.older.setVisible(bool(older))
        if older:
            self.older.say(Severity.INFO, backup_words.older_sentence(older), _("删除旧口令的备份"))

    def _say_facts(self, found: tuple[Backup, ...], standing: Standing) -> None:
        if not found:
            self._header.set_facts()
            return
        size = backup_words.size_word(sum(each.size for each in found))
        self._header.set_facts(
            _("最近一份{when}").format(when=moment_text(found[0].when)),
            _("{count}份，共{size}").format(count=f"{len(found):,}", size=size),
            _("之后有改动") if standing.changed else _("之后没有改动"),
        )

    def _warn(self, standing: Standing) -> None:
        said = backup_words.warning(standing, self.places.chosen)
        self.warned.setVisible(bool(said))
        if said:
            self.warned.say(Severity.WARNING, said)

    def _older(self, found: tuple[Backup, ...]) -> tuple[Backup, ...]:
        return tuple(each for each in found if each.sound and each.key_id != self._key_id)

    def _resettled(self) -> None:
        self.refresh()

    def _chosen(self, value: Any) -> None:
        sound = isinstance(value, Backup) and value.sound
        free = self._running is None
        self.restore_button.setEnabled(sound and free)
        self.verify_button.setEnabled(sound and free)
        self.delete_button.setEnabled(value is not None and free)

    # --- making one ---------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Make a backup now."""
        if self._running is not None:
            return
        self.model.closing.emit()  # what is being typed goes along
        file, places, budget = self.model.session.file, self.places, self._store.value.backup_budget
        self._start(
            lambda progress: backups.back_up(
                file,
                places,
                Reason.ASKED,
                budget=budget,
                progress=progress.report,
                cancelled=progress.cancelled,
            ),
            self._made,
            _("正在备份"),
        )

    def _made(self, made: Made) -> None:
        self._end()
        gone = any(isinstance(each, BackupFolderGone) for each in made.failures)
        words = (
            _("已备份到这台电脑，并打开核对过：{counts}。") if gone else _("已备份，并打开核对过：{counts}。")
        )
        words = words.format(counts=backup_words.counted(made.facts[0]))
        if made.dropped:
            words += _("按保留规则清理了{count}份较早的。").format(count=len(made.dropped))
        newest = made.facts[0].path

        def choose() -> None:
            self.table.choose(lambda each: each.path == newest)

        # That the chosen folder is gone stands below already, for as long as it is.
        told = [each for each in made.failures if not isinstance(each, BackupFolderGone)]
        if told:
            self._say(Severity.WARNING, words + str(explain(told[0])), choose)
        else:
            self._say(Severity.GOOD, words, choose)

    # --- with the chosen one ------------------------------------------------------------------------

    def restore(self, backup: Backup) -> None:
        """Lay the sheet over the page that restores from a backup."""
        if self._running is not None or not backup.sound:
            return
        self.model.closing.emit()
        session = self.model.session
        subject = Subject(
            backup,
            self.places,
            self._store.value.backup_budget,
            vault=session.path,
            session=session,
            options={"profiles": session.file.profiles},
        )
        self.sheet = RestoreSheet(self.theme, self, self._tasks, subject)
        self.sheet.replaced.connect(self._replaced)
        self.sheet.restored.connect(self._restored)
        self.sheet.open()

    def _replaced(self, done: Restored) -> None:
        assert self.sheet is not None  # noqa: S101 - it is the one that tells
        backup = self.sheet.subject.backup
        # The person chose this state: at the next opening it is no surprise.
        Doctor(self._store.file).expect(backup.lineage, done.facts)
        words = _("已用{when}的备份换下，换下前的内容另作了一份“恢复前”的备份。请用这份备份的口令打开。")
        self.lock_wanted.emit(words.format(when=moment_text(backup.when)))

    def _restored(self, _done: Restored) -> None:
        self.refresh()

    def verify(self, backup: Backup) -> None:
        """Open a backup and count; one under an older passphrase needs that."""
        if backup.key_id == self._key_id:
            self._verify(backup, self.model.session.file.raw_key())
            return
        ask_passphrase(self.theme, self.window(), lambda typed: self._verify(backup, typed))

    def _verify(self, backup: Backup, secret: Secret) -> None:
        profiles = self.model.session.file.profiles
        self._start(
            lambda progress: restore.verify(backup.path, secret, profiles=profiles, progress=progress.report),
            self._verified,
            _("正在核对"),
        )

    def _verified(self, checked: Any) -> None:
        self._end()
        words = _("这份备份打得开，每一页和每一条变更记录都对得上：{counts}。")
        self._say(Severity.GOOD, words.format(counts=backup_words.counted(checked.facts)))

    def _restore_chosen(self) -> None:
        if isinstance(backup := self.table.value(), Backup):
            self.restore(backup)

    def _verify_chosen(self) -> None:
        if isinstance(backup := self.table.value(), Backup):
            self.verify(backup)

    def _delete_chosen(self) -> None:
        if isinstance(backup := self.table.value(), Backup):
            when = moment_text(backup.when)
            self._ask_delete((backup,), _("删除{when}的备份").format(when=when), _("删掉就找不回来了。"))

    def ask_delete_older(self) -> None:
        """Ask before the backups under older passphrases go."""
        older = self._older(self._there)
        if not older:
            return
        left = len(self._there) - len(older)
        title = _("删除{count}份旧口令的备份").format(count=len(older))
        text = (
            _("删掉就找不回来了；用现在口令的备份还有{count}份。").format(count=left)
            if left
            else _("删掉就找不回来了，而且现在还没有用新口令的备份。请先点“立即备份”。")
        )
        self._ask_delete(older, title, text)

    def _ask_delete(self, gone: tuple[Backup, ...], title: str, text: str) -> None:
        ask_delete(self.theme, self.window(), title, text, lambda: self.delete(gone))

    def delete(self, gone: tuple[Backup, ...]) -> None:
        """Take backups away, without a question."""
        if self._running is None:
            self._start(lambda _progress: (gone, backup_files.remove(gone)), self._deleted, _("正在删除"))

    def _deleted(self, done: tuple[tuple[Backup, ...], tuple[Backup, ...]]) -> None:
        self._end()
        gone, left = done
        if left:
            words = _("有{count}份没有删掉：文件正被使用、已经变动或不能写。").format(count=len(left))
            self._say(Severity.WARNING, words)
        else:
            self._say(Severity.GOOD, _("已删除{count}份备份。").format(count=len(gone)))

    # --- work ---------------------------------------------------------------------------------------

    def _start(self, work: Any, done: Any, words: str) -> None:
        self.said.hide()
        self.make.setEnabled(False)
        self._running = self._tasks.run(work, done, self._failed, self.strip.report)
        self._chosen(self.table.value())
        self.strip.start(words, self._running.cancel)

    def _end(self) -> None:
        self._running = None
        self.strip.finish()
        self.make.setEnabled(True)
        self._chosen(self.table.value())

    def _failed(self, error: TSGuardError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._say(Severity.INFO, _("已取消，没有留下未完成的备份。"))
        else:
            self._say(Severity.ERROR, str(explain(error)))

    def _say(self, severity: Severity, words: str, then: Callable[[], object] | None = None) -> None:
        self.said.say(severity, words)
        self.said.show()
        self.refresh(then or self._choose_newest)

    def fold(self, width: int) -> None:
        """Below 1100 the settings stand under the list."""
        ways = self._columns.Direction
        beside = width >= _BESIDE_FROM
        self._columns.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self.settings.setMaximumWidth(_SETTINGS_WIDTH if beside else 520)
