"""The rows of 自带内容: modules and programmes of the person's own, and files that can't be used.

They show and ask; reading, adding and removing is the section's.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.domain.checklist import Module
from tsguard.gui.profile.module_panel import hash_line, own_tag
from tsguard.gui.profile.offer import size_line
from tsguard.gui.profile.scope_rows import ModuleRow, ScopeRow
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import FILTER_HEIGHT
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.layout import holder, row
from tsguard.gui.widgets.signs import Icon
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _
from tsguard.services.own_content import OwnFile
from tsguard.services.visible import visible

_ORIGIN_LINES = 2
_TOO_MANY = "too-many-files"
"""What is said of the folder itself, which nobody removes here."""


class Acts(QWidget):
    """移除 of one file, and the link to its advice, which the row puts where there is room.

    Attributes:
        hints: None where nothing was found, or where more than advice was.

    Signals:
        remove(file): The person wants it gone.
        problems(file): The person wants to see what was found.
    """

    remove = Signal(object)
    problems = Signal(object)

    def __init__(self, theme: Theme, file: OwnFile, title: str) -> None:
        super().__init__()
        self._file = file
        self.hints: Button | None = None
        parts: list[QWidget] = []
        if file.usable and file.problems:
            count = len(file.problems)
            self.hints = Button(theme, _("看{count}处提示").format(count=count), "link", flush=True)
            said = _("看“{title}”的{count}处提示").format(title=title, count=count)
            self.hints.setAccessibleName(said)
            self.hints.clicked.connect(self._look)
        if all(problem.code != _TOO_MANY for problem in file.problems):
            gone = IconButton(theme, "delete", _("移除“{title}”").format(title=title), size=FILTER_HEIGHT)
            gone.clicked.connect(self._remove)
            parts.append(gone)
        self.setLayout(row(*parts, gap=0))

    def _look(self) -> None:
        self.problems.emit(self._file)

    def _remove(self) -> None:
        self.remove.emit(self._file)


class OwnModuleRow(ModuleRow):
    """A module of the person's own that can be ticked.

    Attributes:
        acts: What can be done with its file.
    """

    def __init__(self, theme: Theme, file: OwnFile, module: Module) -> None:
        self.acts = Acts(theme, file, module.title)
        facts = " · ".join((_("{version}版").format(version=module.version), size_line(module)))
        lines = [_facts(theme, facts, self.acts), *_whence(theme, file, module.origin)]
        super().__init__(theme, module, tags=[own_tag(theme)], lines=lines, acts=[self.acts])


class KeptModuleRow(ModuleRow):
    """A module of which only the vault has a copy."""

    def __init__(self, theme: Theme, module: Module) -> None:
        version = _("这台电脑上没有它的文件；用的是保险库里冻结的{version}版。").format(
            version=module.version
        )
        lines = [Text(theme, version, "small", "ink2", wrap=True)]
        tags = [Tag(theme, _("只在保险库里"), "ink3")]
        super().__init__(theme, module, tags=tags, lines=lines)


class OwnProgrammeRow(ScopeRow):
    """A programme of the person's own; it is chosen where the application is made.

    Attributes:
        acts: What can be done with its file.
    """

    def __init__(self, theme: Theme, file: OwnFile) -> None:
        programme = file.programme
        assert programme is not None  # noqa: S101 - the section makes this row for programmes alone
        self.acts = Acts(theme, file, programme.title)
        name = Text(theme, programme.title, "body")
        head = holder(row(Icon(theme, "document_table", "ink2", 18), name, own_tag(theme), gap=8))
        facts = [_("申报方案"), _("{version}版").format(version=programme.version), _("在“申报表”里选用")]
        lines = [_facts(theme, " · ".join(facts), self.acts), *_whence(theme, file, programme.disclaimer)]
        super().__init__(theme, head, "", ("", ""), lines=lines, acts=[self.acts])


class UnusableRow(ScopeRow):
    """A file that can't be used, with the way to its faults.

    Attributes:
        file: The file.
        acts: What can be done with it.
    """

    def __init__(self, theme: Theme, file: OwnFile) -> None:
        self.file = file
        name = visible(file.name)
        self.acts = Acts(theme, file, name)
        sign = Icon(theme, "error_circle_filled", "bad", 18, spoken=_("不能用"))
        head = holder(row(sign, Text(theme, name, "body"), Tag(theme, _("不能用"), "bad"), gap=8))
        link = (_("看问题"), _("看“{name}”的问题").format(name=name))
        grave = sum(problem.grave for problem in file.problems)
        said = _("{count}处问题，改好以后再打开一次。").format(count=grave)
        lines = [Text(theme, said, "small", "ink2", wrap=True)]
        super().__init__(theme, head, "", link, lines=lines, acts=[self.acts])


def _facts(theme: Theme, facts: str, acts: Acts) -> QWidget:
    words = Text(theme, facts, "small", "ink2")
    return words if acts.hints is None else holder(row(words, None, acts.hints, gap=8))


def _whence(theme: Theme, file: OwnFile, origin: str) -> list[QWidget]:
    place = " · ".join((visible(file.name), hash_line(file.sha256)))
    return [
        Text(theme, place, "caption", "ink3"),
        Text(theme, origin, "caption", "ink3", wrap=True, lines=_ORIGIN_LINES),
    ]
