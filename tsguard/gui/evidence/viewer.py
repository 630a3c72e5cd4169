"""One stored file, looked at inside the program: pictures, PDF and the beginning of a text.

Everything lies in memory only, and ``clear`` drops all of it. What can't be shown says what it is, and
offers the two ways out of the vault; they are the page's business.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tsguard.domain.evidence import Evidence
from tsguard.errors import TSGuardError
from tsguard.gui.evidence.page_bar import PageBar, stepped
from tsguard.gui.evidence.pictures import Pages, Shown, Wanted
from tsguard.gui.evidence.plain_text import PlainText
from tsguard.gui.exporting.paper import DESK_MARGIN, PaperView
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PANEL_MARGIN
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline, Surface
from tsguard.i18n import _
from tsguard.services.cabinet import FileSource
from tsguard.services.evidence_copies import may_open
from tsguard.services.evidence_view import Fit, Loaded, Look, PageFault, fault_sentence, load
from tsguard.services.explain import explain, size_text

_SETTLES_MS = 80

Arrived = tuple[int, Loaded, Pages | None] | tuple[int, TSGuardError, None]
Drawing = tuple[int, int, Shown | PageFault]


class Viewer(QWidget):
    """Head, tools, and the file.

    PageUp and PageDown turn pages, Home and End go to the first and last, Ctrl with + - 0 zooms.

    Attributes:
        bar: Pages and zoom.
        paper: The page on its desk.
        words: The beginning of a text.

    Signals:
        left: The person closed it.
        opening_wanted(evidence_id): Another program shall open the file.
        saving_wanted(evidence_id): A copy is wanted.
        settled: What was asked for is on screen, or it is said why not.
    """

    left = Signal()
    opening_wanted = Signal(str)
    saving_wanted = Signal(str)
    settled = Signal()

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, source: FileSource | None = None
    ) -> None:
        super().__init__()
        self._tasks = tasks
        self._source = model.session.cabinet if source is None else source
        self._opens = source is None  # only evidence has a private folder for other programs
        self._piece: Evidence | None = None
        self._loaded: Loaded | None = None
        self._pages: Pages | None = None
        self._page, self._fit, self._zoom = 0, Fit.WHOLE, 1.0
        self._turn = 0  # of what was asked for; answers to an earlier question are dropped
        self._running: Progress | None = None
        self._drawn: Wanted | None = None
        self._build_head(theme)
        self.bar = PageBar(theme)
        self.paper = PaperView(theme)
        self.words = PlainText(theme)
        self._nothing = EmptyState(theme, "document", "", "")
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for part in (self._blank, self.paper, self.words, self._nothing):
            self._stack.addWidget(part)
        self._note = Note(theme, Severity.INFO, "")
        self._note_row = holder(row(self._note, margins=(PANEL_MARGIN, 0, PANEL_MARGIN, 8)))
        self._note_row.hide()
        self.strip = ProgressStrip(theme)
        desk = Surface(theme, column(self._stack, gap=0), fill="desk")
        body = QVBoxLayout(self)
        body.setContentsMargins(1, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(self._head)
        body.addWidget(self.bar)
        body.addWidget(self._note_row)
        body.addWidget(holder(row(self.strip, margins=(PANEL_MARGIN, 0, PANEL_MARGIN, 0))))
        body.addWidget(Hairline(theme))
        body.addWidget(desk, 1)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLES_MS)
        self._settle.timeout.connect(self._draw)
        self.paper.turned.connect(self.turn)
        self.bar.turned.connect(self.turn)
        self.bar.zoomed.connect(self.zoom)
        self.bar.fitted.connect(self._set_fit)
        self.paper.resized.connect(self._room_changed)
        self._keys()
        self.setAccessibleName(_("查看佐证"))

    def _build_head(self, theme: Theme) -> None:
        self._title = Text(theme, "", "subtitle")
        self._facts = Text(theme, "", "small", "ink3")
        self._open, self._save = Button(theme, _("用其他程序打开")), Button(theme, _("另存为"))
        self._open.clicked.connect(self._ask_opening)
        self._save.clicked.connect(self._ask_saving)
        self._close = IconButton(theme, "dismiss", _("关闭"))
        self._close.clicked.connect(self.left)
        head = row(gap=8, margins=(PANEL_MARGIN, 14, 12, 8))
        head.addLayout(column(self._title, self._facts, gap=0), 1)
        for part in (self._open, self._save, self._close):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head = head

    def _keys(self) -> None:
        for key, act in (
            ("Ctrl++", self._larger),
            ("Ctrl+=", self._larger),
            ("Ctrl+-", self._smaller),
            ("Ctrl+0", self._show_whole),
        ):
            short = QShortcut(QKeySequence(key), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(act)

    # --- what it shows --------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The id of the piece that is shown, or ""."""
        return self._piece.id if self._piece else ""

    @property
    def page(self) -> int:
        """The page on screen, counted from 0."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages there are; 0 where none is shown."""
        return self._pages.count if self._pages else 0

    def show_piece(self, piece: Evidence) -> None:
        """Read a stored file and show it."""
        self.clear()
        self._piece = piece
        self._title.set_text(f"{piece.id} {piece.title}")
        self._facts.set_text(f"{piece.file_name} · {size_text(piece.size)}")
        self._open.setVisible(self._opens and may_open(piece))
        self._save.show()
        turn, source = self._turn, self._source

        def work(progress: Progress) -> Arrived:
            try:
                loaded = load(source, piece, progress=progress.report, cancelled=progress.cancelled)
                seen = loaded.look in {Look.PDF, Look.PICTURE}
                return turn, loaded, Pages(loaded) if seen else None
            except TSGuardError as error:
                return turn, error, None

        self._running = self._tasks.run(work, self._arrived, self._stopped, self.strip.report, looks=True)
        self.strip.start(_("正在读取{id}").format(id=piece.id), self._give_up)

    def rename(self, piece: Evidence) -> None:
        """The piece that is shown has another title now."""
        self._piece = piece
        self._title.set_text(f"{piece.id} {piece.title}")

    def clear(self) -> None:
        """Forget the file and everything decoded from it."""
        self._turn += 1
        self._settle.stop()
        if self._running is not None:
            self._running.cancel()
        self._running = self._piece = self._loaded = self._pages = self._drawn = None
        self._page, self._fit, self._zoom = 0, Fit.WHOLE, 1.0
        self.bar.forget()
        self.paper.show_page(None, QSize(0, 0), "")
        self.words.forget()
        for text in (self._title, self._facts):
            text.set_text("")
        self._nothing.set_texts("", "")
        self._note_row.hide()
        self.bar.hide()
        self.strip.finish()
        self._stack.setCurrentWidget(self._blank)

    def take_keyboard(self) -> None:
        """Put the keyboard onto what is shown."""
        shown = self._stack.currentWidget()
        target = shown if shown in {self.paper, self.words} else self._close
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrived(self, arrived: Arrived) -> None:
        turn, found, pages = arrived
        if turn != self._turn or self._piece is None:
            return
        self._running = None
        self.strip.finish()
        if isinstance(found, TSGuardError):
            said = explain(found)
            self._say(said.happened, f"{said.data}{said.advice}")
            return
        self._loaded, self._pages = found, pages
        self._facts.set_text(f"{self._piece.file_name} · {size_text(self._piece.size)} · {found.kind}")
        if found.misnamed:
            text = _("文件名的扩展名与内容不符：内容是{kind}，这里按内容显示。")
            if found.look is Look.NONE:
                text = _("文件名的扩展名与内容不符：内容是{kind}。")
            self._remark(text.format(kind=found.kind))
        if found.fault is not None:
            self._say(fault_sentence(found.fault), self._other_ways())
        elif found.look is Look.TEXT:
            self.words.show_text(found.text)
            self._show(self.words)
            if found.cut:
                self._remark(_("文件较长，这里只显示开头一段。"))
            self.settled.emit()
        elif found.look is Look.NONE:
            self._say(_("程序里不显示这种文件：{kind}").format(kind=found.kind), self._other_ways())
        else:
            self.bar.show()
            self._show(self.paper)
            self._draw()

    def _show(self, part: QWidget) -> None:
        had = self.isAncestorOf(self.focusWidget() or self) or self._close.hasFocus()
        self._stack.setCurrentWidget(part)
        if had and self.isVisible():
            self.take_keyboard()

    def _other_ways(self) -> str:
        if self._piece is not None and may_open(self._piece):
            return _("文件完好地存在保险库里，可以用其他程序打开，或另存一份。")
        return _("文件完好地存在保险库里，可以另存一份。")

    def _say(self, what: str, text: str) -> None:
        """Say why there is nothing to see."""
        self.bar.hide()
        self._loaded = self._pages = None
        self.paper.show_page(None, QSize(0, 0), "")
        self._nothing.set_texts(what.removesuffix("。"), text)
        self._show(self._nothing)
        self.settled.emit()

    def _remark(self, text: str) -> None:
        self._note.say(Severity.INFO, text)
        self._note_row.show()

    def _stopped(self, _error: TSGuardError) -> None:
        """It was cancelled before it began."""

    def _give_up(self) -> None:
        if self._running is not None:
            self._running.cancel()
        self.left.emit()

    # --- pages and zoom -------------------------------------------------------------------------

    def turn(self, by: int) -> None:
        """Go on by some pages, or back."""
        self.go_to(self._page + by)

    def go_to(self, page: int) -> None:
        """Show a page, counted from 0; where there is none of that number nothing happens."""
        if 0 <= page < self.pages and page != self._page:
            self._page = page
            self.paper.verticalScrollBar().setValue(0)
            self._draw()

    def zoom(self, by: int) -> None:
        """The next larger step for 1, the next smaller one for -1."""
        if self._pages is not None:
            self._fit, self._zoom = Fit.FREE, stepped(self._zoom, by)
            self.bar.show_fit(self._fit)
            self._draw()

    def _larger(self) -> None:
        self.zoom(1)

    def _smaller(self) -> None:
        self.zoom(-1)

    def _show_whole(self) -> None:
        self._set_fit(Fit.WHOLE)

    def _set_fit(self, fit: object) -> None:
        self._fit = Fit(str(fit))
        self.bar.show_fit(self._fit)
        self._draw()

    def _room_changed(self) -> None:
        if self._pages is not None and self._fit is not Fit.FREE:
            self._settle.start()

    def _wanted(self) -> Wanted:
        bar = self.paper.verticalScrollBar().sizeHint().width() if self._fit is Fit.WIDTH else 0
        room = self.paper.size()
        wide, high = room.width() - 2 * DESK_MARGIN - bar, room.height() - 2 * DESK_MARGIN
        zoom = self._zoom if self._fit is Fit.FREE else 1.0
        return Wanted(self._page, self._fit, zoom, (max(1, wide), max(1, high)), self.devicePixelRatioF())

    def _draw(self) -> None:
        pages, wanted = self._pages, self._wanted()
        if pages is None or wanted == self._drawn:
            return
        if self._running is not None:
            self._running.cancel()
        self._drawn = wanted
        self._turn += 1
        turn = self._turn
        self.bar.show_page(self._page, self.pages)

        def work(progress: Progress) -> Drawing:
            return turn, wanted.page, pages.draw(wanted, progress.cancelled)

        self._running = self._tasks.run(work, self._painted, self._stopped, looks=True)
        self.strip.start(_("正在画第{page}页").format(page=wanted.page + 1), self._give_up)

    def _painted(self, drawing: Drawing) -> None:
        turn, page, shown = drawing
        if turn != self._turn or self._pages is None:
            return
        self._running = None
        self.strip.finish()
        if isinstance(shown, PageFault):
            self.paper.show_page(None, QSize(0, 0), fault_sentence(shown))
            if self.pages == 1:
                self._say(fault_sentence(shown), self._other_ways())
                return
            self._remark(_("第{page}页：{why}").format(page=page + 1, why=fault_sentence(shown)))
        else:
            self._zoom = shown.zoom
            self.bar.show_zoom(shown.zoom)
            self.paper.show_page(shown.image, shown.size, self.bar.place or self._title.text())
            if self._loaded is not None and not self._loaded.misnamed:
                self._note_row.hide()
        self.settled.emit()

    # --- Qt -------------------------------------------------------------------------------------

    def _ask_opening(self) -> None:
        if self._piece is not None:
            self.opening_wanted.emit(self._piece.id)

    def _ask_saving(self) -> None:
        if self._piece is not None:
            self.saving_wanted.emit(self._piece.id)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Home and End go to the first and the last page, PageUp and PageDown to their neighbours."""
        key = event.key()
        step = {Qt.Key.Key_Home: -self._page, Qt.Key.Key_End: self.pages - 1 - self._page}
        step |= {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in step and self.pages:
            self.turn(step[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Another room may want another picture."""
        super().resizeEvent(event)
        self._room_changed()
