"""按失泄密途径: the usual ways a secret gets out in the chosen sectors, and what stands against each.

They are sorted into a few routes by what they speak of. A route has its measures of the general module; the
items that a module itself names against a path stand before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tsguard.domain.checklist import Item, Module
from tsguard.domain.scale_words import verdict_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import Cell, Column, DataTable, Paragraph, Role, Row, Run, Text, line, sign
from tsguard.report.chapters.plan_duties import open_tasks, who_and_when
from tsguard.report.marked import said
from tsguard.report.story import Material, Story


@dataclass(frozen=True, slots=True)
class Route:
    """A family of leak paths.

    Attributes:
        title: Its name.
        signs: Words that tell a path of it; the first route with one of them takes the path.
        items: The general module's items that stand against it.
    """

    title: str
    signs: re.Pattern[str]
    items: tuple[str, ...]


def routes() -> tuple[Route, ...]:
    """The routes in the order in which paths are tried on them; the last takes what is left."""
    return (
        Route(_("跨境与涉外"), _ABROAD, ("IDC-13", "EXT-01", "ITS-12")),
        Route(_("外协、供应商与合作方"), _PARTNERS, ("EXT-01", "EXT-03", "EXT-05", "EXT-06", "PHY-08")),
        Route(_("人员流动与离职"), _PEOPLE, ("HRM-05", "HRM-12", "HRM-13", "HRM-14", "HRM-15", "EXT-10")),
        Route(_("样品、图纸与实物"), _THINGS, ("CAR-02", "CAR-03", "CAR-09", "OPS-10")),
        Route(_("客户、参观与来访"), _VISITORS, ("PHY-04", "PHY-05", "OPS-08", "EXT-02")),
        Route(_("公开发布与对外提交"), _PUBLISHING, ("EXT-07", "EXT-08", "HRM-10")),
        Route(
            _("信息系统与数据传出"), _SYSTEMS, ("ITS-03", "ITS-06", "ITS-07", "ITS-08", "ITS-10", "ITS-13")
        ),
        Route(_("其他途径"), _NOTHING, ("HRM-05", "ITS-08", "INC-03")),
    )


# What leak paths speak of, by route; compared with modules' texts, never shown.
_ABROAD = re.compile("境外|海外|跨境|过境|出口随")
_PARTNERS = re.compile(
    "供应商|代工|外协|外包|驻场|封测|设备厂|设备商|模具厂|工程商|设计院|院所|CRO|CDMO|合资|"
    "代理商|翻译公司|检测|充粉|代烧|联合实验室|研究者|拼片|混线"
)
_PEOPLE = re.compile("人员|离职|员工|骨干|高管|团队|挖角|挖走|跳槽|流动|学生|博士后|同事|雇员")
_THINGS = re.compile(
    "样品|样机|废片|废极片|废电芯|模具|菌种|图纸|蓝图|记录本|工具外|笔记本|测绘|反向|复制建厂|拆解|寄送|反推"
)
_VISITORS = re.compile("客户|审厂|验厂|参观|来访|FAE|经销商|渠道商|售后|拍照")
_PUBLISHING = re.compile(
    "展会|发布|公开|访谈|咨询|摘要|论文|公示|投标|申报|注册|演示|直播|尽调|许可证|开示|调取|诉讼"
)
_SYSTEMS = re.compile(
    "数据|代码|邮件|网盘|云|远程|桌面|账号|日志|接口|AI|电脑|下载|截屏|打印|传输|U盘|程序|网络"
)
_NOTHING = re.compile("(?!)")


def write_paths(material: Material, story: Story) -> None:
    """A row for each route that a path was sorted into."""
    story.chapter(_("按失泄密途径"))
    checklist = material.snapshot.assessment.checklist
    paths = [(module, path) for module in checklist.modules for path in module.leak_paths]
    if paths:
        story.say(
            _(
                "左栏是所选行业常见的途径，归成几类。中栏是建议对应的条款，非官方，使用前请归口部门核对、增删。"
                "条款的步骤见第五章。"
            ),
            Role.LEAD,
        )
    else:
        story.say(
            _("所选模块没有列出行业的失泄密途径，下表只列一般途径和对应的条款；请按本企业的情况增删。"),
            Role.LEAD,
        )
    rows = tuple(_row(route, found, material) for route, found in _sorted(paths) if found or not paths)
    columns = (
        Column(said(_("失泄密途径")), 142),
        Column(said(_("对应的措施与现状")), 219),
        Column(said(_("责任与期限")), 80),
    )
    story.add(DataTable(columns, rows))


Path = tuple[Module, str]


def _sorted(paths: Sequence[Path]) -> list[tuple[Route, list[Path]]]:
    every = routes()
    found: dict[str, list[Path]] = {route.title: [] for route in every}
    for module, path in paths:
        found[route_of(path, every).title].append((module, path))
    return [(route, found[route.title]) for route in every]


def route_of(path: str, every: Sequence[Route]) -> Route:
    """The first route that has a sign of a path; the last one where none has."""
    return next((route for route in every if route.signs.search(path)), every[-1])


def _row(route: Route, paths: Sequence[Path], material: Material) -> Row:
    items = material.items
    own = [(path, _against(path, module, items)) for module, path in paths]
    ids = dict.fromkeys((*(item for _path, found in own for item in found), *route.items))
    chosen = [items[each] for each in ids if each in items]
    tasks = open_tasks(material)
    named = [Paragraph(line(Run(said(route.title), bold=True)), Role.CELL)]
    named += [Paragraph(line(said(_told(path, found))), Role.DETAIL) for path, found in own]
    who: list[Paragraph] = []
    for item in chosen:
        told = who_and_when(tasks.get(item.id, ()), material)
        if told:
            who += [Paragraph(line(Run(said(item.id), bold=True)), Role.DETAIL), *told]
    measures = tuple(Paragraph(_measure(item, material), Role.SMALL) for item in chosen)
    none = (Paragraph(line(said(_("清单中没有对应的条款"))), Role.SMALL),)
    return Row((Cell(tuple(named)), Cell(measures or none), Cell(tuple(who))))


def _against(path: str, module: Module, items: Mapping[str, Item]) -> tuple[str, ...]:
    """The module's own items of this checklist that it names against a path."""
    return tuple(item for item in dict(module.leak_items).get(path, ()) if item in items)


def _told(path: str, items: Sequence[str]) -> str:
    if not items:
        return _("· {path}").format(path=path)
    return _("· {path}：{items}").format(path=path, items=_("、").join(items))


def _measure(item: Item, material: Material) -> Text:
    verdict = material.verdict(item.id)
    told = said(_("{id}　{word}　{text}").format(id=item.id, word=verdict_word(verdict), text=item.text))
    return line(sign(words.MARKS[verdict]), told) if verdict else line(told)
