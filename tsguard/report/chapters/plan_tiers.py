"""按秘点等级保护: what each tier should have, and the company's own secret points.

The bureau sees counts by category and tier; names, places and holders stay in the company.
Source of the ladder: domain notes 7, our own proposal after 法释〔2020〕7号 §5.
"""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.domain.checklist import Item
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Tier
from tsguard.domain.secret_points import Category, SecretPoint
from tsguard.domain.words import category_word
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
    line,
    sign,
)
from tsguard.report.marked import Marked, marked, said
from tsguard.report.story import Material, Story, bold, cell


@dataclass(frozen=True, slots=True)
class Rung:
    """One kind of measure of the ladder.

    Attributes:
        title: What it is.
        wanted: What each tier should have, core first; "" for nothing special.
        items: The general module's items that it is done by.
    """

    title: str
    wanted: tuple[str, str, str]
    items: tuple[str, ...]


def ladder() -> tuple[Rung, ...]:
    """The measures by tier, from paper to proof."""
    signed = _("签保密协议")
    marking = _("标明等级和权属")
    approval = _("外发先审批")
    return (
        Rung(_("协议"), (signed, signed, signed), ("HRM-05", "HRM-06", "EXT-01")),
        Rung(_("标识"), (marking, marking, marking), ("CAR-01", "IDC-07")),
        Rung(
            _("授权"),
            (_("授权到人"), _("授权到岗"), _("授权到部门")),
            ("IDC-09", "ITS-03", "ITS-04"),
        ),
        Rung(_("外发"), (approval, approval, _("外发要登记")), ("ITS-06", "EXT-02")),
        Rung(_("日志"), (_("逐次留日志"), _("逐次留日志"), ""), ("ITS-08", "ITS-09")),
        Rung(_("区域"), (_("放在涉密区域"), "", ""), ("PHY-01", "PHY-03")),
        Rung(_("隔离"), (_("加密或隔离"), "", ""), ("ITS-05", "ITS-11")),
        Rung(_("存证"), (_("定期固定证据"), "", ""), ("INC-05",)),
    )


def write_tiers(material: Material, story: Story) -> None:
    """The ladder, what a marking says, the secret points."""
    story.chapter(_("按秘点等级保护"))
    story.section(_("各等级的建议措施"))
    story.say(
        _(
            "等级越高，措施越多。下表是本项目的建议，非官方标准；企业可以做得更严。"
            "右栏是对应的条款和企业自评的判定。"
        ),
        Role.LEAD,
    )
    story.add(_ladder_table(material))
    story.say(
        _(
            "标识的建议写法：企业简称、商业秘密等级（如“核心商密”）、保密期限、编号、知悉范围。"
            "不用国家秘密的标志和字样，不用红色密级章。"
        ),
        Role.NOTE,
    )
    story.section(_("本企业的秘点"))
    points = material.snapshot.secret_points
    if not points:
        story.say(_("秘点台账中还没有秘点。请先对照第三章登记，再按等级落实措施。"), Role.LEAD)
        return
    story.say(
        _("秘点共{count}项，按等级和类别统计如下；名称、位置和知悉人不在报送版中。").format(count=len(points))
        if not material.internal
        else _("秘点共{count}项。存放位置或知悉人数写着“待补”的，请先补上。").format(count=len(points)),
        Role.LEAD,
    )
    story.add(_counts(points))
    if material.internal:
        for tier in Tier:
            _write_register([point for point in points if point.tier is tier], tier, story)


def _ladder_table(material: Material) -> DataTable:
    items = material.items
    columns = (
        Column(said(_("措施")), 40),
        *(Column(said(words.tier(tier)), 76) for tier in Tier),
        Column(said(_("对应条款与现状")), 173),
    )
    rows = tuple(
        Row(
            (
                bold(rung.title),
                *(cell(each or "—") for each in rung.wanted),
                _standing([items[item] for item in rung.items if item in items], material),
            )
        )
        for rung in ladder()
    )
    return DataTable(columns, rows)


def _standing(items: list[Item], material: Material) -> Cell:
    if not items:
        return cell(_("清单中没有对应的条款"), Role.SMALL)
    return Cell(tuple(Paragraph(_sign_and_word(item, material), Role.SMALL) for item in items))


def _sign_and_word(item: Item, material: Material) -> tuple[Run, ...]:
    """An item's number with the sign and word of its verdict."""
    verdict = material.verdict(item.id)
    word = said(f"{item.id}　{verdict_word(verdict)}")
    return line(sign(words.MARKS[verdict]), word) if verdict else line(word)


def _counts(points: tuple[SecretPoint, ...]) -> DataTable:
    columns = (
        Column(said(_("等级")), 141),
        *(Column(said(category_word(category)), 75, Align.RIGHT) for category in Category),
        Column(said(_("合计")), 75, Align.RIGHT),
    )

    def row(name: str, chosen: list[SecretPoint], *, total: bool = False) -> Row:
        make = bold if total else cell
        counts = [sum(point.category is category for point in chosen) for category in Category]
        figures = (make(str(count), Role.NUMBER) for count in (*counts, len(chosen)))
        return Row((make(name), *figures), total=total)

    rows = [row(words.tier(tier), [point for point in points if point.tier is tier]) for tier in Tier]
    rows.append(row(_("合计"), list(points), total=True))
    return DataTable(columns, tuple(rows), dense=True)


def _write_register(points: list[SecretPoint], tier: Tier, story: Story) -> None:
    if not points:
        return
    title = _("{tier}秘点：名称、位置与知悉范围").format(tier=words.tier(tier))
    story.section(title)
    columns = (
        Column(said(_("编号")), 50),
        Column(said(_("名称")), 98),
        Column(said(_("类型")), 90),
        Column(said(_("存放位置")), 101),
        Column(said(_("知悉人数")), 44, Align.RIGHT),
        Column(said(_("复核日")), 58),
    )
    story.add(DataTable(columns, tuple(_point_row(point) for point in points)))


def _point_row(point: SecretPoint) -> Row:
    kind = marked(point, "kind", lambda text: text if text.strip() else "—")
    holders = marked(point, "holders", lambda count: _("待补") if count is None else str(count))
    place = marked(point, "location", lambda text: text if text.strip() else _("待补"))
    review = marked(point, "review_on", lambda day: _("待补") if day is None else day.isoformat())
    return Row(
        (
            cell(marked(point, "id")),
            cell(marked(point, "name")),
            cell(kind, Role.SMALL),
            cell(line(_strong(place)), Role.SMALL),
            cell(line(_strong(holders)), Role.NUMBER),
            cell(line(_strong(review))),
        )
    )


def _strong(value: Marked) -> Run:
    return Run(value, bold=value.text == _("待补"))
