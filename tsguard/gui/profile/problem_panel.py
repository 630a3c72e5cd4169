"""What is wrong with a file of the person's own, line by line, to be copied or saved for its author.

Read only; the file is not touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from tsguard.errors import ContentProblem, TSGuardError
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.panels import SidePanel
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.plain_copy import write_chunks
from tsguard.services.problems import problem_sentence, problem_words

WIDTH = 480
_PLACE_WIDTH = 64
_MOST = 200
"""So many are shown; all of them are copied and saved."""


class ProblemPanel(SidePanel):
    """看问题.

    Attributes:
        copy: Puts all of it on the clipboard.
        save: Asks where to write all of it.
    """

    def __init__(self, theme: Theme, name: str, problems: Sequence[ContentProblem]) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            name: The file's.
            problems: In the order of their lines.
        """
        self._colours, self._name = theme, name
        self._text = "\n".join(problem_sentence(problem) for problem in problems) + "\n"
        grave = [problem for problem in problems if problem.grave]
        advice = [problem for problem in problems if not problem.grave]
        self._said = Note(theme, Severity.GOOD, "")
        self._said.hide()
        body = column(self._said, gap=8)
        if grave:
            head = _("{count}处问题，改好以后再打开").format(count=len(grave))
            self._list(body, head, grave)
        if advice:
            head = _("{count}处提示，不影响使用").format(count=len(advice))
            self._list(body, head, advice)
        self.copy = Button(theme, _("复制全部"), "plain", "copy")
        self.copy.clicked.connect(self._copy)
        self.save = Button(theme, _("存为文本…"))
        self.save.clicked.connect(self._ask_where)
        super().__init__(theme, name, holder(body), width=0, foot=[self.copy, self.save, None])

    def _list(self, body: QVBoxLayout, head: str, problems: Sequence[ContentProblem]) -> None:
        body.addWidget(Text(self._colours, head, "small_b", wrap=True))
        for problem in problems[:_MOST]:
            body.addWidget(self._line(problem))
        if len(problems) > _MOST:
            rest = _("还有{count}处，复制或存下来看。").format(count=len(problems) - _MOST)
            body.addWidget(Text(self._colours, rest, "small", "ink2", wrap=True))

    def _line(self, problem: ContentProblem) -> QWidget:
        theme, words = self._colours, problem_words(problem)
        line = row(gap=8)
        if not problem.line and problem.file != self._name:
            # A workbook's place has words of its own: sheet, row and column.
            place = Text(theme, problem.file, "caption", "ink3", wrap=True)
            return holder(column(place, Text(theme, words, "small", wrap=True), gap=0))
        where = _("第{line}行").format(line=problem.line) if problem.line else _("整个文件")
        place = Text(theme, where, "small", "ink3", whole=True)
        place.setMinimumWidth(_PLACE_WIDTH)
        line.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(theme, words, "small", wrap=True), 1)
        return holder(line)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._text)
        self._say(Severity.GOOD, _("已复制，可以发给写这个文件的人。"))

    def _ask_where(self) -> None:
        wanted = _("{name}的问题.txt").format(name=self._name)
        name, _kind = QFileDialog.getSaveFileName(self, _("存为文本"), wanted)
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write all of it as text in UTF-8."""
        try:
            write_chunks(path, (self._text.encode("utf-8", "replace"),))
        except TSGuardError as error:
            self._say(Severity.ERROR, str(explain(error)))
        else:
            self._say(Severity.GOOD, _("已存到{path}").format(path=path))

    def _say(self, severity: Severity, text: str) -> None:
        self._said.say(severity, text)
        self._said.show()
