"""Frozen checklists with questions, presets and figures by hand, so that no test hangs on shipped wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tsguard.domain.checklist import Checklist, Item
from tsguard.domain.enterprise import Size
from tsguard.domain.parameters import Threshold
from tsguard.domain.preset import Enough, Preset, Relief
from tsguard.services.session import Session

SMALL, MEDIUM = "小微企业", "中型企业"


def edited(checklist: Checklist, changes: Mapping[str, Mapping[str, object]], **others: object) -> Checklist:
    """The checklist with some items' fields changed, and fields of its own."""

    def item(each: Item) -> Item:
        return replace(each, **changes.get(each.id, {}))  # type: ignore[arg-type]

    modules = tuple(
        replace(
            module,
            sections=tuple(
                replace(section, items=tuple(map(item, section.items))) for section in module.sections
            ),
        )
        for module in checklist.modules
    )
    return replace(checklist, modules=modules, **others)  # type: ignore[arg-type]


def with_questions(checklist: Checklist, ids: Mapping[str, str]) -> Checklist:
    """The checklist with these questions by item id, and no others."""
    changes = {item.id: {"quick": ids.get(item.id, "")} for item in checklist.items()}
    return edited(checklist, changes)


UNLESS = "另有人分管的"


def presets(reliefs: Mapping[str, str] = {}, enough: Mapping[str, str] = {}) -> tuple[Preset, ...]:
    """A preset for small companies with reliefs, and one for medium ones with what is enough."""
    return (
        Preset(
            "small",
            SMALL,
            "先做不花钱的几件事。",
            (Size.MICRO, Size.SMALL),
            tuple(Relief(item, reason, UNLESS) for item, reason in reliefs.items()),
        ),
        Preset(
            "medium",
            MEDIUM,
            "按条款正文做。",
            (Size.MEDIUM,),
            (),
            tuple(map(Enough, enough, enough.values())),
        ),
    )


def with_figures(checklist: Checklist, item: str, *figures: Threshold) -> Checklist:
    """The checklist where one item names these figures."""
    return edited(checklist, {item: {"figures": tuple(each.id for each in figures)}}, figures=figures)


def freeze(session: Session, checklist: Checklist) -> None:
    """Set a session's assessment on a checklist made by hand."""
    assessment = session.assessment
    assert assessment is not None
    session.choose(assessment.modules, checklist, assessment.programme)
