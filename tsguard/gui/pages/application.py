"""申报表: the form that the chosen programme asks for, filled in here or taken from elsewhere.

Stores nothing itself: the form writes its values, the choice sets the programme, both through the model.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import delete

from tsguard.gui.application.form import ApplicationFields
from tsguard.gui.application.places import place_of
from tsguard.gui.application.programme_choice import ProgrammeChoice
from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.segmented import Option, Pills
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _
from tsguard.services.application import FormEntry, entries

_ALL, _OPEN = "all", "open"


class ApplicationPage(Page):
    """The programme at the top, its form below.

    Attributes:
        choice: The programme.
        form: The fields; another object after a change of programme.

    Signals:
        go(target): To where a field is filled in that this page only shows.
    """

    def __init__(self, theme: Theme, model: SessionModel, own: Path, parent: QWidget | None = None) -> None:
        """Make the page.

        Args:
            theme: Where colours come from.
            model: The open session.
            own: The folder of the person's own modules and programmes.
            parent: Its owner.
        """
        super().__init__(theme, model, parent)
        self.choice = ProgrammeChoice(theme, model, own)
        self.choice.change_wanted.connect(self._change_programme)
        self.form: ApplicationFields | None = None
        self._next = Button(theme, _("填下一个空项"), "plain")
        self._next.clicked.connect(self._fill_next)
        tags = [Tag.example(theme)] if model.session.enterprise.sample else []
        self._header = PageHeader(theme, _("申报表"), " ", actions=[self._next], tags=tags)
        self._filter = Pills(
            theme, [Option(_ALL, _("全部"), count=0), Option(_OPEN, _("只看待填"), count=0)], _ALL
        )
        self._filter.chosen.connect(self._filtered)
        said = _("这里填的都会印进报送版，请不要写秘点内容、客户名称和技术参数。")
        self._said = Text(theme, said, "small", "ink2", wrap=True)
        self._nothing = Text(theme, _("必填的都填了，也没有要改的。"), "body", "ink2", wrap=True)
        self._nothing.hide()
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        inner = column(
            self._limited(self.choice),
            20,
            Hairline(theme),
            12,
            row(self._filter, None, gap=0),
            6,
            self._said,
            18,
            self._nothing,
            self._body,
            None,
            gap=0,
            margins=(PAGE_MARGIN, 2, PAGE_MARGIN, 16),
        )
        self._scroll = Scroll(holder(inner))
        self.setLayout(column(self._header, 14, self._scroll, gap=0))
        model.form_changed.connect(self._form_changed)
        model.assessment_changed.connect(self._assessment_changed)
        for signal in (model.profile_changed, model.points_changed, model.evidence_changed):
            signal.connect(self._taken_changed)
        model.closing.connect(self._flush)
        self._build()

    def _limited(self, widget: QWidget) -> QWidget:
        line = row(gap=0)
        line.addWidget(widget, 1000)
        line.addStretch(1)
        return holder(line)

    def _build(self) -> None:
        """Show the form of the assessment's programme, built anew where it is another one."""
        assessment = self.model.session.assessment
        if assessment is None:
            return
        if self.form is not None and self.form.programme == assessment.programme:
            self.form.refresh()
            return
        self._show_all()
        while (old := self._body.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()  # so that the field with the keyboard hears that it is left
                delete(widget)
        self.form = ApplicationFields(self.theme, self.model, assessment.programme)
        self.form.go.connect(self.go)
        self.form.stood.connect(self._show_facts)
        self._body.addWidget(self._limited(self.form))
        self._show_facts()

    # --- the contract -------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to a field by its name."""
        if self._come_to(detail) is not None and self.form is not None:
            self.form.focus_on(detail)

    def place(self) -> str:
        """The field that has the keyboard."""
        return self.form.focused() if self.form else ""

    def unsaved(self) -> str | None:
        """The name of a field whose text was refused."""
        return self.form.unsaved() if self.form else None

    def showEvent(self, event: QShowEvent, /) -> None:
        """What is taken from elsewhere may have changed meanwhile."""
        super().showEvent(event)
        self.choice.refresh()
        self._taken_changed()

    # --- what changes -------------------------------------------------------------------------------

    def _flush(self) -> None:
        if self.form is not None:
            self.form.flush()

    def _form_changed(self, name: str) -> None:
        if self.form is None:
            return
        self.form.refresh()
        if self.isVisible() and not self.form.saving:
            self._come_to(name)  # undone or done again: show what changed

    def _come_to(self, name: str) -> QWidget | None:
        """Bring a field into sight; None where the form has no such field."""
        widget = self.form.widget_of(name) if self.form else None
        if widget is not None:
            if widget.isHidden():
                self._show_all()
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self._scroll.ensureWidgetVisible(widget, 0, 60)
        return widget

    def _taken_changed(self) -> None:
        if self.form is not None and not self.model.session.closed:
            self.form.review()

    def _change_programme(self) -> None:
        """Not while a text could not be stored: with its field it would be gone."""
        self._flush()
        waiting = self.form.unsaved() if self.form is not None else None
        if self.form is not None and waiting is not None:
            self.open_at(waiting)
            return
        self.choice.apply()

    def _assessment_changed(self) -> None:
        self._flush()
        self.choice.refresh()
        self._build()

    def _show_facts(self) -> None:
        if self.model.session.closed:
            return
        standing = entries(self.model.session)
        required = [entry for entry in standing if entry.field.required]
        wrong = sum(entry.rule is not None for entry in standing)
        left = self._left(standing)
        self._header.set_facts(
            _("必填{all}项，已填{done}项").format(
                all=len(required), done=sum(not entry.missing for entry in required)
            ),
            _("{count}项要改").format(count=wrong) if wrong else "",
            "" if left else _("必填的都有了"),
        )
        self._filter.set_counts({_ALL: len(standing), _OPEN: len(left)})
        self._next.setVisible(bool(left))

    def _left(self, standing: tuple[FormEntry, ...]) -> list[FormEntry]:
        return [entry for entry in standing if entry.open]

    # --- acting -------------------------------------------------------------------------------------

    def _filtered(self, value: object) -> None:
        if self.form is not None:
            left = {entry.field.name for entry in self._left(entries(self.model.session))}
            self.form.show_only(left if value == _OPEN else None)
            self._nothing.setVisible(value == _OPEN and not left)

    def _show_all(self) -> None:
        self._filter.set_value(_ALL)
        self._nothing.hide()
        if self.form is not None:
            self.form.show_only(None)

    def _fill_next(self) -> None:
        """The next one after the field that had the keyboard, from the top again after the last."""
        if self.form is None:
            return
        self.form.flush()
        standing = entries(self.model.session)
        names = [entry.field.name for entry in standing]
        at = names.index(self.form.last) + 1 if self.form.last in names else 0
        turned = (*standing[at:], *standing[:at])
        wanted = next(iter(self._left(turned)), None)
        if wanted is None:
            return
        self.form.last = wanted.field.name
        if wanted.field.ask:
            self.open_at(wanted.field.name)
        else:
            self.go.emit(place_of(wanted.field))
