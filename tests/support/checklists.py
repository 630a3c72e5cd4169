"""Small checklists and programmes, made by hand, whose scores can be added up on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tsguard.domain.basis import Citation
from tsguard.domain.checklist import Checklist, Item, Measure, Module, ModuleKind, Multiplier, Section
from tsguard.domain.programme import Band, Programme, Unit
from tsguard.domain.scales import Critical


def make_item(
    item_id: str,
    weight: int = 1,
    critical: Critical = Critical.NONE,
    *,
    may_not_apply: bool = True,
    check: str = "",
    measure: Measure = Measure.AGREEMENTS,
) -> Item:
    return Item(
        id=item_id,
        text=f"{item_id}的要求",
        why="缺了它会怎样。",
        how=("做第一步", "做第二步"),
        evidence=("一份文件",),
        basis=(Citation("法释7", "6(1)"),),
        weight=weight,
        critical=critical,
        critical_why="理由。" if critical is Critical.VETO else "",
        partial="只做了一半",
        small="可以简单些。",
        measure=measure,
        may_not_apply=may_not_apply,
        not_applicable_when="",
        check=check,
    )


def make_module(
    sections: Mapping[str, Sequence[Item]],
    module_id: str = "core",
    multipliers: Mapping[str, int] | None = None,
) -> Module:
    return Module(
        id=module_id,
        kind=ModuleKind.CORE if module_id == "core" else ModuleKind.SECTOR,
        title=f"模块{module_id}",
        version="1",
        origin="测试",
        sha256="0" * 64,
        shipped=True,
        sections=tuple(
            Section(name, f"{name}域", name[:2], module_id, tuple(items)) for name, items in sections.items()
        ),
        multipliers=tuple(Multiplier(item, value) for item, value in (multipliers or {}).items()),
    )


def make_checklist(*modules: Module) -> Checklist:
    return Checklist(modules=modules, sources=(), library_version="1", library_sha256="0" * 64)


def make_programme(
    units: Mapping[str, int], sections: Mapping[str, Sequence[str]] | None = None
) -> Programme:
    return Programme(
        id="test",
        title="测试方案",
        version="1",
        official=False,
        disclaimer="测试",
        sha256="0" * 64,
        shipped=True,
        units=tuple(
            Unit(name, f"单元{name}", points, tuple((sections or {}).get(name, (name,))))
            for name, points in units.items()
        ),
        bands=(
            Band("model", "示范水平", 90),
            Band("good", "良好", 80),
            Band("basic", "基本达标", 70),
            Band("building", "待建设", 0),
        ),
        not_met_cap="basic",
        partly_cap="good",
    )
