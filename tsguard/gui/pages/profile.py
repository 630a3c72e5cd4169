"""企业档案: the company's profile, and what the self-assessment covers.

Stores nothing itself: the form writes the profile, the scope chooses the modules, both through the model.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from tsguard.gui.page import Page
from tsguard.gui.profile.completeness import PROFILE_FIELDS, filled, missing
from tsguard.gui.profile.form import ProfileForm
from tsguard.gui.profile.scope import Scope
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.surfaces import Scroll
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _

_SIDE_BY_SIDE = 900
_BETWEEN = 56
_MODULES = "modules"
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX


def _limited(widget: QWidget) -> QHBoxLayout:
    line = row(gap=0)
    line.addWidget(widget, 1000)
    line.addStretch(1)
    return line


class ProfilePage(Page):
    """The form at the left, the scope at its right or, in a narrow window, in one column.

    Attributes:
        form: The fields.
        scope: The choice of modules.

    Signals:
        go(target): ``checklist:`` when the assessment has begun.
    """

    def __init__(self, theme: Theme, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, parent)
        self.form = ProfileForm(theme, model)
        self.scope = Scope(theme, model)
        self.scope.started.connect(self._begun)
        self._next = Button(theme, _("补下一个空项"), "plain")
        self._next.clicked.connect(self._fill_next)
        tags = [Tag.example(theme)] if model.session.enterprise.sample else []
        self._header = PageHeader(theme, _("企业档案"), " ", actions=[self._next], tags=tags)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(_BETWEEN)
        self._body.setContentsMargins(PAGE_MARGIN, 2, PAGE_MARGIN, 32)
        # Each in a row of its own: a width that is limited there is known to whoever asks for the height.
        self._halves = [(holder(_limited(self.form)), self.form), (holder(_limited(self.scope)), self.scope)]
        for (half, _content), share in zip(self._halves, (6000, 4000), strict=True):
            self._body.addWidget(half, share, Qt.AlignmentFlag.AlignTop)
        self._body.addStretch(1)
        self._arranged = False
        self._scroll = Scroll(holder(column(self._body, None, gap=0)))
        self.setLayout(column(self._header, 14, self._scroll, gap=0))
        model.profile_changed.connect(self._profile_changed)
        model.assessment_changed.connect(self._assessment_changed)
        self._show_facts()

    # --- the contract -------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to a field by its name in ``Enterprise``, or to ``modules``."""
        if detail == _MODULES:
            self._scroll.ensureWidgetVisible(self.scope, 0, 24)
            first = self.scope.start if self.scope.start.isVisibleTo(self.scope) else None
            target = first or next(iter(self.scope.ticks.values()), None)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
        elif detail in self.form.entries:
            self._scroll.ensureWidgetVisible(self.form.entries[detail].field, 0, 40)
            self.form.focus_on(detail)

    def place(self) -> str:
        """The field that has the keyboard."""
        focused = self.focusWidget()
        for name, entry in self.form.entries.items():
            if focused is not None and (entry.field is focused or entry.field.isAncestorOf(focused)):
                return name
        return ""

    def unsaved(self) -> str | None:
        """The name of a field whose text was refused."""
        return self.form.unsaved()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent, /) -> None:
        """The registers may have changed meanwhile."""
        super().showEvent(event)
        self._show_facts()

    def _arrange(self) -> None:
        """In one column what comes first is what has to be done first."""
        ways = QBoxLayout.Direction
        way = ways.LeftToRight
        if self.width() < _SIDE_BY_SIDE:
            way = ways.BottomToTop if self.model.session.assessment is None else ways.TopToBottom
        if way is not self._body.direction() or not self._arranged:
            self._arranged = True
            self._body.setDirection(way)
            for half, content in self._halves:
                beside = way is ways.LeftToRight
                half.setMaximumWidth(content.maximumWidth() if beside else _UNLIMITED)
            self._body.setSpacing(_BETWEEN if way is ways.LeftToRight else 32)

    # --- what changes -------------------------------------------------------------------------------

    def _begun(self) -> None:
        self.form.flush()
        self.go.emit("checklist:")

    def _profile_changed(self) -> None:
        self.form.refresh()
        self._show_facts()

    def _assessment_changed(self) -> None:
        self.scope.refresh()
        self._arrange()
        self._show_facts()

    def _lacking(self) -> tuple[str, ...]:
        session = self.model.session
        if session.assessment is None:
            return ()
        return missing(session.enterprise, session.assessment.programme, session.assessment.modules)

    def _show_facts(self) -> None:
        if self.model.session.closed:
            return
        done, lacking = filled(self.model.session.enterprise), self._lacking()
        facts = [_("已填{done}/{total}项").format(done=done, total=len(PROFILE_FIELDS))]
        if self.model.session.assessment is not None:
            facts.append(
                _("申报表还缺{count}项").format(count=len(lacking)) if lacking else _("申报表要的都有了")
            )
        self._header.set_facts(*facts)
        self.form.set_required(lacking)
        self._next.setVisible(bool(lacking))

    def _fill_next(self) -> None:
        lacking = self._lacking()
        if lacking:
            self.open_at(_MODULES if lacking[0] == "sectors" else lacking[0])
