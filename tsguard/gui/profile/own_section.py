"""自带内容: files of modules and programmes that did not come with the program; add, replace, remove.

Nothing here touches the vault: what an assessment uses is frozen there, and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import delete

from tsguard.domain.checklist import Module
from tsguard.domain.words import module_kind_word
from tsguard.errors import ContentInvalid, TSGuardError
from tsguard.gui.profile.ask_in_place import AskInPlace, Question, Way
from tsguard.gui.profile.module_panel import SHORT_HASH, hash_line
from tsguard.gui.profile.offer import size_line
from tsguard.gui.profile.own_rows import KeptModuleRow, OwnModuleRow, OwnProgrammeRow, UnusableRow
from tsguard.gui.profile.scope_rows import BLEED, ModuleRow, ScopeRow
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.own_content import OwnFile, add_own, check_file, own_files, remove_own
from tsguard.services.visible import visible


class OwnSection(QWidget):
    """The files of the person's own folder, and what only the vault still has.

    Attributes:
        files: As last read.
        module_rows: The rows that can be ticked, by the module's id.
        rows: All rows, in order.
        question: Asks before anything is added, replaced or removed.
        open: Asks for a file.

    Signals:
        changed(): Other files are at hand now; ``files`` is read anew.
        looked(module): The person wants to see what a ``Module`` holds.
        problems_wanted(name, problems): The person wants to see what was found in a file.
    """

    changed = Signal()
    looked = Signal(object)
    problems_wanted = Signal(str, object)

    def __init__(self, theme: Theme, tasks: Tasks, folder: Path) -> None:
        """Make it, with the files of the folder as they are now.

        Args:
            theme: Where colours come from.
            tasks: Reads and checks files that come in.
            folder: The person's own.
        """
        super().__init__()
        self._theme, self._tasks, self._folder = theme, tasks, folder
        self._used: frozenset[str] = frozenset()
        self._path = folder
        self._then: Callable[[OwnFile], object] = self._checked
        self._running = False
        self.files: tuple[OwnFile, ...] = _usable_first(folder)
        self.module_rows: dict[str, ModuleRow] = {}
        self.rows: list[ScopeRow] = []
        self.open = Button(theme, _("打开模块文件…"), "link", "folder_open", flush=True)
        self.open.clicked.connect(self._ask_for_file)
        words = _("律师、园区或自己写的行业模块和申报方案（YAML或Excel），打开或拖到这页上，先检查再加。")
        self._none = Text(theme, words, "small", "ink3", wrap=True)
        self._busy = Text(theme, "", "small", "ink2")
        self._busy.hide()
        self.question = AskInPlace(theme)
        self.question.home = self.open
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        head = row(Text(theme, _("自带内容"), "small_b"), None, self.open, gap=8)
        inner = (BLEED, 0, BLEED, 0)
        said = column(head, self._none, self._busy, self.question, gap=4, margins=inner)
        self.setLayout(column(said, holder(self._list), gap=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(_("自带内容"))

    # --- showing ------------------------------------------------------------------------------------

    def set_used(self, ids: Iterable[str]) -> None:
        """Know the modules and the programme that the assessment uses; a removal speaks of them."""
        self._used = frozenset(ids)

    def show_rows(self, kept: Sequence[Module]) -> None:
        """Build the rows anew.

        Args:
            kept: Modules that only the vault still has.
        """
        for old in self.rows:
            delete(old)
        self.rows, self.module_rows = [], {}
        for file in self.files:
            self._add(self._row(file))
        for module in kept:
            self._add(KeptModuleRow(self._theme, module))
        self._none.setVisible(not self.rows)

    def _row(self, file: OwnFile) -> ScopeRow:
        made: OwnModuleRow | OwnProgrammeRow | UnusableRow
        if file.usable and file.module:
            made = OwnModuleRow(self._theme, file, file.module)
        elif file.usable:
            made = OwnProgrammeRow(self._theme, file)
        else:
            made = UnusableRow(self._theme, file)
        made.acts.remove.connect(self._ask_to_remove)
        made.acts.problems.connect(self._show_problems)
        return made

    def _add(self, made: ScopeRow) -> None:
        made.looked.connect(self._look)
        if isinstance(made, ModuleRow):
            self.module_rows[made.module.id] = made
        self.rows.append(made)
        self._list.addWidget(made)

    def _look(self) -> None:
        asked = self.sender()
        if isinstance(asked, ModuleRow):
            self.looked.emit(asked.module)
        elif isinstance(asked, UnusableRow):
            self._show_problems(asked.file)

    def _show_problems(self, file: object) -> None:
        if isinstance(file, OwnFile):
            self.problems_wanted.emit(visible(file.name), file.problems)

    @property
    def busy(self) -> bool:
        """Whether a file is being checked, added or removed; it takes no other meanwhile."""
        return self._running

    # --- a file comes in ----------------------------------------------------------------------------

    def _ask_for_file(self) -> None:
        if self._running:
            return  # not disabled meanwhile: it would lose the keyboard
        kinds = _("模块和申报方案") + " (*.yaml *.yml *.xlsx)"
        name, _kind = QFileDialog.getOpenFileName(self, _("打开模块文件"), "", kinds)
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Check a file, and show what was found before anything is added; one at a time."""
        self._run(visible(path.name), lambda _progress: check_file(path), self._checked, path)

    def _run(
        self, name: str, work: Callable[[Progress], OwnFile], done: Callable[[OwnFile], object], path: Path
    ) -> None:
        if self._running:
            return
        self._running, self._path, self._then = True, path, done
        self.question.dismiss()
        self._busy.set_text(_("正在检查“{name}”").format(name=name))
        self._busy.show()
        self._tasks.run(work, self._done, self._failed)

    def _rest(self) -> None:
        self._running = False
        self._busy.hide()

    def _done(self, file: OwnFile) -> None:
        self._rest()
        self._then(file)

    def _failed(self, error: TSGuardError) -> None:
        self._rest()
        if isinstance(error, ContentInvalid):
            self._refuse(visible(self._path.name), error)
            return
        said = explain(error)
        lines = tuple(part for part in (said.data, said.advice) if part)
        self._ask(Severity.ERROR, said.happened.removesuffix("。"), lines, Way(_("关闭")))

    def _refuse(self, name: str, error: ContentInvalid) -> None:
        grave = sum(problem.grave for problem in error.problems)
        title = _("“{name}”有{count}处问题，还不能用").format(name=name, count=grave)
        look = partial(self.problems_wanted.emit, name, error.problems)
        lines = (_("没有添加，原来的内容都没有动。"),)
        self._ask(Severity.ERROR, title, lines, Way(_("看问题"), look, stays=True), Way(_("关闭")))

    def _checked(self, file: OwnFile) -> None:
        if not file.usable:
            self._refuse(visible(file.name), ContentInvalid(file.problems))
            return
        old = next((each for each in self.files if _same_thing(each, file)), None)
        if old is not None and old.sha256 == file.sha256:
            title = _("“{title}”已经在这里了，内容相同").format(title=_title(file))
            self._ask(Severity.INFO, title, (), Way(_("关闭")))
        elif old is not None:
            self._ask_to_replace(file, old)
        else:
            title = _("检查过了，添加“{title}”？").format(title=_title(file))
            add = Way(_("添加"), partial(self._add_file, file, replace_old=False))
            self._ask(Severity.GOOD, title, _facts(file), *self._hints(file), add, Way(_("先不添加")))

    def _ask_to_replace(self, file: OwnFile, old: OwnFile) -> None:
        title = _("已有编号相同的“{title}”，换成这个？").format(title=_title(old))
        now = _("现有的是{version}版（{hash}）。").format(version=_version(old), hash=old.sha256[:SHORT_HASH])
        stays = _("自评用的是保险库里冻结的那一份，换到新版另外再问。")
        swap = Way(_("替换"), partial(self._add_file, file, replace_old=True))
        lines = (*_facts(file), now, stays)
        self._ask(Severity.WARNING, title, lines, *self._hints(file), swap, Way(_("先不替换")))

    def _hints(self, file: OwnFile) -> tuple[Way, ...]:
        if not file.problems:
            return ()
        look = partial(self.problems_wanted.emit, visible(file.name), file.problems)
        return (Way(_("看{count}处提示").format(count=len(file.problems)), look, stays=True),)

    def _add_file(self, file: OwnFile, *, replace_old: bool) -> None:
        source, folder = file.path, self._folder
        self._run(
            visible(file.name),
            lambda _progress: add_own(source, folder, replace_old=replace_old),
            self._moved,
            source,
        )

    # --- a file goes --------------------------------------------------------------------------------

    def _ask_to_remove(self, file: object) -> None:
        if not isinstance(file, OwnFile):
            return
        title = _("移除“{title}”？").format(title=_title(file))
        lines = [_("从这台电脑上删除{name}，不能撤销。").format(name=visible(file.name))]
        if file.usable and file.id in self._used:
            lines.append(_("本次自评正在用它：保险库里冻结的那一份还在，照常作答、计分、出报告。"))
        elif file.usable:
            lines.append(_("用过它的自评各有冻结的一份，不受影响。"))
        folder, name = self._folder, file.name
        gone = partial(self._run, name, lambda _progress: remove_own(name, folder), self._moved, file.path)
        self._ask(Severity.WARNING, title, tuple(lines), Way(_("移除"), gone, "danger"), Way(_("先不移除")))

    def _moved(self, _file: OwnFile) -> None:
        self.read_anew()

    def read_anew(self) -> None:
        """Read and check the files of the folder again; ``changed`` follows."""
        self.files = _usable_first(self._folder)
        self.changed.emit()

    def _ask(self, severity: Severity, title: str, lines: tuple[str, ...], *ways: Way) -> None:
        self.question.ask(Question(severity, title, lines, ways))


def _usable_first(folder: Path) -> tuple[OwnFile, ...]:
    return tuple(sorted(own_files(folder), key=lambda file: not file.usable))


def _same_thing(one: OwnFile, other: OwnFile) -> bool:
    return bool(one.id) and one.id == other.id and (one.module is None) == (other.module is None)


def _title(file: OwnFile) -> str:
    found = file.module or file.programme
    return visible((found.title if found else "") or file.name)


def _version(file: OwnFile) -> str:
    found = file.module or file.programme
    return found.version if found else ""


def _facts(file: OwnFile) -> tuple[str, ...]:
    """What the checked file is: kind, version, size; hash; who wrote it."""
    version = _("{version}版").format(version=_version(file))
    facts = [_("申报方案"), version]
    whence = file.programme.disclaimer if file.programme else ""
    if file.module:
        facts = [module_kind_word(file.module.kind), version, size_line(file.module)]
        whence = _("来历：{origin}").format(origin=file.module.origin)
    said = _("非随程序发布：报告里会印出它的名称和完整的SHA-256。")
    return (" · ".join(facts), hash_line(file.sha256), whence, said)
