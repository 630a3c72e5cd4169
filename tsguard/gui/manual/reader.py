"""The manual as a sheet over the window, before unlocking and after.

It knows nothing of a vault. Only links inside the manual are followed; nothing is ever fetched.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from tsguard.gui.manual import page_text
from tsguard.gui.manual.outline import OutlineList, Place
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PANEL_MARGIN
from tsguard.gui.widgets.buttons import IconButton
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.panels import Sheet
from tsguard.gui.widgets.searched import SearchedSurface
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _
from tsguard.services.manual import chapters, search

_WIDTH = 1080
_OUTLINE = 248
_LONGEST_LINE = 760


class ManualText(QTextBrowser):
    """The text of one chapter.

    Signals:
        asked(chapter, heading): A link inside the manual was pressed.
    """

    asked = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._markdown = ""
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("说明正文"))
        self.document().setDocumentMargin(2)
        self.viewport().setAutoFillBackground(False)
        self.setMaximumWidth(_LONGEST_LINE)
        self.anchorClicked.connect(self._pressed)
        theme.changed.connect(self._dress)

    def show_chapter(self, title: str, markdown: str) -> None:
        """Show a chapter from its beginning."""
        self._markdown = markdown
        self.setAccessibleDescription(title)
        self._dress()
        self.verticalScrollBar().setValue(0)

    def go_to(self, heading: str) -> None:
        """Bring a heading to the top; the beginning for "" and where there is none of that title."""
        cursor = self.textCursor()
        cursor.setPosition(0)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(int(page_text.top_of(self.document(), heading)) if heading else 0)

    def loadResource(self, _kind: int, _name: QUrl, /) -> object:  # type: ignore[override]
        """Load nothing, whatever a text may name."""
        return None

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the smallest window."""
        return QSize(260, 200)

    def _dress(self) -> None:
        at = self.verticalScrollBar().value()
        page_text.fill(self.document(), self._markdown, self._theme)
        self.verticalScrollBar().setValue(at)

    def _pressed(self, url: QUrl) -> None:
        decoded = QUrl.ComponentFormattingOption.FullyDecoded
        if url.isRelative():
            self.asked.emit(url.path(decoded), url.fragment(decoded))


class ManualPanel(SearchedSurface):
    """Search and outline at the left, the text at the right.

    Attributes:
        search: Finds lines in all chapters.
        outline: Chapters and headings, or what was found.
        text: The open chapter.

    Signals:
        closed: The person wants to close it.
    """

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        self._chapters = {chapter.name: chapter for chapter in chapters()}
        self._at = next(iter(self._chapters))
        close = IconButton(theme, "dismiss", _("关闭"))
        self.search = SearchField(theme, _("在说明里找"))
        self.outline = OutlineList(theme)
        self.text = ManualText(theme)
        self._none = Text(theme, "", "small", "ink3", wrap=True)
        self._none.hide()
        left = holder(column(self.search, self._none, self.outline, gap=10, margins=(PANEL_MARGIN, 8, 8, 12)))
        left.setFixedWidth(_OUTLINE)
        right = row(self.text, gap=0, margins=(24, 8, 8, 0))
        right.setStretch(0, 1000)
        right.addStretch(1)
        body = row(left, Hairline(theme, upright=True), gap=0)
        body.addLayout(right, 1)
        head = row(Text(theme, _("安全说明"), "subtitle"), None, close, margins=(PANEL_MARGIN, 14, 12, 8))
        whole = column(head, Hairline(theme), gap=0)
        whole.addLayout(body, 1)
        super().__init__(theme, whole)
        self.setAccessibleName(_("安全说明"))
        close.clicked.connect(self.closed)
        self.search.textChanged.connect(self._find)
        self.outline.reached.connect(self._reach)
        self.outline.entered.connect(self.text.setFocus)
        self.text.asked.connect(self.show_place)
        self.show_place(self._at)

    @property
    def chapter(self) -> str:
        """The name of the chapter that is shown."""
        return self._at

    def show_place(self, chapter: str, heading: str = "") -> None:
        """Show a chapter at a heading; a chapter that is none is left alone.

        Args:
            chapter: Its name; "" for the one that is shown.
            heading: The heading's title; "" for the beginning.
        """
        name = chapter or self._at
        if name not in self._chapters:
            return
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._open(name, heading)
        self._list(heading)

    def _open(self, name: str, heading: str) -> None:
        known = self._chapters[name]
        if name != self._at or not self.text.document().blockCount() > 1:
            self._at = name
            self.text.show_chapter(known.title, known.text)
        self.text.go_to(heading if heading != known.title else "")

    def _list(self, heading: str = "") -> None:
        places, current = [], None
        for chapter in self._chapters.values():
            place = Place(chapter.name, "", chapter.title)
            places.append(place)
            if chapter.name != self._at:
                continue
            current = place
            for each in chapter.headings:
                if each.level == 2:
                    places.append(Place(chapter.name, each.title, each.title, inner=True))
                    if each.title == heading:
                        current = places[-1]
        self._none.hide()
        self.outline.set_places(places, current)

    def _reach(self, place: Place) -> None:
        moved = place.chapter != self._at
        self._open(place.chapter, place.heading)
        if moved and not self.search.text():
            self._list(place.heading)

    def _find(self, words: str) -> None:
        if not words.strip():
            self._list()
            return
        found = search(words)
        self.outline.set_places(
            [Place(each.chapter, each.heading, each.line, each.heading) for each in found], None
        )
        self._none.set_text("" if found else _("没有找到“{words}”。换个词再试。").format(words=words.strip()))
        self._none.setVisible(not found)


class ManualSheet(Sheet):
    """The manual over a window.

    Attributes:
        panel: What it shows.
    """

    def __init__(self, theme: Theme, host: QWidget) -> None:
        self.panel = ManualPanel(theme)
        super().__init__(theme, host, self.panel, width=_WIDTH)
        self.panel.closed.connect(self.dismiss)


def show_manual(theme: Theme, part: QWidget, chapter: str = "", heading: str = "") -> ManualSheet:
    """Lay the manual over the window that a widget stands in; one sheet for each window.

    Args:
        theme: Where colours come from.
        part: Any widget of the window.
        chapter: A chapter's name; "" for where the person was.
        heading: A heading's title; "" for the chapter's beginning.
    """
    window = part.window()
    sheet = window.findChild(ManualSheet) or ManualSheet(theme, window)
    # Only what is in sight has its width, and so a place for each heading.
    sheet.open()
    sheet.panel.search.setFocus(Qt.FocusReason.OtherFocusReason)
    if chapter or heading:
        sheet.panel.show_place(chapter, heading)
    return sheet
