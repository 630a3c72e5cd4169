"""五、秘点统计: counted for the bureau, named for the company itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from tsguard.domain.scales import Tier
from tsguard.domain.secret_points import Category, Origin, SecretPoint
from tsguard.domain.words import category_word, origin_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Align,
    Cell,
    Column,
    DataTable,
    Paragraph,
    Role,
    Row,
    Run,
    Tone,
    line,
)
from tsguard.report.marked import Marked, marked, said
from tsguard.report.story import Material, Story, as_text, bold, cell
from tsguard.rules.secret_points import PointRule, findings

Key = TypeVar("Key")


def write_points(material: Material, story: Story) -> None:
    """Counts; in the internal edition the register after them."""
    points = material.snapshot.secret_points
    story.chapter(_("秘点台账") if material.internal else _("秘点统计"))
    if not points:
        story.say(_("秘点台账中还没有秘点。"), Role.LEAD)
        return
    if material.internal:
        story.section(_("统计"))
    overdue = sum(_is_overdue(point, material.on) for point in points)
    story.say(
        _(
            "秘点共{count}项，下列两表只统计数量。截至{day}，逾期未复核{overdue}项，未定复核日{open}项。"
        ).format(
            count=len(points),
            day=words.day(material.on),
            overdue=overdue,
            open=sum(point.review_on is None for point in points),
        ),
        Role.LEAD,
    )
    story.add(
        _counts(
            points, _("按类别"), tuple(Category), category_word, lambda point, key: point.category is key
        ),
        _counts(points, _("按来源"), tuple(Origin), origin_word, lambda point, key: point.origin is key),
    )
    if material.internal:
        story.section(_("登记内容"))
        story.add(_register(points, material.on))


def _counts(
    points: tuple[SecretPoint, ...],
    title: str,
    keys: tuple[Key, ...],
    word: Callable[[Key], str],
    is_of: Callable[[SecretPoint, Key], bool],
) -> DataTable:
    """Tiers across, one row for each key, and a total."""
    columns = (
        Column(said(title), 141),
        *(Column(said(words.tier(tier)), 75, Align.RIGHT) for tier in Tier),
        Column(said(_("合计")), 75, Align.RIGHT),
    )

    def row(name: str, chosen: list[SecretPoint], *, total: bool) -> Row:
        counts = [sum(point.tier is tier for point in chosen) for tier in Tier]
        make = bold if total else cell
        return Row(
            (make(name), *(make(str(count), Role.NUMBER) for count in (*counts, len(chosen)))), total=total
        )

    rows = [row(word(key), [point for point in points if is_of(point, key)], total=False) for key in keys]
    rows.append(row(_("合计"), list(points), total=True))
    return DataTable(columns, tuple(rows), dense=True)


def _date(point: SecretPoint, name: str) -> Marked:
    return marked(point, name, lambda value: value.isoformat() if value else "—")


def _people(count: int) -> str:
    return _("{count}人").format(count=count)


def _is_overdue(point: SecretPoint, on: date) -> bool:
    return any(finding.rule is PointRule.REVIEW_OVERDUE for finding in findings(point, on))


def _register(points: tuple[SecretPoint, ...], on: date) -> DataTable:
    titles = (
        _("编号"),
        _("名称"),
        _("类别"),
        _("等级、来源"),
        _("形成日"),
        _("存放、知悉"),
        _("复核日"),
    )
    widths = (46, 88, 74, 52, 55, 72, 54)
    return DataTable(
        tuple(Column(said(title), width) for title, width in zip(titles, widths, strict=True)),
        tuple(_point_row(point, on) for point in points),
    )


def _point_row(point: SecretPoint, on: date) -> Row:
    name = [Paragraph(line(marked(point, "name")), Role.CELL)]
    if point.note.strip():
        name.append(Paragraph(line(marked(point, "note")), Role.DETAIL))
    kind = [Paragraph(line(marked(point, "category", category_word)), Role.CELL)]
    if point.kind.strip():
        kind.append(Paragraph(line(marked(point, "kind")), Role.DETAIL))
    review = [Paragraph(as_text(_date(point, "review_on")), Role.CELL)]
    for finding in findings(point, on):
        if finding.rule is PointRule.REVIEW_OVERDUE:
            text = said(_("逾期{days}天").format(days=finding.days))
            review.append(Paragraph(line(Run(text, bold=True, tone=Tone.ACCENT)), Role.DETAIL))
    place = [Paragraph(line(marked(point, "location", lambda value: value or "—")), Role.SMALL)]
    if point.holders is not None:
        place.append(Paragraph(line(marked(point, "holders", _people)), Role.DETAIL))
    return Row(
        (
            cell(marked(point, "id")),
            Cell(tuple(name)),
            Cell(tuple(kind)),
            Cell(
                (
                    Paragraph(line(marked(point, "tier", words.tier)), Role.CELL),
                    Paragraph(line(marked(point, "origin", origin_word)), Role.DETAIL),
                )
            ),
            cell(_date(point, "formed_on")),
            Cell(tuple(place)),
            Cell(tuple(review)),
        )
    )
