"""What is said of a check or an export of documents: hits, sizes, check sums, and where the files lie."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from tsguard.domain.disclosure import Level
from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.exporting.making import Written
from tsguard.gui.exporting.outcome import OutcomeNote
from tsguard.gui.exporting.papers import has_pages
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.dossier import Made
from tsguard.services.explain import explain, size_text

_MOST_NAMED = 6


class ExportOutcome(OutcomeNote):
    """What became of a check or an export of documents.

    Signals:
        hits_wanted: The person wants to see the open passages.
        ledger_wanted(issued_id): To the register of issued documents.
    """

    hits_wanted = Signal()
    ledger_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._written: Written | None = None
        self._of_check = False

    def say_failed(self, error: TSGuardError) -> None:
        """It could not be done, or was stopped."""
        self._of_check = False
        said = explain(error)
        if isinstance(error, Cancelled):
            self.say(Severity.INFO, "", str(said))
        else:
            self.say(Severity.ERROR, said.happened, f"{said.data}{said.advice}")

    def forget_check(self) -> None:
        """Something else would be made now; what was said of a check goes."""
        if self._of_check:
            self._of_check = False
            self.clear()

    def say_checked(self, made: Made) -> None:
        """It was looked through."""
        self._of_check = True
        open_hits = len(made.open_hits)
        if open_hits:
            title = _("有{count}处疑似泄密，没有写出任何文件").format(count=open_hits)
            text = _("要改的先改，可以公开的放行，全部处理完才能导出。")
            self.say(Severity.ERROR, title, text, [(_("逐处查看"), self.hits_wanted.emit)])
            return
        let_pass = any(each.cleared for each in made.files)
        title = _("查到的都已放行") if let_pass else _("没有查到泄密")
        self.say(Severity.GOOD, title, _read(made) + _unread(tuple(made.unread)) + _of_certificate(made))

    def say_written(self, written: Written) -> None:
        """The files are there."""
        self._written, self._of_check = written, False
        issued = written.issued
        size = size_text(sum(each.size for each in issued))
        if len(issued) == 1:
            title = _("已导出{pages}页，{size}").format(pages=issued[0].pages, size=size)
            text = _("{name}\nSHA-256 {sha256}").format(name=issued[0].file_name, sha256=issued[0].sha256)
        else:
            title = _("已导出{count}个文件，共{size}").format(count=len(issued), size=size)
            text = _("在文件夹“{folder}”里。").format(folder=written.paths[0].parent.name)
        text += ("\n" if len(issued) == 1 else "") + _unread(written.unread) + written.warning
        actions = [(_("打开文件夹"), self.open_folder), (_("复制SHA-256"), self.copy_sums)]
        if written.unrecorded is not None:
            said = explain(written.unrecorded)
            words = _("{happened}文件都在，但没有记进出具记录。{advice}")
            text = words.format(happened=said.happened, advice=said.advice)
            self.say(Severity.WARNING, title, text, actions)
            return
        self.say(Severity.GOOD, title, text, [*actions, (_("出具记录"), self._see_ledger)])

    def open_folder(self) -> None:
        """Show the files where they lie."""
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.paths[0].parent)))

    def copy_sums(self) -> None:
        """One line a file, as ``sha256sum`` writes and reads them; of a single file only the sum."""
        if self._written is not None:
            issued = self._written.issued
            sums = [f"{each.sha256}  {each.file_name}" for each in issued]
            QApplication.clipboard().setText(issued[0].sha256 if len(issued) == 1 else "\n".join(sums))

    def _see_ledger(self) -> None:
        if self._written is not None:
            self.ledger_wanted.emit(self._written.issued[0].id)


def _of_certificate(made: Made) -> str:
    return made.certificate.warning if made.certificate is not None else ""


def _read(made: Made) -> str:
    """What the guard has read; of internal editions it reads no pages."""
    outside = [each for each in made.files if each.edition.level is Level.INTERNAL]
    pages = sum(each.pages for each in made.files if has_pages(each) and each not in outside)
    words = ""
    if pages:
        words = _("已逐页读过{pages}页，连同书签、文件属性和附件。").format(pages=pages)
    return words + (_("内部版的正文和附件不查，只查文件名、书签和文件属性。") if outside else "")


def _unread(pieces: tuple[str, ...]) -> str:
    """What nobody has read yet."""
    words = _("图片里的字没有读，请自己看一遍。")
    if not pieces:
        return words
    named = _("、").join(pieces[:_MOST_NAMED]) + ("…" if len(pieces) > _MOST_NAMED else "")
    more = _("装订在后面的佐证有{count}件程序读不全：{pieces}。")
    return words + more.format(count=len(pieces), pieces=named)
