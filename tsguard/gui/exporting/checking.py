"""The sheet in which the leak guard's open passages are dealt with, before anything is written."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tsguard.domain.dossier import Format
from tsguard.domain.leaks import Part
from tsguard.gui.exporting.documents import edition_words
from tsguard.gui.exporting.hits import Passage, PassageList
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.panels import Sheet, SidePanel
from tsguard.i18n import _
from tsguard.services.dossier import Made, MadeFile
from tsguard.services.leak_guard import place_words, source_words

_WIDTH = 560
_ROOM_BELOW = 24
"""Logical pixels under what the sheet scrolls to: an error takes a line more."""


def file_words(made: MadeFile) -> str:
    """``自评报告（报送版）``, with its form where that is not PDF."""
    words = edition_words(made.edition)
    if made.format is Format.DOCX:
        return _("{document}·Word").format(document=words)
    return words


def passages_of(made: Made) -> list[Passage]:
    """The open hits of a dossier, each once, in the order of its files."""
    found: dict[str, Passage] = {}
    for at, each in enumerate(made.files):
        for hit in each.hits:
            if hit.key not in found:
                place, source = place_words(hit.place), source_words(hit.source)
                piece = hit.place.name if hit.place.part is Part.PAGE else ""
                found[hit.key] = Passage(hit, at, file_words(each), place, source, piece)
    return list(found.values())


class HitsSheet(Sheet):
    """The passages, over the page.

    Attributes:
        list: The passages.
        go_on: Writes the files once nothing is open; hidden where nothing was to be written.
    """

    def __init__(self, theme: Theme, host: QWidget) -> None:
        """Make it; ``show_made`` and ``open`` bring it into sight.

        Args:
            theme: Where colours come from.
            host: What it is laid over.
        """
        self.list = PassageList(theme)
        self.go_on = Button(theme, _("写出文件"), "primary", "arrow_export")
        self._left = Text(theme, "", "small", "ink2")
        self._panel = SidePanel(theme, _("疑似泄密"), self.list, width=0, foot=(self._left, None, self.go_on))
        super().__init__(theme, host, self._panel, width=_WIDTH)
        self._panel.closed.connect(self.dismiss)
        self.list.grown.connect(self._bring_into_sight)

    def show_made(self, made: Made, *, writes: bool, desk: bool) -> None:
        """Show what is open.

        Args:
            made: The dossier.
            writes: Whether it is to be written when nothing is open.
            desk: Whether there is room for pages beside the choice.
        """
        passages = passages_of(made)
        if passages:
            intro = _(
                "这些文件里出现了保险库中不该公开的内容，所以一个也没有写出。"
                "改掉写法再导出；确实可以公开的，写明理由放行。"
            )
            left = _("还有{count}处没有处理").format(count=len(passages))
        else:
            intro = _("每一处都处理了。图片里的字没有读，请自己看一遍。")
            left = "" if writes else _("现在可以导出了")
        title = _("疑似泄密{count}处").format(count=len(passages)) if passages else _("疑似泄密已处理完")
        self._panel.set_title(title)
        self._left.set_text(left)
        self.list.show_passages(passages, intro, desk=desk)
        self.go_on.setVisible(writes)
        self.go_on.setEnabled(not passages)

    def _bring_into_sight(self, part: QWidget) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._panel.area.ensureWidgetVisible(part, 0, _ROOM_BELOW)

    def forget(self) -> None:
        """Drop all of it, at lock."""
        self.dismiss()
        self.list.forget()
