"""秘点台账: the secret points by code name and place, never their content."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from tsguard.domain.scale_words import tier_word
from tsguard.domain.scales import Tier
from tsguard.domain.secret_points import SecretPoint, SecretPointType
from tsguard.domain.validation import secret_point_problems
from tsguard.domain.words import category_word, origin_word
from tsguard.errors import TSGuardError
from tsguard.gui.models.secret_point_columns import HIDE_BELOW, columns, matches
from tsguard.gui.page import Page
from tsguard.gui.registers.deletion import Deletions
from tsguard.gui.registers.plain_table import PlainTable, TakingAlong
from tsguard.gui.registers.point_form import PointFields
from tsguard.gui.registers.point_words import needs_work, overdue_words
from tsguard.gui.registers.record_form import Outcome, RecordForm
from tsguard.gui.registers.register_view import ALL, RegisterTable, RegisterView
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.segmented import Option
from tsguard.i18n import _
from tsguard.services.explain import explain

_TODO = "todo"


def in_a_year(day: date) -> date:
    """The same day twelve months later; 28 February for 29."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


class SecretPointsPage(Page):
    """The register of secret points.

    Signals:
        go(target): Never emitted here; the empty page offers its own way on.
    """

    def __init__(self, theme: Theme, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, parent)
        self._refusal: TSGuardError | None = None
        self._new = Button(theme, _("新增秘点"), "primary", "add")
        self._more = IconButton(theme, "more_horizontal", _("更多"), "plain")
        self._header = PageHeader(theme, _("秘点台账"), actions=(self._more, self._new))
        self.fields = PointFields(theme, self)
        self._reviewed = Button(theme, _("标为已复核"))
        self._delete = IconButton(theme, "delete", _("删除这条秘点"))
        self.form = RecordForm(
            theme,
            self.fields.rows,
            check=secret_point_problems,
            store=self._store,
            title=lambda point: point.id or _("新秘点"),
            draft_hint=_("填好名称就存入保险库"),
            actions=(self._delete,),
            foot=(self._reviewed,),
        )
        first = Button(theme, _("新增第一条秘点"), "primary", "add")
        self.table = RegisterTable(theme, columns(model.session.findings), name=_("秘点台账"))
        self.view = RegisterView(
            theme,
            self._header,
            self.table,
            self.form,
            search=_("搜名称、编号、位置"),
            filters=[
                Option(ALL, _("全部"), count=0),
                *(Option(tier, tier_word(tier), count=0) for tier in Tier),
                Option(_TODO, _("要处理"), icon="warning", tone="warn", count=0),
            ],
            matches=matches,
            passes=self._passes,
            empty=EmptyState(
                theme,
                "shield_keyhole",
                _("还没有秘点"),
                _(
                    "先认定要保护什么，才谈得上保护：没有秘点，定级、知悉范围和复核都无从核对。\n这里只记代号和存放位置，不写秘密内容。"
                ),
                (first,),
            ),
            footnote=_("本台账只记代号和存放位置，不写秘密内容；报送版只统计数量。"),
            hide_below=HIDE_BELOW,
        )
        self._deletions = Deletions(model, self.view.messages, self)
        self.setLayout(column(self.view, gap=0))
        self._menu = QMenu(self)
        plain = PlainTable(_("秘点台账"), self._warning, self._plain_rows)
        self.taking_along = TakingAlong(self, self.table, self.view.messages, plain)
        self.taking_along.add_to(self._menu)
        self._new.clicked.connect(self.add_draft)
        first.clicked.connect(self.add_draft)
        self._more.clicked.connect(self._open_menu)
        self._reviewed.clicked.connect(self._mark_reviewed)
        self._delete.clicked.connect(self.delete_current)
        self.table.delete_asked.connect(self._delete_point)
        self.fields.type_picked.connect(self._take_type)
        self.form.shown.connect(self._show_findings)
        new = QShortcut(QKeySequence(QKeySequence.StandardKey.New), self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.add_draft)
        model.points_changed.connect(self.refresh)
        model.assessment_changed.connect(self._offer_types)
        model.failed.connect(self._note_refusal)
        model.closing.connect(self.form.flush)
        self._offer_types()
        self.refresh()

    # --- page -----------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to the front at a secret point's id; ``todo`` shows what needs work."""
        self.refresh()
        if detail in self.model.session.points:
            self.view.open_record(self.model.session.points.get(detail))
        elif detail == _TODO:
            self.view.choose_filter(_TODO)

    def place(self) -> str:
        """The secret point in the form."""
        return self.view.current

    def unsaved(self) -> str | None:
        """The record in the form, where something in it is not stored."""
        return self.view.current if self.form.unsaved else None

    def refresh(self) -> None:
        """Show what the register has now."""
        points = tuple(self.model.session.points)
        found = {point.id: self.model.session.findings(point) for point in points}
        counts: dict[object, int | None] = {
            tier: sum(point.tier is tier for point in points) for tier in Tier
        }
        overdue = sum(bool(overdue_words(findings)) for findings in found.values())
        for action in (self._more, self._new):
            action.setVisible(bool(points))
        self._header.set_facts(
            *(f"{tier_word(tier)}{counts[tier]}" for tier in Tier if points),
            _("{count}项复核逾期").format(count=overdue) if overdue else "",
        )
        todo = sum(needs_work(findings) for findings in found.values())
        counts |= {ALL: len(points), _TODO: todo}
        self.view.pills.set_counts(counts)
        self.view.set_records(points)

    def _offer_types(self) -> None:
        self.fields.set_types(self.model.session.secret_point_types())

    def _passes(self, point: SecretPoint, kept: object) -> bool:
        if kept == _TODO:
            return needs_work(self.model.session.findings(point))
        return kept == ALL or point.tier is kept

    # --- changes --------------------------------------------------------------------------------

    def add_draft(self) -> None:
        """Begin a new secret point; it is stored when it has a name."""
        if not self.form.may_leave():
            return
        review = in_a_year(self.model.session.today)
        draft = SecretPoint(id="", enterprise="", name="", review_on=review)
        self.view.open_record(draft)
        self.form.focus_first()

    def _store(self, point: SecretPoint, typed: str) -> Outcome:
        self._refusal = None
        points = self.model.session.points
        if point.id:
            self.model.put_point(point, typed=typed)
        else:
            point = replace(point, id=self.model.add_point(point))
            self.view.stored_as(point.id)
        stored = points.get(point.id) if point.id in points else None
        if stored is not None and stored == replace(point, enterprise=stored.enterprise):
            return Outcome(stored)
        return Outcome(None, explain(self._refusal).happened if self._refusal else _("没有存上。"))

    def _note_refusal(self, error: TSGuardError) -> None:
        self._refusal = error

    def _take_type(self, kind: Any) -> None:
        """A proposal brings its category; its tier only where nobody has decided yet."""
        if not isinstance(kind, SecretPointType):
            return
        if self.form.is_draft:
            self.form.change(kind=kind.name, category=kind.category, tier=kind.tier)
        else:
            self.form.change(kind=kind.name, category=kind.category)

    def _show_findings(self, point: SecretPoint) -> None:
        findings = self.model.session.findings(point)
        self.fields.show_findings(point, findings, draft=self.form.is_draft)

    def _mark_reviewed(self) -> None:
        self.form.flush()
        self.form.change(review_on=in_a_year(self.model.session.today))

    def delete_current(self) -> None:
        """Take the secret point in the form out; the message bar brings it back."""
        if self.form.record is not None and not self.form.is_draft:
            self._delete_point(self.form.record)

    def _delete_point(self, point: SecretPoint) -> None:
        self._deletions.run(
            lambda: self.model.remove_point(point.id),
            gone=lambda: point.id not in self.model.session.points,
            title=_("已删除{id}").format(id=point.id),
            text=_("编号不会再用。锁定前都可以撤销。"),
        )

    # --- out of the vault -----------------------------------------------------------------------

    def _open_menu(self) -> None:
        corner = self._more.rect().bottomLeft()
        self._menu.popup(self._more.mapToGlobal(corner))

    def _warning(self) -> str:
        sentence = _(
            "里面有全部{count}条秘点的代号、存放位置和备注，任何人都能打开；离开保险库后程序管不到它。"
        )
        return sentence.format(count=len(self.model.session.points))

    def _plain_rows(self) -> list[list[str]]:
        head = [
            _("编号"), _("名称（代号）"), _("类别"), _("细类"), _("等级"), _("来源"), _("知悉人数"),
            _("形成日期"), _("下次复核"), _("封存原件位置"), _("内部备注"),
        ]  # fmt: skip
        return [head, *(_csv_row(point) for point in self.model.session.points)]


def _csv_row(point: SecretPoint) -> list[str]:
    return [
        point.id,
        point.name,
        category_word(point.category),
        point.kind,
        tier_word(point.tier),
        origin_word(point.origin),
        "" if point.holders is None else str(point.holders),
        point.formed_on.isoformat() if point.formed_on else "",
        point.review_on.isoformat() if point.review_on else "",
        point.location,
        point.note,
    ]
