"""The side form of a register: shows one record, saves each field by itself, keeps what was refused.

It works on any frozen record with an ``id``; what may be stored and how is asked of the page. A record
without an id is a draft: it lives here alone until nothing keeps it from being stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tsguard.domain.validation import FieldProblem
from tsguard.gui.registers.bindings import Binding
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import FIELD_GAP
from tsguard.gui.widgets.layout import holder, pair
from tsguard.gui.widgets.panels import SidePanel
from tsguard.gui.widgets.signs import Icon
from tsguard.i18n import _
from tsguard.services.explain import field_rule_sentence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record that was to be stored.

    Attributes:
        record: As stored; None where it was refused.
        reason: Why it was refused, one sentence.
    """

    record: Any = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FormPart:
    """One row of the form.

    Attributes:
        bindings: One field, or two side by side.
    """

    bindings: tuple[Binding, ...]


FormRow = FormPart | QWidget
"""Fields, or something else that stands between them."""


class RecordForm(QWidget):
    """A record beside its list.

    Attributes:
        panel: The panel it stands on.

    Signals:
        closed: The person closed it.
        shown(object): Another state of the record is on screen; the page may add its remarks.
    """

    closed = Signal()
    shown = Signal(object)

    def __init__(
        self,
        theme: Theme,
        rows: Sequence[FormRow],
        *,
        check: Callable[[Any], Iterable[FieldProblem]],
        store: Callable[[Any, str], Outcome],
        title: Callable[[Any], str],
        draft_hint: str,
        actions: Sequence[QWidget] = (),
        foot: Sequence[QWidget] = (),
        width: int = 356,
    ) -> None:
        """Make a form.

        Args:
            theme: Where colours come from.
            rows: From top to bottom.
            check: Finds what keeps a record from being stored.
            store: Stores a record; gets the field's name where the change was typed, else "".
            title: The panel's head for a record.
            draft_hint: What a draft waits for.
            actions: Icon buttons in the head.
            foot: Acts on the whole record, hidden for a draft.
            width: Of the panel.
        """
        super().__init__()
        self._check, self._store, self._title = check, store, title
        self._draft_hint = draft_hint
        self._record: Any = None
        self._drafted: Any = None
        self._held: Any = None
        self._bindings: dict[str, Binding] = {}
        self._storing = False
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(FIELD_GAP)
        for part in rows:
            body.addWidget(part) if isinstance(part, QWidget) else self._add(body, part)
        self._sign = Icon(theme, "checkmark_circle", "good", 16)
        self._state = Text(theme, "", "small", "ink2")
        self._acts = (*actions, *foot)
        self.panel = SidePanel(
            theme,
            "",
            holder(body),
            width=width,
            actions=actions,
            foot=(self._sign, self._state, None, *foot),
        )
        self.panel.closed.connect(self.close_form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panel)
        self.hide()

    def _add(self, body: QVBoxLayout, part: FormPart) -> None:
        widgets = [binding.widget for binding in part.bindings]
        if len(widgets) == 1:
            body.addWidget(widgets[0])
        else:
            body.addLayout(pair(*widgets))
        for binding in part.bindings:
            self._bindings[binding.name] = binding
            binding.changed.connect(self._changed)
            binding.touched.connect(self._touched)

    @property
    def record(self) -> Any:
        """The record on screen as it is stored, a draft as it was entered; None where none is."""
        return self._record

    @property
    def is_draft(self) -> bool:
        """Whether the record on screen was never stored."""
        return self._record is not None and not self._record.id

    @property
    def unsaved(self) -> bool:
        """Whether something in it is not stored: a text that was refused, or a draft that was begun."""
        if self._record is None:
            return False
        begun = self.is_draft and self._record != self._drafted
        return begun or any(binding.dirty for binding in self._bindings.values())

    def binding(self, name: str) -> Binding:
        """The binding of a field."""
        return self._bindings[name]

    # --- what it shows --------------------------------------------------------------------------

    def show_record(self, record: Any) -> None:
        """Show a record, or a draft; what was being typed into the one before is stored first."""
        self.flush()
        self._record, self._held = record, None
        self._drafted = None if record.id else record
        for name, binding in self._bindings.items():
            binding.load(getattr(record, name))
        self.panel.area.verticalScrollBar().setValue(0)
        self._refresh_frame()
        self.show()
        self.shown.emit(record)

    def refresh(self, record: Any) -> None:
        """The stored record is this now; None where it is gone."""
        if self._storing:
            return
        if record is None:
            self._record = None
            self.hide()
            return
        self._record = record
        for name, binding in self._bindings.items():
            binding.sync(getattr(record, name))
        self._refresh_frame()
        self.shown.emit(record)

    def may_leave(self) -> bool:
        """Whether nothing would be lost by showing another record; the second time in a row, always.

        What keeps a draft or a text from being stored is said under its field.
        """
        if self._record is None:
            return True
        self.flush()
        lost = any(binding.dirty for binding in self._bindings.values())
        if self.is_draft and self._record != self._drafted:
            lost = True
            for problem in self._check(self._record):
                if problem.blocking and problem.field in self._bindings:
                    reason = field_rule_sentence(problem.rule)
                    self._bindings[problem.field].refuse(reason, getattr(self._record, problem.field))
        state = (self._record, tuple(binding.dirty for binding in self._bindings.values()))
        if not lost or self._held == state:
            return True
        self._held = state
        self._refresh_frame()
        return False

    def close_form(self) -> None:
        """Store what is being typed and go out of sight, unless something would be lost."""
        if self._record is None or not self.may_leave():
            return
        self._record = None
        self.hide()
        self.closed.emit()

    def forget(self) -> None:
        """Go out of sight without storing anything: the record is gone."""
        self._record = None
        self.hide()

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        first = next(iter(self._bindings.values()))
        first.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- changes --------------------------------------------------------------------------------

    def flush(self) -> None:
        """Store at once what is being typed."""
        if self._record is None:
            return
        for binding in self._bindings.values():
            binding.flush()

    def change(self, **values: Any) -> None:
        """Set several fields in one step, as a proposal does."""
        if self._record is not None:
            self._put(replace(self._record, **values), tuple(values), typed="")

    def _changed(self, name: str, value: object) -> None:
        if self._record is None or getattr(self._record, name) == value:
            self._refresh_frame()
            return
        typed = name if self._bindings[name].typed else ""
        self._put(replace(self._record, **{name: value}), (name,), typed=typed)

    def _put(self, wanted: Any, names: Sequence[str], *, typed: str) -> None:
        blocking = [problem for problem in self._check(wanted) if problem.blocking]
        mine = next((problem for problem in blocking if problem.field in names), None)
        if mine is not None:
            self._refuse(names, field_rule_sentence(mine.rule))
            return
        if blocking and self.is_draft:
            self._record = wanted
            self._accept()
            return
        if blocking:
            self._refuse(names, field_rule_sentence(blocking[0].rule))
            return
        self._storing = True
        try:
            outcome = self._store(wanted, typed)
        finally:
            self._storing = False
        if outcome.record is None:
            self._refuse(names, outcome.reason)
            return
        self._record = outcome.record
        for name in names:  # what was cleaned on its way is shown as it is stored
            if name in self._bindings and getattr(wanted, name) != getattr(self._record, name):
                self._bindings[name].load(getattr(self._record, name))
        self._accept()

    def _accept(self) -> None:
        for name, binding in self._bindings.items():
            binding.sync(getattr(self._record, name))
        self._refresh_frame()
        self.shown.emit(self._record)

    def _refuse(self, names: Sequence[str], reason: str) -> None:
        for name in names:
            if name in self._bindings:
                self._bindings[name].refuse(reason, getattr(self._record, name))
        self._refresh_frame()

    def _touched(self, _name: str) -> None:
        self._refresh_frame()

    def _refresh_frame(self) -> None:
        if self._record is None:
            return
        self.panel.set_title(self._title(self._record))
        for widget in self._acts:
            widget.setVisible(not self.is_draft)
        errors = sum(bool(binding.error) for binding in self._bindings.values())
        dirty = any(binding.dirty for binding in self._bindings.values())
        if errors:
            self._sign.set_icon("error_circle_filled", "bad")
            self._state.set_text(_("有{count}项没有存上").format(count=errors))
        elif self.is_draft:
            self._sign.set_icon("edit", "ink3")
            self._state.set_text(self._draft_hint)
        elif dirty:
            self._sign.set_icon("edit", "ink3")
            self._state.set_text(_("正在输入"))
        else:
            self._sign.set_icon("checkmark_circle", "good")
            self._state.set_text(_("已存"))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)
