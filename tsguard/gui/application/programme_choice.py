"""The choice of the programme: which one is used, what it is, and another one after a word in place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.domain.programme import Programme
from tsguard.errors import ProgrammeDoesNotFit
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import ComboField
from tsguard.gui.widgets.folds import Fold
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _
from tsguard.services.application import offered
from tsguard.services.explain import explain
from tsguard.services.own_content import shelf

_WIDEST = 760


def _named(programme: Programme) -> str:
    return _("{title} · {version}版").format(title=programme.title, version=programme.version)


class ProgrammeChoice(QWidget):
    """申报方案.

    Attributes:
        field: What can be chosen.
        change: The button that changes it.
        keep: The button that takes the choice back.

    Signals:
        change_wanted(): The person pressed 更换; the page calls ``apply`` when nothing typed would be lost.
    """

    change_wanted = Signal()

    def __init__(self, theme: Theme, model: SessionModel, own: Path) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            model: The open session.
            own: The folder of the person's own modules and programmes.
        """
        super().__init__()
        self._model, self._own = model, own
        self._offered: tuple[Programme, ...] = ()
        self.field = ComboField(theme, _("申报方案"))
        self.field.chosen.connect(self._chosen)
        self._unofficial = Tag(theme, _("非官方"), "warn")
        self._foreign = Tag(theme, _("非随程序发布"), "warn")
        self._facts = Text(theme, "", "caption", "ink3")
        self._disclaimer = Text(theme, "", "caption", "ink2", wrap=True)
        self._ask = Note(theme, Severity.INFO, "", title=_("更换方案不会丢失填写的内容"))
        self.change = Button(theme, _("更换"), "primary")
        self.change.clicked.connect(self.change_wanted)
        self.keep = Button(theme, _("不换了"))
        self.keep.clicked.connect(self._keep)
        self._buttons = holder(row(self.change, self.keep, None, gap=8))
        self._conditions = Text(theme, "", "small", "ink2", wrap=True)
        self._pieces = Text(theme, "", "small", "ink2", wrap=True)
        self._folds = [
            Fold(theme, _("申报条件"), self._conditions, is_open=False),
            Fold(theme, _("要附的材料"), self._pieces, is_open=False),
        ]
        tags = row(self._unofficial, self._foreign, self._facts, None, gap=8)
        self.setLayout(
            column(self.field, 2, tags, self._disclaimer, *self._folds, 4, self._ask, self._buttons, gap=4)
        )
        self.setMaximumWidth(_WIDEST)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.refresh()

    def refresh(self) -> None:
        """Show the assessment's programme and what else is at hand."""
        session = self._model.session
        if session.assessment is None:
            return
        self._offered = offered(session, shelf(self._own).programmes)
        options = [(at, _named(each)) for at, each in enumerate(self._offered)]
        self.field.set_options(options, 0)
        self._show(self._offered[0])

    def chosen(self) -> Programme | None:
        """The programme that is picked in the list, changed to or not; None before modules were chosen."""
        at = self.field.value()
        return self._offered[at] if isinstance(at, int) else None

    def _chosen(self, _value: object) -> None:
        programme = self.chosen()
        if programme is not None:
            self._show(programme)

    def _show(self, programme: Programme) -> None:
        assessment = self._model.session.assessment
        other = assessment is not None and programme != assessment.programme
        self._unofficial.setVisible(not programme.official)
        self._foreign.setVisible(not programme.shipped)
        self._facts.set_text(
            _("{units}个评价单元 · 表中{fields}项 · 附件{pieces}件").format(
                units=len(programme.units),
                fields=len(programme.fields()),
                pieces=len(programme.evidence_list),
            )
        )
        self._disclaimer.set_text(programme.disclaimer)
        pieces = [f"{each.id}　{each.title}" for each in programme.evidence_list]
        for fold, words, lines in zip(
            self._folds,
            (self._conditions, self._pieces),
            ([f"{at}．{each}" for at, each in enumerate(programme.conditions, 1)], pieces),
            strict=True,
        ):
            words.set_text("\n".join(lines))
            fold.setVisible(bool(lines))
        self._ask.setVisible(other)
        self._buttons.setVisible(other)
        misfit = programme.misfit(assessment.checklist.core_sections()) if assessment else ((), ())
        self.change.setEnabled(not any(misfit))
        if other and any(misfit):
            why = explain(ProgrammeDoesNotFit(*misfit))
            self._ask.say(Severity.WARNING, why.happened + why.advice, title=_("这份清单用不了这个方案"))
        elif other:
            title = _("更换方案不会丢失填写的内容")
            self._ask.say(Severity.INFO, self._consequence(programme), title=title)

    def _consequence(self, programme: Programme) -> str:
        session = self._model.session
        filled = set(session.form.values)
        asked = {field.ask for field in programme.fields() if field.ask}
        shared, rest = len(filled & asked), len(filled - asked)
        sentences = [_("总分、等级和报告改按“{title}”来算。").format(title=programme.title)]
        if shared:
            sentences.append(_("已填的{count}项在新表里照样显示。").format(count=shared))
        if rest:
            sentences.append(_("另有{count}项新表不问，留着，换回来就在。").format(count=rest))
        return "".join(sentences) + _("换了也能撤销。")

    def apply(self) -> None:
        """Change to the chosen programme."""
        programme = self.chosen()
        if programme is not None:
            self._model.choose_programme(programme)
        self._keep()

    def _keep(self) -> None:
        """Show the assessment's programme; the keyboard goes back to the list, before its buttons go."""
        self.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()
